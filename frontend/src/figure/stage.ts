/** Draws a film: rings to meshes, soft matte light, contact shadow on the floor, things, and a view to turn. */
import * as T from "three";
import type { Film, Look, Thing } from "../contract/film";
import { type Side, SIDES } from "../contract/side";
import { breath } from "../device/breath";
import { placesOf, pressedHands, type Skeleton, skeletonAt } from "./film";
import { drawnBy, penFor } from "./pen";
import { figure, type Paint, type Part } from "./rings";
import { Skin } from "./skin";
import { matte, type Theme, THEMES } from "./theme";
import { dumbbell, floor, hold, lay, lungeClock, made } from "./things";
import { View } from "./view";

export { THEMES };

/** Points round a ring; fewer where the processor draws. */
const AROUND = 20, AROUND_PLAIN = 14;
/** Milliseconds a frame may take on the average, and the dots per pixel tried one after the other beyond that. */
const SLOW_MS = 31;
const EASED = [1, .75, .6];
/** Longer between two frames, and nothing was being drawn. */
const PAUSED_MS = 1000;
/** Frames that the average is taken over. */
const TIMED = 10;
/** Half the width of the floor at least, in statures, and how far it reaches beyond the figure. */
const FLOOR = .5, BEYOND = 1.25;

/** What is shown: a film, the side that works in it and the one that is painted, whether the sides take turns (then
 *  the view stays where it is), and whether there are weights in the hands. */
export interface Shown { film: Film; working: Side; colours: Side | "none"; takesTurns: boolean; holds: boolean }

/** One canvas with one figure in it. Throws where the machine has no WebGL. `isFine` keeps the drawing fine where
 * it is slow: for pictures that nobody waits for. */
export class Stage {
  private scene = new T.Scene();
  private view: View;
  private renderer: T.WebGLRenderer;
  private skins = new Map<string, Skin>();
  private things = new T.Group();
  private clock = new T.Group();
  private weights: [T.Group, T.Group] = [new T.Group(), new T.Group()];
  private solids: { thing: Thing; mesh: T.Object3D }[] = [];
  private ground = new T.Group();
  private paints!: Record<Paint, T.MeshLambertMaterial>;
  private target = new T.MeshBasicMaterial();
  private shown: Shown | null = null;
  private drawn = "";
  private above!: T.DirectionalLight;
  /** What is asked at every frame would lay out the page at every frame. */
  private size: [width: number, height: number] = [0, 0];
  /** Drawn by the processor: without shadow and smoothed edges, which would cost more than half of a frame. */
  private isPlain: boolean;
  private reach = FLOOR;
  private pace = { last: 0, mean: 0, count: 0, eased: 0 };

  constructor(
    private canvas: HTMLCanvasElement, private theme: Theme, private isFine = false,
    { renderer, isPlain } = drawnBy(canvas, penFor(canvas, isFine)),
  ) {
    this.renderer = renderer;
    this.isPlain = isPlain;
    this.pace.eased = this.isPlain ? 1 : 0;
    this.renderer.shadowMap.enabled = !this.isPlain;
    this.renderer.shadowMap.type = T.VSMShadowMap;
    this.renderer.toneMapping = T.NoToneMapping;
    this.renderer.setClearAlpha(0);
    this.renderer.setPixelRatio(Math.min(devicePixelRatio, this.isPlain ? EASED[0] : 2));
    this.view = new View(canvas);
    this.wear(theme);
    new ResizeObserver(() => { this.size = [canvas.clientWidth, canvas.clientHeight]; }).observe(canvas);
  }

  /** Raise a stage in three pieces of like length, so that the page can answer between them. */
  static async raised(canvas: HTMLCanvasElement, theme: Theme): Promise<Stage> {
    const pen = penFor(canvas, false);
    await breath();
    const drawn = drawnBy(canvas, pen);
    await breath();
    return new Stage(canvas, theme, false, drawn);
  }

  /** Put on the colours and the light of a theme, also while something is shown. */
  wear(theme: Theme): void {
    this.theme = theme;
    this.paints = {
      body: matte(theme.body, theme.rim), tee: matte(theme.tee, theme.rim), work: matte(theme.right, theme.rim),
      cloth: matte(theme.cloth, theme.rim, .25), shoe: matte(theme.shoe, theme.rim, .6),
      cap: matte(theme.cloth, theme.rim, .6),
    };
    this.scene.clear();
    this.light();
    const skins = [...this.skins.values()].map((one) => one.mesh);
    this.scene.add(this.things, this.ground, this.clock, ...this.weights, ...skins);
    for (const one of this.weights) one.clear().add(...dumbbell(theme));
    if (!this.shown) return;
    this.paintSide(this.shown);
    this.build(this.shown);
    this.lieDown();
    this.drawn = "";
  }

  /** Show another drill, or another side of it. */
  show(shown: Shown): void {
    const { film, working, colours, takesTurns, holds } = shown, before = this.shown;
    const isSame = before?.film === film && before.working === working;
    if (isSame && before.colours === colours && before.holds === holds) return;
    this.shown = shown;
    for (const one of this.weights) one.visible = holds;
    this.paintSide(shown);
    this.drawn = "";
    if (isSame || (before?.film === film && takesTurns)) return;
    for (const skin of this.skins.values()) this.scene.remove(skin.mesh);
    this.skins.clear();
    this.ground.position.y = film.floor / film.scale;
    this.build(shown);
    this.view.keepIn(this.outline(shown));
  }

  private paintSide({ colours }: Shown): void {
    const colour = colours === "left" ? this.theme.left : this.theme.right;
    for (const paint of [this.paints.work, this.target]) paint.color.set(colour);
  }

  from(look: Look): void {
    this.view.from(look);
    this.drawn = "";
  }

  /** Draw a frame; does nothing where the same has been drawn already. */
  draw(frame: number): void {
    if (!this.size[0] || !this.size[1]) this.size = [this.canvas.clientWidth, this.canvas.clientHeight];
    const [width, height] = this.size, { shown } = this;
    if (!shown || !width || !height) return;
    const now = `${frame.toFixed(2)} ${width} ${height} ${this.view.name}`;
    if (now === this.drawn) return;
    this.drawn = now;
    this.ease();
    const { film, working } = shown, skeleton = skeletonAt(film, frame, working);
    this.dress(partsOf(shown, skeleton));
    for (const { thing, mesh } of this.solids) lay(mesh, thing, placesOf(thing, film, frame, working));
    if (shown.holds) hold(this.weights, skeleton);
    this.aim(shown, width, height);
    this.renderer.render(this.scene, this.view.camera);
  }

  private dress(parts: Part[]): void {
    for (const part of parts) {
      const skin = this.skins.get(part.name);
      if (skin) {
        skin.update(part.rings);
        skin.mesh.material = this.paints[part.paint];
      } else {
        const made = new Skin(part, this.paints[part.paint], this.isPlain ? AROUND_PLAIN : AROUND);
        this.skins.set(part.name, made);
        this.scene.add(made.mesh);
      }
    }
  }

  private aim({ film, working, takesTurns }: Shown, width: number, height: number): void {
    if (!this.view.aim(film, width, height, working === "left" && !takesTurns)) return;
    const size = this.renderer.getSize(new T.Vector2());
    if (size.x !== width || size.y !== height) this.renderer.setSize(width, height, false);
  }

  /** Where drawing is slow (no graphics card), leave out the shadow, then draw coarser. */
  private ease(): void {
    if (this.isFine) return;
    const { pace } = this, now = performance.now(), took = now - pace.last;
    pace.last = now;
    if (took > PAUSED_MS) return;
    pace.mean += (took - pace.mean) / Math.min(++pace.count, TIMED);
    if (pace.count < TIMED || pace.mean < SLOW_MS || pace.eased >= EASED.length) return;
    this.renderer.setPixelRatio(Math.min(devicePixelRatio, EASED[pace.eased++]));
    this.above.castShadow = this.ground.children[1].visible = false;
    pace.count = pace.mean = 0;
  }

  private light(): void {
    const { theme } = this;
    const key = new T.DirectionalLight("#fff6e8", theme.key), fill = new T.DirectionalLight("#dfe9ff", theme.fill);
    key.position.set(1.6, 2.6, 1.8);
    fill.position.set(-2, 1.2, 1.5);
    const above = this.above = new T.DirectionalLight("#ffffff", .01);
    above.position.set(.15, 3, .1);
    above.castShadow = !this.pace.eased;
    above.shadow.mapSize.set(256, 256);
    Object.assign(above.shadow, { radius: 4, blurSamples: 8, bias: -.0004 });
    Object.assign(above.shadow.camera, { left: -1, right: 1, top: 1, bottom: -1, near: .5, far: 4 });
    this.scene.add(new T.HemisphereLight("#ffffff", theme.ground, theme.sky), key, fill, above);
    const [disc, shadow] = floor(theme);
    shadow.visible = above.castShadow;
    this.ground.clear().add(disc, shadow);
  }

  private build({ film, working }: Shown): void {
    this.things.clear();
    this.clock.clear();
    for (const piece of lungeClock(film, working, this.theme.strap, this.target)) this.clock.add(piece);
    this.clock.position.y = film.floor / film.scale + .002;
    this.solids = film.things.map((thing) => {
      const mesh = made(thing, film.scale, this.theme);
      this.things.add(mesh);
      return { thing, mesh };
    });
  }

  /** Spread the floor as far as the film reaches. */
  private lieDown(): void {
    this.ground.children[0].scale.setScalar(this.reach);
  }

  /** Everything that must stay in the picture, over the whole film: the view never jumps. Lays the floor below it. */
  private outline(shown: Shown): T.Vector3[] {
    const { film, working, takesTurns } = shown, step = Math.max(4, Math.ceil(film.key.length / 10));
    const found: T.Vector3[] = [];
    for (const side of takesTurns ? SIDES : [working]) for (let frame = 0; frame < film.key.length; frame += step) {
      for (const part of partsOf(shown, skeletonAt(film, frame, side))) found.push(...edgesOf(part));
    }
    const { min, max } = new T.Box3().setFromPoints(found);
    this.ground.position.x = (min.x + max.x) / 2;
    this.ground.position.z = (min.z + max.z) / 2;
    this.reach = Math.max(FLOOR, Math.hypot(max.x - min.x, max.z - min.z) / 2 * BEYOND);
    this.lieDown();
    for (const thing of film.things) if (thing.paint !== "wall") {
      const at = placesOf(thing, film, 0, working);
      for (let k = 0; k < (thing.shape === "ring" ? 3 : at.length); k += 3) {
        found.push(new T.Vector3(at[k], at[k + 1], at[k + 2]));
      }
    }
    return found;
  }
}

const partsOf = ({ film, working, colours }: Shown, skeleton: Skeleton): Part[] =>
  figure(skeleton, colours, pressedHands(film, working));

/** Points all round a part, at every eighth ring and its last. */
function edgesOf({ rings }: Part): T.Vector3[] {
  return rings.flatMap((r, i) => {
    if (i % 8 && i !== rings.length - 1) return [];
    const ways = [[r.a, r.front], [r.a, -r.back], [r.b, r.side], [r.b, -r.side]] as const;
    return ways.map(([axis, by]) => r.p.clone().addScaledVector(axis, by));
  });
}
