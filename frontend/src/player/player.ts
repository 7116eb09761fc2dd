/** Plays a session: looks at the clock, and lets panel, picture, tones and voice follow it. */
import { type Drill, isTalk, isWork, type Score, sideOf, waitsForWords } from "../contract/score";
import { HAND_IN, type Interruption, type Played, Refused, type Told } from "../contract/told";
import type { Ear } from "../device/hear";
import { unique } from "../device/names";
import { PACE } from "../device/pace";
import { Wake } from "../device/wake";
import { dialog, found, show } from "../page/parts";
import { say } from "../page/say";
import { After } from "./after";
import { afterItem, backOf, nextOf, type Place, shareLeft } from "./clock";
import { connectDevices, connectPage, connectVoice } from "./controls";
import { Course } from "./course";
import { Dialogs } from "./dialogs";
import { Forms, type Question } from "./forms";
import { Full } from "./full";
import { Heard } from "./heard";
import { tellPlaying } from "./keys";
import { moments } from "./moments";
import { Panel } from "./panel";
import { Picture } from "./picture";
import type { App } from "./served";
import { Stops } from "./stops";
import { Keep, type Kept, lease } from "./underway";
import { Watching } from "./watching";
import { besideOf, lineOf, nameOf, plain, saidBy, signOf, spoken, stopsOf } from "./words";

const LOOK_MS = 100;
/** What the camera sees is not worth saying later than this. */
const SOON_MS = 3000;

/** It waits for Begin, asks whether another tab plays, plays, or is over: after a session that began, or one that
 *  was kept and is only asked about. */
type Phase = "waits" | "asks" | "plays" | "over";

export class Player {
  readonly course: Course;
  readonly heard: Heard;
  readonly picture: Picture;
  readonly dialogs: Dialogs;
  readonly watching: Watching;
  readonly full = new Full();
  readonly stops = new Stops();
  readonly forms = new Forms();
  private panel = new Panel();
  private wake = new Wake((isHeld) => show("screen", isHeld ? say("Screen stays on") : say("Screen may go dark")));
  private ear: Ear | null = null;
  private keep: Keep;
  private key = unique();
  private phase: Phase = "waits";
  hasBegun = false;
  private interruptions: Interruption[] = [];
  private before: Place | null = null;
  private after: After | null = null;
  /** Asked for by voice, from afar: the session goes on by itself when all is said. */
  private goesOnWhenSaid = false;

  constructor(readonly app: App, private score: Score) {
    this.course = new Course(score, PACE);
    this.heard = new Heard(score.sound ?? "voice", score.rate);
    this.keep = new Keep(score);
    this.picture = new Picture(found(".art"), score);
    this.dialogs = new Dialogs(this, app);
    this.watching = new Watching(app, this, this.forms);
  }

  get isPaused(): boolean {
    return this.course.isPaused;
  }

  get isPlaying(): boolean {
    return this.phase === "plays";
  }

  /** Show the page; go on where a reload interrupted, or wait for Begin: until now a page drawn by the app could not
   *  be answered. */
  open(): void {
    this.panel.root.hidden = false;
    connectPage(this, [this.dialogs.doing, this.watching.doing]);
    connectDevices(this);
    this.ear = connectVoice(this);
    document.addEventListener("visibilitychange", () => this.look());
    addEventListener("pagehide", () => this.save());
    this.picture.fetch();
    const kept = this.keep.read(Date.now());
    if (kept && this.keep.isOfThisTab(kept)) return void this.goOn(kept);
    this.render(this.course.at(this.course.clock.since));
    const start = dialog("start"), again = found('[data-do="again"]', start);
    start.close();
    found<HTMLButtonElement>('[data-do="begin"]', start).disabled = false;
    again.hidden = !kept;
    again.addEventListener("click", () => void this.goOn(kept!));
    start.addEventListener("cancel", (event) => { event.preventDefault(); this.app.leave(); });
    start.showModal();
  }

  async begin(): Promise<void> {
    this.full.begin();
    if (!await this.isOurs()) return;
    this.course.begin();
    this.run();
  }

  /** Go on where a reload or a closed tab interrupted. */
  private async goOn(kept: Kept): Promise<void> {
    if (!await this.isOurs()) return;
    this.key = kept.key;
    this.interruptions = kept.interruptions;
    this.forms.rows = kept.forms ?? [];
    this.course.goOn(kept.clock, kept.seen);
    if (kept.isAfter) return void this.end();
    this.run();
  }

  /** Two tabs never play at once: the second says so, and the first goes on. */
  private async isOurs(): Promise<boolean> {
    if (this.phase !== "waits") return false;
    this.phase = "asks";
    const isFree = await lease();
    dialog("start").close();
    const sheet = dialog("elsewhere");
    sheet.addEventListener("cancel", (event) => { event.preventDefault(); this.app.leave(); });
    if (!isFree) sheet.showModal();
    return isFree;
  }

  private run(): void {
    this.phase = "plays";
    this.hasBegun = true;
    this.heard.wake();
    this.heard.useVoice();
    void this.picture.raise();
    this.wake.want(!this.isPaused);
    this.panel.paused(this.isPaused);
    setInterval(() => this.look(), LOOK_MS);
    const draw = () => {
      if (!this.isPlaying) return;
      const now = Date.now(), at = this.course.at(now), { cues } = this.course;
      if (this.before) this.picture.draw(cues, this.isPaused ? this.before : at, now);
      this.panel.share(shareLeft(cues, at));
      requestAnimationFrame(draw);
    };
    this.look();
    requestAnimationFrame(draw);
  }

  /** Look at the clock: sound, say and show what has happened since the last time. */
  look(isJump = false): void {
    if (!this.isPlaying) return;
    const now = Date.now(), from = this.before;
    if (this.goesOnWhenSaid && !this.heard.isSpeaking) this.dialogs.goOn();
    this.ear?.look(!this.heard.isSpeaking && !document.querySelector("dialog[open]"));
    const at = this.course.look(now, from, this.heard.isSpeaking, isJump);
    if (!this.isPaused || from?.index !== at.index) this.happen(from, at, now);
    this.before = at;
    this.watching.at(this.course.cues, at.index, this.isPaused);
    this.render(at);
    this.course.settle(now);
    this.save();
    if (at.done) void this.end();
  }

  private happen(from: Place | null, at: Place, now: number): void {
    const { cues } = this.course, cue = cues[at.index];
    const soundsMs = this.heard.play(moments(cues, from, at), sideOf(cue));
    if (from?.index === at.index) return;
    this.heard.write(saidBy(cue));
    const until = waitsForWords(cue) || cue.kind === "done" ? Infinity : now + at.left * 1000;
    setTimeout(() => this.heard.say(spoken(cue), until), soundsMs);
  }

  private render(at: Place): void {
    const { cues } = this.course, cue = cues[at.index], drill = this.drillAt(at.index);
    const sign = signOf(cues, at, this.watching.reps(cue));
    this.panel.sign(sign, this.isPaused && this.hasBegun, besideOf(cue, at, drill));
    this.panel.share(shareLeft(cues, at));
    const { number, share } = this.course.drillAt(at.index);
    this.panel.drills(number, share, cue.drill ? nameOf(drill!) : plain(say("Done")));
    if (drill) this.stops.about(drill);
    show("where", (cue.sets ?? 0) > 1 ? say("Set {number} of {all}", { number: cue.set!, all: cue.sets! }) : "");
    if (this.hasBegun) tellPlaying(cue.drill ? drill!.name : say("Done"), sign.side, this.isPaused);
    const next = isWork(cue) ? say("Next") : isTalk(cue) ? say("Skip") : say("Start now");
    found('[data-do="next"] span').textContent = next;
  }

  /** Stop the clock, for a pause or before anything is asked. */
  pause(): void {
    if (this.isPaused || !this.hasBegun) return;
    this.course.pause();
    this.wake.want(false);
    this.panel.paused(true);
    this.look();
  }

  resume(): void {
    this.course.resume();
    this.wake.want(true);
    this.panel.paused(false);
    this.look();
  }

  toggle(): void {
    if (this.isPaused) return this.resume();
    this.pause();
    this.heard.play(["paused"]);
    this.heard.write(plain(say("Paused")));
    this.heard.say(plain(say("Paused.")));
  }

  next(): void {
    this.jump((at) => nextOf(this.course.cues, at.index));
  }

  back(): void {
    this.jump((at) => backOf(this.course.cues, at.index, at.passed));
  }

  /** Leave the drill for today, with why. */
  leaveDrill(why: Interruption): void {
    this.interruptions.push(why);
    this.jump((at) => afterItem(this.course.cues, at.index));
    this.resume();
  }

  private jump(to: (at: Place) => number): void {
    this.heard.forget();
    this.course.goTo(to);
    this.look(true);
  }

  /** The drill that is played; at the very end the last one. */
  private drillAt(index: number): Drill | undefined {
    const { cues } = this.course, name = cues[index].drill ?? cues[index - 1]?.drill;
    return name ? this.score.drills[name] : undefined;
  }

  /** Say all of the drill that is played or comes next; a drill that is known is only named by itself. */
  sayAgain(fromAfar = false): void {
    const drill = this.drillAt(this.course.at().index);
    if (!drill || !this.hasBegun || this.dialogs.isTellingAgain) return;
    this.dialogs.tellAgain(drill);
    this.heard.forget();
    drill.says.forEach((_, at) => this.heard.say(lineOf(drill, at)));
    this.heard.say(plain(`${say("Stop signs")}:`));
    for (const sign of stopsOf(drill)) this.heard.say(sign);
    this.goesOnWhenSaid = fromAfar && this.heard.isSpeaking;
  }

  /** What was said again is read, or enough of it. */
  hushed(): void {
    this.goesOnWhenSaid = false;
    this.heard.hush();
  }

  /** Say a few words of what the camera sees, if they are still true when their turn comes; `said` hears of it. */
  speak(text: string, forMs = SOON_MS, said?: () => void): void {
    this.heard.write(plain(text));
    this.heard.say(plain(text), Date.now() + forMs, said);
  }

  /** Form broke for good: the set ends here, and why is said. */
  formBroke(text: string): void {
    this.next();
    this.heard.write(plain(text));
    for (const words of [say("The set ends here."), text]) this.heard.say(plain(words));
  }

  /** Safety ends the session: it is recorded at once, without asking anything more. */
  async stop(why: Interruption | null, follows: string[]): Promise<void> {
    this.pause();
    this.phase = "over";
    this.letGo();
    this.heard.hush();
    if (why) this.interruptions.push(why);
    const page = this.panel.turnTo("stopped");
    this.heard.say(plain(say("Stop here.")));
    const lines = follows.map((line) => Object.assign(document.createElement("p"), { textContent: line }));
    found('[data-show="follows"]', page).replaceChildren(...lines);
    const worst = Math.max(0, ...this.interruptions.flatMap((one) => one.pain.map((pain) => pain.score)));
    try {
      const saved = await this.app.done(this.after?.told(worst) ?? this.told(null, worst));
      this.keep.forget();
      const kept = say("What you did and what you told is kept here.");
      const recorded = say("What you did and what you told is recorded.");
      show("kept", saved.is === "kept" ? kept : saved.says ?? recorded, page);
    } catch (error) {
      show("kept", error instanceof Refused ? error.message : String(error), page);
      this.save();
    }
  }

  leave(): void {
    if (this.phase === "over") return dialog("hurts").close();
    this.pause();
    if (this.course.lastWorked || this.interruptions.length) return void this.end();
    this.keep.forget();
    this.app.leave();
  }

  /** Ask how it was; until it is saved, a reload comes back to here. */
  private async end(): Promise<void> {
    if (this.phase === "over") return;
    this.course.pause();
    this.phase = "over";
    this.letGo();
    this.wake.want(false);
    this.save(true);
    this.after = new After(this.app, this, this.score, () => this.keep.forget());
    await this.after.open(this.panel.turnTo("after"));
  }

  /** The session is over: no ear, no camera, no full screen. */
  private letGo(): void {
    this.ear?.switch(false);
    this.watching.off();
    this.full.leave();
  }

  played(): Played {
    const { interruptions, course: { seconds } } = this;
    return { seconds, interruptions, clean: [], form: this.forms.told() };
  }

  told(effort: number | null, discomfort: number): Told {
    const { mark, reference } = this.score;
    return { version: HAND_IN, key: this.key, mark, reference, played: this.played(), effort, discomfort };
  }

  /** Ask after the session what hurt, and in which of the drills that were worked on. */
  askAfter(told: () => void): void {
    const { cues, seconds } = this.course, worked = cues.filter((cue, i) => isWork(cue) && seconds[i] > 0);
    const names = new Map(worked.map((cue) => [cue.item!, this.score.drills[cue.drill!].name]));
    this.dialogs.hurtsAfter([...names], (why) => {
      this.interruptions.push(why);
      this.save(true);
      told();
    });
  }

  /** Keep the answer to what no camera sees. */
  answer(question: Question, yes: boolean): void {
    this.forms.answer(question, yes);
    this.save();
  }

  private save(isAfter = this.phase === "over"): void {
    if (!this.hasBegun && !isAfter) return;
    const { key, interruptions, course: { clock }, forms: { rows: forms } } = this;
    this.keep.write({ key, clock, seen: Date.now(), interruptions, forms, isAfter });
  }
}
