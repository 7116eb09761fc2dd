/** Watching form while it happens: a mirrored preview with the points that are seen, and the coach's few words. */
import { type Leave, readSeen, type Seen } from "../contract/eye";
import type { Side } from "../contract/side";
import { found, show } from "../page/parts";
import { say } from "../page/say";
import { Camera, type CameraState, NoCamera, TURNED } from "./camera";
import { Link, socketAt } from "./link";
import { Overlay } from "./overlay";
import { type Counted, countedOf, isAnew, isMeasured, repsOf, type Watch, type Watched } from "./watch";

export interface Tells {
  ask(set: Watched): Promise<Leave>;
  speak(text: string): void;
  /** Form broke for good: the set is over. */
  ended(set: Watched, seen: Seen): void;
  /** Something of this set's work was measured. */
  measured(set: Watched): void;
  counted(): void;
  off(why: string): void;
}

const LOST = say("The coach does not answer; what was counted is kept.");
/** Help with the picture is said again after this long at the earliest. */
const HELP_MS = 8000;

const STATES: Record<CameraState, string> = {
  off: "", starting: say("The camera starts"), on: say("Camera on"),
};

export class Eye {
  private view = found(".eye");
  private camera: Camera;
  private overlay = new Overlay(found<HTMLCanvasElement>("canvas", this.view));
  private link: Link<Seen> | null = null;
  /** The set that is worked, watched or not. */
  private set: Watched | null = null;
  /** All that was watched, and what is watched now: the last one, or nothing. */
  private watches: Watch[] = [];
  private now: Watch | null = null;
  private helpedAt = 0;
  isOn = false;
  /** Nothing is counted while the session is paused. */
  isHeld = false;

  constructor(private tells: Tells) {
    this.camera = new Camera(found("video", this.view), (frame) => {
      if (!this.isHeld) this.link?.send(frame);
      this.overlay.show(frame);
    }, (why) => this.off(why), () => this.turned());
  }

  /** Switch the camera on; throws what to tell where there is none. */
  async on(): Promise<void> {
    this.view.hidden = false;
    this.turn("starting");
    try {
      await this.camera.start();
    } catch (error) {
      this.off("");
      throw error instanceof NoCamera ? error : new NoCamera(String(error));
    }
    this.isOn = true;
    this.turn("on");
    this.open();
  }

  off(why: string): void {
    this.isOn = false;
    this.camera.stop();
    this.shut();
    this.view.hidden = true;
    this.turn("off");
    if (why) this.tells.off(why);
  }

  /** Watch another set, or none between sets. */
  watch(set: Watched | null): void {
    if (set?.key === this.set?.key) return;
    this.shut();
    this.set = set;
    this.open();
  }

  /** Repetitions that the camera counted in this set; nothing while it does not count. */
  get reps(): number | null {
    return this.isOn && this.now ? repsOf(this.watches, this.now.set.key) : null;
  }

  /** What the camera counted of an item on a side, set by set. */
  countedOf(item: string, side: Side | null): Counted[] {
    return countedOf(this.watches, item, side);
  }

  private shut(): void {
    this.link?.close();
    this.link = this.now = null;
    show("eye-help", "");
    show("eye-now", "");
  }

  /** Ask for leave to watch this set, and open the way to the coach. */
  private open(): void {
    if (!this.isOn || !this.set || this.now) return;
    const { set } = this, watch = this.begin({ set, seen: null, hasEnded: false });
    const isOver = () => this.now !== watch;
    this.tells.ask(set).then(({ socket, place }) => {
      if (isOver()) return;
      show("eye-help", place);
      this.link = new Link({
        open: () => socketAt(socket), read: readSeen,
        heard: (seen) => this.heard(seen), lost: (reason) => show("eye-help", reason ?? LOST),
      });
    }, (error: Error) => { if (!isOver()) show("eye-help", error.message); });
  }

  private begin(watch: Watch): Watch {
    this.watches.push(watch);
    return (this.now = watch);
  }

  private heard(seen: Seen): void {
    let watch = this.now!;
    if (isAnew(watch.seen, seen)) watch = this.begin({ ...watch, seen: null });
    const isCounted = seen.reps !== watch.seen?.reps;
    watch.seen = seen;
    show("eye-help", seen.framing);
    show("eye-now", seen.shown.map(shown).join(" · "));
    if (watch.set.isWork && isMeasured(seen)) this.tells.measured(watch.set);
    if (isCounted) this.tells.counted();
    if (seen.cue) this.tells.speak(seen.cue);
    if (seen.framing) this.help(seen.framing);
    if (seen.ended && !watch.hasEnded) {
      watch.hasEnded = true;
      this.tells.ended(watch.set, seen);
    }
  }

  private turned(): void {
    this.overlay.clear();
    if (this.isHeld || !this.now) return;
    show("eye-help", TURNED);
    show("eye-now", "");
    this.help(TURNED);
  }

  /** Say how to come into the picture, not at every moment. */
  private help(how: string): void {
    if (Date.now() - this.helpedAt <= HELP_MS) return;
    this.helpedAt = Date.now();
    this.tells.speak(how);
  }

  private turn(state: CameraState): void {
    this.view.dataset.state = state;
    document.documentElement.classList.toggle("watching", state !== "off");
    show("eye-state", STATES[state]);
  }
}

/** What is seen now, with its error; or why it is not measured. */
function shown({ name, value, error, unit, why = "" }: Seen["shown"][number]): string {
  if (value === undefined) return say("{name}: not measured, {why}", { name, why });
  return say("{name} {value} ±{error}", { name, value: `${value}${unit}`, error: `${error}${unit}` });
}
