/** One side of a test, read by the phone: still at the start is zero, still at the end is a reading, and back again. */
import { between, liesRight, MOST_TIPPED, reading, tipped, type Vector, type Way } from "./gravity";
import { direction, type Held, hold, loose, type Sample, stillFor } from "./steady";

/** A test as it is read: what a hip can give, and how many readings are wanted. */
export interface Plan extends Way { low: number; high: number; wanted: number }
export type Phase = "start" | "move" | "full";
/** What is wrong while it is held still. */
export type Problem = "" | "lies" | "tipped" | "beyond" | "short" | "elsewhere";
/** `first` is where it was zeroed before the first reading: no later zero creeps away from it. */
export interface Reader { phase: Phase; first: Vector | null; zero: Vector | null; readings: readonly number[]; held: Held; problem: Problem }
export type Event = "zeroed" | "read" | null;

/** Still for this long is a reading. Ours: long enough to be held, short enough to be held by anybody. */
export const STILL_MS = 1000;
/** A leg has moved once it turned so far; back at the start it lies so near where it was zeroed. Ours. */
const MOVED = 5;
const BACK = 8;

export const fresh: Reader = { phase: "start", first: null, zero: null, readings: [], held: loose, problem: "" };

/** What stands on the dial now; nothing before it was zeroed. */
export function shown(reader: Reader, plan: Plan): number | null {
  const { zero, held } = reader;
  return zero && held.samples.length ? reading(plan, zero, held.samples.at(-1)!.gravity) : null;
}

/** Look at one more sample. */
export function look(reader: Reader, sample: Sample, plan: Plan): [Reader, Event] {
  const held = hold(reader.held, sample);
  if (reader.phase === "full") return [{ ...reader, held }, null];
  if (stillFor(held) < STILL_MS) return [{ ...reader, held, problem: held.samples.length > 1 ? reader.problem : "" }, null];
  const next = { ...reader, held };
  return reader.phase === "start" ? atStart(next, plan) : atEnd(next, plan);
}

function atStart(reader: Reader, plan: Plan): [Reader, Event] {
  const now = direction(reader.held);
  if (!liesRight(plan, now)) return [{ ...reader, problem: "lies" }, null];
  if (plan.starts !== "upright" && tipped(plan, null, now) > MOST_TIPPED) return [{ ...reader, problem: "tipped" }, null];
  if (reader.zero && !isBack(reader, now, plan)) return [{ ...reader, problem: "elsewhere" }, null];
  return [{ ...reader, phase: "move", first: reader.first ?? now, zero: now, held: loose, problem: "" }, "zeroed"];
}

/** Whether a leg lies where it started: near its zero, or, where the start is no one place, well off its last reading. */
function isBack(reader: Reader, now: Vector, plan: Plan): boolean {
  if (plan.counts === "turn") return between(reader.first!, now) <= BACK;
  const last = reader.readings.at(-1);
  return last === undefined || Math.abs(reading(plan, reader.zero!, now) - last) >= BACK;
}

function atEnd(reader: Reader, plan: Plan): [Reader, Event] {
  const now = direction(reader.held), zero = reader.zero!;
  if (between(zero, now) < MOVED) return [{ ...reader, problem: "" }, null];
  if (tipped(plan, zero, now) > MOST_TIPPED) return [{ ...reader, problem: "tipped" }, null];
  const value = Math.round(reading(plan, zero, now));
  if (value < plan.low) return [{ ...reader, problem: "short" }, null];
  if (value > plan.high) return [{ ...reader, problem: "beyond" }, null];
  const readings = [...reader.readings, value];
  const phase = readings.length >= plan.wanted ? "full" : "start";
  return [{ ...reader, readings, phase, held: loose, problem: "" }, "read"];
}

/** Take what stands there now, still or not: asked for by a hand on the phone. */
export function take(reader: Reader, plan: Plan): [Reader, Event] {
  if (reader.phase !== "move" || !reader.held.samples.length) return [reader, null];
  return atEnd({ ...reader, held: { ...reader.held, samples: reader.held.samples.slice(-1) } }, plan);
}

/** Take the last reading back; where there is none, begin again. */
export function back(reader: Reader): Reader {
  const readings = reader.readings.slice(0, -1);
  return readings.length ? { ...reader, phase: "start", readings, held: loose, problem: "" } : fresh;
}
