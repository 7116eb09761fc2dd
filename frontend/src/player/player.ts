/** Plays a session: looks at the clock, and lets page, picture, tones and voice follow it. */
import { After } from "./after";
import { type App, type Drill, HAND_IN, type Interruption, type Played, Refused, type Score, type Told } from "./app";
import * as clocks from "./clock";
import { Dialogs } from "./dialogs";
import { Keep, type Kept, lease } from "./keep";
import { Forms, type Question } from "./forms";
import { Full } from "./full";
import type { Ear, Order } from "./hear";
import { connectKeys, tellPlaying } from "./keys";
import { listening } from "./listening";
import { moments } from "./moments";
import { dialog, found, Page, show, showSaid } from "./page";
import { Picture } from "./picture";
import { say } from "./say";
import { Stops } from "./stops";
import { lengthOf, Tones } from "./tones";
import { Talk, voice } from "./talk";
import { Wake } from "./wake";
import { Watching } from "./watching";
import { besideOf, lineOf, nameOf, plain, saidBy, signOf, spoken, stopsOf } from "./words";

const LOOK_MS = 100;
/** Longer between two looks, and the page was asleep: words no longer hold the clock. A busy machine may well stand still for less. */
const ASLEEP_MS = 5000;
/** What the camera sees is not worth saying later than this. */
const SOON_MS = 3000;
const SOUNDS = ["voice", "tones", "off"] as const;
const SOUND_NAMES = { voice: say("Voice"), tones: say("Tones"), off: say("Off") };

export class Player {
  readonly page = new Page();
  readonly cues: readonly clocks.Cue[];
  private clock: clocks.Clock;
  private keep: Keep;
  private key = named();
  private interruptions: Interruption[] = [];
  private talk = new Talk(null, Date.now);
  private tones = new Tones();
  private wake = new Wake((isHeld) => show("screen", isHeld ? say("Screen stays on") : say("Screen may go dark")));
  private full = new Full();
  private stops = new Stops();
  private ear: Ear | null = null;
  private picture: Picture;
  private dialogs: Dialogs;
  readonly watching: Watching;
  readonly forms = new Forms();
  private sound: (typeof SOUNDS)[number] = "voice";
  private before: clocks.Place | null = null;
  private lookedAt = 0;
  private isOver = false;
  private isOpen = false;
  private isTaken = false;
  /** Asked for by voice, from afar: the session goes on by itself when all is said. */
  private goesOnWhenSaid = false;
  private items: string[];

  constructor(private app: App, private score: Score) {
    this.cues = score.cues;
    this.sound = score.sound ?? "voice";
    this.tones.isOn = this.sound !== "off";
    this.items = [...new Set(this.cues.map((cue) => cue.item).filter((item) => item !== undefined))];
    this.clock = clocks.begin(this.cues, Date.now(), (globalThis as { __pace?: number }).__pace ?? 1);
    this.keep = new Keep(score);
    this.picture = new Picture(found(".art"), score, (next) => this.toolsFor(next));
    this.dialogs = new Dialogs(this, app);
    this.watching = new Watching(app, this, this.forms);
  }

  /** Show the page; go on where a reload interrupted, or wait for Begin. */
  open(): void {
    this.page.root.hidden = false;
    this.connect();
    void this.picture.start();
    const kept = this.keep.read(Date.now());
    if (kept && this.keep.isOfThisTab(kept)) return void this.goOn(kept);
    this.render(clocks.place(this.clock, this.cues, this.clock.since));
    const start = dialog("start"), again = found('[data-do="again"]', start);
    again.hidden = !kept;
    again.addEventListener("click", () => void this.goOn(kept!));
    start.addEventListener("cancel", (event) => { event.preventDefault(); this.app.leave(); });
    start.showModal();
  }

  async begin(): Promise<void> {
    this.full.begin();
    if (!await this.isOurs()) return;
    this.clock = clocks.begin(this.cues, Date.now(), this.clock.pace);
    this.run();
  }

  /** Go on where a reload or a closed tab interrupted. */
  private async goOn(kept: Kept): Promise<void> {
    if (!await this.isOurs()) return;
    this.key = kept.key;
    this.interruptions = kept.interruptions;
    this.forms.rows = kept.forms ?? [];
    this.clock = clocks.afterAway(kept.clock, this.cues, kept.seen, Date.now());
    if (kept.isAfter) return void this.end();
    this.run();
  }

  /** Two tabs never play at once: the second says so, and the first goes on. */
  private async isOurs(): Promise<boolean> {
    if (this.isTaken) return false;
    this.isTaken = true;
    const isFree = await lease();
    dialog("start").close();
    const sheet = dialog("elsewhere");
    sheet.addEventListener("cancel", (event) => { event.preventDefault(); this.app.leave(); });
    if (!isFree) sheet.showModal();
    return isFree;
  }

  private run(): void {
    this.isOpen = true;
    this.tones.wake();
    this.useVoice();
    this.wake.want(this.clock.pausedAt === null);
    this.page.paused(this.clock.pausedAt !== null);
    setInterval(() => this.look(), LOOK_MS);
    const draw = () => {
      if (this.isOver) return;
      const now = Date.now(), at = clocks.place(this.clock, this.cues, now);
      if (this.before) this.picture.draw(this.cues, this.clock.pausedAt === null ? at : this.before, now);
      this.page.share(clocks.shareLeft(this.cues, at));
      requestAnimationFrame(draw);
    };
    this.look();
    requestAnimationFrame(draw);
  }

  /** Look at the clock: sound, say and show what has happened since the last time. */
  look(isJump = false): void {
    if (this.isOver || !this.isOpen) return;
    const now = Date.now(), wasAsleep = now - this.lookedAt > ASLEEP_MS;
    if (this.lookedAt) this.clock = clocks.afterAway(this.clock, this.cues, this.lookedAt, now);
    this.lookedAt = now;
    if (this.goesOnWhenSaid && !this.talk.busy) this.dialogs.goOn();
    this.ear?.look(!this.talk.busy && !document.querySelector("dialog[open]"));
    let at = clocks.place(this.clock, this.cues, now);
    const from = this.before;
    if (from && at.index > from.index && !wasAsleep && !isJump) {
      const passed = clocks.wordsPassed(this.cues, from.index, at.index);
      if (this.talk.busy && clocks.waitsForWords(this.cues[from.index])) this.clock = clocks.heldAtEnd(this.clock, this.cues, now, from.index);
      else if (passed >= 0) this.clock = clocks.goTo(this.clock, this.cues, now, passed);
      at = clocks.place(this.clock, this.cues, now);
    }
    if (this.clock.pausedAt === null || from?.index !== at.index) this.happen(from, at, now);
    this.before = at;
    this.watching.at(this.cues, at.index, this.clock.pausedAt !== null);
    this.render(at);
    this.clock = clocks.settle(this.clock, this.cues, now);
    this.save();
    if (at.done) void this.end();
  }

  private happen(from: clocks.Place | null, at: clocks.Place, now: number): void {
    const cue = this.cues[at.index], heard = moments(this.cues, from, at);
    for (const one of heard) this.tones.play(one, clocks.sideOf(cue), this.talk.busy);
    if (from?.index === at.index) return;
    showSaid("heard", saidBy(cue));
    const until = clocks.waitsForWords(cue) || cue.kind === "done" ? Infinity : now + at.left * 1000;
    const wait = Math.max(0, ...heard.map(lengthOf));
    setTimeout(() => this.say(spoken(cue) ? saidBy(cue) : [], until), wait);
  }

  private say(stretches: clocks.Stretch[], until = Infinity): void {
    for (const [words, language] of stretches) this.talk.say(words, until, language);
  }

  private render(at: clocks.Place): void {
    const cue = this.cues[at.index], isPaused = this.clock.pausedAt !== null;
    const drill = this.drillAt(at.index), sign = signOf(this.cues, at), seen = this.watching.reps(cue);
    const counted = seen === null || sign.count !== String(cue.rep) ? sign : { ...sign, count: String(seen), of: say("of {all}", { all: cue.reps ?? seen }) };
    this.page.sign(counted, isPaused && this.isOpen, besideOf(cue, at, drill));
    this.page.share(clocks.shareLeft(this.cues, at));
    const number = cue.item ? this.items.indexOf(cue.item) : this.items.length;
    const own = this.cues.map((one, i) => (one.item === cue.item ? i : -1)).filter((i) => i >= 0);
    this.page.drills(number, (at.index - own[0] + 0.5) / own.length, cue.drill ? nameOf(drill!) : [[say("Done"), ""]]);
    if (drill) this.stops.about(drill);
    show("where", (cue.sets ?? 0) > 1 ? say("Set {number} of {all}", { number: cue.set!, all: cue.sets! }) : "");
    if (this.isOpen) tellPlaying(cue.drill ? drill!.name : say("Done"), sign.side, isPaused);
    const next = clocks.isWork(cue) ? say("Next") : clocks.isTalk(cue) ? say("Skip") : say("Start now");
    found('[data-do="next"] span').textContent = next;
  }

  private connect(): void {
    const doing: Record<string, () => void> = {
      begin: () => void this.begin(), pause: () => this.toggle(), next: () => this.next(), back: () => this.back(),
      sound: () => this.nextSound(), look: () => this.picture.turn(), slow: () => this.slow(), full: () => this.full.toggle(), stops: () => this.stops.toggle(), leave: () => this.leave(),
      reload: () => location.reload(), "go-home": () => this.app.leave(),
    };
    document.addEventListener("click", (event) => {
      this.tones.wake();
      const name = (event.target as Element).closest<HTMLElement>("[data-do]")?.dataset.do ?? "";
      (doing[name] ?? this.dialogs.doing[name] ?? this.watching.doing[name])?.();
    });
    this.ear = listening((order) => this.obey(order), () => this.pause(), () => { if (this.isOpen) this.resume(); });
    connectKeys({
      play: () => { if (this.clock.pausedAt !== null) this.resume(); }, halt: () => { if (this.clock.pausedAt === null) this.toggle(); },
      pause: () => this.toggle(), next: () => this.next(), back: () => this.back(), pain: () => this.dialogs.hurts(), repeat: () => this.sayAgain(),
      stops: () => this.stops.toggle(), mute: () => this.nextSound(), isOpen: () => this.isOpen && !this.isOver && !document.querySelector("dialog[open]"),
    });
    globalThis.speechSynthesis?.addEventListener?.("voiceschanged", () => this.useVoice());
    document.addEventListener("visibilitychange", () => this.look());
    addEventListener("pagehide", () => this.save());
    this.tellSound();
  }

  /** Do what was said; only while the player is open and nothing else is asked. */
  private obey(order: Order): void {
    if (!this.isOpen || this.isOver || document.querySelector("dialog[open]")) return;
    const isPaused = this.clock.pausedAt !== null;
    if (order === "pain") this.dialogs.hurts();
    else if (order === "too-much") this.dialogs.doing.toomuch();
    else if (order === "pause" && !isPaused) this.toggle();
    else if (order === "go-on" && isPaused) this.resume();
    else if (order === "next") this.next();
    else if (order === "back") this.back();
    else if (order === "repeat") this.sayAgain(true);
  }

  /** Stop the clock, for a pause or before anything is asked. */
  pause(): void {
    if (this.clock.pausedAt !== null || !this.isOpen) return;
    this.clock = clocks.pause(this.clock, this.cues, Date.now());
    this.wake.want(false);
    this.page.paused(true);
    this.look();
  }

  resume(): void {
    this.clock = clocks.resume(this.clock, Date.now());
    this.wake.want(true);
    this.page.paused(false);
    this.look();
  }

  private toggle(): void {
    if (this.clock.pausedAt !== null) return this.resume();
    this.pause();
    this.tones.play("paused", undefined, this.talk.busy);
    showSaid("heard", [[say("Paused"), ""]]);
    this.talk.say(say("Paused."));
  }

  next(): void {
    this.jump((at) => clocks.nextOf(this.cues, at.index));
  }

  private back(): void {
    this.jump((at) => clocks.backOf(this.cues, at.index, at.passed));
  }

  /** Leave the drill for today, with why. */
  leaveDrill(why: Interruption): void {
    this.interruptions.push(why);
    this.jump((at) => clocks.afterItem(this.cues, at.index));
    this.resume();
  }

  private jump(to: (at: clocks.Place) => number): void {
    const now = Date.now();
    this.talk.forget();
    this.clock = clocks.goTo(this.clock, this.cues, now, to(clocks.place(this.clock, this.cues, now)));
    this.look(true);
  }

  /** The cue that is played, for what is told of it. */
  get here(): clocks.Cue {
    return this.cues[clocks.place(this.clock, this.cues, Date.now()).index];
  }

  /** Safety ends the session: it is recorded at once, without asking anything more. */
  async stop(why: Interruption | null, follows: string[]): Promise<void> {
    this.pause();
    this.isOver = true;
    this.letGo();
    this.talk.hush();
    if (why) this.interruptions.push(why);
    const page = this.page.turnTo("stopped");
    this.talk.say(say("Stop here."));
    found('[data-show="follows"]', page).replaceChildren(...follows.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
    const worst = Math.max(0, ...this.interruptions.flatMap((one) => one.pain.map((pain) => pain.score)));
    try {
      const { waits, says } = await this.app.done(this.told(null, worst));
      this.keep.forget();
      show("kept", waits ? say("What you did and what you told is kept here.") : says ?? say("What you did and what you told is recorded."), page);
    } catch (error) {
      show("kept", error instanceof Refused ? error.message : String(error), page);
      this.save();
    }
  }

  /** Say all of the drill that is played or comes next; a drill that is known is only named by itself. */
  sayAgain(fromAfar = false): void {
    const { index } = clocks.place(this.clock, this.cues, Date.now());
    const drill = this.drillAt(index);
    if (!drill || !this.isOpen || this.dialogs.isTellingAgain) return;
    this.dialogs.tellAgain(drill);
    this.talk.forget();
    drill.says.forEach((_, at) => this.say(lineOf(drill, at)));
    this.say(plain(`${say("Stop signs")}:`));
    for (const sign of stopsOf(drill)) this.say(sign);
    this.goesOnWhenSaid = fromAfar && this.talk.busy;
  }

  /** The drill that is played; at the very end the last one. */
  private drillAt(index: number): Drill | undefined {
    const name = this.cues[index].drill ?? this.cues[index - 1]?.drill;
    return name ? this.score.drills[name] : undefined;
  }

  /** What was said again is read, or enough of it. */
  hushed(): void {
    this.goesOnWhenSaid = false;
    this.talk.hush();
  }

  /** Say a few words of what the camera sees, if they are still true when their turn comes. */
  speak(text: string, forMs = SOON_MS): void {
    showSaid("heard", plain(text));
    this.talk.say(text, Date.now() + forMs);
  }

  /** Form broke for good: the set ends here, and why is said. */
  formBroke(text: string): void {
    this.next();
    showSaid("heard", plain(text));
    this.talk.say(say("The set ends here."));
    this.talk.say(text);
  }

  private leave(): void {
    if (this.isOver) return dialog("hurts").close();
    this.pause();
    if (this.clock.played.some((seconds, i) => seconds > 0 && clocks.isWork(this.cues[i])) || this.interruptions.length) {
      void this.end();
    } else {
      this.keep.forget();
      this.app.leave();
    }
  }

  /** Ask how it was; until it is saved, a reload comes back to here. */
  private async end(): Promise<void> {
    if (this.isOver) return;
    this.clock = clocks.pause(this.clock, this.cues, Date.now());
    this.isOver = true;
    this.letGo();
    this.wake.want(false);
    this.save(true);
    await new After(this.app, this, this.score, () => this.keep.forget()).open(this.page.turnTo("after"));
  }

  /** The session is over: no ear, no full screen. */
  private letGo(): void {
    this.ear?.switch(false);
    this.watching.off();
    this.full.leave();
  }

  played(): Played {
    return { seconds: clocks.playedSeconds(this.clock, this.cues, Date.now()), interruptions: this.interruptions, clean: [], form: this.forms.told() };
  }

  told(effort: number | null, discomfort: number): Told {
    return { version: HAND_IN, key: this.key, mark: this.score.mark, reference: this.score.reference, played: this.played(), effort, discomfort };
  }

  /** Ask after the session what hurt; it counts for the drill that was played last. */
  askAfter(told: () => void): void {
    const last = this.cues.findLast((cue, i) => clocks.isWork(cue) && this.clock.played[i] > 0) ?? this.cues[0];
    this.dialogs.hurtsAfter({ item: last.item ?? "", side: last.side }, (why) => {
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

  private save(isAfter = this.isOver): void {
    if (!this.isOpen && !isAfter) return;
    const { key, clock, interruptions, forms: { rows: forms } } = this;
    this.keep.write({ key, clock, seen: Date.now(), interruptions, forms, isAfter });
  }

  private useVoice(): void {
    const own = voice(this.score.rate);
    this.talk.use(this.sound === "voice" ? own : null);
    if (!own) show("voices", say("This browser has no voice of its own: listen for the tones, and read the large words."));
  }

  private nextSound(): void {
    this.sound = SOUNDS[(SOUNDS.indexOf(this.sound) + 1) % SOUNDS.length];
    this.tones.isOn = this.sound !== "off";
    this.useVoice();
    this.tellSound();
  }

  private tellSound(): void {
    const button = found('[data-do="sound"]');
    button.dataset.sound = this.sound;
    button.setAttribute("aria-label", say("Sound: {what}", { what: SOUND_NAMES[this.sound] }));
    found("span", button).textContent = SOUND_NAMES[this.sound];
  }

  private toolsFor(nextLook: string): void {
    const look = found('[data-do="look"]');
    look.hidden = found('[data-do="slow"]').hidden = false;
    look.textContent = nextLook;
  }

  private slow(): void {
    this.picture.isSlow = !this.picture.isSlow;
    found('[data-do="slow"]').setAttribute("aria-pressed", String(this.picture.isSlow));
  }
}

/** A name for this playing that no other has; `randomUUID` is not there on every address. */
function named(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
