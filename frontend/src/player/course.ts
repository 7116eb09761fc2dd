/** A session under way: its cues, and the clock that says where in them it is. */
import { type Cue, isWork, type Score, waitsForWords } from "../contract/score";
import * as clocks from "./clock";

/** Longer between two looks, and the page was asleep: words no longer hold the clock. A busy machine may well stand
 *  still for less. */
const ASLEEP_MS = 5000;

export class Course {
  readonly cues: readonly Cue[];
  clock: clocks.Clock;
  private items: string[];
  private lookedAt = 0;

  constructor(score: Score, pace: number) {
    this.cues = score.cues;
    this.items = [...new Set(this.cues.map((cue) => cue.item).filter((item) => item !== undefined))];
    this.clock = clocks.begin(this.cues, Date.now(), pace);
  }

  begin(): void {
    this.clock = clocks.begin(this.cues, Date.now(), this.clock.pace);
  }

  /** Go on where a reload or a closed tab interrupted, `seen` for the last time. */
  goOn(clock: clocks.Clock, seen: number): void {
    this.clock = clocks.afterAway(clock, this.cues, seen, Date.now());
  }

  get isPaused(): boolean {
    return this.clock.pausedAt !== null;
  }

  at(now = Date.now()): clocks.Place {
    return clocks.place(this.clock, this.cues, now);
  }

  /** The cue that is played now. */
  get here(): Cue {
    return this.cues[this.at().index];
  }

  /** Find its place since the last look, `from`. The clock waits for words that are being said, and goes back to those
   *  that a page which stood still would have passed over; not after a sleep, and not where somebody jumped. */
  look(now: number, from: clocks.Place | null, isSpeaking: boolean, isJump: boolean): clocks.Place {
    const wasAsleep = now - this.lookedAt > ASLEEP_MS, { cues } = this;
    if (this.lookedAt) this.clock = clocks.afterAway(this.clock, cues, this.lookedAt, now);
    this.lookedAt = now;
    const at = this.at(now);
    if (!from || at.index <= from.index || wasAsleep || isJump) return at;
    const passed = clocks.wordsPassed(cues, from.index, at.index);
    const isWaitedFor = isSpeaking && waitsForWords(cues[from.index]);
    if (isWaitedFor) this.clock = clocks.heldAtEnd(this.clock, cues, now, from.index);
    else if (passed >= 0) this.clock = clocks.goTo(this.clock, cues, now, passed);
    return this.at(now);
  }

  /** Write down what was played by now. */
  settle(now: number): void {
    this.clock = clocks.settle(this.clock, this.cues, now);
  }

  pause(): void {
    this.clock = clocks.pause(this.clock, this.cues, Date.now());
  }

  resume(): void {
    this.clock = clocks.resume(this.clock, Date.now());
  }

  goTo(place: (at: clocks.Place) => number): void {
    const now = Date.now();
    this.clock = clocks.goTo(this.clock, this.cues, now, place(this.at(now)));
  }

  /** Which drill of the session a moment belongs to, and how far in it the moment is, 0 to 1. */
  drillAt(index: number): { number: number; share: number } {
    const { item } = this.cues[index];
    const own = this.cues.flatMap((cue, i) => (cue.item === item ? [i] : []));
    return {
      number: item ? this.items.indexOf(item) : this.items.length,
      share: (index - own[0] + 0.5) / own.length,
    };
  }

  /** Seconds played of every cue, to be handed in. */
  get seconds(): number[] {
    return clocks.playedSeconds(this.clock, this.cues, Date.now());
  }

  /** The work that was played last, if any. */
  get lastWorked(): Cue | undefined {
    return this.cues.findLast((cue, i) => isWork(cue) && this.clock.played[i] > 0);
  }
}
