/** On every page: the service worker, a fresh bundle, what waits, and a session that was left under way. */
import { handInAll, refresh } from "../keep/handing";
import { sorted, type Waiting } from "../keep/queue";
import { takeSaid } from "../keep/said";
import { shelf } from "../keep/store";
import { underWay } from "../player/underway";

const place = document.querySelector<HTMLElement>("#waits")!;
/** Whom this page is about; a page that does not know offers nothing that waits. */
const mark = place.dataset.mark;

function tell(text: string, is = "note"): HTMLElement {
  const line = document.createElement("div");
  line.className = `banner ${is}`;
  line.append(Object.assign(document.createElement("span"), { textContent: text }));
  place.append(line);
  return line;
}

function key(line: HTMLElement, text: string, act: () => void): HTMLButtonElement {
  const made = () => line.appendChild(Object.assign(document.createElement("div"), { className: "acts" }));
  const keys = line.querySelector(".acts") ?? made(), button = document.createElement("button");
  Object.assign(button, { type: "button", className: "btn small line", textContent: text });
  button.addEventListener("click", act);
  keys.append(button);
  return button;
}

const letGo = (all: Waiting[]): void => void Promise.all(all.map((one) => shelf.remove(one.key))).then(() => show(0));

const counted = (number: number, one: string, many: string): string =>
  number === 1 ? one : many.replace("{count}", String(number));

/** What waits for others is said once a visit; it stays where it is, said or not. */
const HIDDEN = "triplane:others-hidden";
function hidden(): string | null {
  try { return sessionStorage.getItem(HIDDEN); } catch { return null; }
}
function hide(count: number): void {
  try { sessionStorage.setItem(HIDDEN, String(count)); } catch { /* said again on the next page */ }
}

/** What the coach said of what was handed in here or on the page before; it stays until the page is left. */
const heard: string[] = [];

/** The sentences of the page, by name. */
const says = place.dataset as Record<string, string>;

async function show(taken: number, said: string[] = []): Promise<void> {
  heard.push(...said);
  const { own, others, unsigned } = sorted(await shelf.all(), mark ?? "");
  place.replaceChildren();
  if (taken) tell(counted(taken, says.handedOne, says.handedMany), "good");
  for (const line of heard) tell(line, "good");
  showOwn(own);
  for (const one of unsigned) {
    const line = tell(says.unsigned, "stop");
    key(line, says.mine, () => void sign(one));
    key(line, says.letGo, () => letGo([one]));
  }
  if (others.length && hidden() !== String(others.length)) showOthers(others);
  showUnderWay();
  place.hidden = !place.childElementCount;
}

function showOwn(own: Waiting[]): void {
  const waiting = own.filter((one) => one.fate.is === "waits").length;
  if (waiting) tell(counted(waiting, says.one, says.many));
  for (const { fate } of own) if (fate.is === "stuck") tell(says.stuck, "stop");
  for (const one of own) {
    const { fate } = one;
    if (fate.is === "refused") key(tell(`${says.refused} ${fate.says}`, "stop"), says.letGo, () => letGo([one]));
  }
}

function showOthers(others: Waiting[]): void {
  const line = tell(counted(others.length, says.otherOne, says.otherMany));
  key(line, says.hide, () => { hide(others.length); void show(0); });
  let isSure = false;
  const sure = key(line, says.letGo, () => {
    if (isSure) return letGo(others);
    isSure = true;
    sure.textContent = says.forGood;
  });
}

function showUnderWay(): void {
  const open = document.querySelector("#player") ? null : underWay(mark!, Date.now());
  if (!open) return;
  const link = Object.assign(document.createElement("a"), { className: "btn small", textContent: says.goOn });
  link.href = `/session/${encodeURIComponent(open.slot)}/play/`;
  tell(says.underWay).append(link);
}

/** The bundle is large and nobody waits for it: what the page itself needs comes first. */
const IDLE_WITHIN_MS = 4000;
const idle = (): Promise<void> => new Promise((go) => {
  if ("requestIdleCallback" in window) requestIdleCallback(() => go(), { timeout: IDLE_WITHIN_MS });
  else setTimeout(go, IDLE_WITHIN_MS / 4);
});

let isBusy = false;
async function look(): Promise<void> {
  if (mark === undefined || isBusy || document.visibilityState === "hidden") return;
  isBusy = true;
  try {
    await handOver();
    await idle();
    await refresh();
  } catch { /* a closed store keeps nothing, and the page goes on without */ } finally {
    isBusy = false;
  }
}

async function handOver(): Promise<void> {
  const handed = await handInAll(mark);
  await show(handed?.taken ?? 0, [...takeSaid(mark!), ...(handed?.says ?? [])]);
}

/** Somebody says that what nobody signed is theirs: from here on it waits for them, and is handed in at once. */
async function sign(one: Waiting): Promise<void> {
  await shelf.put({ ...one, mark });
  await handOver();
}

void navigator.serviceWorker?.register("/service-worker.js").catch(() => {});
navigator.serviceWorker?.addEventListener("message", (event) => {
  if (event.data !== "unsent") return;
  event.ports[0]?.postMessage("told");
  place.replaceChildren();
  tell(place.dataset.unsent!, "stop");
  place.hidden = false;
  place.scrollIntoView({ block: "nearest" });
});
/** A page left open goes on taking along what is true by then: of this hour, and after midnight of the new day. */
const LOOK_AGAIN_MS = 10 * 60 * 1000;
setInterval(() => void look(), LOOK_AGAIN_MS);
addEventListener("online", () => void look());
document.addEventListener("visibilitychange", () => void look());
addEventListener("pageshow", () => void look());
