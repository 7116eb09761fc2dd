/** The figure in the film of a drill, at any time. No drawing here. */
import { Quaternion, Vector3 } from "three";
import type { Film, Thing } from "../contract/film";
import { type Side, SIDES } from "../contract/side";

export interface Limb {
  root: Vector3; mid: Vector3; end: Vector3; upper: Quaternion; lower: Quaternion; tip: Quaternion;
}
export interface Skeleton {
  pelvis: Quaternion; thorax: Quaternion; head: Quaternion; hips: Vector3; lumbar: Vector3; shoulders: Vector3;
  leg: Record<Side, Limb>; arm: Record<Side, Limb>; floor: number;
}

export const axis = (q: Quaternion, which: "x" | "y" | "z"): Vector3 =>
  new Vector3(which === "x" ? 1 : 0, which === "y" ? 1 : 0, which === "z" ? 1 : 0).applyQuaternion(q);

const other = (side: Side): Side => (side === "left" ? "right" : "left");

/** The figure at a time in frames, drawn between two of them; after the last comes the first. The left side
 * working is the right one seen in a mirror. */
export function skeletonAt(film: Film, time: number, working: Side): Skeleton {
  const count = film.key.length, here = Math.floor(time) % count, next = (here + 1) % count;
  const t = time - Math.floor(time);
  const m = working === "left" ? -1 : 1;
  const named = (side: Side) => (working === "left" ? other(side) : side);
  const point = (name: string): Vector3 => {
    const i = film.points.indexOf(name) * 3, a = film.at[here], b = film.at[next];
    const value = (k: number) => (a[i + k] + (b[i + k] - a[i + k]) * t) / film.scale;
    return new Vector3(value(0), value(1), value(2) * m);
  };
  const turn = (name: string): Quaternion => {
    const i = film.segments.indexOf(name) * 4;
    const at = (frame: number) => new Quaternion().fromArray(film.turned[frame], i).normalize();
    const q = at(here).slerp(at(next), t);
    return m < 0 ? new Quaternion(-q.x, -q.y, q.z, q.w) : q;
  };
  const limb = (side: Side, joints: [string, string, string], parts: [string, string, string]): Limb => {
    const s = named(side);
    const [root, mid, end] = joints.map((name) => point(`${name}_${s}`));
    const [upper, lower, tip] = parts.map((name) => turn(`${name}_${s}`));
    return { root, mid, end, upper, lower, tip };
  };
  const leg = (side: Side) => limb(side, ["hip", "knee", "ankle"], ["thigh", "shank", "foot"]);
  const arm = (side: Side) => limb(side, ["shoulder", "elbow", "wrist"], ["upper_arm", "forearm", "forearm"]);
  const arms = { left: arm("left"), right: arm("right") };
  return {
    pelvis: turn("pelvis"), thorax: turn("trunk"), head: turn("head"), hips: point("pelvis"), lumbar: point("lumbar"),
    shoulders: arms.left.root.clone().add(arms.right.root).multiplyScalar(0.5),
    leg: { left: leg("left"), right: leg("right") }, arm: arms, floor: film.floor / film.scale,
  };
}

/** The hands that press on the floor, for the side that works. */
export function pressedHands(film: Film, working: Side): Side[] {
  return SIDES.filter((side) =>
    film.pressed.includes(`hand_${working === "left" ? other(side) : side}`));
}

/** A thing's places at a time, in statures, mirrored like the figure. */
export function placesOf(thing: Thing, film: Film, time: number, working: Side): number[] {
  const frame = thing.at.length > 1 ? Math.round(time) % thing.at.length : 0;
  const found = thing.at[frame].map((value) => value / film.scale);
  if (working === "right") return found;
  for (let k = 2; k < found.length; k += 3) found[k] = -found[k];
  if (thing.shape === "box") [found[2], found[5]] = [found[5], found[2]];
  return found;
}
