/** The stop signs of a drill, with what to feel: one tap away, in place of the picture, and nothing is paused. */
import type { Drill } from "../contract/score";
import { found, line } from "../page/parts";
import { lineOf, stopsOf } from "./words";

export class Stops {
  private sheet = found("#stops");
  private key = found('[data-do="stops"]');
  private drill: Drill | null = null;

  constructor() {
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !this.sheet.hidden) this.toggle();
    });
  }

  about(drill: Drill): void {
    if (this.drill === drill) return;
    this.drill = drill;
    found("ul", this.sheet).replaceChildren(...stopsOf(drill).map((sign) => line("li", sign)));
    found('[data-show="feel"]', this.sheet).replaceChildren(line("span", lineOf(drill, drill.says.length - 1)));
  }

  toggle(): void {
    this.sheet.hidden = !this.sheet.hidden;
    this.key.setAttribute("aria-expanded", String(!this.sheet.hidden));
    if (!this.sheet.hidden) this.sheet.scrollTop = 0;
  }
}
