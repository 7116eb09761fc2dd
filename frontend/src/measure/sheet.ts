/** The sheet that reads a test into the form as if typed, one side after the other: what phone and camera share. */
import { type Side, SIDES } from "../contract/side";
import type { NamedSides } from "../contract/test";
import { dialog, found, problem, show } from "../page/parts";
import { say } from "../page/say";

export type Stage = "ready" | "reading" | "done";

export const inDegrees = (value: number | null | undefined): string =>
  value == null ? "–" : `${Math.round(value)}°`.replace("-", "−");

export class Sheet {
  readonly dialog: HTMLDialogElement;
  side: Side = "left";
  stage: Stage = "ready";
  /** What is asked of the side: its empty fields, or all of them where none is empty. */
  fields: HTMLInputElement[] = [];

  /** `name` is the id of the dialog, and how its parts and keys are named. */
  constructor(private name: string, private form: HTMLFormElement, private sides: NamedSides) {
    this.dialog = dialog(name);
  }

  /** Do what a key of the sheet stands for. */
  connect(doing: Record<string, () => void>, closed: () => void): void {
    this.dialog.addEventListener("click", (event) => {
      const key = (event.target as Element).closest<HTMLElement>(`[data-${this.name}]`);
      doing[key?.dataset[this.name] ?? ""]?.();
    });
    this.dialog.addEventListener("close", closed);
  }

  get isOpen(): boolean {
    return this.dialog.open;
  }

  /** What the form says now. */
  told(name: string): string {
    return String(new FormData(this.form).get(name) ?? "");
  }

  /** The token that lets a page send something. */
  get token(): string {
    return found<HTMLInputElement>("[name=csrfmiddlewaretoken]", this.form).value;
  }

  /** Where to begin: the first side that is asked for and has room; null where none is asked for. */
  get first(): Side | null {
    const asked = SIDES.filter((side) => this.inputs(side).length);
    return asked.find((side) => this.hasRoom(side)) ?? asked[0] ?? null;
  }

  /** The other side, where it still has room. */
  get next(): Side | null {
    return SIDES.find((side) => side !== this.side && this.hasRoom(side)) ?? null;
  }

  turnTo(side: Side): void {
    const all = this.inputs(side), empty = all.filter((one) => !one.value), tag = found(".side", this.dialog);
    this.side = side;
    this.fields = empty.length ? empty : all;
    this.dialog.dataset.side = side;
    this.dialog.classList.toggle("left", side === "left");
    this.dialog.classList.toggle("right", side === "right");
    tag.className = `side ${side}`;
    tag.textContent = this.sides[side].name;
    tag.dataset.l = this.sides[side].letter;
    this.wrong("");
  }

  turn(stage: Stage, begin: string): void {
    this.stage = this.dialog.dataset.state = stage;
    found(`[data-${this.name}="begin"] span`, this.dialog).textContent = stage === "done" ? say("Go on") : begin;
  }

  /** What to say once a side is read. */
  get doneSays(): string {
    if (!this.next) return say("All readings taken");
    return this.side === "left" ? say("The left side is done") : say("The right side is done");
  }

  /** Write a text to one of the sheet's places. */
  show(place: string, text: string): void {
    show(`${this.name}-${place}`, text);
  }

  /** One slot for each field, filled as readings come. */
  slots(readings: readonly number[]): void {
    found(".slots", this.dialog).replaceChildren(...this.fields.map((_, i) => {
      const slot = document.createElement("li"), name = document.createElement("span");
      const value = document.createElement("b");
      name.textContent = `${i + 1}.`;
      value.textContent = i === readings.length ? say("now") : inDegrees(readings[i]);
      slot.className = i < readings.length ? "taken" : "";
      slot.append(name, value);
      return slot;
    }));
  }

  wrong(text: string): void {
    const place = found(`[data-show=${this.name}-wrong]`, this.dialog);
    if (place.textContent !== text) problem(place, text);
  }

  /** It hurts: the sheet is left, and how much it hurt is asked. */
  askPain(): void {
    const pain = this.form.querySelector<HTMLInputElement>(`input[name="${this.side}_pain"]`);
    pain?.focus();
    pain?.closest(".scale")?.scrollIntoView({ block: "center" });
  }

  private inputs(side: Side): HTMLInputElement[] {
    return [...this.form.querySelectorAll<HTMLInputElement>(`input[name="${side}_reading"]`)];
  }

  private hasRoom(side: Side): boolean {
    return this.inputs(side).some((one) => !one.value);
  }
}
