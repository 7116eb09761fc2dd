/** "Too much" and "hurts": the clock stops first, then it is asked, then it is acted on. */
import type { Drill } from "../contract/score";
import { type Interruption, Refused } from "../contract/told";
import { dialog, found, line, problem, write } from "../page/parts";
import { say } from "../page/say";
import type { Player } from "./player";
import type { App } from "./served";
import { lineOf, nameOf, plain, stopsOf } from "./words";

const WHICH = say("Choose the drill it was in, or that you cannot say.");
const KIND = say("Choose of what kind it is.");
const NOTHING = say("Choose where it hurts.");
const UNTOLD = [say("What you feel could not be checked. Stop here, and tell it when Triplane answers again.")];

export class Dialogs {
  readonly doing: Record<string, () => void>;
  private sheet = dialog("hurts");
  private again = dialog("repeat");
  private form = found<HTMLFormElement>("form", this.sheet);
  private about: { item: string; side?: "left" | "right" } = { item: "" };
  private told: ((why: Interruption) => void) | null = null;
  private which = found('[data-part="which"]', this.form);

  constructor(private player: Player, private app: App) {
    this.doing = {
      toomuch: () => this.tooMuch(), hurts: () => this.hurts(), "go-on": () => this.goOn(),
      "leave-drill": () => this.leaveDrill(), "ask-where": () => this.ask("pain"), "ask-signs": () => this.ask("signs"),
      repeat: () => this.player.sayAgain(),
    };
    for (const one of [this.sheet, this.again, dialog("toomuch")]) {
      one.addEventListener("cancel", (event) => { event.preventDefault(); this.goOn(); });
    }
    this.form.addEventListener("submit", (event) => { event.preventDefault(); void this.tell(); });
  }

  hurts(): void {
    this.open({ item: this.player.course.here.item ?? "", side: this.player.course.here.side }, null);
  }

  /** Ask after the session: in which of its drills it was, by item and name, is for the runner to say. */
  hurtsAfter(drills: [item: string, name: string][], told: (why: Interruption) => void): void {
    this.open({ item: "" }, told);
    const unknown = this.which.dataset.unknown!;
    found(".choices", this.which).replaceChildren(...[...drills, [unknown, say("I cannot say")]].map(choice));
    this.ask("pain");
  }

  private open(about: { item: string; side?: "left" | "right" }, told: ((why: Interruption) => void) | null): void {
    this.player.pause();
    dialog("toomuch").close();
    this.about = about;
    this.told = told;
    this.form.reset();
    problem(found('[data-show="problem"]', this.form), "");
    this.step("what");
    this.which.hidden = !told;
    for (const part of ['[data-part="clock"]', '[data-do="leave"]']) found(part, this.sheet).hidden = !!told;
    found('.row [data-do="go-on"]', this.sheet).textContent = told ? say("Back") : say("Go on");
    if (!this.sheet.open) this.sheet.showModal();
  }

  /** Everything there is to say of a drill, to be read and heard while the clock stands. */
  tellAgain(drill: Drill): void {
    this.player.pause();
    write(found("h2", this.again), nameOf(drill));
    found('[data-show="told-again"]', this.again).replaceChildren(...all(drill));
    this.again.showModal();
  }

  get isTellingAgain(): boolean {
    return this.again.open;
  }

  tooMuch(): void {
    this.player.pause();
    dialog("toomuch").showModal();
  }

  private leaveDrill(): void {
    dialog("toomuch").close();
    const { item = "", side = null } = this.player.course.here;
    this.player.leaveDrill({ item, side, too_much: true, pain: [], signs: [] });
  }

  goOn(): void {
    if (this.isTellingAgain) this.player.hushed();
    this.sheet.close();
    this.again.close();
    dialog("toomuch").close();
    if (!this.told) this.player.resume();
  }

  private ask(part: "pain" | "signs"): void {
    this.step("where");
    const signs = found('[data-part="signs"]', this.form), pain = found('[data-part="pain"]', this.form);
    if (part === "signs") pain.before(signs); else pain.after(signs);
    found<HTMLInputElement>("select, input[type=checkbox]", part === "signs" ? signs : pain).focus();
  }

  private step(name: string): void {
    for (const one of this.sheet.querySelectorAll<HTMLElement>("[data-step]")) one.hidden = one.dataset.step !== name;
  }

  /** What is still missing, in words; only what is asked after the session needs a drill. */
  private missing(): string {
    const told = new FormData(this.form);
    const places = [...told.keys()].filter((name) => name.endsWith("-region") && told.get(name));
    if (this.told && !told.has("which")) return WHICH;
    if (this.told && !places.length && !told.has("signs")) return NOTHING;
    return places.some((name) => !told.get(name.replace("region", "kind"))) ? KIND : "";
  }

  private async tell(): Promise<void> {
    const missing = this.missing(), which = new FormData(this.form).get("which");
    problem(found('[data-show="problem"]', this.form), missing);
    if (missing) return;
    found<HTMLInputElement>("[name=item]", this.form).value = this.told ? String(which) : this.about.item;
    found<HTMLInputElement>("[name=side]", this.form).value = this.about.side ?? "";
    try {
      const verdict = await this.app.hurts(new FormData(this.form));
      this.sheet.close();
      if (verdict.stops) return void this.player.stop(verdict.interruption, verdict.follows);
      if (this.told) this.told(verdict.interruption); else this.player.leaveDrill(verdict.interruption);
    } catch (error) {
      if (error instanceof Refused && error.isHere) problem(found('[data-show="problem"]', this.form), error.message);
      else { this.sheet.close(); void this.player.stop(null, UNTOLD); }
    }
  }
}

/** A drill to be chosen. */
function choice([item, name]: string[]): HTMLElement {
  const [made, mark, radio] = ["label", "span", "input"].map((tag) => document.createElement(tag));
  made.className = "choice";
  mark.className = "mark";
  made.append(Object.assign(radio, { type: "radio", name: "which", value: item }), mark, name);
  return made;
}

/** All words of a drill, each part under its head; the steps are numbered, as they follow one another. */
function all(drill: Drill): HTMLElement[] {
  const { set_up, steps } = drill.lines, lines = drill.says.map((_, at) => lineOf(drill, at));
  const first = lines.length - 1 - steps, list = document.createElement("ol");
  list.append(...lines.slice(first, -1).map((one) => line("li", one)));
  const head = (words: string) => line("h3", plain(words)), told = (one: typeof lines[0]) => line("p", one);
  return [
    ...lines.slice(0, first - set_up).map(told), head(say("Set up")), ...lines.slice(first - set_up, first).map(told),
    head(say("How to")), list, told(lines[lines.length - 1]), head(say("Stop signs")), ...stopsOf(drill).map(told),
  ];
}
