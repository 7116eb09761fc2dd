/** What is heard of a session: tones and words, as loud or silent as the runner chose. */
import type { SoundChoice } from "../contract/score";
import type { Side, Stretch } from "../contract/side";
import { Talk, voice } from "../device/talk";
import { lengthOf, type Sound, Tones } from "../device/tones";
import { found, show, showSaid } from "../page/parts";
import { say } from "../page/say";

const CHOICES = ["voice", "tones", "off"] as const satisfies SoundChoice[];
const NAMES: Record<SoundChoice, string> = { voice: say("Voice"), tones: say("Tones"), off: say("Off") };

export class Heard {
  private talk = new Talk(null, Date.now);
  private tones = new Tones();

  constructor(private choice: SoundChoice, private rate: number | undefined) {
    this.tones.isOn = choice !== "off";
    globalThis.speechSynthesis?.addEventListener?.("voiceschanged", () => this.useVoice());
    this.tell();
  }

  /** Browsers let a page sound only after it was touched. */
  wake(): void {
    this.tones.wake();
  }

  useVoice(): void {
    const own = voice(this.rate);
    this.talk.use(this.choice === "voice" ? own : null);
    if (!own) show("voices", say("This browser has no voice of its own: listen for the tones, and read the large words."));
  }

  nextChoice(): void {
    this.choice = CHOICES[(CHOICES.indexOf(this.choice) + 1) % CHOICES.length];
    this.tones.isOn = this.choice !== "off";
    this.useVoice();
    this.tell();
  }

  /** Whether words are being said or wait to be. */
  get isSpeaking(): boolean {
    return this.talk.busy;
  }

  /** Play sounds; returns how long they last, in milliseconds: words wait for it. */
  play(sounds: readonly Sound[], side?: Side): number {
    for (const one of sounds) this.tones.play(one, side, this.talk.busy);
    return Math.max(0, ...sounds.map(lengthOf));
  }

  /** Say words when all before them are said; not at all when their time has run out by then. `said` hears that
   *  the voice said the last of them. */
  say(stretches: Stretch[], until = Infinity, said?: () => void): void {
    const last = stretches.at(-1);
    for (const one of stretches) this.talk.say(one[0], until, one[1], one === last ? said : undefined);
  }

  /** Write what is said where it can be read. */
  write(stretches: Stretch[]): void {
    showSaid("heard", stretches);
  }

  /** Let what is being said end, and forget the rest. */
  forget(): void {
    this.talk.forget();
  }

  hush(): void {
    this.talk.hush();
  }

  private tell(): void {
    const key = found('[data-do="sound"]');
    key.dataset.sound = this.choice;
    key.setAttribute("aria-label", say("Sound: {what}", { what: NAMES[this.choice] }));
    found("span", key).textContent = NAMES[this.choice];
  }
}
