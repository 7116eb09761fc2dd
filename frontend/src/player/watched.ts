/** Which set a camera watches at a moment of the session. */
import type { Watched } from "../eye/eye";
import { type Cue, isWork, type Side } from "./clock";

/** The set that a moment belongs to: while it is worked, or what comes before it. */
export function watchedAt(cues: readonly Cue[], index: number): Watched | null {
  const cue = cues[index];
  if (!cue.item) return null;
  const work = isWork(cue) ? cue : cues.slice(index).find((one) => isWork(one) && one.item === cue.item);
  if (!work?.item) return null;
  const side: Side = work.side ?? "right", phase = isWork(cue) ? "work" : "before";
  return { key: `${work.item}/${side}/${work.set ?? 1}/${phase}`, item: work.item, side };
}
