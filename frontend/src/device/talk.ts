/** Words one after the other: what is being said is never cut off, and what came too late is not said any more. */

/** A voice; it tells at the end of a line whether it said it. */
export interface Speaker { say(text: string, done: (isSaid: boolean) => void, lang?: string): void; stop(): void }
interface Line { text: string; until: number; lang?: string; said?: () => void }

/** Seconds a line may take before it is taken as said, whether or not the voice reports its end. */
export const longest = (text: string): number => 3 + text.length * 0.12;

export class Talk {
  private waiting: Line[] = [];
  private endsBy = 0;
  private turn = 0;
  private isSpeaking = false;

  constructor(private speaker: Speaker | null, private now: () => number) {}

  /** Say something when all before it is said; not at all when its time has run out by then.
   *  `lang` is the language of the words, where it is not the page's; `said` hears that the voice said all of them. */
  say(text: string, until = Infinity, lang?: string, said?: () => void): void {
    if (!this.speaker || !text) return;
    this.waiting.push({ text, until, lang, said });
    this.go();
  }

  /** Whether words are being said or wait to be. */
  get busy(): boolean {
    if (this.isSpeaking && this.now() > this.endsBy) this.ended(this.turn);
    return this.isSpeaking || this.waiting.some((line) => line.until > this.now());
  }

  /** Let what is being said end, and forget the rest. */
  forget(): void {
    this.waiting = [];
  }

  /** Be quiet at once: the runner asked for it. */
  hush(): void {
    this.forget();
    this.turn++;
    this.isSpeaking = false;
    this.speaker?.stop();
  }

  use(speaker: Speaker | null): void {
    this.hush();
    this.speaker = speaker;
  }

  private go(): void {
    if (this.isSpeaking || !this.speaker) return;
    const line = this.waiting.shift();
    if (!line) return;
    if (line.until <= this.now()) return this.go();
    const turn = ++this.turn;
    this.isSpeaking = true;
    this.endsBy = this.now() + longest(line.text) * 1000;
    this.speaker.say(line.text, (isSaid) => {
      if (isSaid && turn === this.turn) line.said?.();
      this.ended(turn);
    }, line.lang);
  }

  private ended(turn: number): void {
    if (turn !== this.turn) return;
    this.isSpeaking = false;
    this.go();
  }
}

/** The machine's own voice; null where it has none for the page. Words in another language wait for a voice that
 *  speaks it: without one they are read, not heard. */
export function voice(rate = 1): Speaker | null {
  const speech = globalThis.speechSynthesis;
  const speaking = (lang: string) => speech?.getVoices().find((one) => one.localService && one.lang.startsWith(lang));
  const own = speaking(document.documentElement.lang.slice(0, 2) || "en");
  if (!own) return null;
  return {
    say(text, done, lang) {
      const chosen = lang ? speaking(lang) : own;
      if (!chosen) return done(false);
      const line = new SpeechSynthesisUtterance(text);
      line.voice = chosen;
      line.lang = chosen.lang;
      line.rate = rate;
      line.onend = () => done(true);
      line.onerror = () => done(false);
      speech.speak(line);
    },
    stop: () => speech.cancel(),
  };
}
