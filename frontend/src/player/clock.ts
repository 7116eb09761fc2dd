/** The clock of a session: pure, and derived from instants alone, so that no tick that was missed is missed. */
import { type Cue, isTalk, isWork, waitsForWords } from "../contract/score";

/** `anchor` began at the instant `since` (ms, pauses taken out); `played` holds the seconds of all cues before it. */
export interface Clock {
  anchor: number; since: number; pausedAt: number | null; played: number[]; pace: number;
}

export interface Place { index: number; passed: number; left: number; done: boolean }

/** Away for longer than this, the session waits where it was seen last. */
export const AWAY_MS = 15 * 60 * 1000;

export function begin(cues: readonly Cue[], now: number, pace = 1): Clock {
  return { anchor: 0, since: now, pausedAt: null, played: cues.map(() => 0), pace };
}

/** Where the session is at an instant. A cue of no seconds is passed at once; the last one is the end. */
export function place(clock: Clock, cues: readonly Cue[], now: number): Place {
  let passed = Math.max(0, ((clock.pausedAt ?? now) - clock.since) / 1000) * clock.pace;
  let index = clock.anchor;
  while (index < cues.length - 1 && passed >= cues[index].seconds) passed -= cues[index++].seconds;
  const left = Math.max(0, cues[index].seconds - passed);
  return { index, passed: Math.min(passed, cues[index].seconds), left, done: index === cues.length - 1 };
}

/** Write down what has been played to an instant, and anchor the clock to the cue it is in. */
export function settle(clock: Clock, cues: readonly Cue[], now: number): Clock {
  const at = place(clock, cues, now);
  const played = [...clock.played];
  for (let i = clock.anchor; i < at.index; i++) played[i] = cues[i].seconds;
  played[at.index] = at.passed;
  const since = (clock.pausedAt ?? now) - (at.passed / clock.pace) * 1000;
  return { ...clock, anchor: at.index, since, played };
}

export function pause(clock: Clock, cues: readonly Cue[], now: number): Clock {
  return clock.pausedAt === null ? { ...settle(clock, cues, now), pausedAt: now } : clock;
}

export function resume(clock: Clock, now: number): Clock {
  if (clock.pausedAt === null) return clock;
  return { ...clock, since: clock.since + (now - clock.pausedAt), pausedAt: null };
}

/** Go to the start of a cue; what lies after it has not been played, also where it once was. */
export function goTo(clock: Clock, cues: readonly Cue[], now: number, index: number): Clock {
  const here = settle(clock, cues, now);
  const target = Math.min(Math.max(0, index), cues.length - 1);
  const played = here.played.map((seconds, i) => (i >= target ? 0 : seconds));
  return { ...here, anchor: target, since: here.pausedAt ?? now, played };
}

/** Keep a cue from ending while it is still being spoken. */
export function heldAtEnd(clock: Clock, cues: readonly Cue[], now: number, index: number): Clock {
  const played = clock.played.map((seconds, i) =>
    i >= clock.anchor && i < index ? cues[i].seconds : i > index ? 0 : seconds);
  return { ...clock, anchor: index, since: now - ((cues[index].seconds - 0.001) / clock.pace) * 1000, played };
}

/** The first words between two looks that a page which stood still would pass over unsaid; -1 where none. */
export const wordsPassed = (cues: readonly Cue[], from: number, to: number): number =>
  cues.findIndex((cue, i) => i > from && i < to && waitsForWords(cue));

/** Seconds played of every cue, to be handed in. */
export function playedSeconds(clock: Clock, cues: readonly Cue[], now: number): number[] {
  return settle(clock, cues, now).played.map((seconds) => Math.round(seconds * 100) / 100);
}

const sameSet = (a: Cue, b: Cue): boolean => a.item === b.item && a.side === b.side && a.set === b.set;

/** What "next" means: words lead to the count-in, work to the end of its set, all else to what follows. */
export function nextOf(cues: readonly Cue[], index: number): number {
  const cue = cues[index];
  const fits = isWork(cue)
    ? (other: Cue) => !(isWork(other) && sameSet(cue, other))
    : isTalk(cue) && cue.kind !== "feeling"
      ? (other: Cue) => other.kind === "get_ready" || other.item !== cue.item
      : () => true;
  const found = cues.findIndex((other, i) => i > index && fits(other));
  return found < 0 ? cues.length - 1 : found;
}

/** What "back" means: to the start of this set or drill, and from there to the one before. */
export function backOf(cues: readonly Cue[], index: number, passed: number): number {
  const isStart = (cue: Cue) => cue.kind === "get_ready" || cue.kind === "announce";
  const last = isStart(cues[index]) && passed > 2 ? index : index - 1;
  for (let i = last; i > 0; i--) if (isStart(cues[i])) return i;
  return 0;
}

/** The first cue of what comes after a drill that is left. */
export function afterItem(cues: readonly Cue[], index: number): number {
  const found = cues.findIndex((other, i) => i > index && other.item !== cues[index].item);
  return found < 0 ? cues.length - 1 : found;
}

/** Share of a set's work, or of any other cue, that is still to come: 1 at its start. */
export function shareLeft(cues: readonly Cue[], at: Place): number {
  const cue = cues[at.index];
  let [all, left] = [cue.seconds, at.left];
  if (isWork(cue)) {
    for (let i = at.index - 1; i >= 0 && isWork(cues[i]) && sameSet(cue, cues[i]); i--) all += cues[i].seconds;
    for (let i = at.index + 1; i < cues.length && isWork(cues[i]) && sameSet(cue, cues[i]); i++) {
      all += cues[i].seconds;
      left += cues[i].seconds;
    }
  }
  return all > 0 ? left / all : 0;
}

/** Put a session that was left open back to where it was last seen. */
export function afterAway(clock: Clock, cues: readonly Cue[], seen: number, now: number): Clock {
  return clock.pausedAt === null && now - seen > AWAY_MS ? pause(clock, cues, seen) : clock;
}
