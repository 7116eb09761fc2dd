/** The parts of a page that a script writes to. */
import type { Stretch } from "../contract/side";

/** A part that the page must have. */
export const found = <T extends HTMLElement>(selector: string, within: ParentNode = document): T => {
  const element = within.querySelector<T>(selector);
  if (!element) throw new Error(`the page has no ${selector}`);
  return element;
};

/** Write a text where the page shows it, only when it is another one. */
export function show(name: string, text: string, within: ParentNode = document): void {
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
