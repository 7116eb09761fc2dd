/** The body: every part is a row of rings (centre, two axes, radii) along a limb, which meshes are made of. */
import { Quaternion, Vector3 } from "three";
import { type Side, SIDES } from "../contract/side";
import { axis, type Limb, type Skeleton } from "./film";

export interface Ring { p: Vector3; a: Vector3; b: Vector3; front: number; back: number; side: number }
export interface Part { name: string; paint: Paint; rings: Ring[] }
export type Paint = "body" | "work" | "cloth" | "shoe" | "cap" | "tee";

const ring = (p: Vector3, a: Vector3, b: Vector3, front: number, back = front, side = (front + back) / 2): Ring =>
  ({ p, a: a.clone().normalize(), b: b.clone().normalize(), front, back, side });
const mixv = (a: Vector3, b: Vector3, t: number) => a.clone().lerp(b, t);
const ease = (t: number) => t * t * (3 - 2 * t);
type Row = [at: number, front: number, back: number, side: number];
/** A smooth curve through the rows (monotone-ish cubic), so that no ring shows as a ridge. */
function sample(rows: Row[], t: number): [number, number, number] {
  let i = 0; while (i < rows.length - 2 && t > rows[i + 1][0]) i++;
  const [r0, r1, r2, r3] = [rows[Math.max(0, i - 1)], rows[i], rows[i + 1], rows[Math.min(rows.length - 1, i + 2)]];
  const h = r2[0] - r1[0], u = Math.min(1, Math.max(0, (t - r1[0]) / h));
  const a = 2 * u ** 3 - 3 * u ** 2 + 1, b = u ** 3 - 2 * u ** 2 + u, c = -2 * u ** 3 + 3 * u ** 2, d = u ** 3 - u ** 2;
  const at = (k: number) =>
    a * r1[k] + b * h * (r2[k] - r0[k]) / (r2[0] - r0[0]) + c * r2[k] + d * h * (r3[k] - r1[k]) / (r3[0] - r1[0] || 1);
  return [at(1), at(2), at(3)];
}

// at: 0 hip, 1 knee, 2 ankle (front, back, side radii)
const LEG: Row[] = [[0, .050, .056, .050], [.3, .050, .052, .047], [.7, .041, .040, .038], [.93, .032, .031, .031],
  [1.06, .031, .030, .031], [1.3, .026, .042, .034], [1.65, .021, .028, .024], [1.93, .018, .020, .0185],
  [2, .018, .020, .0185]];
const SHORTS: Row[] = [[0, .058, .062, .056], [.3, .058, .060, .056], [.52, .057, .056, .054]];
const SLEEVE: Row[] = [[0, .037, .037, .034], [.15, .038, .038, .0345], [.3, .035, .035, .032],
  [.5, .0345, .0345, .032]];
const ARM: Row[] = [[0, .031, .031, .029], [.35, .028, .029, .026], [.8, .023, .023, .022], [1, .021, .021, .021],
  [1.3, .022, .024, .022], [1.8, .015, .015, .017], [2, .014, .014, .016]];

/** A limb as one bending tube: two straight bones with a rounded corner at the middle joint. */
function tube(
  l: Limb, rows: Row[], from: number, to: number, n: number, corner: number, capStart = 0, capEnd = 0,
): Ring[] {
  const u1 = mixv(l.mid, l.root, 1).sub(l.mid).normalize().negate(), u2 = l.end.clone().sub(l.mid).normalize();
  const L1 = l.root.distanceTo(l.mid), L2 = l.mid.distanceTo(l.end), side = axis(l.upper, "z");
  const cut = u2.clone().sub(u1).length() / 4 * corner, bend = u1.angleTo(u2);
  const point = (t: number): [Vector3, Vector3, number] => {
    const d = t < 1 ? (t - 1) * L1 : (t - 1) * L2;
    if (Math.abs(d) >= corner) return d < 0
      ? [l.mid.clone().addScaledVector(u1, d), u1, 0] : [l.mid.clone().addScaledVector(u2, d), u2, 0];
    const s = (d + corner) / (2 * corner);
    const p0 = l.mid.clone().addScaledVector(u1, -corner), p2 = l.mid.clone().addScaledVector(u2, corner);
    const p = mixv(mixv(p0, l.mid, s), mixv(l.mid, p2, s), s);
    return [p, mixv(u1, u2, s).normalize(), Math.sin(Math.PI * s)];
  };
  const rings: Ring[] = [];
  const put = (t: number, shrink = 1, slide = 0) => {
    const [p, dir, k] = point(t), a = side.clone().cross(dir), [f, b, s] = sample(rows, t);
    const outer = cut * k, flat = k * Math.min(1, bend / 2.4);
    const at = p.clone().addScaledVector(dir, slide);
    rings.push(ring(at, a, side, (f + outer) * shrink, b * (1 - .35 * flat) * shrink, s * shrink));
  };
  const dome = (t: number, size: number, sign: number) => [0, .02, .08, .18, .32, .5, .7, .88].map((c) =>
    [t, Math.sqrt(1 - (1 - c) ** 2), sign * (1 - c) * size] as const);
  if (capStart) for (const [t, s, d] of dome(from, capStart, -1)) put(t, Math.max(s, .02), d);
  for (let i = 0; i <= n; i++) put(from + (to - from) * i / n);
  if (capEnd) for (const [t, s, d] of dome(to, capEnd, 1).reverse()) put(t, Math.max(s, .02), d);
  return rings;
}

function torso(s: Skeleton): { shorts: Ring[]; top: Ring[] } {
  const up0 = axis(s.pelvis, "y"), up1 = axis(s.thorax, "y");
  // arc position in fractions of stature from the mid-hip point, then radii front, back, side
  const rows: Row[] = [[-.055, .010, .012, .012], [-.047, .030, .034, .040], [-.03, .045, .052, .066],
    [0, .056, .066, .090], [.035, .056, .060, .089], [.075, .052, .048, .077], [.11, .052, .046, .075],
    [.16, .058, .052, .086], [.215, .060, .056, .098], [.25, .055, .053, .109], [.275, .047, .047, .117],
    [.298, .038, .041, .104],
    [.316, .031, .034, .068], [.330, .027, .030, .036]];
  const bend = .075, len = .07;
  const at = (d: number): [Vector3, Quaternion] => {
    const e = d - len;
    const w = ease(Math.min(1, Math.max(0, (e + bend) / (2 * bend)))), q = s.pelvis.clone().slerp(s.thorax, w);
    if (e <= -bend) return [s.hips.clone().addScaledVector(up0, d), q];
    if (e >= bend) return [s.lumbar.clone().addScaledVector(up1, e), q];
    const u = (e + bend) / (2 * bend);
    const p0 = s.lumbar.clone().addScaledVector(up0, -bend), p2 = s.lumbar.clone().addScaledVector(up1, bend);
    return [mixv(mixv(p0, s.lumbar, u), mixv(s.lumbar, p2, u), u), q];
  };
  const make = (d: number, grow = 0): Ring => {
    const [p, q] = at(d), [f, b, w] = sample(rows, d);
    return ring(p, axis(q, "x"), axis(q, "z"), f + grow, b + grow, w + grow);
  };
  const span = (a: number, b: number, n: number, g = 0) =>
    Array.from({ length: n + 1 }, (_, i) => make(a + (b - a) * i / n, g));
  const hem = make(.088, .004), rim = make(.088, -.006);
  return { shorts: [...span(-.055, .088, 14, .004), hem, rim], top: span(.07, .330, 30, .002) };
}

function foot(l: Limb, floor: number): Ring[] {
  const x = axis(l.tip, "x"), y = axis(l.tip, "y"), z = axis(l.tip, "z"), o = l.end;
  // along the shoe, height of its top above the sole, half width
  const rows: [number, number, number][] = [[-.046, .012, .006], [-.045, .034, .018], [-.036, .050, .0245],
    [-.014, .058, .0265], [.012, .055, .026], [.04, .042, .0265],
    [.07, .033, .029], [.088, .029, .030], [.106, .026, .028], [.12, .021, .0215], [.128, .012, .010]];
  const ballX = .082, sole = -.039;
  const hinge = o.clone().addScaledVector(x, ballX).addScaledVector(y, sole);
  let bend = 0;                                             // toes give way where the floor stops them
  const cos = (deg: number) => Math.cos(deg * Math.PI / 180), sin = (deg: number) => Math.sin(deg * Math.PI / 180);
  const toeDir = (deg: number) => x.clone().multiplyScalar(cos(deg)).addScaledVector(y, sin(deg));
  while (bend < 80 && hinge.y + toeDir(bend).y * .045 < floor + .001 && x.y < -.05) bend += 4;
  const up = (deg: number) => y.clone().multiplyScalar(cos(deg)).addScaledVector(x, -sin(deg));
  return rows.map(([d, h, w]) => {
    const deg = d <= ballX - .015 ? 0 : d >= ballX + .012 ? bend : bend * (d - ballX + .015) / .027;
    const base = d <= ballX
      ? o.clone().addScaledVector(x, d).addScaledVector(y, sole)
      : hinge.clone().addScaledVector(toeDir(bend), d - ballX);
    return ring(base.addScaledVector(up(deg), h / 2), up(deg), z, h / 2, h / 2, w);
  });
}

function hand(l: Limb, pressed: boolean, floor: number): Ring[] {
  const down = axis(l.lower, "y").negate(), fwd = axis(l.lower, "x"), z = axis(l.lower, "z");
  const palm = l.end.clone().addScaledVector(down, .052);
  let out = down.clone();
  if (pressed && down.y < -.3) {
    out = fwd.clone().multiplyScalar(-down.y);
    out.y = 0;
    out.normalize();
    palm.y = Math.max(palm.y, floor + .012);
  }
  const rings: Ring[] = [];
  const widths = [.0155, .020, .024, .0245, .023, .019, .010], thick = [.014, .014, .0135, .012, .0105, .009, .004];
  const place = [-.012, .012, .034, .05, .066, .086, .098];
  place.forEach((d, i) => {
    const p = d <= .05
      ? l.end.clone().lerp(palm, Math.max(-.2, d / .052))
      : palm.clone().addScaledVector(out, d - .052);
    const dir = d <= .03 ? down : d <= .055 ? down.clone().add(out).normalize() : out;
    rings.push(ring(p, z.clone().cross(dir), z, thick[i], thick[i], widths[i]));
  });
  return rings;
}

function egg(centre: Vector3, q: Quaternion, half: [number, number, number], from = -1, to = 1, n = 14): Ring[] {
  const y = axis(q, "y"), x = axis(q, "x"), z = axis(q, "z");
  return Array.from({ length: n + 1 }, (_, i) => {
    const v = from + (to - from) * i / n, c = Math.sin(v * Math.PI / 2), r = Math.max(.02, Math.cos(v * Math.PI / 2));
    const jaw = c < 0 ? 1 + .14 * c : 1;
    const at = centre.clone().addScaledVector(y, half[1] * c);
    return ring(at, x, z, half[0] * r * jaw, half[0] * r * (c < -.3 ? .82 : 1), half[2] * r * jaw);
  });
}

/** What a side of the body has of its own; `skin` is the paint of its leg. */
function sideParts(s: Skeleton, side: Side, skin: Paint, isPressed: boolean): Part[] {
  const leg = s.leg[side], arm = s.arm[side], outwards = (side === "right" ? 1 : -1) * .047;
  const seat = s.hips.clone().addScaledVector(axis(s.pelvis, "x"), -.022).addScaledVector(axis(s.pelvis, "y"), -.008)
    .addScaledVector(axis(s.pelvis, "z"), outwards);
  return [
    { name: "leg" + side, paint: skin, rings: tube(leg, LEG, .02, 2, 32, .05, .03, .012) },
    { name: "short" + side, paint: "cloth", rings: tube(leg, SHORTS, .02, .50, 14, .05, .03, 0) },
    { name: "shoe" + side, paint: "shoe", rings: foot(leg, s.floor) },
    { name: "arm" + side, paint: "body", rings: tube(arm, ARM, .0, 2, 26, .028, .03, .006) },
    { name: "sleeve" + side, paint: "tee", rings: tube(arm, SLEEVE, 0, .46, 14, .028, .03, 0) },
    { name: "hand" + side, paint: "body", rings: hand(arm, isPressed, s.floor) },
    { name: "seat" + side, paint: "cloth", rings: egg(seat, s.pelvis, [.056, .058, .052]) },
  ];
}

// along the brim, half its width
const BRIM: [number, number][] = [[.02, .040], [.045, .043], [.066, .038], [.08, .026], [.087, .008]];

function headParts(s: Skeleton): Part[] {
  const y = axis(s.head, "y"), x = axis(s.head, "x"), z = axis(s.head, "z"), up = axis(s.thorax, "y");
  const neck = s.shoulders.clone().addScaledVector(up, .005);
  const skull = s.shoulders.clone().addScaledVector(up, .03).addScaledVector(y, .078).addScaledVector(x, .008);
  const crown = skull.clone().addScaledVector(y, .006), brim = skull.clone().addScaledVector(y, .0235);
  const collar = (i: number) => ring(neck.clone().lerp(skull, i / 6), x, z, .027, .030, .028);
  const edge = ([d, w]: [number, number]) =>
    ring(brim.clone().addScaledVector(x, d).addScaledVector(y, -d * .06), y, z, .004, .004, w);
  return [
    { name: "neck", paint: "body", rings: Array.from({ length: 6 }, (_, i) => collar(i)) },
    { name: "head", paint: "body", rings: egg(skull, s.head, [.054, .070, .047]) },
    { name: "cap", paint: "cap", rings: egg(crown, s.head, [.0575, .068, .0505], .16, 1, 10) },
    { name: "brim", paint: "cap", rings: BRIM.map(edge) },
  ];
}

/** The whole figure. `working` is painted in its side's colour. */
export function figure(s: Skeleton, working: Side | "none", pressed: Side[] = []): Part[] {
  const { shorts, top } = torso(s);
  return [
    ...SIDES.flatMap((side) => sideParts(s, side, working === side ? "work" : "body", pressed.includes(side))),
    { name: "shorts", paint: "cloth", rings: shorts },
    { name: "top", paint: "tee", rings: top },
    ...headParts(s),
  ];
}
