/** What waits on this device to be handed in: exactly once, and never dropped without a word. */
import { HAND_IN, type Told } from "../player/app";

/** `began` and `ended` are instants of this device's clock; `readiness` are the answers given here.
 * `mark` says for whom it was played; what an older app kept has none. */
export interface Waiting {
  key: string; mark?: string; told: Told | null; readiness: Record<string, boolean>; began: number | null; ended: number | null; refused?: string; isStuck?: boolean;
}

export interface Shelf {
  all(): Promise<Waiting[]>;
  put(one: Waiting): Promise<void>;
  remove(key: string): Promise<void>;
}

/** What waits for one runner, for others, and what nobody signed: the last is handed in once somebody says it is theirs. */
export const sorted = (all: Waiting[], mark: string) => ({
  own: all.filter((one) => one.mark && one.mark === mark),
  others: all.filter((one) => one.mark && one.mark !== mark),
  unsigned: all.filter((one) => !one.mark),
});

/** Taken by the app with what the coach says of it, refused with its sentence, stuck where the app failed at it; nobody answered, or for another runner. */
export type Answer = { is: "taken"; says: string } | { is: "refused"; says: string } | { is: "stuck" } | { is: "later" };
export type Send = (body: object) => Promise<Answer>;
export interface Handed { taken: number; says: string[]; waiting: Waiting[] }

/** What is sent of one playing, with this device's instants told by the app's clock (`ahead`: ms it is ahead of ours). */
export function sent(one: Waiting, ahead: number): object {
  const instant = (at: number | null) => (at === null ? null : new Date(at + ahead).toISOString());
  return { ...(one.told ?? { version: HAND_IN, key: one.key }), mark: one.mark, readiness: one.readiness, began_at: instant(one.began), ended_at: instant(one.ended) };
}

/** Hand in all that waits for a runner, oldest first; what waits for others stays as it is. What is refused stays, with why; what the app failed at stays and holds up nothing. */
export async function handIn(shelf: Shelf, send: Send, ahead: number, mark: string): Promise<Handed> {
  const says: string[] = [];
  const oldestFirst = (a: Waiting, b: Waiting) => (a.began ?? a.ended ?? 0) - (b.began ?? b.ended ?? 0);
  for (const one of sorted(await shelf.all(), mark).own.sort(oldestFirst)) {
    const answer = await send(sent(one, ahead));
    if (answer.is === "later") break;
    if (answer.is === "taken") { await shelf.remove(one.key); says.push(answer.says); }
    else if (answer.is === "stuck") await shelf.put({ ...one, isStuck: true });
    else await shelf.put({ ...one, isStuck: false, refused: answer.says });
  }
  return { taken: says.length, says, waiting: sorted(await shelf.all(), mark).own };
}
