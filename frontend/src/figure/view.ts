/** Where the figure is looked at from: one of the film's ways to look, turned by a finger, as near as it fits. */
import * as T from "three";
import type { Film, Look } from "../contract/film";

const RAD = Math.PI / 180;
/** The least and the most that is looked down from, degrees. */
const LOW = 2, HIGH = 80;
/** Degrees that a finger's way over one pixel turns. */
const TURNS = { around: .5, above: .3 };
/** Looking, measuring and coming nearer, so often: by then what must be seen just fits. */
const TRIES = 3;

export class View {
  readonly camera = new T.PerspectiveCamera(20, 1, .1, 30);
  private look: Look = "own";
  private turned = { around: 0, above: 0 };
  /** What must stay in the picture; the middle of it is looked at. */
  private corners: T.Vector3[] = [];
  private aimed = "";

  constructor(canvas: HTMLCanvasElement) {
    let from: PointerEvent | null = null;
    canvas.addEventListener("pointerdown", (event) => { from = event; canvas.setPointerCapture(event.pointerId); });
    canvas.addEventListener("pointermove", (event) => {
      if (!from) return;
      this.turned.around += (event.clientX - from.clientX) * TURNS.around;
      this.turned.above += (event.clientY - from.clientY) * TURNS.above;
      from = event;
    });
    for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, () => { from = null; });
  }

  /** Look from another of the film's sides. */
  from(look: Look): void {
    this.look = look;
    this.forgetTurns();
  }

  /** Something else is to be seen. */
  keepIn(corners: T.Vector3[]): void {
    this.corners = corners;
    this.forgetTurns();
    this.aimed = "";
  }

  private forgetTurns(): void {
    this.turned = { around: 0, above: 0 };
  }

  /** Names what is seen; another name, another picture. */
  get name(): string {
    return `${this.look} ${this.turned.around} ${this.turned.above}`;
  }

  /** Aim for a picture of a size; false where it was aimed so already. `mirrored` is the film seen in a mirror. */
  aim(film: Film, width: number, height: number, mirrored: boolean): boolean {
    const now = `${width} ${height} ${this.name}`;
    if (now === this.aimed) return false;
    this.aimed = now;
    this.camera.aspect = width / height;
    const [around, above] = film.looks[this.look];
    const az = (around * (mirrored ? -1 : 1) + this.turned.around) * RAD;
    const el = Math.min(HIGH, Math.max(LOW, above + this.turned.above)) * RAD;
    this.comeNear(new T.Vector3(Math.cos(az) * Math.cos(el), Math.sin(el), Math.sin(az) * Math.cos(el)));
    return true;
  }

  /** Come as near as all corners allow, from a direction. */
  private comeNear(away: T.Vector3): void {
    const { camera, corners } = this, at = new T.Vector3();
    const right = new T.Vector3(0, 1, 0).cross(away).normalize(), up = away.clone().cross(right);
    const mid = corners.reduce((sum, one) => sum.add(one), new T.Vector3()).divideScalar(corners.length || 1);
    let far = 4;
    const look = () => {
      camera.position.copy(mid).addScaledVector(away, far);
      camera.lookAt(mid);
      camera.updateProjectionMatrix();
      camera.updateMatrixWorld();
    };
    for (let k = 0; k < TRIES; k++) {
      look();
      let [left, rightmost, low, high] = [9, -9, 9, -9];
      for (const corner of corners) {
        at.copy(corner).project(camera);
        [left, rightmost] = [Math.min(left, at.x), Math.max(rightmost, at.x)];
        [low, high] = [Math.min(low, at.y), Math.max(high, at.y)];
      }
      const half = far * Math.tan(T.MathUtils.degToRad(camera.fov / 2));
      mid.addScaledVector(right, (left + rightmost) / 2 * half * camera.aspect);
      mid.addScaledVector(up, (low + high) / 2 * half);
      far *= Math.max((rightmost - left) / 2, (high - low) / 2) * 1.1;
    }
    look();
  }
}
