/** One session as a file of its own: no app, no network. What was done is saved as a small file to be brought in. */
import { readBundle } from "../contract/bundle";
import type { Counted, Told, Verdict } from "../contract/told";
import { unique } from "../device/names";
import { isOpen, stateOf } from "../keep/allowed";
import { judged } from "../keep/judge";
import { asked, card, forbidden, play, turnTo } from "../offline/page";
import { found, show } from "../page/parts";
import type { App, Saved } from "../player/served";

const bundle = readBundle(JSON.parse(found("#bundle").textContent!));
const kept = { at: Date.parse(bundle.made), bundle };
const [along] = bundle.sessions;
const NAME = `triplane:file:${bundle.version}`;

const SCHEMA = "triplane-played/1";
/** What was done, as the app takes it in. */
type Result = object;

class OnFile implements App {
  constructor(private readiness: Record<string, boolean>, private began: number) {}

  async hurts(form: FormData): Promise<Verdict> {
    return judged(form, bundle.judgement, bundle.needs_score);
  }

  count(): Promise<Counted[]> {
    return Promise.reject(new Error("the coach counts when it is brought in"));
  }

  async done(told: Told): Promise<Saved> {
    const instant = (at: number) => new Date(at).toISOString();
    const when = { began_at: instant(this.began), ended_at: instant(Date.now()) };
    keep({ schema: SCHEMA, ...told, readiness: this.readiness, ...when });
    return { is: "kept", next: "" };
  }

  leave(): void {
    document.querySelector<HTMLElement>("#player")!.hidden = true;
    for (const sheet of document.querySelectorAll<HTMLDialogElement>("dialog[open]")) sheet.close();
    open();
  }
}

let done: Result | null = null;
function keep(result: Result): void {
  done = result;
  try { localStorage.setItem(NAME, JSON.stringify(result)); } catch { /* a file in a closed browser keeps nothing */ }
}
function read(): Result | null {
  try { return done ?? (JSON.parse(localStorage.getItem(NAME) ?? "null") as Result | null); } catch { return done; }
}

async function start(): Promise<void> {
  const began = Date.now(), answers = await asked(bundle);
  if (stateOf(kept, Date.now()) !== "ready") return open();
  const began_at = new Date(began).toISOString(), { mark } = bundle;
  if (forbidden(bundle, answers)) return keep({ schema: SCHEMA, key: unique(), mark, readiness: answers, began_at });
  play(new OnFile(answers, began), along.score, along.title);
}

function open(): void {
  const page = turnTo("kept"), now = Date.now(), result = read(), state = stateOf(kept, now);
  show("made", bundle.made_says, page);
  const todo = state === "ready" && !result;
  const begin = isOpen(kept, along, now) ? () => void start() : null;
  found('[data-part="sessions"]', page).replaceChildren(...(todo ? [card(along, begin)] : []));
  const nothing = found('[data-part="nothing"]', page);
  nothing.hidden = state === "ready" || result !== null;
  nothing.textContent = page.dataset[state]!;
  found('[data-part="result"]', page).hidden = result === null;
}

/** Hand the result to the device as a file. */
function save(): void {
  const file = new Blob([JSON.stringify(read(), null, 1)], { type: "application/json" });
  const link = document.createElement("a"), day = bundle.made.slice(0, 10);
  Object.assign(link, { href: URL.createObjectURL(file), download: `triplane-played-${day}.json` });
  link.dataset.saves = "";
  link.click();
}

document.addEventListener("click", (event) => {
  const target = event.target as Element;
  if (target.closest('[data-do="save"]')) save();
  if (target.closest("a[href]:not([data-saves])")) event.preventDefault();
}, true);
open();
