/** What is on the stage besides the body: what the drill uses, weights, the lunge clock, the floor. */
import * as T from "three";
import type { Film, Thing } from "../contract/film";
import { type Side, SIDES } from "../contract/side";
import { axis, type Skeleton } from "./film";
import { matte, type Theme } from "./theme";

/** A thing as its film paints it, to be laid where it is. */
export function made(thing: Thing, scale: number, theme: Theme): T.Object3D {
  const size = thing.size / scale;
  if (thing.paint === "wall") return wallOf(thing, theme);
  const shapes = {
    ball: () => new T.SphereGeometry(size, 40, 28), rod: () => new T.CylinderGeometry(size, size, 1, 24),
    ring: () => new T.TorusGeometry(size, .0075, 12, 48), box: () => new T.BoxGeometry(1, 1, 1),
  };
  const paint = matte(thing.paint === "strap" ? theme.strap : theme.prop, theme.rim, .38);
  const mesh = new T.Mesh(shapes[thing.shape](), paint);
  mesh.castShadow = true;
  return mesh;
}

/** A wall goes on beyond what of it is touched, and fades out; where it meets the floor there is a line. */
const WALL = { long: 2.4, high: 1.5 };

function wallOf({ at: [[x0, , z0, x1, , z1]] }: Thing, theme: Theme): T.Object3D {
  const paint = { color: theme.wall, alphaMap: fadedUp(), transparent: true, opacity: .34 };
  const glass = new T.MeshBasicMaterial({ ...paint, side: T.DoubleSide, depthWrite: false });
  const wall = new T.Mesh(new T.PlaneGeometry(WALL.long, WALL.high), glass), half = WALL.long / 3;
  const ends = [-half, half].map((x) => new T.Vector3(x, -.5, 0));
  const seen = { color: theme.strap, transparent: true, opacity: .5 };
  const foot = new T.Line(new T.BufferGeometry().setFromPoints(ends), new T.LineBasicMaterial(seen));
  wall.geometry.translate(0, (WALL.high - 1) / 2, 0);
  if (Math.abs(x1 - x0) < Math.abs(z1 - z0)) for (const part of [wall, foot]) part.geometry.rotateY(Math.PI / 2);
  return wall.add(foot);
}

/** A short bar with a round weight at either end, along x. */
export function dumbbell(theme: Theme): T.Mesh[] {
  const paint = matte(theme.strap, theme.rim, .38);
  const part = (radius: number, length: number, at: number) => {
    const mesh = new T.Mesh(new T.CylinderGeometry(radius, radius, length, 20), paint);
    mesh.rotation.z = Math.PI / 2;
    mesh.position.x = at;
    mesh.castShadow = true;
    return mesh;
  };
  return [part(.009, .09, 0), part(.027, .034, .052), part(.027, .034, -.052)];
}

/** One in each hand, across the palm. */
export function hold(weights: [T.Group, T.Group], skeleton: Skeleton): void {
  SIDES.forEach((side, i) => {
    const arm = skeleton.arm[side];
    weights[i].position.copy(arm.end).addScaledVector(axis(arm.lower, "y"), -.058);
    weights[i].quaternion.copy(arm.lower);
  });
}

/** Lay a thing where it is at a moment. */
export function lay(mesh: T.Object3D, thing: Thing, at: number[]): void {
  const first = new T.Vector3(at[0], at[1], at[2]), second = new T.Vector3(at[3] ?? 0, at[4] ?? 0, at[5] ?? 0);
  if (thing.shape === "ball") mesh.position.copy(first);
  if (thing.shape === "box") {
    mesh.position.copy(first).add(second).multiplyScalar(.5);
    mesh.scale.copy(second.sub(first));
  }
  if (thing.shape === "rod") {
    const along = second.clone().sub(first);
    mesh.position.copy(first).add(second).multiplyScalar(.5);
    mesh.scale.y = along.length();
    mesh.quaternion.setFromUnitVectors(new T.Vector3(0, 1, 0), along.normalize());
  }
  if (thing.shape === "ring") {
    mesh.position.copy(first);
    mesh.quaternion.setFromUnitVectors(new T.Vector3(0, 0, 1), second.normalize());
  }
}

/** A piece of the lunge clock: eight ways from where one stands, and a ring to step into, of a given paint. */
export function lungeClock(film: Film, working: Side, strap: string, target: T.Material): T.Object3D[] {
  if (!film.clock) return [];
  const m = working === "left" ? -1 : 1, [x, z, toX, toZ] = film.clock.map((value) => value / film.scale);
  const ways = Array.from({ length: 8 }, (_, i) => i * Math.PI / 4).flatMap((turn) =>
    [.14, .62].map((far) => new T.Vector3(x + far * Math.cos(turn), 0, m * (z + far * Math.sin(turn)))));
  const faint = new T.LineBasicMaterial({ color: strap, transparent: true, opacity: .4 });
  const ring = new T.Mesh(new T.RingGeometry(.088, .104, 48), target);
  ring.rotation.x = -Math.PI / 2;
  ring.position.set(toX, .001, m * toZ);
  return [new T.LineSegments(new T.BufferGeometry().setFromPoints(ways), faint), ring];
}

/** The floor: a disc that fades out, and the shadow on it. */
export function floor(theme: Theme): [disc: T.Mesh, shadow: T.Mesh] {
  const dark = new T.ShadowMaterial({ opacity: theme.shadow, color: theme.shade });
  const shadow = new T.Mesh(new T.PlaneGeometry(6, 6), dark);
  shadow.rotation.x = -Math.PI / 2;
  shadow.position.y = .001;
  shadow.receiveShadow = true;
  const light = { color: theme.floor, alphaMap: faded(), transparent: true, depthWrite: false };
  const disc = new T.Mesh(new T.CircleGeometry(1, 64), new T.MeshBasicMaterial(light));
  disc.rotation.x = -Math.PI / 2;
  disc.position.y = -.002;
  return [disc, shadow];
}

/** A patch that fades out at both ends and at its top. */
function fadedUp(): T.Texture {
  const size = 128, canvas = document.createElement("canvas"), pen = canvas.getContext("2d")!;
  canvas.width = canvas.height = size;
  const along = pen.createLinearGradient(0, 0, size, 0), up = pen.createLinearGradient(0, 0, 0, size);
  for (const [at, grey] of [[0, "#000"], [.3, "#fff"], [.7, "#fff"], [1, "#000"]] as const)
    along.addColorStop(at, grey);
  for (const [at, dark] of [[0, 1], [.5, 0], [1, 0]] as const) up.addColorStop(at, `rgba(0, 0, 0, ${dark})`);
  for (const fill of [along, up]) {
    pen.fillStyle = fill;
    pen.fillRect(0, 0, size, size);
  }
  return new T.CanvasTexture(canvas);
}

/** A round patch that fades out at its edge. */
function faded(): T.Texture {
  const size = 128, canvas = document.createElement("canvas"), pen = canvas.getContext("2d")!;
  canvas.width = canvas.height = size;
  const round = pen.createRadialGradient(size / 2, size / 2, 0, size / 2, size / 2, size / 2);
  for (const [at, grey] of [[0, "#fff"], [.62, "#fff"], [1, "#000"]] as const) round.addColorStop(at, grey);
  pen.fillStyle = round;
  pen.fillRect(0, 0, size, size);
  return new T.CanvasTexture(canvas);
}
