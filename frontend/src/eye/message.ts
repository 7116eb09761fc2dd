/** One frame of points as it is sent: 32-bit floats, described in `formats/motion/sent.py`. */

export interface Point { x: number; y: number; z: number; visibility?: number }
/** What a pose model found in one picture; `image` and `world` are empty where it found nobody. */
export interface Found { at: number; aspect: number; people: number; light: number; image: Point[]; world: Point[] }

const POINTS = 33;

export function pack({ at, aspect, people, light, image, world }: Found): ArrayBuffer {
  const isSomebody = people > 0 && image.length === POINTS && world.length === POINTS;
  const floats = new Float32Array(isSomebody ? 4 + 6 * POINTS : 4);
  floats.set([at, aspect, isSomebody ? people : 0, light]);
  for (let i = 0; isSomebody && i < POINTS; i++) {
    floats.set([image[i].x, image[i].y, world[i].x, world[i].y, world[i].z, image[i].visibility ?? 0], 4 + 6 * i);
  }
  return floats.buffer;
}
