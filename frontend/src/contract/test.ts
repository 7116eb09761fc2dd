/** What a test's page tells the scripts that read it by phone or by camera (`web/measure/level.py`). */
import { list, number, oneOf, type Read, reading, record, text } from "./reading";
import { sound } from "./score";

/** How a side is named and marked. */
const named = record({ name: text, letter: text });
const sides = record({ left: named, right: named });
export type NamedSides = Read<typeof sides>;

/** What both ways of reading say alike. */
const heard = { sides, sound, rate: number };

/** When a phone is held still, and how it may lie: `assessment/inclinometer.py` says what each number means. */
const still = record({
  within_deg: number, drift_deg: number, smooth_ms: number, gap_ms: number, held_ms: number,
  looked_at_ms: number, read_ms: number, pull_least: number, pull_most: number,
});
export type Stillness = Read<typeof still>;
const limits = record({
  near_deg: number, raised_deg: number, tipped_deg: number, moved_deg: number, back_deg: number,
  get_ready_ms: number, unmoved_ms: number,
});
export type Limits = Read<typeof limits>;

const byPhone = record({
  /** The methods that this is, as the form names them. */
  methods: list(text),
  counts: oneOf("turn", "below_level", "above_level", "from_upright"),
  starts: oneOf("level", "upright", "raised"),
  still,
  limits,
  /** What a human hip can read. */
  low: number,
  high: number,
  where: text,
  start: text,
  /** What to do for the passive and for the owned reading; empty where the test has none. */
  passive: text,
  owned: text,
  ...heard,
});
export type ByPhone = Read<typeof byPhone>;
export const readByPhone = reading("the test", byPhone);

const byCamera = record({ test: text, method: text, eye: text, ...heard });
export type ByCamera = Read<typeof byCamera>;
export const readByCamera = reading("the test", byCamera);
