/** The way to the coach: one frame at a time is under way, and only the newest waits. Lost, it is taken up again. */

export interface Socket {
  binaryType: string; readyState: number;
  onopen: (() => void) | null; onmessage: ((event: { data: string }) => void) | null; onclose: ((event: { code: number; reason: string }) => void) | null;
  send(data: ArrayBuffer): void; close(): void;
}
/** What the coach answers to a frame. */
export interface Answer {
  at: number; reps: number; clean: number; share: number | null; held: number; framing: string; cue: string; ended: string;
  /** Where the set has ended: the fault by its number, and what happens. */
  ended_by: number | null; happens: string;
  shown: { name: string; value?: number; error?: number; unit?: string; why?: string }[];
}

const OPEN = 1;
/** Codes that mean no: trying again would be answered the same. */
const REFUSED = new Set([1003, 1007, 1008, 1009, 4404, 4409]);
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8000;

export class Link<A = Answer> {
  private socket: Socket | null = null;
  private waiting: ArrayBuffer | null = null;
  private isUnderWay = false;
  private wait = FIRST_WAIT_MS;
  private timer = 0;
  private isClosed = false;

  constructor(private make: () => Socket, private heard: (answer: A) => void, private lost: (reason: string | null) => void) {
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
    const socket = this.make();
    this.socket = socket;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => { if (this.waiting) this.go(this.waiting); };
    socket.onmessage = ({ data }) => {
      this.isUnderWay = false;
      this.wait = FIRST_WAIT_MS;
      if (this.isClosed) return;
      this.heard(JSON.parse(data) as A);
      if (this.waiting && this.socket?.readyState === OPEN) this.go(this.waiting);
    };
    socket.onclose = ({ code, reason }) => {
      this.isUnderWay = false;
      if (this.isClosed) return;
      if (REFUSED.has(code)) {
        this.isClosed = true;
        return this.lost(reason);
      }
      this.lost(null);
      this.timer = setTimeout(() => this.open(), this.wait) as unknown as number;
      this.wait = Math.min(LONGEST_WAIT_MS, this.wait * 2);
    };
  }
}
