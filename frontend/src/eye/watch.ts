/** What a camera has seen of the sets of a session. */
import type { Seen } from "../contract/eye";
import type { Side } from "../contract/side";
import type { Part } from "../contract/told";

/** One set of a drill, as it is watched; `key` is another one for each, `part` what is told of it afterwards. Before
 *  its work (`isWork`) the camera only helps with the picture. */
export interface Watched { key: string; item: string; side: Side; part: Part; isWork: boolean }

/** One set while it was watched, from when the camera was switched on; `seen` is the coach's last answer. */
export interface Watch { readonly set: Watched; seen: Seen | null; hasEnded: boolean }

/** Repetitions of one set as the camera counted them, and how many of them were clean. */
export interface Counted { reps: number; clean: number }

/** Whether the camera counts or times what it sees. */
export const isMeasured = (seen: Seen): boolean => seen.reps > 0 || seen.share !== null;

/** Whether the coach counts from nothing again, as when another process of a server took the set up. */
export const isAnew = (before: Seen | null, seen: Seen): boolean => seen.reps < (before?.reps ?? 0);

/** Repetitions of the set `key`, whatever came between; nothing while the camera does not count it. */
export function repsOf(watches: readonly Watch[], key: string): number | null {
  const seen = watches.flatMap(({ set, seen }) => (set.key === key && seen && isMeasured(seen) ? [seen] : []));
  return seen.length ? seen.reduce((sum, one) => sum + one.reps, 0) : null;
}

/** What the camera counted of an item on a side, set by set; a set that was watched twice counts as one. */
export function countedOf(watches: readonly Watch[], item: string, side: Side | null): Counted[] {
  const sets = new Map<string, Counted>();
  for (const { set, seen } of watches) {
    if (!set.isWork || set.item !== item || set.side !== (side ?? "right") || !seen?.reps) continue;
    const { reps, clean } = sets.get(set.key) ?? { reps: 0, clean: 0 };
    sets.set(set.key, { reps: reps + seen.reps, clean: clean + seen.clean });
  }
  return [...sets.values()];
}
