/** The page without the app. */
import { handInAll, refresh } from "../keep/app";
import { type Along, isOpen, type KeptBundle, stateOf } from "../keep/bundle";
import { bundles, shelf } from "../keep/store";
import { judgedHere } from "../keep/without";
import type { App, Counted, Saved, Told, Verdict } from "../player/app";
import { Keep, underWay } from "../player/keep";
import { found, show } from "../player/page";
import { asked, card, forbidden, lines, named, play, turnTo } from "./page";

/** Plays for what was kept: judges by its table, and keeps what was done until it can be handed in. */
class Alone implements App {
  constructor(private kept: KeptBundle, private readiness: Record<string, boolean>, private began: number) {}

  async hurts(form: FormData): Promise<Verdict> {
    return judgedHere(form, this.kept.bundle);
  }

  count(): Promise<{ counted: Counted[] }> {
    return Promise.reject(new Error("the coach counts when it is handed in"));
  }

  async done(told: Told): Promise<Saved> {
    await shelf.put({ key: told.key, told, readiness: this.readiness, began: this.began, ended: Date.now() });
    return { next: "/", waits: true };
  }

  leave(next = "/"): void {
    location.assign(next);
  }
}

async function start(kept: KeptBundle, along: Along): Promise<void> {
  const began = Date.now(), answers = await asked(kept.bundle);
  if (stateOf(kept, Date.now()) !== "ready") return open();
  const why = forbidden(kept.bundle, answers);
  if (why) {
    await bundles.stop(why);
    return shelf.put({ key: named(), told: null, readiness: answers, began, ended: null });
  }
  play(new Alone(kept, answers, began), along.score, along.title);
}

async function open(): Promise<void> {
  const kept = await bundles.read(), waiting = await shelf.all(), page = turnTo("kept"), now = Date.now();
  const says = page.dataset as Record<string, string>;
  if (kept?.theme) document.documentElement.dataset.theme = kept.theme;
  const left = underWay(now);
  const leftOpen = left && kept?.bundle.sessions.find((one) => one.score.slot === left.slot && one.score.reference.plan === left.kept.reference.plan);
  if (kept && leftOpen) {
    const goOn = () => play(new Alone(kept, {}, now), leftOpen.score, leftOpen.title);
    if (new Keep(left.slot, leftOpen.score.cues, leftOpen.score.reference).isOfThisTab(left.kept)) return goOn();
    found('[data-part="under-way"]', page).hidden = false;
    show("under-way", leftOpen.title, page);
    found('[data-do="under-way"]', page).onclick = goOn;
  }
  const state = stateOf(kept, now), done = new Set(waiting.flatMap((one) => one.told?.reference.items ?? []));
  const todo = state === "ready" ? kept!.bundle.sessions.filter((one) => !one.score.reference.items.some((item) => done.has(item))) : [];
  found('[data-part="sessions"]', page).replaceChildren(
    ...todo.map((one) => card(one, isOpen(kept!, one, now) ? () => void start(kept!, one) : null)),
  );
  if (state === "ready") show("made", kept!.bundle.made_says, page);
  const stopped = await bundles.stopped();
  found('[data-part="stopped"]', page).hidden = !stopped;
  found('[data-show="stopped"]', page).replaceChildren(...lines(stopped ?? []));
  const nothing = found('[data-part="nothing"]', page);
  nothing.hidden = todo.length > 0 || stopped !== null;
  nothing.textContent = state === "expired" || state === "behind" ? says[state] : state === "none" ? says.none : says.done;
  const waits = found('[data-part="waiting"]', page);
  waits.hidden = !waiting.length;
  waits.textContent = waiting.length === 1 ? says.one : says.many.replace("{count}", String(waiting.length));
}

/** Once the app answers again, hand in what waits and go back to it. */
async function back(): Promise<void> {
  const handed = await handInAll();
  if (handed && !handed.waiting.length && !found("#kept").hidden) await refresh().then(() => location.assign("/"));
}

void open();
addEventListener("online", () => void back());
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") void back(); });
