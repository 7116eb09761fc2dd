/** The way to the coach: one frame at a time is under way, and only the newest waits. Lost, it is taken up again. */

export interface Socket {
  binaryType: string; readyState: number;
  onopen: (() => void) | null;
  onmessage: ((event: { data: string }) => void) | null;
  onclose: ((event: { code: number; reason: string }) => void) | null;
  send(data: ArrayBuffer): void; close(): void;
}

const OPEN = 1;
/** Codes that mean no: trying again would be answered the same. */
const REFUSED = new Set([1003, 1007, 1008, 1009, 4404, 4409]);
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8000;

/** A socket on the way that the coach told, beside the page's own. */
export function socketAt(way: string): Socket {
  const address = new URL(way, location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  return new WebSocket(address) as unknown as Socket;
}

/** What a link needs: how it opens, how an answer is read, and whom it tells. */
export interface Ends<A> {
  open(): Socket;
  read(answer: unknown): A;
  heard(answer: A): void;
  /** With the reason where it will not be tried again. */
  lost(reason: string | null): void;
}

export class Link<A> {
  private socket: Socket | null = null;
  private waiting: ArrayBuffer | null = null;
  private isUnderWay = false;
  private wait = FIRST_WAIT_MS;
  private timer = 0;
  private isClosed = false;

  constructor(private ends: Ends<A>) {
    this.open();
  }

  /** Send a frame, or let it wait in the place of the one that waited. */
  send(frame: ArrayBuffer): void {
    if (this.isUnderWay || this.socket?.readyState !== OPEN) this.waiting = frame;
    else this.go(frame);
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    this.socket?.close();
  }

  private go(frame: ArrayBuffer): void {
    this.waiting = null;
    this.isUnderWay = true;
    this.socket!.send(frame);
  }

  private open(): void {
    const socket = this.ends.open();
    this.socket = socket;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => { if (this.waiting) this.go(this.waiting); };
    socket.onmessage = ({ data }) => {
      this.isUnderWay = false;
      this.wait = FIRST_WAIT_MS;
      if (this.isClosed) return;
      this.ends.heard(this.ends.read(JSON.parse(data)));
      if (this.waiting && this.socket?.readyState === OPEN) this.go(this.waiting);
    };
    socket.onclose = ({ code, reason }) => {
      this.isUnderWay = false;
      if (this.isClosed) return;
      if (REFUSED.has(code)) {
        this.isClosed = true;
        return this.ends.lost(reason);
      }
      this.ends.lost(null);
      this.timer = setTimeout(() => this.open(), this.wait) as unknown as number;
      this.wait = Math.min(LONGEST_WAIT_MS, this.wait * 2);
    };
  }
}
