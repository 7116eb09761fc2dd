/** The parts of the page that the player writes to. */
import type { Stretch } from "./clock";
import { say } from "./say";
import type { Sign } from "./words";

const all = document;

export const found = <T extends HTMLElement>(selector: string, within: ParentNode = all): T => {
  const element = within.querySelector<T>(selector);
  if (!element) throw new Error(`the page has no ${selector}`);
  return element;
};

/** Write a text where the page shows it, only when it is another one. */
export function show(name: string, text: string, within: ParentNode = all): void {
  const place = found(`[data-show="${name}"]`, within);
  if (place.textContent !== text) place.textContent = text;
}

/** Write stretches of words, each marked with its language where it is not the page's. */
export function write(place: HTMLElement, stretches: Stretch[]): void {
  const now = JSON.stringify(stretches);
  if (place.dataset.written === now) return;
  place.dataset.written = now;
  place.replaceChildren(...stretches.flatMap(([words, language], i) => {
    const one = document.createElement("span");
    one.textContent = words;
    if (language) one.lang = language;
    return i ? [" ", one] : [one];
  }));
}

export const showSaid = (name: string, stretches: Stretch[]): void => write(found(`[data-show="${name}"]`), stretches);

/** A list item or a paragraph of such words. */
export function line(tag: string, stretches: Stretch[]): HTMLElement {
  const made = document.createElement(tag);
  write(made, stretches);
  return made;
}

export function problem(place: HTMLElement, text: string): void {
  place.textContent = text;
  place.hidden = !text;
}

export const dialog = (id: string): HTMLDialogElement => found<HTMLDialogElement>(`#${id}`);

/** The panel, the caption and the track. */
export class Page {
  readonly root = found<HTMLElement>("#player");
  private panel = found(".panel");
  private level = found(".level");
  private count = found(".count");
  private track = [...all.querySelectorAll<HTMLElement>(".track i")];
  private isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;

  sign(sign: Sign, isPaused: boolean, beside: Stretch[]): void {
    const looks = `panel ${sign.looks}${sign.isTalk ? " talk" : ""}${isPaused ? " paused" : ""}`;
    if (this.panel.className !== looks) this.panel.className = looks;
    showSaid("phase", isPaused ? [[say("Paused"), ""]] : sign.phaseSaid);
    show("side", sign.side);
    const of: Stretch[] = sign.of ? [[sign.tell ? `${sign.of} ·` : sign.of, ""]] : [];
    showSaid("tell", [...of, ...sign.tellSaid]);
    showSaid("beside", beside);
    show("count", sign.count);
    this.count.setAttribute("aria-label", `${sign.count} ${sign.of}`);
    const side = sign.working ?? "";
    if (this.root.dataset.side !== side) {
      this.root.dataset.side = side;
      this.root.classList.toggle("left", side === "left");
      this.root.classList.toggle("right", side === "right");
    }
  }

  /** The level stands for the time that is left; it steps where motion is unwelcome. */
  share(left: number): void {
    const steps = this.isStill ? 10 : 1000;
    this.level.style.setProperty("--left-share", String(Math.ceil(left * steps) / steps));
  }

  drills(number: number, share: number, name: Stretch[]): void {
    this.track.forEach((mark, i) => { mark.className = i < number ? "done" : i === number ? "now" : ""; });
    this.track[number]?.style.setProperty("--share", `${Math.round(share * 100)}%`);
    const track = found(".track"), label = say("Drill {number} of {all}", { number: number + 1, all: this.track.length });
    if (track.getAttribute("aria-label") !== label) track.setAttribute("aria-label", label);
    write(found(".caption h1"), name);
  }

  paused(isPaused: boolean): void {
    const key = found('[data-do="pause"]');
    found("span", key).textContent = isPaused ? say("Go on") : say("Pause");
    const [halt, go] = key.querySelectorAll<SVGElement>("svg");
    halt.toggleAttribute("hidden", isPaused);
    go.toggleAttribute("hidden", !isPaused);
  }

  /** Hide the player and show another page of the same document. */
  turnTo(id: string): HTMLElement {
    for (const open of all.querySelectorAll<HTMLDialogElement>("dialog[open]")) open.close();
    this.root.hidden = true;
    for (const one of all.querySelectorAll<HTMLElement>("main.page")) one.hidden = true;
    const page = found(`#${id}`);
    page.hidden = false;
    found("h1", page).focus();
    return page;
  }
}
