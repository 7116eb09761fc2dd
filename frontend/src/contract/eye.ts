/** What the coach says while a camera watches (`web/eye/`). */
import { reading, list, maybe, number, orNull, type Read, record, text } from "./reading";

/** A fault that no camera sees, by its number in the drill's file, with what to ask instead. */
const asked = record({ fault: number, ask: text });
export type Asked = Read<typeof asked>;

/** Said once a set or a side is going to be watched: the way for its points, where the camera stands, what to ask. */
const leave = record({ socket: text, place: text, asks: list(asked) });
export type Leave = Read<typeof leave>;
export const readLeave = reading("the leave", leave);

/** What the coach answers to a frame of a set. */
const seen = record({
  at: number, reps: number, clean: number, share: orNull(number), held: number,
  framing: text, cue: text, ended: text,
  /** Where the set has ended: the fault by its number, and what happens. */
  ended_by: orNull(number), happens: text,
  shown: list(record({ name: text, value: maybe(number), error: maybe(number), unit: maybe(text), why: maybe(text) })),
});
export type Seen = Read<typeof seen>;
export const readSeen = reading("the answer", seen);

/** What the coach answers to a frame of a test. */
const measured = record({ at: number, value: orNull(number), why: text, held: list(number) });
export type Measured = Read<typeof measured>;
export const readMeasured = reading("the answer", measured);
