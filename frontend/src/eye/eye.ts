/** Watching form while it happens: a mirrored preview with the points that are seen, and the coach's few words. */
import { found, show } from "../player/page";
import type { Side } from "../player/clock";
import type { Asked, Part } from "../player/forms";
import { say } from "../player/say";
import { Camera, NoCamera } from "./camera";
import { type Answer, Link, type Socket } from "./link";
import { pack } from "./message";
import { Overlay } from "./overlay";

/** One set of a drill, as it is watched; `key` is another one for each, `part` what is told of it afterwards. */
export interface Watched { key: string; item: string; side: Side; part: Part; isWork: boolean }
/** Repetitions of one set as the camera counted them, and how many of them were clean. */
export interface Counted { reps: number; clean: number }
/** What the coach says once a set is going to be watched. */
export interface Leave { socket: string; place: string; asks: Asked[] }
export interface Tells {
  ask(set: Watched): Promise<Leave>;
  speak(text: string): void;
  /** Form broke for good: the set is over. */
  ended(set: Watched, answer: Answer): void;
  /** Something of this set's work was measured. */
  measured(set: Watched): void;
  counted(): void;
  off(why: string): void;
}

const LOST = say("The coach does not answer; what was counted is kept.");
/** Help with the picture is said again after this long at the earliest. */
const HELP_MS = 8000;

export class Eye {
  private view = found(".eye");
  private camera: Camera;
  private overlay = new Overlay(found<HTMLCanvasElement>("canvas", this.view));
  private link: Link | null = null;
  private set: Watched | null = null;
  private asked = "";
  private answer: Answer | null = null;
  private seen = new Map<string, Map<string, Counted>>();
  private helpedAt = 0;
  private hasEnded = false;
  isOn = false;
  /** Nothing is counted while the session is paused. */
  isHeld = false;

  constructor(private tells: Tells) {
    this.camera = new Camera(found("video", this.view), (found) => {
      this.overlay.draw(found);
      if (!this.isHeld) this.link?.send(pack(found));
    }, (why) => this.off(why));
  }

  /** Switch the camera on; throws what to tell where there is none. */
  async on(): Promise<void> {
    this.view.hidden = false;
    this.state("starting");
    try {
      await this.camera.start();
    } catch (error) {
      this.off("");
      throw error instanceof NoCamera ? error : new NoCamera(String(error));
    }
    this.isOn = true;
    this.state("on");
    this.open();
  }

  off(why: string): void {
    this.isOn = false;
    this.camera.stop();
    this.shut();
    this.view.hidden = true;
    this.state("off");
    if (why) this.tells.off(why);
  }

  /** Watch another set, or none between sets. */
  watch(set: Watched | null): void {
    if (set?.key === this.set?.key) return;
    this.keep();
    this.shut();
    this.set = set;
    this.open();
  }

  /** Repetitions that the camera counted in this set; nothing while it does not count. */
  get reps(): number | null {
    return this.isOn && this.set && this.answer && this.isMeasured ? this.answer.reps : null;
  }

  /** What the camera counted of an item on a side, set by set. */
  countedOf(item: string, side: Side | null): Counted[] {
    this.keep();
    return [...(this.seen.get(`${item}/${side ?? "right"}`)?.values() ?? [])];
  }

  private get isMeasured(): boolean {
    return this.answer !== null && (this.answer.reps > 0 || this.answer.share !== null);
  }

  /** Note what this set has so far, however often it is asked for. */
  private keep(): void {
    if (!this.set?.isWork || !this.answer?.reps) return;
    const name = `${this.set.item}/${this.set.side}`, sets = this.seen.get(name) ?? new Map<string, Counted>();
    this.seen.set(name, sets.set(this.set.key, { reps: this.answer.reps, clean: this.answer.clean }));
  }

  private shut(): void {
    this.link?.close();
    this.link = null;
    this.answer = null;
    this.asked = "";
    this.hasEnded = false;
    show("eye-help", "");
    show("eye-now", "");
  }

  /** Ask for leave to watch this set, and open the way to the coach. */
  private open(): void {
    const { set } = this;
    if (!this.isOn || !set || this.asked === set.key) return;
    this.asked = set.key;
    this.tells.ask(set).then(({ socket, place }) => {
      if (!this.isOn || this.set?.key !== set.key) return;
      show("eye-help", place);
      const address = new URL(socket, location.href);
      address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
      this.link = new Link(() => new WebSocket(address) as unknown as Socket, (answer) => this.heard(answer), (reason) => show("eye-help", reason ?? LOST));
    }, (error: Error) => { if (this.set?.key === set.key) show("eye-help", error.message); });
  }

  private heard(answer: Answer): void {
    const counted = answer.reps !== this.answer?.reps;
    this.answer = answer;
    show("eye-help", answer.framing);
    show("eye-now", answer.shown.map(({ name, value, error, unit, why }) =>
      (value === undefined ? say("{name}: not measured, {why}", { name, why: why ?? "" }) : say("{name} {value} ±{error}", { name, value: `${value}${unit}`, error: `${error}${unit}` }))).join(" · "));
    if (this.set?.isWork && this.isMeasured) this.tells.measured(this.set);
    if (counted) this.tells.counted();
    if (answer.cue) this.tells.speak(answer.cue);
    if (answer.framing && Date.now() - this.helpedAt > HELP_MS) {
      this.helpedAt = Date.now();
      this.tells.speak(answer.framing);
    }
    if (answer.ended && this.set && !this.hasEnded) {
      this.hasEnded = true;
      this.tells.ended(this.set, answer);
    }
  }

  private state(name: "off" | "starting" | "on"): void {
    this.view.dataset.state = name;
    document.documentElement.classList.toggle("watching", name !== "off");
    show("eye-state", name === "on" ? say("Camera on") : name === "starting" ? say("The camera starts") : "");
  }
}
