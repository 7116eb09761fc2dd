/** The page without the app. */
import type { Along } from "../contract/bundle";
import type { Score } from "../contract/score";
import type { Counted, Told, Verdict } from "../contract/told";
import { unique } from "../device/names";
import { isOpen, type KeptBundle, stateOf } from "../keep/allowed";
import { handInAll, refresh } from "../keep/handing";
import { sorted, untried } from "../keep/queue";
import { sayNext } from "../keep/said";
import { bundles, shelf } from "../keep/store";
import { judgedHere } from "../keep/without";
import { asked, card, forbidden, lines, play, turnTo } from "../offline/page";
import { found, show } from "../page/parts";
import type { App, Saved } from "../player/served";
import { Keep, underWay } from "../player/underway";

/** Plays for what was kept: judges by its table, and keeps what was done until it can be handed in. */
class Alone implements App {
  constructor(private kept: KeptBundle, private readiness: Record<string, boolean>, private began: number) {}

  async hurts(form: FormData): Promise<Verdict> {
    return judgedHere(form, this.kept.bundle, this.kept.bundle.mark);
  }

  count(): Promise<Counted[]> {
    return Promise.reject(new Error("the coach counts when it is handed in"));
  }

  async done(told: Told): Promise<Saved> {
    const { readiness, began } = this;
    await shelf.put({ key: told.key, mark: told.mark, told, readiness, began, ended: Date.now(), fate: untried });
    return { is: "kept", next: "/" };
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
    const { mark } = kept.bundle;
    await bundles.stop(mark, why);
    return shelf.put({ key: unique(), mark, told: null, readiness: answers, began, ended: null, fate: untried });
  }
  play(new Alone(kept, answers, began), along.score, along.title);
}

async function open(): Promise<void> {
  const kept = await bundles.read(), mark = await bundles.owner(), page = turnTo("kept"), now = Date.now();
  const { own: waiting, others, unsigned } = sorted(await shelf.all(), mark);
  const says = page.dataset as Record<string, string>;
  if (kept?.theme) document.documentElement.dataset.theme = kept.theme;
  const left = underWay(mark, now);
  const isLeft = ({ slot, reference }: Score) => slot === left?.slot && reference.plan === left.kept.reference.plan;
  const leftOpen = left && kept?.bundle.sessions.find((one) => isLeft(one.score));
  if (kept && leftOpen) {
    const goOn = () => play(new Alone(kept, {}, now), leftOpen.score, leftOpen.title);
    if (new Keep(leftOpen.score).isOfThisTab(left.kept)) return goOn();
    found('[data-part="under-way"]', page).hidden = false;
    show("under-way", leftOpen.title, page);
    found('[data-do="under-way"]', page).onclick = goOn;
  }
  const state = stateOf(kept, now), done = new Set(waiting.flatMap((one) => one.told?.reference.items ?? []));
  const isDone = (one: Along) => one.score.reference.items.some((item) => done.has(item));
  const todo = kept && state === "ready" ? kept.bundle.sessions.filter((one) => !isDone(one)) : [];
  found('[data-part="sessions"]', page).replaceChildren(
    ...todo.map((one) => card(one, isOpen(kept!, one, now) ? () => void start(kept!, one) : null)),
  );
  if (state === "ready") show("made", kept!.bundle.made_says, page);
  const stopped = await bundles.stopped(mark);
  found('[data-part="stopped"]', page).hidden = !stopped;
  found('[data-show="stopped"]', page).replaceChildren(...lines(stopped ?? []));
  const nothing = found('[data-part="nothing"]', page);
  nothing.hidden = todo.length > 0 || stopped !== null;
  nothing.textContent = state === "ready" ? says.done : says[state];
  tellCount(found('[data-part="waiting"]', page), waiting.length, says.one, says.many);
  tellCount(found('[data-part="others"]', page), others.length + unsigned.length, says.otherOne, says.otherMany);
}

function tellCount(place: HTMLElement, count: number, one: string, many: string): void {
  place.hidden = !count;
  place.textContent = count === 1 ? one : many.replace("{count}", String(count));
}

/** Once the app answers again, hand in what waits and go back to it. */
async function back(): Promise<void> {
  const handed = await handInAll();
  for (const says of handed?.says ?? []) sayNext(await bundles.owner(), says);
  if (handed && !handed.waiting.length && !found("#kept").hidden) await refresh().then(() => location.assign("/"));
}

void open();
addEventListener("online", () => void back());
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") void back(); });
