/** The sheet of a test before the camera: one side at a time, three ends held still, then into the form. */
import { Camera } from "../eye/camera";
import { Link, type Socket } from "../eye/link";
import { pack } from "../eye/message";
import { Overlay } from "../eye/overlay";
import type { Side } from "../player/clock";
import { dialog, found, problem, show } from "../player/page";
import { say } from "../player/say";
import { Talk, voice } from "../player/talk";
import { Tones } from "../player/tones";
import { Wake } from "../player/wake";

/** What the page tells of a test. */
export interface Told { test: string; method: string; eye: string; sound: string; rate: number }
/** What the coach answers to a frame. */
interface Answer { at: number; value: number | null; why: string; held: number[] }

const SIDES: Record<Side, string> = { left: say("Left"), right: say("Right") };
const HOW = say("Go to the end and hold still for a second, then come back. Three times.");
const LOST = say("The coach does not answer; try again.");
const inDegrees = (value: number | undefined | null): string => (value == null ? "–" : `${value}°`.replace("-", "−"));

export class Range {
  private sheet = dialog("range");
  private camera: Camera;
  private overlay = new Overlay(found<HTMLCanvasElement>("canvas", this.sheet));
  private link: Link<Answer> | null = null;
  private talk = new Talk(null, Date.now);
  private tones = new Tones();
  private wake = new Wake(() => undefined);
  private side: Side = "left";
  private fields: HTMLInputElement[] = [];
  private held: number[] = [];

  constructor(private form: HTMLFormElement, private told: Told) {
    this.camera = new Camera(found("video", this.sheet), (seen) => { this.overlay.draw(seen); this.link?.send(pack(seen)); }, (why) => this.wrong(why));
    const doing: Record<string, () => void> = { begin: () => void this.begin(), close: () => this.sheet.close(), hurts: () => this.hurts() };
    this.sheet.addEventListener("click", (event) => doing[(event.target as Element).closest<HTMLElement>("[data-range]")?.dataset.range ?? ""]?.());
    this.sheet.addEventListener("close", () => this.letGo());
  }

  open(): void {
    const asked = (["left", "right"] as const).filter((side) => this.inputs(side).length);
    if (!asked.length) return;
    this.turnTo(asked.find((side) => this.inputs(side).some((one) => !one.value)) ?? asked[0]);
    this.sheet.showModal();
  }

  private inputs(side: Side): HTMLInputElement[] {
    return [...this.form.querySelectorAll<HTMLInputElement>(`input[name="${side}_reading"]`)];
  }

  private turnTo(side: Side): void {
    const all = this.inputs(side), empty = all.filter((one) => !one.value), tag = found(".side", this.sheet);
    [this.side, this.fields, this.held] = [side, empty.length ? empty : all, []];
    this.sheet.className = `level ranged ${side}`;
    tag.className = `side ${side}`;
    tag.textContent = SIDES[side];
    tag.dataset.l = SIDES[side][0];
    this.state("ready");
    this.wrong("");
    show("range-do", side === "left" ? say("The left side before the camera") : say("The right side before the camera"));
    show("range-where", say("Pictures never leave this page, and none is kept."));
    this.slots();
  }

  private async begin(): Promise<void> {
    if (this.sheet.dataset.state === "done") return this.onward();
    this.wrong("");
    this.tones.isOn = this.told.sound !== "off";
    this.tones.wake();
    this.talk.use(this.told.sound === "voice" ? voice(this.told.rate) : null);
    try {
      const { socket, place } = await this.leave();
      show("range-where", place);
      await this.camera.start();
      if (!this.sheet.open) return this.camera.stop();
      this.state("reading");
      this.wake.want(true);
      show("range-do", HOW);
      for (const line of [place, HOW]) this.talk.say(line);
      const address = new URL(socket, location.href);
      address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
      this.link = new Link<Answer>(() => new WebSocket(address) as unknown as Socket, (answer) => this.heard(answer), (reason) => this.wrong(reason ?? LOST));
    } catch (error) {
      this.wrong(error instanceof Error ? error.message : String(error));
    }
  }

  /** Ask for leave to watch this side; the coach says where the camera stands, or why none reads it. */
  private async leave(): Promise<{ socket: string; place: string }> {
    const mode = String(new FormData(this.form).get("mode") ?? ""), token = found<HTMLInputElement>("[name=csrfmiddlewaretoken]", this.form).value;
    let answer: Response;
    try {
      answer = await fetch(this.told.eye, { method: "POST", body: new URLSearchParams({ test: this.told.test, side: this.side, mode }), headers: { "X-CSRFToken": token } });
    } catch {
      throw new Error(LOST);
    }
    const found_ = (await answer.json()) as { socket: string; place: string; problem?: string };
    if (!answer.ok) throw new Error(found_.problem ?? LOST);
    return found_;
  }

  private heard({ value, why, held }: Answer): void {
    if (this.sheet.dataset.state !== "reading") return;
    show("range-now", inDegrees(value));
    this.wrong(why);
    if (held.length > this.held.length) {
      this.tones.play("end", this.side, this.talk.busy);
      this.talk.say(say("{degrees} degrees.", { degrees: held.at(-1)! }));
    }
    this.held = held.slice(0, this.fields.length);
    this.slots();
    if (held.length >= this.fields.length) this.finish();
  }

  private finish(): void {
    this.fields.forEach((field, i) => { field.value = String(this.held[i]); });
    this.shut();
    this.state("done");
    const text = !this.next ? say("All readings taken") : this.side === "left" ? say("The left side is done") : say("The right side is done");
    show("range-do", text);
    this.talk.say(text);
  }

  private get next(): Side | undefined {
    return (["left", "right"] as const).find((side) => side !== this.side && this.inputs(side).some((one) => !one.value));
  }

  private onward(): void {
    const { next } = this;
    if (next) this.turnTo(next); else this.sheet.close();
  }

  private hurts(): void {
    this.held.forEach((value, i) => { this.fields[i].value = String(value); });
    this.sheet.close();
    const pain = this.form.querySelector<HTMLInputElement>(`input[name="${this.side}_pain"]`);
    pain?.focus();
    pain?.closest(".scale")?.scrollIntoView({ block: "center" });
  }

  private slots(): void {
    found(".slots", this.sheet).replaceChildren(...this.fields.map((_, i) => {
      const slot = document.createElement("li"), name = document.createElement("span"), value = document.createElement("b");
      name.textContent = `${i + 1}.`;
      value.textContent = i === this.held.length ? say("now") : inDegrees(this.held[i]);
      slot.className = i < this.held.length ? "taken" : "";
      slot.append(name, value);
      return slot;
    }));
  }

  private state(name: "ready" | "reading" | "done"): void {
    this.sheet.dataset.state = name;
    found(".eye", this.sheet).dataset.state = name === "reading" ? "on" : "off";
    found(".eye", this.sheet).hidden = name !== "reading";
    show("eye-state", name === "reading" ? say("Camera on") : "");
    found('[data-range="begin"] span', this.sheet).textContent = name === "done" ? say("Go on") : say("Switch the camera on");
  }

  private wrong(text: string): void {
    const place = found("[data-show=range-wrong]", this.sheet);
    if (place.textContent !== text) problem(place, text);
  }

  private shut(): void {
    this.link?.close();
    this.link = null;
    this.camera.stop();
    this.wake.want(false);
  }

  private letGo(): void {
    this.shut();
    this.talk.hush();
  }
}
