/** What a page does for the day without the app: keep the bundle fresh, and hand in what waits. */
import { readBundle, readWhose } from "../contract/bundle";
import { ELSEWHERE, readFault, readPresent, readTaken } from "../contract/told";
import { type Answer, type Handed, handIn, sorted } from "./queue";
import { bundles, shelf } from "./store";

/** Ask for the bundle that is true now. Whoever is stopped keeps none; where nobody answers, the old one stays.
 * A device takes along for one runner: the last who was here. What stopped them here and still waits is not known
 * to the coach: until it is, no session comes. */
export async function refresh(): Promise<void> {
  const kept = await bundles.read();
  const have = kept ? `?have=${encodeURIComponent(kept.bundle.version)}` : "";
  let answer: Response;
  try { answer = await fetch(`/offline/bundle.json${have}`, { redirect: "error" }); } catch { return; }
  if (answer.status === 204 || answer.status >= 500) return;
  if (!answer.ok) return bundles.remove();
  const found: unknown = await answer.json(), { mark, stopped } = readWhose(found);
  await bundles.own(mark);
  const { own, unsigned } = sorted(await shelf.all(), mark);
  if ((own.length || unsigned.length) && await bundles.stopped(mark)) return bundles.remove();
  await bundles.looked(mark);
  if (stopped) return bundles.remove();
  await bundles.write({ at: Date.now(), theme: document.documentElement.dataset.theme, bundle: readBundle(found) });
}

/** Hand in what waits for the runner who is there; null where nothing waits or nobody answers.
 * A page that is about one runner hands in nothing to another. Two tabs do it one after the other. */
export async function handInAll(about?: string): Promise<Handed | null> {
  if (!(await shelf.all()).length) return null;
  const inTurn = () => inOrder(about);
  return navigator.locks ? navigator.locks.request("triplane:hand-in", inTurn) : inTurn();
}

async function inOrder(about?: string): Promise<Handed | null> {
  try {
    const asked = await fetch("/hand-in/", { redirect: "error" });
    if (!asked.ok) return null;
    const { token, now, mark } = readPresent(await asked.json());
    if (about !== undefined && about !== mark) return null;
    return await handIn(shelf, (body) => send(body, token), Date.parse(now) - Date.now(), mark);
  } catch {
    return null;
  }
}

async function send(body: object, token: string): Promise<Answer> {
  try {
    const how = { method: "POST", body: JSON.stringify(body), headers: { "X-CSRFToken": token } };
    const answer = await fetch("/hand-in/", how);
    if (answer.ok) return { is: "taken", says: readTaken(await answer.json()).says };
    if (answer.status === ELSEWHERE) return { is: "later" };
    const problem = answer.status === 400 ? await problemIn(answer) : undefined;
    return problem ? { is: "refused", says: problem } : { is: "stuck" };
  } catch {
    return { is: "later" };
  }
}

async function problemIn(answer: Response): Promise<string | undefined> {
  try { return readFault(await answer.json()).problem; } catch { return undefined; }
}
