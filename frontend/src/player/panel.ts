/** What the player shows: the panel with its sign, the caption and the track. */
import type { Stretch } from "../contract/side";
import { found, show, showSaid, write } from "../page/parts";
import { say } from "../page/say";
import type { Sign } from "./words";

export class Panel {
  readonly root = found<HTMLElement>("#player");
  private panel = found(".panel");
  private level = found(".level");
  private count = found(".count");
  private track = [...document.querySelectorAll<HTMLElement>(".track i")];
  private isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;

  sign(sign: Sign, isPaused: boolean, beside: Stretch[]): void {
    const looks = `panel ${sign.looks}${sign.isTalk ? " talk" : ""}${isPaused ? " paused" : ""}`;
    if (this.panel.className !== looks) this.panel.className = looks;
    showSaid("phase", isPaused ? [[say("Paused"), ""]] : sign.phase);
    show("side", sign.side);
    const of: Stretch[] = sign.of ? [[sign.tell.length ? `${sign.of} ·` : sign.of, ""]] : [];
    showSaid("tell", [...of, ...sign.tell]);
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
    found("span", key).textContent = isPaused ? say("Continue") : say("Pause");
    const [halt, go] = key.querySelectorAll<SVGElement>("svg");
    halt.toggleAttribute("hidden", isPaused);
    go.toggleAttribute("hidden", !isPaused);
  }

  /** Hide the player and show another page of the same document. */
  turnTo(id: string): HTMLElement {
    for (const open of document.querySelectorAll<HTMLDialogElement>("dialog[open]")) open.close();
    this.root.hidden = true;
    for (const one of document.querySelectorAll<HTMLElement>("main.page")) one.hidden = true;
    const page = found(`#${id}`);
    page.hidden = false;
    found("h1", page).focus();
    return page;
  }
}
