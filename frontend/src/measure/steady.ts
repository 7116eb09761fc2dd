/** How long a phone has been still, judged from gravity alone. */
import type { Stillness } from "../contract/test";
import { between, unit, type Vector } from "./gravity";

/** Gravity as measured, metres per second squared, and when, in milliseconds. */
export interface Sample { at: number; gravity: Vector }

/** The directions since it has been still, and gravity smoothed; null before the first sample. */
export interface Held { samples: readonly Sample[]; smooth: Vector | null }
export const loose: Held = { samples: [], smooth: null };

function mean(samples: readonly Sample[]): Vector {
  const sum = samples.reduce<Vector>(([x, y, z], { gravity: g }) => [x + g[0], y + g[1], z + g[2]], [0, 0, 0]);
  return unit(sum) ?? [0, 0, 1];
}

/** Take one more sample in. */
export function hold(held: Held, sample: Sample, still: Stillness): Held {
  const last = held.samples.at(-1), passed = last ? sample.at - last.at : 0;
  if (passed < 0 || passed > still.gap_ms || !held.smooth) return anew(sample, sample.gravity);
  const share = 1 - Math.exp(-passed / still.smooth_ms);
  const smooth = sample.gravity.map((now, i) => held.smooth![i] + share * (now - held.smooth![i])) as unknown as Vector;
  const pull = Math.hypot(...smooth), isGravity = pull >= still.pull_least && pull <= still.pull_most;
  const next = { at: sample.at, gravity: unit(smooth) ?? ([0, 0, 1] as const) };
  if (!isGravity || between(mean(held.samples), next.gravity) > still.within_deg) return anew(sample, smooth);
  const samples = [...held.samples, next].filter(({ at }) => sample.at - at <= still.looked_at_ms);
  const third = Math.ceil(samples.length / 3);
  const drifts = between(mean(samples.slice(0, third)), mean(samples.slice(-third))) > still.drift_deg;
  return { samples: drifts ? samples.slice(third) : samples, smooth };
}

const anew = (sample: Sample, smooth: Vector): Held =>
  ({ samples: [{ at: sample.at, gravity: unit(smooth) ?? [0, 0, 1] }], smooth });

/** Milliseconds of stillness up to now. */
export const stillFor = ({ samples }: Held): number => (samples.length ? samples.at(-1)!.at - samples[0].at : 0);

/** Whether it has been still for as long as a reading takes. */
export const isStill = (held: Held, still: Stillness): boolean => stillFor(held) >= still.held_ms;

/** Where gravity points, over the last still moments. */
export const direction = ({ samples }: Held, still: Stillness): Vector =>
  mean(samples.filter(({ at }) => samples.at(-1)!.at - at <= still.read_ms));
