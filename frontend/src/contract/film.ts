/** The film of a drill: where points are and how segments are turned, frame by frame (`body/filmed.py`). */
import { reading, flag, list, number, oneOf, orNull, type Read, record, row, text } from "./reading";

const seenFrom = row<[around: number, above: number]>(number, number);
const thing = record({
  shape: oneOf("ball", "rod", "ring", "box"),
  paint: oneOf("prop", "strap", "wall"),
  size: number,
  /** Its places, frame by frame; one row where it lies still. */
  at: list(list(number)),
});
export type Thing = Read<typeof thing>;

export const film = record({
  /** Lengths are in statures times this. */
  scale: number,
  frames_per_s: number,
  /** The key poses by name, and for each frame which of them it is; -1 on the way. */
  keys: list(text),
  key: list(number),
  points: list(text),
  segments: list(text),
  at: list(list(number)),
  turned: list(list(number)),
  floor: number,
  /** Degrees round the figure and above the floor, for each way to look. */
  looks: record({ own: seenFrom, side: seenFrom, front: seenFrom }),
  /** The second half is the first one of the other side. */
  swaps: flag,
  /** Points that press on the floor. */
  pressed: list(text),
  things: list(thing),
  /** For lunges, x and z of where one stands and of where the foot lands. */
  clock: orNull(row<[x: number, z: number, toX: number, toZ: number]>(number, number, number, number)),
});
export type Film = Read<typeof film>;
export type Look = keyof Film["looks"];

export const readFilm = reading("the film", film);
