/** Tones by Web Audio: sines with a soft start, softer while words are being said. */
import type { Side } from "../contract/side";

interface Note { hz: number; ms: number; at?: number; loud?: number }
const [A3, E4, A4, CIS5, E5] = [220, 329.63, 440, 554.37, 659.26];

export type Sound =
  | "ready" | "go" | "half" | "last3" | "last2" | "last1" | "end" | "down" | "up" | "switch" | "done" | "paused";
const TABLE: Record<Sound, Note[]> = {
  ready: [{ hz: A4, ms: 90 }],
  go: [{ hz: E5, ms: 350 }],
  half: [{ hz: A4, ms: 120, loud: 0.3 }],
  last3: [{ hz: E5, ms: 90 }],
  last2: [{ hz: E5, ms: 90, loud: 0.65 }],
  last1: [{ hz: E5, ms: 90, loud: 0.4 }],
  end: [{ hz: E5, ms: 200 }, { hz: A4, ms: 300, at: 200 }],
  down: [{ hz: A3, ms: 60, loud: 0.8 }],
  up: [{ hz: E4, ms: 60, loud: 0.6 }],
  switch: [{ hz: CIS5, ms: 160 }, { hz: A4, ms: 160, at: 180 }, { hz: CIS5, ms: 220, at: 360 }],
  paused: [{ hz: A4, ms: 160, loud: 0.5 }, { hz: E4, ms: 220, at: 170, loud: 0.5 }],
  done: [{ hz: A4, ms: 400 }, { hz: CIS5, ms: 400, at: 450 }, { hz: E5, ms: 700, at: 900 }],
};
const LOUD = 0.5;
const UNDER_WORDS = 0.3;
const SOFT_START_S = 0.008;
const SHAKES: Partial<Record<Sound, number[]>> = { go: [60], end: [60, 60, 60, 60, 60], switch: [200] };

/** How long a sound lasts, milliseconds: words wait for it. */
export const lengthOf = (sound: Sound): number => Math.max(...TABLE[sound].map((note) => (note.at ?? 0) + note.ms));

export class Tones {
  private context: AudioContext | null = null;
  isOn = true;

  /** Browsers let a page sound only after it was touched. */
  wake(): void {
    try {
      this.context ??= new AudioContext();
      if (this.context.state === "suspended") void this.context.resume();
    } catch {
      this.context = null;
    }
  }

  play(sound: Sound, side: Side | undefined, underWords: boolean): void {
    const shake = SHAKES[sound];
    if (shake) navigator.vibrate?.(shake);
    if (!this.isOn || this.context?.state !== "running") return;
    for (const note of TABLE[sound]) this.note(this.context, note, side, underWords ? UNDER_WORDS : 1);
  }

  private note(context: AudioContext, note: Note, side: Side | undefined, ducked: number): void {
    const start = context.currentTime + (note.at ?? 0) / 1000, end = start + note.ms / 1000;
    const sine = new OscillatorNode(context, { frequency: note.hz });
    const gain = new GainNode(context, { gain: 0 });
    const pan = new StereoPannerNode(context, { pan: side === "left" ? -0.5 : side === "right" ? 0.5 : 0 });
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(LOUD * (note.loud ?? 1) * ducked, start + SOFT_START_S);
    gain.gain.setValueAtTime(LOUD * (note.loud ?? 1) * ducked, Math.max(start + SOFT_START_S, end - 0.03));
    gain.gain.linearRampToValueAtTime(0, end);
    sine.connect(gain).connect(pan).connect(context.destination);
    sine.start(start);
    sine.stop(end + 0.02);
  }
}
