/** The page that stands in while the app does not answer: sessions kept here, questions first, then the player. */
import type { Along, Bundle } from "../contract/bundle";
import type { Score } from "../contract/score";
import { forbids } from "../keep/allowed";
import { found, problem, show } from "../page/parts";
import { Player } from "../player/player";
import type { App } from "../player/served";

/** Show one of the page's parts and hide the others. */
export function turnTo(id: string): HTMLElement {
  for (const one of document.querySelectorAll<HTMLElement>("main.page")) one.hidden = one.id !== id;
  const page = found(`#${id}`);
  page.querySelector<HTMLElement>("h1[tabindex]")?.focus();
  scrollTo(0, 0);
  return page;
}

export const lines = (texts: string[]): HTMLElement[] =>
  texts.map((text) => Object.assign(document.createElement("p"), { textContent: text }));

/** Ask what is asked before every session; resolves to the answers once each question has one. */
export function asked(bundle: Bundle): Promise<Record<string, boolean>> {
  const page = turnTo("ready"), form = found<HTMLFormElement>("form", page);
  const template = found<HTMLTemplateElement>("#one-question", page);
  found('[data-part="questions"]', page).replaceChildren(...bundle.questions.map((question) => {
    const one = template.content.cloneNode(true) as DocumentFragment;
    one.querySelector("legend")!.textContent = question.ask;
    for (const input of one.querySelectorAll("input")) input.name = question.id;
    return one;
  }));
  return new Promise((resolve) => {
    form.onsubmit = (event) => {
      event.preventDefault();
      const given = new FormData(form), wrong = found('[data-show="unanswered"]', form);
      if (bundle.questions.some((question) => !given.has(question.id))) return problem(wrong, wrong.dataset.says!);
      problem(wrong, "");
      resolve(Object.fromEntries(bundle.questions.map(({ id }) => [id, given.get(id) === "yes"])));
    };
  });
}

/** Say why nothing plays now, and return it; null where the answers forbid nothing. */
export function forbidden(bundle: Bundle, answers: Record<string, boolean>): string[] | null {
  const not = forbids(bundle, answers);
  if (!not) return null;
  const why = [...not.says, ...not.do];
  found('[data-show="forbids"]', turnTo("not-now")).replaceChildren(...lines(why));
  return why;
}

/** Lay the session out on the player's page and open it. */
export function play(app: App, score: Score, title: string): void {
  for (const one of document.querySelectorAll<HTMLElement>("main.page")) one.hidden = true;
  const track = found(".track"), drills = Object.values(score.drills);
  track.replaceChildren(...drills.map(() => document.createElement("i")));
  found("#start h2").textContent = title;
  found(".caption h1").textContent = drills[0].name;
  const first = score.cues.find((cue) => cue.side)?.side ?? "right";
  found<HTMLImageElement>(".art img").src = drills[0].posters[first];
  new Player(app, score).open();
}

/** One card for each session; `start` is missing where it may not be begun yet. */
export function card(along: Along, start: (() => void) | null): DocumentFragment {
  const one = found<HTMLTemplateElement>("#one-session").content.cloneNode(true) as DocumentFragment;
  show("when", along.when, one);
  show("title", along.title, one);
  show("about", along.about, one);
  const button = one.querySelector("button")!;
  if (start) button.addEventListener("click", start);
  else { button.disabled = true; button.textContent = along.opens; }
  return one;
}
