/** One side of a test, read by the phone: still at the start is zero, still at the end is a reading, and back again. */
import type { ByPhone } from "../contract/test";
import { between, liesRight, reading, tipped, type Vector } from "./gravity";
import { direction, type Held, hold, isStill, loose, type Sample } from "./steady";

/** A test as it is read: what a hip can give, and how many readings are wanted. */
export type Plan = Pick<ByPhone, "counts" | "starts" | "low" | "high" | "still" | "limits"> & { wanted: number };
/** What is wrong while it is held still. */
export type Problem = "lies" | "tipped" | "beyond" | "short" | "elsewhere";
/** Where it was zeroed last, and before the first reading: no later zero creeps away from that. */
interface Zeroed { first: Vector; last: Vector }
/** It waits for the start, for the end of a movement, or has all it wanted. Only a start can be without a zero. */
type Phase = { phase: "start"; zero: Zeroed | null } | { phase: "move" | "full"; zero: Zeroed };
export type Reader = Phase & { readings: readonly number[]; held: Held; problem: Problem | null };
export type Event = "zeroed" | "read" | null;

export const fresh: Reader = { phase: "start", zero: null, readings: [], held: loose, problem: null };

/** What stands on the dial now; nothing before it was zeroed. */
export function shown({ zero, held }: Reader, plan: Plan): number | null {
  return zero && held.samples.length ? reading(plan, zero.last, held.samples.at(-1)!.gravity) : null;
}

/** Look at one more sample. */
export function look(reader: Reader, sample: Sample, plan: Plan): [Reader, Event] {
  const held = hold(reader.held, sample, plan.still);
  if (reader.phase === "full") return [{ ...reader, held }, null];
  if (!isStill(held, plan.still)) {
    return [{ ...reader, held, problem: held.samples.length > 1 ? reader.problem : null }, null];
  }
  return reader.phase === "start" ? atStart({ ...reader, held }, plan) : atEnd({ ...reader, held }, plan);
}

function atStart(reader: Reader, plan: Plan): [Reader, Event] {
  const now = direction(reader.held, plan.still), isTippable = plan.starts !== "upright";
  if (!liesRight(plan, now)) return [{ ...reader, problem: "lies" }, null];
  if (isTippable && tipped(plan, null, now) > plan.limits.tipped_deg) return [{ ...reader, problem: "tipped" }, null];
  if (reader.zero && !isBack(reader, reader.zero, now, plan)) return [{ ...reader, problem: "elsewhere" }, null];
  const zero = { first: reader.zero?.first ?? now, last: now };
  return [{ ...reader, phase: "move", zero, held: loose, problem: null }, "zeroed"];
}

/** Whether a leg lies where it started: near its zero, or, where the start is no one place, well off its last
 *  reading. */
function isBack({ readings }: Reader, zero: Zeroed, now: Vector, plan: Plan): boolean {
  if (plan.counts === "turn") return between(zero.first, now) <= plan.limits.back_deg;
  const last = readings.at(-1);
  return last === undefined || Math.abs(reading(plan, zero.last, now) - last) >= plan.limits.back_deg;
}

function atEnd(reader: Reader & { zero: Zeroed }, plan: Plan): [Reader, Event] {
  const now = direction(reader.held, plan.still), { last } = reader.zero;
  if (between(last, now) < plan.limits.moved_deg) return [{ ...reader, problem: null }, null];
  if (tipped(plan, last, now) > plan.limits.tipped_deg) return [{ ...reader, problem: "tipped" }, null];
  const value = Math.round(reading(plan, last, now));
  if (value < plan.low) return [{ ...reader, problem: "short" }, null];
  if (value > plan.high) return [{ ...reader, problem: "beyond" }, null];
  const readings = [...reader.readings, value];
  const phase = readings.length >= plan.wanted ? "full" : "start";
  return [{ ...reader, readings, phase, held: loose, problem: null }, "read"];
}

/** Take what stands there now, still or not: asked for by a hand on the phone. */
export function take(reader: Reader, plan: Plan): [Reader, Event] {
  if (reader.phase !== "move" || !reader.held.samples.length) return [reader, null];
  return atEnd({ ...reader, held: { ...reader.held, samples: reader.held.samples.slice(-1) } }, plan);
}

/** Take the last reading back; where there is none, begin again. */
export function back(reader: Reader): Reader {
  const readings = reader.readings.slice(0, -1);
  return readings.length ? { ...reader, phase: "start", readings, held: loose, problem: null } : fresh;
}

/** Go on after a pause: at the start again, with what was read. */
export const begunAnew = (reader: Reader): Reader =>
  reader.phase === "full" ? reader : { ...reader, phase: "start" };
