/** A test before the camera: one side at a time, ends held still, then into the form. */
import { type Leave, type Measured, readLeave, readMeasured } from "../contract/eye";
import { type Side } from "../contract/side";
import type { ByCamera } from "../contract/test";
import { readFault } from "../contract/told";
import { Talk, voice } from "../device/talk";
import { Tones } from "../device/tones";
import { Wake } from "../device/wake";
import { Camera, TURNED } from "../eye/camera";
import { Link, socketAt } from "../eye/link";
import { Overlay } from "../eye/overlay";
import { found, show } from "../page/parts";
import { say } from "../page/say";
import { inDegrees, Sheet, type Stage } from "./sheet";

const HOW = say("Go to the end and hold still for a second, then come back. Three times.");
const LOST = say("The coach does not answer; try again.");

export class Range {
  private sheet: Sheet;
  private camera: Camera;
  private overlay: Overlay;
  private link: Link<Measured> | null = null;
  private talk = new Talk(null, Date.now);
  private tones = new Tones();
  private wake = new Wake(() => undefined);
  private held: number[] = [];
  /** What was read before the connection was lost; another process of a server reads from nothing again. */
  private before: number[] = [];
  private wasLost = false;

  constructor(form: HTMLFormElement, private test: ByCamera) {
    this.sheet = new Sheet("range", form, test.sides);
    const { dialog } = this.sheet;
    this.overlay = new Overlay(found<HTMLCanvasElement>("canvas", dialog));
    this.camera = new Camera(found("video", dialog), (frame) => {
      this.link?.send(frame);
      this.overlay.show(frame);
    }, (why) => this.gone(why), () => this.turned());
    this.sheet.connect({
      begin: () => void this.begin(), close: () => dialog.close(), hurts: () => this.hurts(),
    }, () => this.letGo());
  }

  open(): void {
    const { first } = this.sheet;
    if (!first) return;
    this.turnTo(first);
    this.sheet.dialog.showModal();
  }

  private turnTo(side: Side): void {
    this.held = this.before = [];
    this.sheet.turnTo(side);
    this.turn("ready");
    const before = side === "left" ? say("The left side before the camera") : say("The right side before the camera");
    this.sheet.show("do", before);
    this.sheet.show("where", say("Pictures never leave this page, and none is kept."));
    this.sheet.slots(this.held);
  }

  private async begin(): Promise<void> {
    if (this.sheet.stage === "done") return this.onward();
    this.sheet.wrong("");
    this.tones.isOn = this.test.sound !== "off";
    this.tones.wake();
    this.talk.use(this.test.sound === "voice" ? voice(this.test.rate) : null);
    try {
      const { socket, place } = await this.leave();
      this.sheet.show("where", place);
      await this.camera.start();
      if (!this.sheet.isOpen) return this.camera.stop();
      this.turn("reading");
      this.wake.want(true);
      this.sheet.show("do", HOW);
      for (const line of [place, HOW]) this.talk.say(line);
      this.link = new Link({
        open: () => socketAt(socket), read: readMeasured,
        heard: (answer) => this.heard(answer), lost: (reason) => this.lost(reason),
      });
    } catch (error) {
      this.sheet.wrong(error instanceof Error ? error.message : String(error));
    }
  }

  /** Ask for leave to watch this side; the coach says where the camera stands, or why none reads it. */
  private async leave(): Promise<Leave> {
    const { sheet, test: { test, eye } } = this;
    const body = new URLSearchParams({ test, side: sheet.side, mode: sheet.told("mode") });
    let answer: Response;
    try {
      answer = await fetch(eye, { method: "POST", body, headers: { "X-CSRFToken": sheet.token } });
    } catch {
      throw new Error(LOST);
    }
    const told: unknown = await answer.json();
    if (answer.ok) return readLeave(told);
    throw new Error(readFault(told).problem ?? LOST);
  }

  /** The connection is taken up again by itself; where the coach says no, what was read stands in the form. */
  private lost(reason: string | null): void {
    if (reason !== null) return this.gone(reason);
    this.wasLost = true;
    this.sheet.wrong(LOST);
  }

  /** No more can be read for now: what was read stands in the form, and only the rest is asked for. */
  private gone(why: string): void {
    if (this.sheet.stage === "reading") {
      this.fillIn();
      this.shut();
      this.turnTo(this.sheet.side);
    }
    this.sheet.wrong(why);
  }

  /** The phone lies on its side: nothing is read until it stands. */
  private turned(): void {
    this.overlay.clear();
    if (this.sheet.stage !== "reading") return;
    this.sheet.show("now", inDegrees(null));
    this.sheet.wrong(TURNED);
  }

  private heard({ value, why, held: read }: Measured): void {
    const { fields, side, stage } = this.sheet;
    if (stage !== "reading") return;
    if (this.wasLost && this.before.length + read.length < this.held.length) this.before = this.held;
    this.wasLost = false;
    const held = [...this.before, ...read];
    this.sheet.show("now", inDegrees(value));
    this.sheet.wrong(why);
    if (held.length > this.held.length) {
      this.tones.play("end", side, this.talk.busy);
      this.talk.say(say("{degrees} degrees.", { degrees: held.at(-1)! }));
    }
    this.held = held.slice(0, fields.length);
    this.sheet.slots(this.held);
    if (held.length >= fields.length) this.finish();
  }

  private finish(): void {
    this.fillIn();
    this.shut();
    this.turn("done");
    const { doneSays } = this.sheet;
    this.sheet.show("do", doneSays);
    this.talk.say(doneSays);
  }

  private fillIn(): void {
    this.held.forEach((value, i) => { this.sheet.fields[i].value = String(value); });
  }

  private onward(): void {
    const { next, dialog } = this.sheet;
    if (next) this.turnTo(next); else dialog.close();
  }

  private hurts(): void {
    this.fillIn();
    this.sheet.dialog.close();
    this.sheet.askPain();
  }

  private turn(stage: Stage): void {
    const eye = found(".eye", this.sheet.dialog);
    this.sheet.turn(stage, say("Switch the camera on"));
    eye.dataset.state = stage === "reading" ? "on" : "off";
    eye.hidden = stage !== "reading";
    show("eye-state", stage === "reading" ? say("Camera on") : "");
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
