/** Voice commands, where the browser can turn speech to words. Off until switched on; deaf while we speak. */

export type Order = "next" | "pause" | "go-on" | "back" | "repeat" | "too-much" | "pain" | "yes" | "no";
/** What may be said for each order, in the page's language. */
export type Orders = [Order, string[]][];

/** Heard anywhere in a sentence: whoever is in trouble does not choose words. */
const ANYWHERE = new Set<Order>(["pain", "too-much", "pause"]);
/** Anything else is an order only by itself, so that talk in the room moves nothing. */
const AT_MOST_WORDS = 3;
/** An answer is all that was said: "no, yes" and "oh no" answer nothing. */
const ALONE = new Set<Order>(["yes", "no"]);

/** The order in what was heard, if any; pain goes before all else. */
export function orderIn(heard: string, orders: Orders): Order | null {
  const words = heard.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean), said = ` ${words.join(" ")} `;
  const meant = orders.filter(([order, ways]) => ALONE.has(order)
    ? ways.includes(said.trim())
    : (ANYWHERE.has(order) || words.length <= AT_MOST_WORDS) && ways.some((way) => said.includes(` ${way} `)));
  const strictest: Order[] = ["pain", "too-much", "pause"];
  return strictest.find((order) => meant.some(([one]) => one === order)) ?? meant[0]?.[0] ?? null;
}

interface Heard { resultIndex: number; results: ArrayLike<ArrayLike<{ transcript: string }> & { isFinal: boolean }> }
export interface Recognition {
  lang: string; continuous: boolean; interimResults: boolean;
  onresult: ((event: Heard) => void) | null;
  onend: (() => void) | null;
  onerror: ((event: { error: string }) => void) | null;
  start(): void; abort(): void;
}

/** What the browser has for it; null where it has nothing. */
export function recognition(): Recognition | null {
  const own = globalThis as unknown as Record<string, (new () => Recognition) | undefined>;
  const Made = own.SpeechRecognition ?? own.webkitSpeechRecognition;
  return Made ? new Made() : null;
}

export type Hearing = "off" | "on" | "waits" | "refused";
const REFUSED = new Set(["not-allowed", "service-not-allowed", "audio-capture", "language-not-supported"]);

export class Ear {
  private isWanted = false;
  private isFree = false;
  private isRunning = false;
  private state: Hearing = "off";

  constructor(
    private recogniser: Recognition, orders: Orders,
    private obey: (order: Order) => void, private tell: (state: Hearing) => void,
  ) {
    recogniser.continuous = true;
    recogniser.interimResults = false;
    recogniser.onresult = (event) => {
      if (!this.isWanted || !this.isFree) return;
      for (let i = event.resultIndex; i < event.results.length; i++) {
        const order = event.results[i].isFinal ? orderIn(event.results[i][0].transcript, orders) : null;
        if (order) this.obey(order);
      }
    };
    recogniser.onend = () => { this.isRunning = false; };
    recogniser.onerror = ({ error }) => { if (REFUSED.has(error)) { this.isWanted = false; this.become("refused"); } };
  }

  get isOn(): boolean {
    return this.isWanted;
  }

  switch(isOn: boolean): void {
    this.isWanted = isOn;
    this.look(this.isFree);
  }

  /** Listen while nothing is being said by us; asked over and over, as some browsers stop by themselves. */
  look(isFree: boolean): void {
    this.isFree = isFree;
    if (this.isWanted && isFree && !this.isRunning) {
      try {
        this.recogniser.start();
        this.isRunning = true;
      } catch { /* it is still ending; the next look tries again */ }
    } else if (this.isRunning && !(this.isWanted && isFree)) {
      this.recogniser.abort();
    }
    if (this.isWanted || this.state !== "refused") this.become(!this.isWanted ? "off" : isFree ? "on" : "waits");
  }

  private become(state: Hearing): void {
    if (state === this.state) return;
    this.state = state;
    this.tell(state);
  }
}
