/** A test read by the phone on the leg: says what to do, listens to the sensor, and fills in the form. */
import type { Side } from "../contract/side";
import type { ByPhone } from "../contract/test";
import type { Ear, Order } from "../device/hear";
import { PACE } from "../device/pace";
import { Talk, voice } from "../device/talk";
import { Tones } from "../device/tones";
import { Wake } from "../device/wake";
import { listening } from "../page/listening";
import { dialog, found } from "../page/parts";
import { say } from "../page/say";
import { Dial } from "./dial";
import type { Vector } from "./gravity";
import { back, begunAnew, type Event, fresh, look, type Plan, type Problem, type Reader, shown, take } from "./reader";
import { type Refusal, Sensor } from "./sensor";
import { inDegrees, Sheet, type Stage } from "./sheet";
import { isStill, stillFor } from "./steady";

/** What is wrong is said once it lasts. */
const LASTS_MS = 2500;
const LOOK_MS = 200;

const WRONG: Record<Problem, string> = {
  lies: say("This is not yet where the test starts."),
  tipped: say("The phone lies tipped to one side. Lay it flat, its long edge along the leg."),
  elsewhere: say("Go back to where you started."),
  short: say("Go on to the end of the movement."),
  beyond: say("This is more than this test can give. Look how the phone lies, and begin this side again."),
};
const REFUSED: Record<Refusal, string> = {
  insecure: say("A browser lets a page feel how the phone lies only over an encrypted connection. Pair this phone in the settings, or type the readings."),
  denied: say("The browser was told not to let this page feel how the phone lies. Allow motion sensors for this page, or type the readings."),
  absent: say("This device tells nothing of how it lies. Type the readings."),
};
const UNMOVED = say("The phone reads only what goes up or down against the floor. Look how you lie, and how the phone lies.");
const SILENT = say("The sensor has stopped. What was read is kept.");

export class Level {
  private sheet: Sheet;
  private dial: Dial;
  private tones = new Tones();
  private talk = new Talk(null, Date.now);
  private wake = new Wake(() => undefined);
  private sensor = new Sensor(
    (sample) => this.sensed(sample.at, sample.gravity), (isSilent) => this.sheet.wrong(isSilent ? SILENT : ""),
  );
  private reader: Reader = fresh;
  private begunAt = 0;
  /** Whether there was time to get into position, so that what is sensed is looked at. */
  private isArmed = false;
  /** Since when the leg could move, or the same has been wrong. */
  private since = 0;
  private lasting = "";
  private said = "";
  private isPaused = false;
  private ear: Ear | null;
  private hears = 0;

  constructor(form: HTMLFormElement, private test: ByPhone) {
    this.sheet = new Sheet("level", form, test.sides);
    this.dial = new Dial(found(".dial", this.sheet.dialog) as unknown as SVGElement, test.low, test.high);
    this.sheet.connect({
      begin: () => void this.begin(), take: () => this.after(take(this.reader, this.plan)),
      back: () => this.takeBack(), close: () => this.close(), hurts: () => this.hurts(),
    }, () => this.letGo());
    const hold = (isPaused: boolean) => () => { this.isPaused = isPaused; };
    this.ear = listening((order) => this.obey(order), hold(true), hold(false));
  }

  private obey(order: Order): void {
    const doing: Partial<Record<Order, () => void>> = {
      pain: () => this.hurts(), back: () => this.takeBack(),
      repeat: () => this.talk.say(found("[data-show=level-do]").textContent!),
      pause: () => this.pause(true),
      "go-on": () => (this.sheet.stage === "reading" ? this.pause(false) : void this.begin()),
    };
    doing[order]?.();
  }

  /** Nothing is read while it is paused; going on begins at the start again. */
  private pause(isPaused: boolean): void {
    if (this.isPaused === isPaused) return;
    this.isPaused = isPaused;
    this.tones.play("paused", this.sheet.side, false);
    if (isPaused) return this.tell(say("Paused"));
    this.reader = begunAnew(this.reader);
    this.tell(this.test.start);
  }

  /** Open at the first side that is asked for and has room. */
  open(): void {
    const { first } = this.sheet;
    if (!first) return;
    this.turnTo(first);
    this.sheet.dialog.showModal();
    this.isPaused = false;
    clearInterval(this.hears);
    this.hears = setInterval(() => this.ear?.look(!this.talk.busy && !dialog("listen").open), LOOK_MS);
  }

  private turnTo(side: Side): void {
    this.reader = fresh;
    this.isArmed = false;
    this.sheet.turnTo(side);
    this.turn("ready");
    this.sheet.show("do", side === "left" ? say("Phone on the left leg") : say("Phone on the right leg"));
    this.sheet.show("where", this.test.where);
    this.slots();
  }

  private turn(stage: Stage): void {
    this.sheet.turn(stage, say("Begin"));
  }

  private get plan(): Plan {
    return { ...this.test, wanted: this.sheet.fields.length };
  }

  private get go(): string {
    const { passive, owned } = this.test;
    return this.sheet.told("mode") === "owned" || !passive ? owned : passive;
  }

  private async begin(): Promise<void> {
    if (this.sheet.stage === "done") return this.onward();
    this.tones.isOn = this.test.sound !== "off";
    this.tones.wake();
    this.talk.use(this.test.sound === "voice" ? voice(this.test.rate) : null);
    const refusal = await this.sensor.start();
    if (!this.sheet.isOpen) return this.sensor.stop();
    if (refusal) return this.sheet.wrong(REFUSED[refusal]);
    this.sheet.wrong("");
    this.wake.want(true);
    this.begunAt = Date.now();
    this.turn("reading");
    this.tell(say("Get into position"), this.test.where);
  }

  /** Look at what the sensor says, once there was time to get into position. */
  private sensed(at: number, gravity: Vector): void {
    if (this.sheet.stage !== "reading" || this.isPaused) return;
    if (!this.isArmed) {
      if (this.talk.busy || Date.now() - this.begunAt < this.test.limits.get_ready_ms / PACE) return;
      this.isArmed = true;
      this.tones.play("ready", this.sheet.side, false);
      this.tell(this.test.start);
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
    this.tones.play("go", this.sheet.side, this.talk.busy);
    this.tell(this.go);
  }

  private read(): void {
    const { readings, phase } = this.reader, value = readings.at(-1)!;
    this.sheet.fields[readings.length - 1].value = String(value);
    this.slots();
    this.tones.play("end", this.sheet.side, this.talk.busy);
    this.talk.say(say("{degrees} degrees.", { degrees: value }));
    if (phase !== "full") return this.tell(say("Back to the start"), this.test.start);
    this.turn("done");
    this.sensor.stop();
    this.tell(this.sheet.doneSays);
  }

  private onward(): void {
    const { next } = this.sheet;
    if (!next) return this.close();
    this.tones.play("switch", next, false);
    this.turnTo(next);
  }

  private takeBack(): void {
    const last = this.reader.readings.length;
    if (last) this.sheet.fields[last - 1].value = "";
    this.reader = back(this.reader);
    if (this.sheet.stage === "done") return this.turnTo(this.sheet.side);
    this.slots();
    this.tell(say("Back to the start"), this.test.start);
  }

  /** What is wrong is shown at once and said once it lasts; so is that nothing seems to move. */
  private notice(): void {
    const { problem: wrong } = this.reader, text = wrong ? WRONG[wrong] : this.isUnmoved ? UNMOVED : "";
    this.sheet.wrong(text);
    if (text !== this.lasting) {
      this.lasting = text;
      if (wrong) this.since = Date.now();
    } else if (text && !this.talk.busy && Date.now() - this.since > LASTS_MS && this.said !== text) {
      this.said = text;
      this.talk.say(text);
    }
    if (!text) this.said = "";
  }

  private get isUnmoved(): boolean {
    const { still, limits } = this.test, { phase, held } = this.reader;
    return phase === "move" && Date.now() - this.since > limits.unmoved_ms && isStill(held, still);
  }

  private draw(): void {
    const { phase, readings, held } = this.reader, isMoving = phase === "move";
    const value = shown(this.reader, this.plan), still = Math.min(1, stillFor(held) / this.test.still.held_ms);
    this.dial.show(isMoving ? value : null);
    this.sheet.show("now", inDegrees(isMoving ? value : readings.at(-1)));
    found(".meter i", this.sheet.dialog).style.width = `${Math.round(still * 100)}%`;
    found<HTMLButtonElement>('[data-level="take"]', this.sheet.dialog).disabled = !isMoving;
  }

  private slots(): void {
    const { readings } = this.reader;
    this.sheet.slots(readings);
    found<HTMLButtonElement>('[data-level="back"]', this.sheet.dialog).disabled = !readings.length;
  }

  /** Write what to do, and say it. */
  private tell(...lines: string[]): void {
    this.sheet.show("do", lines[0]);
    this.sheet.show("where", lines[1] ?? "");
    for (const line of lines) this.talk.say(line);
  }

  /** It hurts: nothing is read any more; what was read stays, and how much it hurt is asked. */
  private hurts(): void {
    this.close();
    this.sheet.askPain();
  }

  private close(): void {
    this.sheet.dialog.close();
    this.sheet.fields[0]?.closest("fieldset")?.scrollIntoView({ block: "start" });
  }

  private letGo(): void {
    this.sensor.stop();
    this.ear?.switch(false);
    clearInterval(this.hears);
    this.talk.hush();
    this.wake.want(false);
  }
}
