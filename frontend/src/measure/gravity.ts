/** Where gravity points in the phone's own frame, and what that says of the leg it lies on. No clock, no page.
 *
 *  x runs along the short edge, y along the long edge, z out of the screen. Browsers do not agree on the sign of
 *  gravity; nothing here depends on it. Angles are in degrees. */
import type { ByPhone } from "../contract/test";

export type Vector = readonly [x: number, y: number, z: number];
/** What a reading is, how the long edge lies before the leg moves, and how far off it may lie. */
export type Way = Pick<ByPhone, "counts" | "starts" | "limits">;
/** The edge about which the phone turns: its short edge, or the line of sight onto its screen. */
export type Axis = 0 | 2;

const degrees = (radians: number): number => (radians * 180) / Math.PI;
const asin = (share: number): number => degrees(Math.asin(Math.max(-1, Math.min(1, share))));

export function unit([x, y, z]: Vector): Vector | null {
  const long = Math.hypot(x, y, z);
  return long > 0 && Number.isFinite(long) ? [x / long, y / long, z / long] : null;
}

/** The angle between two directions. */
export function between(a: Vector, b: Vector): number {
  const cross = Math.hypot(a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]);
  return degrees(Math.atan2(cross, a[0] * b[0] + a[1] * b[1] + a[2] * b[2]));
}

/** Gravity from the tilt a browser reports: as a direction it has no gimbal, whatever the two angles jump to. */
export function fromTilt(beta: number, gamma: number): Vector {
  const b = (beta * Math.PI) / 180, g = (gamma * Math.PI) / 180;
  return [-Math.cos(b) * Math.sin(g), Math.sin(b), Math.cos(b) * Math.cos(g)];
}

/** How far one end of the long edge stands above level; which end, a browser's sign decides. */
const slope = (gravity: Vector): number => asin(gravity[1]);

/** Whether the phone lies as the test starts. */
export function liesRight(way: Way, gravity: Vector): boolean {
  const off = Math.abs(slope(gravity)), { near_deg, raised_deg } = way.limits;
  if (way.starts === "upright") return off >= 90 - near_deg;
  return way.starts === "level" ? off <= near_deg : off >= raised_deg;
}

/** The axis it turned about. A shin that starts upright may carry the phone on its front or its side. */
export function axisOf(way: Way, zero: Vector, gravity: Vector): Axis {
  const isAcross = Math.abs(gravity[0] - zero[0]) <= Math.abs(gravity[2] - zero[2]);
  return way.starts !== "upright" || isAcross ? 0 : 2;
}

/** How far the joint's axis stands off level. */
export function tipped(way: Way, zero: Vector | null, gravity: Vector): number {
  return Math.abs(asin(gravity[zero ? axisOf(way, zero, gravity) : 0]));
}

/** What the phone reads, against where it was zeroed. */
export function reading(way: Way, zero: Vector, gravity: Vector): number {
  if (way.counts === "from_upright") return 90 - Math.abs(slope(gravity));
  if (way.counts !== "turn") {
    const raised = Math.sign(slope(zero)) * slope(gravity);
    return way.counts === "above_level" ? raised : -raised;
  }
  const [u, v] = axisOf(way, zero, gravity) === 0 ? [1, 2] : [0, 1];
  const cross = zero[u] * gravity[v] - zero[v] * gravity[u], along = zero[u] * gravity[u] + zero[v] * gravity[v];
  return Math.abs(degrees(Math.atan2(cross, along)));
}
