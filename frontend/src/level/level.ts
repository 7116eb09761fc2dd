/** The sheet of the inclinometer: it says what to do, listens to the sensor, and fills in the form. */
import type { Side } from "../player/clock";
import { type Ear, type Order } from "../player/hear";
import { listening } from "../player/listening";
import { dialog, found, problem, show } from "../player/page";
import { say } from "../player/say";
import { Talk, voice } from "../player/talk";
import { Tones } from "../player/tones";
import { Wake } from "../player/wake";
import { Dial } from "./dial";
import type { Way } from "./gravity";
import { back, type Event, fresh, look, type Plan, type Problem, type Reader, shown, STILL_MS, take } from "./reader";
import { type Refusal, Sensor } from "./sensor";
import { stillFor } from "./steady";

/** What the page tells of a test. */
export interface Told extends Way { low: number; high: number; where: string; start: string; passive: string; owned: string; sound: string; rate: number }

/** Time to lie down in before anything is taken for the start, and for a hint where nothing seems to move. Ours. */
const GET_READY_MS = 5000;
const UNMOVED_MS = 12000;
/** What is wrong is said once it lasts. */
const LASTS_MS = 2500;
const LOOK_MS = 200;
const pace = (globalThis as { __pace?: number }).__pace ?? 1;

const SIDES: Record<Side, string> = { left: say("Left"), right: say("Right") };
const WRONG: Record<Exclude<Problem, "">, string> = {
  lies: say("This is not yet where the test starts."),
  tipped: say("The phone lies tipped to one side. Lay it flat, its long edge along the leg."),
  elsewhere: say("Go back to where you started."),
  short: say("Go on to the end of the movement."),
  beyond: say("This is more than this test can give. Look how the phone lies, and begin this side again."),
};
const REFUSED: Record<Exclude<Refusal, null>, string> = {
  insecure: say("A browser lets a page feel how the phone lies only over an encrypted connection. Pair this phone in the settings, or type the readings."),
  denied: say("The browser was told not to let this page feel how the phone lies. Allow motion sensors for this page, or type the readings."),
  absent: say("This device tells nothing of how it lies. Type the readings."),
};
const UNMOVED = say("The phone reads only what goes up or down against the floor. Look how you lie, and how the phone lies.");
const SILENT = say("The sensor has stopped. What was read is kept.");

const inDegrees = (value: number | null | undefined): string => (value == null ? "–" : `${Math.round(value)}°`.replace("-", "−"));

export class Level {
  private sheet = dialog("level");
  private dial: Dial;
  private tones = new Tones();
  private talk = new Talk(null, Date.now);
  private wake = new Wake(() => undefined);
  private sensor = new Sensor((sample) => this.sensed(sample.at, sample.gravity), (isSilent) => this.problem(isSilent ? SILENT : ""));
  private reader: Reader = fresh;
  private side: Side = "left";
  private fields: HTMLInputElement[] = [];
  private begunAt = 0;
  private isArmed = false;
  private since = 0;
  private lasting = "";
  private said = "";
  private isPaused = false;
  private ear: Ear | null;
  private hears = 0;

  constructor(private form: HTMLFormElement, private told: Told) {
    this.dial = new Dial(found(".dial", this.sheet) as unknown as SVGElement, told.low, told.high);
    const doing: Record<string, () => void> = {
      begin: () => void this.begin(), take: () => this.after(take(this.reader, this.plan)), back: () => this.takeBack(), close: () => this.close(), hurts: () => this.hurts(),
    };
    this.sheet.addEventListener("click", (event) => doing[(event.target as Element).closest<HTMLElement>("[data-level]")?.dataset.level ?? ""]?.());
    this.sheet.addEventListener("close", () => this.letGo());
    this.ear = listening((order) => this.obey(order), () => { this.isPaused = true; }, () => { this.isPaused = false; });
  }

  private obey(order: Order): void {
    const doing: Partial<Record<Order, () => void>> = {
      pain: () => this.hurts(), back: () => this.takeBack(), repeat: () => this.talk.say(found("[data-show=level-do]").textContent!),
      pause: () => this.pause(true), "go-on": () => (this.sheet.dataset.state === "reading" ? this.pause(false) : void this.begin()),
    };
    doing[order]?.();
  }

  /** Nothing is read while it is paused; going on begins at the start again. */
  private pause(isPaused: boolean): void {
    if (this.isPaused === isPaused) return;
    this.isPaused = isPaused;
    this.tones.play("paused", this.side, false);
    if (isPaused) return this.tell(say("Paused"));
    this.reader = { ...this.reader, phase: this.reader.phase === "full" ? "full" : "start" };
    this.tell(this.told.start);
  }

  /** Open at the first side that is asked for and has room. */
  open(): void {
    const asked = this.sides();
    if (!asked.length) return;
    this.turnTo(asked.find((side) => this.inputs(side).some((one) => !one.value)) ?? asked[0]);
    this.sheet.showModal();
    this.isPaused = false;
    clearInterval(this.hears);
    this.hears = setInterval(() => this.ear?.look(!this.talk.busy && !dialog("listen").open), LOOK_MS);
  }

  private sides(): Side[] {
    return (["left", "right"] as const).filter((side) => this.inputs(side).length);
  }

  private inputs(side: Side): HTMLInputElement[] {
    return [...this.form.querySelectorAll<HTMLInputElement>(`input[name="${side}_reading"]`)];
  }

  /** What is asked of one side: its empty fields, or all of them where none is empty. */
  private turnTo(side: Side): void {
    const all = this.inputs(side), empty = all.filter((one) => !one.value);
    this.side = side;
    this.fields = empty.length ? empty : all;
    this.reader = fresh;
    this.isArmed = false;
    this.sheet.dataset.side = side;
    this.sheet.className = `level ${side}`;
    const tag = found(".side", this.sheet);
    tag.className = `side ${side}`;
    tag.textContent = SIDES[side];
    tag.dataset.l = SIDES[side][0];
    this.state("ready");
    this.problem("");
    show("level-do", side === "left" ? say("Phone on the left leg") : say("Phone on the right leg"));
    show("level-where", this.told.where);
    this.slots();
  }

  private get plan(): Plan {
    return { ...this.told, wanted: this.fields.length };
  }

  private get go(): string {
    return new FormData(this.form).get("mode") === "owned" || !this.told.passive ? this.told.owned : this.told.passive;
  }

  private state(name: "ready" | "reading" | "done"): void {
    this.sheet.dataset.state = name;
    found('[data-level="begin"] span', this.sheet).textContent = name === "done" ? say("Go on") : say("Begin");
  }

  private async begin(): Promise<void> {
    if (this.sheet.dataset.state === "done") return this.onward();
    this.tones.isOn = this.told.sound !== "off";
    this.tones.wake();
    this.talk.use(this.told.sound === "voice" ? voice(this.told.rate) : null);
    const refusal = await this.sensor.start();
    if (!this.sheet.open) return this.sensor.stop();
    if (refusal) return this.problem(REFUSED[refusal]);
    this.problem("");
    this.wake.want(true);
    this.begunAt = Date.now();
    this.state("reading");
    this.tell(say("Get into position"), this.told.where);
  }

  /** Look at what the sensor says, once there was time to get into position. */
  private sensed(at: number, gravity: readonly [number, number, number]): void {
    if (this.sheet.dataset.state !== "reading" || this.isPaused) return;
    if (!this.isArmed) {
      if (this.talk.busy || Date.now() - this.begunAt < GET_READY_MS / pace) return;
      this.isArmed = true;
      this.tones.play("ready", this.side, false);
      this.tell(this.told.start);
    }
    this.after(look(this.reader, { at, gravity }, this.plan));
  }

  private after([reader, event]: [Reader, Event]): void {
    this.reader = reader;
    if (event === "zeroed") this.zeroed();
    if (event === "read") this.read();
    this.draw();
    this.notice();
  }

  private zeroed(): void {
    this.since = Date.now();
    this.tones.play("go", this.side, this.talk.busy);
    this.tell(this.go);
  }

  private read(): void {
    const value = this.reader.readings.at(-1)!, number = this.reader.readings.length;
    this.fields[number - 1].value = String(value);
    this.slots();
    this.tones.play("end", this.side, this.talk.busy);
    this.talk.say(say("{degrees} degrees.", { degrees: value }));
    if (this.reader.phase !== "full") {
      return this.tell(say("Back to the start"), this.told.start);
    }
    this.state("done");
    this.sensor.stop();
    const isLast = !this.next;
    this.tell(isLast ? say("All readings taken") : this.side === "left" ? say("The left side is done") : say("The right side is done"));
  }

  private get next(): Side | undefined {
    return this.sides().find((side) => side !== this.side && this.inputs(side).some((one) => !one.value));
  }

  private onward(): void {
    const { next } = this;
    if (!next) return this.close();
    this.tones.play("switch", next, false);
    this.turnTo(next);
  }

  private takeBack(): void {
    const last = this.reader.readings.length;
    if (last) this.fields[last - 1].value = "";
    this.reader = back(this.reader);
    if (this.sheet.dataset.state === "done") return this.turnTo(this.side);
    this.slots();
    this.tell(say("Back to the start"), this.told.start);
  }

  /** What is wrong is shown at once and said once it lasts; so is that nothing seems to move. */
  private notice(): void {
    const { problem: wrong, phase } = this.reader;
    const isUnmoved = phase === "move" && !wrong && Date.now() - this.since > UNMOVED_MS && stillFor(this.reader.held) >= STILL_MS;
    const text = wrong ? WRONG[wrong] : isUnmoved ? UNMOVED : "";
    this.problem(text);
    if (text !== this.lasting) {
      this.lasting = text;
      if (wrong) this.since = Date.now();
    } else if (text && !this.talk.busy && Date.now() - this.since > LASTS_MS && this.said !== text) {
      this.said = text;
      this.talk.say(text);
    }
    if (!text) this.said = "";
  }

  private draw(): void {
    const value = shown(this.reader, this.plan), still = Math.min(1, stillFor(this.reader.held) / STILL_MS);
    this.dial.show(this.reader.phase === "move" ? value : null);
    show("level-now", inDegrees(this.reader.phase === "move" ? value : this.reader.readings.at(-1)));
    found(".meter i", this.sheet).style.width = `${Math.round(still * 100)}%`;
    found<HTMLButtonElement>('[data-level="take"]', this.sheet).disabled = this.reader.phase !== "move";
  }

  private slots(): void {
    const { readings } = this.reader, place = found(".slots", this.sheet);
    place.replaceChildren(...this.fields.map((_, i) => {
      const slot = document.createElement("li"), name = document.createElement("span"), value = document.createElement("b");
      name.textContent = `${i + 1}.`;
      value.textContent = i === readings.length ? say("now") : inDegrees(readings[i]);
      slot.className = i < readings.length ? "taken" : "";
      slot.append(name, value);
      return slot;
    }));
    found<HTMLButtonElement>('[data-level="back"]', this.sheet).disabled = !readings.length;
  }

  /** Write what to do, and say it. */
  private tell(...lines: string[]): void {
    show("level-do", lines[0]);
    show("level-where", lines[1] ?? "");
    for (const line of lines) this.talk.say(line);
  }

  private problem(text: string): void {
    const place = found("[data-show=level-wrong]", this.sheet);
    if (place.textContent !== text) problem(place, text);
  }

  /** It hurts: nothing is read any more; what was read stays, and how much it hurt is asked. */
  private hurts(): void {
    this.close();
    const pain = this.form.querySelector<HTMLInputElement>(`input[name="${this.side}_pain"]`);
    pain?.focus();
    pain?.closest(".scale")?.scrollIntoView({ block: "center" });
  }

  private close(): void {
    this.sheet.close();
    this.fields[0]?.closest("fieldset")?.scrollIntoView({ block: "start" });
  }

  private letGo(): void {
    this.sensor.stop();
    this.ear?.switch(false);
    clearInterval(this.hears);
    this.talk.hush();
    this.wake.want(false);
  }
}
