/** One frame of points as it is sent: 32-bit floats, described in `formats/motion/sent.py`. */

export interface Point { x: number; y: number; z: number; visibility?: number }
/** What a pose model found in one picture; `image` and `world` are empty where it found nobody. */
export interface Found { at: number; aspect: number; people: number; light: number; image: Point[]; world: Point[] }
/** What of a frame is drawn over its picture: shares of width and height, and how well each point is seen. */
export interface Drawn { aspect: number; points: { x: number; y: number; visibility: number }[] }

const POINTS = 33;
const HEAD = 4, EACH = 6;

export function pack({ at, aspect, people, light, image, world }: Found): ArrayBuffer {
  const isSomebody = people > 0 && image.length === POINTS && world.length === POINTS;
  const floats = new Float32Array(isSomebody ? HEAD + EACH * POINTS : HEAD);
  floats.set([at, aspect, isSomebody ? people : 0, light]);
  for (let i = 0; isSomebody && i < POINTS; i++) {
    floats.set([image[i].x, image[i].y, world[i].x, world[i].y, world[i].z, image[i].visibility ?? 0], HEAD + EACH * i);
  }
  return floats.buffer;
}

/** Read out of a frame what is drawn; no points where it shows nobody. */
export function drawnOf(frame: ArrayBuffer): Drawn {
  const floats = new Float32Array(frame), points = [];
  for (let i = HEAD; i < floats.length; i += EACH) {
    points.push({ x: floats[i], y: floats[i + 1], visibility: floats[i + 5] });
  }
  return { aspect: floats[1], points };
}
