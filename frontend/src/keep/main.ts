/** On every page: the service worker, a fresh bundle, what waits, and a session that was left under way. */
import { underWay } from "../player/keep";
import { handInAll, refresh } from "./app";
import { shelf } from "./store";

const sign = document.querySelector<HTMLElement>("#waits")!;

function tell(text: string, is = "note"): HTMLElement {
  const line = document.createElement("div");
  line.className = `banner ${is}`;
  line.append(Object.assign(document.createElement("span"), { textContent: text }));
  sign.append(line);
  return line;
}

const counted = (number: number, one: string, many: string) => (number === 1 ? one : many.replace("{count}", String(number)));

async function show(taken: number): Promise<void> {
  const says = sign.dataset as Record<string, string>, left = await shelf.all();
  sign.replaceChildren();
  if (taken) tell(counted(taken, says.handedOne, says.handedMany), "good");
  const waiting = left.filter((one) => !one.refused && !one.isStuck).length;
  if (waiting) tell(counted(waiting, says.one, says.many));
  for (const one of left) if (one.isStuck && !one.refused) tell(says.stuck, "stop");
  for (const one of left.filter((each) => each.refused)) {
    const line = tell(`${says.refused} ${one.refused}`, "stop");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn small line", textContent: says.letGo });
    button.addEventListener("click", () => void shelf.remove(one.key).then(() => show(0)));
    line.append(button);
  }
  const open = document.querySelector("#player") ? null : underWay(Date.now());
  if (open) {
    const link = Object.assign(document.createElement("a"), { className: "btn small", textContent: says.goOn });
    link.href = `/session/${encodeURIComponent(open.slot)}/play/`;
    tell(says.underWay).append(link);
  }
  sign.hidden = !sign.childElementCount;
}

let isBusy = false;
async function look(): Promise<void> {
  if (isBusy || document.visibilityState === "hidden") return;
  isBusy = true;
  try {
    const handed = await handInAll();
    await refresh();
    await show(handed?.taken ?? 0);
  } catch { /* a closed store keeps nothing, and the page goes on without */ } finally {
    isBusy = false;
  }
}

void navigator.serviceWorker?.register("/service-worker.js").catch(() => {});
navigator.serviceWorker?.addEventListener("message", (event) => {
  if (event.data !== "unsent") return;
  event.ports[0]?.postMessage("told");
  sign.replaceChildren();
  tell(sign.dataset.unsent!, "stop");
  sign.hidden = false;
  sign.scrollIntoView({ block: "nearest" });
});
/** A page left open goes on taking along what is true by then: of this hour, and after midnight of the new day. */
const LOOK_AGAIN_MS = 10 * 60 * 1000;
setInterval(() => void look(), LOOK_AGAIN_MS);
addEventListener("online", () => void look());
document.addEventListener("visibilitychange", () => void look());
addEventListener("pageshow", () => void look());
