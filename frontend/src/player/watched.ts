/** Which set a camera watches at a moment of the session. */
import { type Cue, isWork } from "../contract/score";
import type { Side } from "../contract/side";
import type { Counted, Watched } from "../eye/watch";

/** The set that a moment belongs to: while it is worked, or what comes before it. */
export function watchedAt(cues: readonly Cue[], index: number): Watched | null {
  const cue = cues[index];
  if (!cue.item) return null;
  const work = isWork(cue) ? cue : cues.slice(index).find((one) => isWork(one) && one.item === cue.item);
  if (!work?.item) return null;
  const side: Side = work.side ?? "right", phase = isWork(cue) ? "work" : "before";
  const part = { item: work.item, side: work.side ?? null };
  return { key: `${part.item}/${side}/${work.set ?? 1}/${phase}`, item: part.item, side, part, isWork: isWork(cue) };
}

/** Clean repetitions: those of the camera where it counted in every set, else the clock's less what was seen to go
 *  wrong. Never more than the clock's. */
export function cleanOf(reps: number, sets: number, seen: readonly Counted[]): number {
  const sum = (of: (one: Counted) => number) => seen.reduce((all, one) => all + of(one), 0);
  const isWhole = seen.length > 0 && seen.length >= sets;
  const clean = isWhole ? sum((one) => one.clean) : reps - sum((one) => one.reps - one.clean);
  return Math.max(0, Math.min(reps, clean));
}
