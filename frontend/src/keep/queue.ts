/** What waits on this device to be handed in: exactly once, and never dropped without a word. */
import { HAND_IN, type Told } from "../contract/told";

/** A session that was played, or answers alone that forbade one. `began` and `ended` are instants of this device's
 *  clock; the beginning is unknown where the app itself began it. */
type Done =
  | { told: Told; began: number | null; ended: number }
  | { told: null; began: number; ended: null };

/** How handing it in went: not yet, refused with the app's sentence, or the app failed at it. */
export type Fate = { is: "waits" } | { is: "refused"; says: string } | { is: "stuck" };

/** `mark` says for whom it was played; what an older app kept has none. `readiness` are the answers given here. */
export type Waiting = Done & { key: string; mark?: string; readiness: Record<string, boolean>; fate: Fate };

/** As an older app kept it. */
export type KeptBefore = Omit<Waiting, "fate"> & { refused?: string; isStuck?: boolean };

export const untried: Fate = { is: "waits" };

/** What was kept, whichever app kept it. */
export function waitingIn(kept: Waiting | KeptBefore): Waiting {
  if ("fate" in kept) return kept;
  const { refused, isStuck, ...one } = kept;
  const fate: Fate = refused ? { is: "refused", says: refused } : isStuck ? { is: "stuck" } : untried;
  return { ...one, fate } as Waiting;
}

export interface Shelf {
  all(): Promise<Waiting[]>;
  put(one: Waiting): Promise<void>;
  remove(key: string): Promise<void>;
}

/** What waits for one runner, for others, and what nobody signed, until somebody says that it is theirs. */
export const sorted = (all: Waiting[], mark: string) => ({
  own: all.filter((one) => one.mark && one.mark === mark),
  others: all.filter((one) => one.mark && one.mark !== mark),
  unsigned: all.filter((one) => !one.mark),
});

/** Taken by the app with what the coach says of it, refused with its sentence, stuck where the app failed at it;
 *  later where nobody answered, or for another runner. */
export type Answer =
  | { is: "taken"; says: string } | { is: "refused"; says: string } | { is: "stuck" } | { is: "later" };
export type Send = (body: object) => Promise<Answer>;
export interface Handed { taken: number; says: string[]; waiting: Waiting[] }

/** What is sent of one playing, its instants told by the app's clock (`ahead`: ms that it is ahead of ours). */
export function sent({ key, mark, told, readiness, began, ended }: Waiting, ahead: number): object {
  const instant = (at: number | null) => (at === null ? null : new Date(at + ahead).toISOString());
  const when = { began_at: instant(began), ended_at: instant(ended) };
  return { ...(told ?? { version: HAND_IN, key }), mark, readiness, ...when };
}

/** Hand in all that waits for a runner, oldest first; what waits for others stays as it is. What is refused stays,
 *  with why; what the app failed at stays and holds up nothing. */
export async function handIn(shelf: Shelf, send: Send, ahead: number, mark: string): Promise<Handed> {
  const says: string[] = [];
  const oldestFirst = (a: Waiting, b: Waiting) => (a.began ?? a.ended ?? 0) - (b.began ?? b.ended ?? 0);
  for (const one of sorted(await shelf.all(), mark).own.sort(oldestFirst)) {
    const answer = await send(sent(one, ahead));
    if (answer.is === "later") break;
    if (answer.is === "taken") {
      await shelf.remove(one.key);
      says.push(answer.says);
    } else if (answer.is === "refused" || one.fate.is !== "refused") {
      await shelf.put({ ...one, fate: answer });
    }
  }
  return { taken: says.length, says, waiting: sorted(await shelf.all(), mark).own };
}
