/** The skin as meshes: rows of rings become patches that look outwards. */
import * as T from "three";
import type { Part, Ring } from "./rings";

/** A patch of skin smaller than this (in square statures) has no direction of its own. */
const FLAT = 1e-6;

/** One part of the body as a mesh: its rings joined to their neighbours, and a cap at either end. */
export class Skin {
  mesh: T.Mesh;
  /** 1 where the rings turn so that their patches look outwards, -1 where these must be turned round. */
  private outwards: 1 | -1;

  constructor(part: Part, material: T.Material, private around: number) {
    const shape = new T.BufferGeometry(), points = part.rings.length * around + 2;
    this.outwards = looksOutwards(part.rings);
    for (const name of ["position", "normal"]) {
      shape.setAttribute(name, new T.BufferAttribute(new Float32Array(points * 3), 3));
    }
    shape.setIndex(this.patches(part.rings.length));
    this.mesh = new T.Mesh(shape, material);
    this.mesh.castShadow = true;
    this.mesh.frustumCulled = false;
    this.update(part.rings);
  }

  /** Triangles between neighbouring rings, and from the two last points to the rings at the ends. */
  private patches(rings: number): number[] {
    const { around } = this, index: number[] = [], first = rings * around, last = first + 1, end = (rings - 1) * around;
    for (let i = 0; i < rings - 1; i++) for (let k = 0; k < around; k++) {
      const a = i * around + k, b = i * around + (k + 1) % around, c = a + around, d = b + around;
      index.push(a, c, b, b, c, d);
    }
    for (let k = 0; k < around; k++) {
      index.push(first, k, (k + 1) % around);
      index.push(last, end + (k + 1) % around, end + k);
    }
    if (this.outwards > 0) return index;
    for (let i = 0; i < index.length; i += 3) [index[i + 1], index[i + 2]] = [index[i + 2], index[i + 1]];
    return index;
  }

  update(rings: Ring[]): void {
    const pos = this.mesh.geometry.getAttribute("position") as T.BufferAttribute, v = new T.Vector3();
    rings.forEach((r, i) => {
      for (let k = 0; k < this.around; k++) {
        const w = k / this.around * 2 * Math.PI, c = Math.cos(w), s = Math.sin(w);
        v.copy(r.p).addScaledVector(r.a, c * (c > 0 ? r.front : r.back)).addScaledVector(r.b, s * r.side);
        pos.setXYZ(i * this.around + k, v.x, v.y, v.z);
      }
    });
    const a = rings[0].p, b = rings[rings.length - 1].p;
    pos.setXYZ(rings.length * this.around, a.x, a.y, a.z);
    pos.setXYZ(rings.length * this.around + 1, b.x, b.y, b.z);
    pos.needsUpdate = true;
    this.bend(rings.length, pos.array as Float32Array);
  }

  /** Normals from the neighbours around and along, a few times quicker than from all triangles. */
  private bend(n: number, p: Float32Array): void {
    const normals = this.mesh.geometry.getAttribute("normal") as T.BufferAttribute, to = normals.array as Float32Array;
    for (let i = 0; i < n; i++) {
      const before = Math.max(0, i - 1) * this.around, after = Math.min(n - 1, i + 1) * this.around;
      for (let k = 0; k < this.around; k++) {
        const l = 3 * (i * this.around + (k + this.around - 1) % this.around);
        const r = 3 * (i * this.around + (k + 1) % this.around);
        const d = 3 * (before + k), u = 3 * (after + k), at = 3 * (i * this.around + k);
        const ax = p[r] - p[l], ay = p[r + 1] - p[l + 1], az = p[r + 2] - p[l + 2];
        const bx = p[u] - p[d], by = p[u + 1] - p[d + 1], bz = p[u + 2] - p[d + 2];
        const out = this.outwards;
        let x = out * (by * az - bz * ay), y = out * (bz * ax - bx * az), z = out * (bx * ay - by * ax);
        if (Math.hypot(x, y, z) < FLAT) {  // a hem turns back on itself: outwards from the ring is right there
          const o = 3 * (i * this.around + (k + this.around / 2) % this.around);
          x = p[at] - p[o]; y = p[at + 1] - p[o + 1]; z = p[at + 2] - p[o + 2];
        }
        const long = Math.hypot(x, y, z) || 1;
        to[at] = x / long; to[at + 1] = y / long; to[at + 2] = z / long;
      }
    }
    this.bendEnds(n, p, to);
    normals.needsUpdate = true;
  }

  /** The caps look away from the body. */
  private bendEnds(n: number, p: Float32Array, to: Float32Array): void {
    for (const [end, from, towards] of [[n, 0, 1], [n + 1, n - 1, n - 2]]) {
      const e = 3 * end, f = 3 * this.around * from, t = 3 * this.around * towards, half = 3 * (this.around / 2);
      for (let j = 0; j < 3; j++) to[e + j] = (p[f + j] + p[f + half + j] - p[t + j] - p[t + half + j]) / 2;
      const long = Math.hypot(to[e], to[e + 1], to[e + 2]) || 1;
      for (let j = 0; j < 3; j++) to[e + j] /= long;
    }
  }
}

/** Which way round the rings go, seen from where the row of them ends. */
function looksOutwards(rings: Ring[]): 1 | -1 {
  const [r, next] = [rings[rings.length >> 1], rings[(rings.length >> 1) + 1] ?? rings[rings.length - 1]];
  const along = next.p.clone().sub(rings[(rings.length >> 1) - 1].p);
  return r.a.clone().cross(r.b).dot(along) < 0 ? 1 : -1;
}
