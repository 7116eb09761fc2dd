/** How long a phone has been still, judged from gravity alone. */
import { between, unit, type Vector } from "./gravity";

/** Gravity as measured, metres per second squared, and when, in milliseconds. */
export interface Sample { at: number; gravity: Vector }

/** Still means within this of the mean, and no further from its first third to its last. Ours. */
const WITHIN = 1.5;
const DRIFT = 1;
/** Tremor shakes an accelerometer more than it turns it: it is smoothed over this long. */
const SMOOTH_MS = 200;
/** A pause between two samples, after which nothing is known of what was before. */
const GAP_MS = 400;
const MOST_MS = 1500;
const LAST_MS = 500;
/** What pulls must be gravity and nothing much besides. */
const PULLS = [8.3, 11.3] as const;

export interface Held { samples: readonly Sample[]; smooth: Vector | null }
export const loose: Held = { samples: [], smooth: null };

const mean = (samples: readonly Sample[]): Vector =>
  unit(samples.reduce<Vector>((sum, { gravity: g }) => [sum[0] + g[0], sum[1] + g[1], sum[2] + g[2]], [0, 0, 0])) ?? [0, 0, 1];

/** Take one more sample in. */
export function hold(held: Held, sample: Sample): Held {
  const last = held.samples.at(-1), passed = last ? sample.at - last.at : 0;
  if (passed < 0 || passed > GAP_MS || !held.smooth) return anew(sample, sample.gravity);
  const share = 1 - Math.exp(-passed / SMOOTH_MS);
  const smooth = sample.gravity.map((now, i) => held.smooth![i] + share * (now - held.smooth![i])) as unknown as Vector;
  const pull = Math.hypot(...smooth);
  const next = { at: sample.at, gravity: unit(smooth) ?? ([0, 0, 1] as const) };
  if (pull < PULLS[0] || pull > PULLS[1] || between(mean(held.samples), next.gravity) > WITHIN) return anew(sample, smooth);
  const samples = [...held.samples, next].filter(({ at }) => sample.at - at <= MOST_MS);
  const third = Math.ceil(samples.length / 3);
  const drifts = between(mean(samples.slice(0, third)), mean(samples.slice(-third))) > DRIFT;
  return { samples: drifts ? samples.slice(third) : samples, smooth };
}

const anew = (sample: Sample, smooth: Vector): Held =>
  ({ samples: [{ at: sample.at, gravity: unit(smooth) ?? [0, 0, 1] }], smooth });

/** Milliseconds of stillness up to now. */
export const stillFor = ({ samples }: Held): number => (samples.length ? samples.at(-1)!.at - samples[0].at : 0);

/** Where gravity points, over the last still moments: by then what came before has died away. */
export const direction = ({ samples }: Held): Vector => mean(samples.filter(({ at }) => samples.at(-1)!.at - at <= LAST_MS));
