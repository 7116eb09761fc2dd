/** The camera in the player: off until it is asked for, loaded only then; it counts and speaks, and moves no clock. */
import { type Cue, isWork } from "../contract/score";
import type { Side } from "../contract/side";
import type { Eye } from "../eye/eye";
import type { Watched } from "../eye/watch";
import type { Leave, Seen } from "../contract/eye";
import { dialog, found, problem } from "../page/parts";
import { say } from "../page/say";
import type { App } from "./served";
import { Asking } from "./asking";
import type { Forms } from "./forms";
import { cleanOf, watchedAt } from "./watched";

const WAITS = say("The camera starts. The first time it takes a moment.");

interface Plays {
  pause(): void; resume(): void; look(): void;
  speak(text: string, forMs?: number, said?: () => void): void; formBroke(text: string): void;
}
/** A question is worth hearing as long as the rest after its set. */
const ASKED_MS = 15_000;

export class Watching {
  readonly doing: Record<string, () => void>;
  private eye: Eye | null = null;
  private sheet = dialog("watch");
  private key = found('[data-do="camera"]');
  private set: Watched | null = null;
  private asking: Asking;

  constructor(private app: App, private plays: Plays, readonly forms: Forms) {
    this.key.hidden = !app.watch || !navigator.mediaDevices?.getUserMedia;
    this.asking = new Asking(forms, (text, said) => plays.speak(text, ASKED_MS, said), () => plays.look());
    this.doing = {
      camera: () => this.toggle(), "camera-on": () => void this.on(), "camera-leave": () => this.close(),
      ...this.asking.doing,
    };
    this.sheet.addEventListener("cancel", (event) => { event.preventDefault(); this.close(); });
  }

  /** Follow the session; while it is paused nothing is counted. */
  at(cues: readonly Cue[], index: number, isPaused: boolean): void {
    this.set = watchedAt(cues, index);
    this.asking.at(cues[index]);
    if (!this.eye?.isOn) return;
    this.eye.isHeld = isPaused;
    this.eye.watch(this.set);
  }

  /** Repetitions as the camera counts them, for a moment that is counted; nothing while it does not. */
  reps(cue: Cue): number | null {
    return isWork(cue) && (cue.reps ?? 1) > 1 ? (this.eye?.reps ?? null) : null;
  }

  /** Clean repetitions of what the clock counted in so many sets, less what the camera saw go wrong. */
  clean(item: string, side: Side | null, reps: number, sets: number): number {
    return cleanOf(reps, sets, this.eye?.countedOf(item, side) ?? []);
  }

  /** Answer, by voice, what is asked between two sets. */
  answer(yes: boolean): void {
    this.asking.hear(yes);
  }

  off(why = ""): void {
    if (this.eye?.isOn) this.eye.off(why);
    this.tell();
  }

  private async leaveFor({ item, side, part }: Watched): Promise<Leave> {
    const leave = await this.app.watch!(item, side);
    this.forms.expect(part, leave.asks);
    return leave;
  }

  /** A set is over where form broke for good; why is kept for after the session. */
  private broke({ part }: Watched, { ended, ended_by, happens }: Seen): void {
    if (ended_by !== null) this.forms.broke(part, ended_by, happens);
    this.plays.formBroke(ended);
  }

  private toggle(): void {
    if (this.eye?.isOn) return this.off();
    this.plays.pause();
    problem(found('[data-show="watch-wrong"]', this.sheet), "");
    this.sheet.showModal();
  }

  private close(): void {
    this.sheet.close();
    this.plays.resume();
  }

  private async on(): Promise<void> {
    const wrong = found('[data-show="watch-wrong"]', this.sheet);
    const begin = found<HTMLButtonElement>('[data-do="camera-on"]', this.sheet);
    problem(wrong, "");
    const words = begin.textContent;
    begin.disabled = true;
    begin.textContent = WAITS;
    try {
      const { Eye } = await import("../eye/eye");
      this.eye ??= new Eye({
        ask: (set) => this.leaveFor(set),
        speak: (text) => this.plays.speak(text), ended: (set, seen) => this.broke(set, seen),
        measured: ({ part }) => this.forms.watched(part),
        counted: () => this.plays.look(), off: (why) => { this.plays.speak(why); this.tell(); },
      });
      await this.eye.on();
      this.eye.watch(this.set);
      this.close();
    } catch (error) {
      problem(wrong, error instanceof Error ? error.message : String(error));
    } finally {
      begin.disabled = false;
      begin.textContent = words;
      this.tell();
    }
  }

  private tell(): void {
    this.key.setAttribute("aria-pressed", String(this.eye?.isOn ?? false));
  }
}
