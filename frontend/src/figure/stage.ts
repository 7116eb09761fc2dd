/** Draws a film: rings to meshes, soft matte light, contact shadow on the floor, things, and a camera to turn. */
import * as T from "three";
import { axis, type Film, type Look, placesOf, pressedHands, type Side, type Skeleton, skeletonAt, type Thing } from "./film";
import { figure, type Paint, type Part, type Ring } from "./rings";

interface Theme {
  body: string; tee: string; cloth: string; shoe: string; left: string; right: string; prop: string; strap: string;
  wall: string; floor: string; shadow: number; shade: string; rim: string; sky: number; ground: string; key: number; fill: number;
}
export const THEMES: Record<"light" | "dark", Theme> = {
  light: { body: "#c9bcab", tee: "#fdfcf9", cloth: "#343b46", shoe: "#343b46", left: "#2f6fe0", right: "#e8702a", prop: "#a9b4b0", strap: "#5f6b6a", wall: "#a9b4b0", floor: "#e9e5dc", shadow: .30, shade: "#4a4032", rim: "#1b2027", sky: 2.05, ground: "#b8aa96", key: 1.45, fill: .3 },
  dark: { body: "#b3a89a", tee: "#dcdad4", cloth: "#4a5462", shoe: "#5a6573", left: "#6ea3ff", right: "#ff9650", prop: "#76837f", strap: "#94a19f", wall: "#76837f", floor: "#1d2228", shadow: .55, shade: "#000000", rim: "#05070a", sky: 2.25, ground: "#5b6470", key: 1.5, fill: .55 },
};

/** Points round a ring; fewer where the processor draws. */
const AROUND = 20, AROUND_PLAIN = 14;
/** Milliseconds a frame may take on the average, and the dots per pixel tried one after the other beyond that. */
const SLOW_MS = 31;
const EASED = [1, .75, .6];
/** A patch of skin smaller than this (in square statures) has no direction of its own. */
const FLAT = 1e-6;

class Skin {
  mesh: T.Mesh;
  /** 1 where the rings turn so that their patches look outwards, -1 where these must be turned round. */
  private outwards: 1 | -1;
  constructor(part: Part, material: T.Material, private around: number) {
    const g = new T.BufferGeometry(), index: number[] = [], n = part.rings.length;
    this.outwards = looksOutwards(part.rings);
    for (const name of ["position", "normal"]) g.setAttribute(name, new T.BufferAttribute(new Float32Array((n * this.around + 2) * 3), 3));
    for (let i = 0; i < n - 1; i++) for (let k = 0; k < this.around; k++) {
      const a = i * this.around + k, b = i * this.around + (k + 1) % this.around, c = a + this.around, d = b + this.around;
      index.push(a, c, b, b, c, d);
    }
    const first = n * this.around, last = first + 1, end = (n - 1) * this.around;
    for (let k = 0; k < this.around; k++) { index.push(first, k, (k + 1) % this.around); index.push(last, end + (k + 1) % this.around, end + k); }
    if (this.outwards < 0) for (let i = 0; i < index.length; i += 3) [index[i + 1], index[i + 2]] = [index[i + 2], index[i + 1]];
    g.setIndex(index);
    this.mesh = new T.Mesh(g, material);
    this.mesh.castShadow = true;
    this.mesh.frustumCulled = false;
    this.update(part.rings);
  }
  update(rings: Ring[]): void {
    const pos = this.mesh.geometry.getAttribute("position") as T.BufferAttribute, v = new T.Vector3();
    rings.forEach((r, i) => { for (let k = 0; k < this.around; k++) {
      const w = k / this.around * 2 * Math.PI, c = Math.cos(w), s = Math.sin(w);
      v.copy(r.p).addScaledVector(r.a, c * (c > 0 ? r.front : r.back)).addScaledVector(r.b, s * r.side);
      pos.setXYZ(i * this.around + k, v.x, v.y, v.z);
    } });
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
        const l = 3 * (i * this.around + (k + this.around - 1) % this.around), r = 3 * (i * this.around + (k + 1) % this.around);
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
    for (const [end, from, towards] of [[n, 0, 1], [n + 1, n - 1, n - 2]]) {
      const e = 3 * end, f = 3 * this.around * from, t = 3 * this.around * towards, half = 3 * (this.around / 2);
      for (let j = 0; j < 3; j++) to[e + j] = (p[f + j] + p[f + half + j] - p[t + j] - p[t + half + j]) / 2;
      const long = Math.hypot(to[e], to[e + 1], to[e + 2]) || 1;
      for (let j = 0; j < 3; j++) to[e + j] /= long;
    }
    normals.needsUpdate = true;
  }
}

/** Which way round the rings go, seen from where the row of them ends. */
function looksOutwards(rings: Ring[]): 1 | -1 {
  const [r, next] = [rings[rings.length >> 1], rings[(rings.length >> 1) + 1] ?? rings[rings.length - 1]];
  const along = next.p.clone().sub(rings[(rings.length >> 1) - 1].p);
  return r.a.clone().cross(r.b).dot(along) < 0 ? 1 : -1;
}

/** Matte, with an edge that darkens where the surface turns away: limbs stay apart when they cross. */
function matte(colour: string, rim: string, amount = .42): T.MeshLambertMaterial {
  const m = new T.MeshLambertMaterial({ color: colour });
  m.onBeforeCompile = (s) => {
    s.uniforms.rim = { value: new T.Color(rim) };
    s.fragmentShader = s.fragmentShader.replace("#include <common>", "#include <common>\nuniform vec3 rim;")
      .replace("#include <dithering_fragment>", `#include <dithering_fragment>
        float facing = abs(dot(normalize(vViewPosition), normal));
        gl_FragColor.rgb = mix(gl_FragColor.rgb, rim, ${amount.toFixed(2)} * smoothstep(.52, .0, facing));`);
  };
  return m;
}

/** One canvas with one figure in it. Throws where the machine has no WebGL. `isFine` keeps the drawing fine where
 * it is slow: for pictures that nobody waits for. */
export class Stage {
  private scene = new T.Scene();
  private camera = new T.PerspectiveCamera(20, 1, .1, 30);
  private renderer: T.WebGLRenderer;
  private skins = new Map<string, Skin>();
  private things = new T.Group();
  private clock = new T.Group();
  private weights: [T.Group, T.Group] = [new T.Group(), new T.Group()];
  private holds = false;
  private solids: { thing: Thing; mesh: T.Object3D }[] = [];
  private ground = new T.Group();
  private paints!: Record<Paint, T.MeshLambertMaterial>;
  private target = new T.MeshBasicMaterial();
  private film: Film | null = null;
  private working: Side = "right";
  private colours: Side | "none" = "none";
  private takesTurns = false;
  private look: Look = "own";
  private turned = { around: 0, above: 0 };
  private corners: T.Vector3[] = [];
  private drawn = "";
  private aimed = "";
  private above!: T.DirectionalLight;
  /** What is asked at every frame would lay out the page at every frame. */
  private size: [number, number] = [0, 0];
  /** Drawn by the processor: without shadow and smoothed edges, which would cost more than half of a frame. */
  private isPlain: boolean;
  private reach = .5;
  private pace = { last: 0, mean: 0, count: 0, eased: 0 };

  constructor(private canvas: HTMLCanvasElement, private theme: Theme, private isFine = false) {
    const context = isFine ? null : quick(canvas);
    this.isPlain = !isFine && context === null;
    this.pace.eased = this.isPlain ? 1 : 0;
    this.renderer = new T.WebGLRenderer({ canvas, ...(context ? { context } : { antialias: isFine, alpha: true }) });
    this.renderer.shadowMap.enabled = !this.isPlain;
    this.renderer.shadowMap.type = T.VSMShadowMap;
    this.renderer.toneMapping = T.NoToneMapping;
    this.renderer.setClearAlpha(0);
    this.renderer.setPixelRatio(Math.min(devicePixelRatio, this.isPlain ? EASED[0] : 2));
    this.wear(theme);
    this.turnedByFinger();
    new ResizeObserver(() => { this.size = [canvas.clientWidth, canvas.clientHeight]; }).observe(canvas);
  }

  /** Put on the colours and the light of a theme, also while something is shown. */
  wear(theme: Theme): void {
    this.theme = theme;
    this.paints = {
      body: matte(theme.body, theme.rim), tee: matte(theme.tee, theme.rim), work: matte(theme.right, theme.rim),
      cloth: matte(theme.cloth, theme.rim, .25), shoe: matte(theme.shoe, theme.rim, .6), cap: matte(theme.cloth, theme.rim, .6),
    };
    this.scene.clear();
    this.ground.clear();
    this.light();
    this.scene.add(this.things, this.ground, this.clock, ...this.weights, ...[...this.skins.values()].map((one) => one.mesh));
    for (const one of this.weights) one.clear().add(...dumbbell(theme));
    this.paintSide();
    if (!this.film) return;
    this.build(this.film);
    this.lieDown();
    this.drawn = "";
  }

  /** Show another drill, or another side of it. `colours` is the side that is painted; where the sides take
   * turns, the camera stays where it is. */
  show(film: Film, working: Side, colours: Side | "none", takesTurns = false, holds = false): void {
    if (this.film === film && this.working === working && this.colours === colours && this.holds === holds) return;
    this.holds = holds;
    for (const one of this.weights) one.visible = holds;
    const isAnother = this.film !== film || (this.working !== working && !takesTurns);
    this.film = film; this.working = working; this.colours = colours; this.takesTurns = takesTurns;
    this.paintSide();
    this.drawn = "";
    if (!isAnother) return;
    for (const skin of this.skins.values()) this.scene.remove(skin.mesh);
    this.skins.clear();
    this.turned = { around: 0, above: 0 };
    this.ground.position.y = film.floor / film.scale;
    this.build(film);
    this.corners = this.outline(film);
    this.aimed = "";
  }

  private paintSide(): void {
    for (const paint of [this.paints.work, this.target]) paint.color.set(this.colours === "left" ? this.theme.left : this.theme.right);
  }

  from(look: Look): void {
    this.look = look;
    this.turned = { around: 0, above: 0 };
    this.drawn = "";
  }

  /** Draw a frame; does nothing where the same has been drawn already. */
  draw(frame: number): void {
    const film = this.film;
    if (!this.size[0] || !this.size[1]) this.size = [this.canvas.clientWidth, this.canvas.clientHeight];
    const [w, h] = this.size;
    if (!film || !w || !h) return;
    const now = `${frame.toFixed(2)} ${w} ${h} ${this.turned.around} ${this.turned.above}`;
    if (now === this.drawn) return;
    this.drawn = now;
    this.ease();
    const skeleton = skeletonAt(film, frame, this.working);
    for (const part of this.parts(film, skeleton)) {
      const skin = this.skins.get(part.name);
      if (skin) { skin.update(part.rings); skin.mesh.material = this.paints[part.paint]; continue; }
      const made = new Skin(part, this.paints[part.paint], this.isPlain ? AROUND_PLAIN : AROUND);
      this.skins.set(part.name, made);
      this.scene.add(made.mesh);
    }
    for (const { thing, mesh } of this.solids) lay(mesh, thing, placesOf(thing, film, frame, this.working));
    if (this.holds) hold(this.weights, skeleton);
    this.aim(w, h);
    this.renderer.render(this.scene, this.camera);
  }

  /** Where drawing is slow (no graphics card), leave out the shadow, then draw coarser. */
  private ease(): void {
    if (this.isFine) return;
    const now = performance.now(), took = now - this.pace.last;
    this.pace.last = now;
    if (took > 1000) return;
    this.pace.mean += (took - this.pace.mean) / Math.min(++this.pace.count, 10);
    if (this.pace.count < 10 || this.pace.mean < SLOW_MS || this.pace.eased >= EASED.length) return;
    this.renderer.setPixelRatio(Math.min(devicePixelRatio, EASED[this.pace.eased++]));
    this.above.castShadow = this.ground.children[1].visible = false;
    this.pace.count = this.pace.mean = 0;
  }

  private parts(film: Film, skeleton: Skeleton): Part[] {
    return figure(skeleton, this.colours, pressedHands(film, this.working));
  }

  private light(): void {
    const theme = this.theme;
    this.scene.add(new T.HemisphereLight("#ffffff", theme.ground, theme.sky));
    const key = new T.DirectionalLight("#fff6e8", theme.key); key.position.set(1.6, 2.6, 1.8);
    const fill = new T.DirectionalLight("#dfe9ff", theme.fill); fill.position.set(-2, 1.2, 1.5);
    const above = this.above = new T.DirectionalLight("#ffffff", .01); above.position.set(.15, 3, .1); above.castShadow = !this.pace.eased;
    above.shadow.mapSize.set(256, 256); above.shadow.radius = 4; above.shadow.blurSamples = 8; above.shadow.bias = -.0004;
    Object.assign(above.shadow.camera, { left: -1, right: 1, top: 1, bottom: -1, near: .5, far: 4 });
    this.scene.add(key, fill, above);
    const shadow = new T.Mesh(new T.PlaneGeometry(6, 6), new T.ShadowMaterial({ opacity: theme.shadow, color: theme.shade }));
    shadow.rotation.x = -Math.PI / 2; shadow.position.y = .001; shadow.receiveShadow = true;
    const disc = new T.Mesh(new T.CircleGeometry(1, 64), new T.MeshBasicMaterial({ color: theme.floor, alphaMap: faded(), transparent: true, depthWrite: false }));
    disc.rotation.x = -Math.PI / 2; disc.position.y = -.002;
    shadow.visible = above.castShadow;
    this.ground.add(disc, shadow);
  }

  private build(film: Film): void {
    this.things.clear();
    this.layClock(film);
    this.solids = film.things.map((thing) => {
      const mesh = made(thing, film.scale, this.theme);
      this.things.add(mesh);
      return { thing, mesh };
    });
  }

  /** A piece of the lunge clock: eight ways from where one stands, and a ring in the side's colour to step into. */
  private layClock(film: Film): void {
    this.clock.clear();
    if (!film.clock) return;
    const m = this.working === "left" ? -1 : 1, [x, z, toX, toZ] = film.clock.map((value) => value / film.scale);
    const ways = Array.from({ length: 8 }, (_, i) => i * Math.PI / 4).flatMap((turn) =>
      [.14, .62].map((far) => new T.Vector3(x + far * Math.cos(turn), 0, m * (z + far * Math.sin(turn)))));
    const faint = new T.LineBasicMaterial({ color: this.theme.strap, transparent: true, opacity: .4 });
    const ring = new T.Mesh(new T.RingGeometry(.088, .104, 48), this.target);
    ring.rotation.x = -Math.PI / 2;
    ring.position.set(toX, .001, m * toZ);
    this.clock.add(new T.LineSegments(new T.BufferGeometry().setFromPoints(ways), faint), ring);
    this.clock.position.y = film.floor / film.scale + .002;
  }

  /** Spread the floor as far as the film reaches. */
  private lieDown(): void {
    this.ground.children[0].scale.setScalar(this.reach);
  }

  /** Everything that must stay in the picture, over the whole film: the camera never jumps. */
  private outline(film: Film): T.Vector3[] {
    const found: T.Vector3[] = [], low = new T.Vector3(9, 9, 9), high = new T.Vector3(-9, -9, -9);
    const sides: Side[] = this.takesTurns ? ["left", "right"] : [this.working];
    const step = Math.max(4, Math.ceil(film.key.length / 10));
    for (const side of sides) for (let frame = 0; frame < film.key.length; frame += step) {
      for (const part of this.parts(film, skeletonAt(film, frame, side))) {
        part.rings.forEach((r, i) => {
          if (i % 8 && i !== part.rings.length - 1) return;
          for (const [axis, by] of [[r.a, r.front], [r.a, -r.back], [r.b, r.side], [r.b, -r.side]] as const) {
            const at = r.p.clone().addScaledVector(axis, by);
            found.push(at); low.min(at); high.max(at);
          }
        });
      }
    }
    this.ground.position.x = (low.x + high.x) / 2;
    this.ground.position.z = (low.z + high.z) / 2;
    this.reach = Math.max(.5, Math.hypot(high.x - low.x, high.z - low.z) / 2 * 1.25);
    this.lieDown();
    for (const thing of film.things) if (thing.paint !== "wall") {
      const at = placesOf(thing, film, 0, this.working);
      for (let k = 0; k < (thing.shape === "ring" ? 3 : at.length); k += 3) found.push(new T.Vector3(at[k], at[k + 1], at[k + 2]));
    }
    return found;
  }

  /** Look from the chosen side, as near as the picture allows; it stays until something of it changes. */
  private aim(w: number, h: number): void {
    const now = `${w} ${h} ${this.look} ${this.turned.around} ${this.turned.above}`;
    if (now === this.aimed) return;
    this.aimed = now;
    const size = this.renderer.getSize(new T.Vector2());
    if (size.x !== w || size.y !== h) this.renderer.setSize(w, h, false);
    this.camera.aspect = w / h;
    const [around, above] = this.film!.looks[this.look];
    const rad = Math.PI / 180, az = (around * (this.working === "left" && !this.takesTurns ? -1 : 1) + this.turned.around) * rad;
    const el = Math.min(80, Math.max(2, above + this.turned.above)) * rad;
    const away = new T.Vector3(Math.cos(az) * Math.cos(el), Math.sin(el), Math.sin(az) * Math.cos(el));
    const right = new T.Vector3(0, 1, 0).cross(away).normalize(), up = away.clone().cross(right), v = new T.Vector3();
    const mid = this.corners.reduce((m, p) => m.add(p), new T.Vector3()).divideScalar(this.corners.length || 1);
    let far = 4;
    const look = () => {
      this.camera.position.copy(mid).addScaledVector(away, far); this.camera.lookAt(mid);
      this.camera.updateProjectionMatrix(); this.camera.updateMatrixWorld();
    };
    for (let k = 0; k < 3; k++) {
      look();
      let [x0, x1, y0, y1] = [9, -9, 9, -9];
      for (const p of this.corners) { v.copy(p).project(this.camera); x0 = Math.min(x0, v.x); x1 = Math.max(x1, v.x); y0 = Math.min(y0, v.y); y1 = Math.max(y1, v.y); }
      const half = far * Math.tan(T.MathUtils.degToRad(this.camera.fov / 2));
      mid.addScaledVector(right, (x0 + x1) / 2 * half * this.camera.aspect).addScaledVector(up, (y0 + y1) / 2 * half);
      far *= Math.max((x1 - x0) / 2, (y1 - y0) / 2) * 1.1;
    }
    look();
  }

  private turnedByFinger(): void {
    let from: PointerEvent | null = null;
    this.canvas.addEventListener("pointerdown", (e) => { from = e; this.canvas.setPointerCapture(e.pointerId); });
    this.canvas.addEventListener("pointermove", (e) => {
      if (!from) return;
      this.turned.around += (e.clientX - from.clientX) * .5;
      this.turned.above += (e.clientY - from.clientY) * .3;
      from = e;
    });
    for (const name of ["pointerup", "pointercancel"]) this.canvas.addEventListener(name, () => { from = null; });
  }
}

/** A context of a graphics card; none where the machine would draw by its processor, which a canvas may be asked for again. */
function quick(canvas: HTMLCanvasElement): WebGL2RenderingContext | null {
  return canvas.getContext("webgl2", { alpha: true, antialias: true, failIfMajorPerformanceCaveat: true });
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

function made(thing: Thing, scale: number, theme: Theme): T.Object3D {
  const size = thing.size / scale;
  if (thing.paint === "wall") {
    const glass = new T.MeshBasicMaterial({ color: theme.wall, transparent: true, opacity: .28, side: T.DoubleSide, depthWrite: false });
    const wall = new T.Mesh(new T.BoxGeometry(1, 1, 1), glass);
    wall.add(new T.LineSegments(new T.EdgesGeometry(wall.geometry), new T.LineBasicMaterial({ color: theme.strap, transparent: true, opacity: .5 })));
    return wall;
  }
  const shapes = {
    ball: () => new T.SphereGeometry(size, 40, 28), rod: () => new T.CylinderGeometry(size, size, 1, 24),
    ring: () => new T.TorusGeometry(size, .0075, 12, 48), box: () => new T.BoxGeometry(1, 1, 1),
  };
  const mesh = new T.Mesh(shapes[thing.shape](), matte(thing.paint === "strap" ? theme.strap : theme.prop, theme.rim, .38));
  mesh.castShadow = true;
  return mesh;
}

/** A short bar with a round weight at either end, along x. */
function dumbbell(theme: Theme): T.Mesh[] {
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
function hold(weights: [T.Group, T.Group], skeleton: Skeleton): void {
  (["left", "right"] as Side[]).forEach((side, i) => {
    const arm = skeleton.arm[side];
    weights[i].position.copy(arm.end).addScaledVector(axis(arm.lower, "y"), -.058);
    weights[i].quaternion.copy(arm.lower);
  });
}

function lay(mesh: T.Object3D, thing: Thing, at: number[]): void {
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
