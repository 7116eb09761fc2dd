/** The points that are seen, drawn over the mirrored picture; what is not seen is not drawn. */
import { drawnOf } from "./message";

/** Pairs of the model's points between which a line is drawn: trunk, left leg, right leg, arms. */
const BONES = [
  [11, 12], [11, 23], [12, 24], [23, 24],
  [23, 25], [25, 27], [27, 29], [29, 31], [27, 31],
  [24, 26], [26, 28], [28, 30], [30, 32], [28, 32],
  [11, 13], [13, 15], [12, 14], [14, 16],
] as const;
const LEAST_SEEN = 0.5;
const LEFT = new Set([11, 13, 15, 23, 25, 27, 29, 31]);
const EDGE = "rgb(0 0 0 / .55)";

/** The colour of a line: of the side that both its ends are on, or of none. */
function colourOf(a: number, b: number): string {
  if (LEFT.has(a) !== LEFT.has(b)) return "--card";
  return LEFT.has(a) ? "--left-mark" : "--right-mark";
}

export class Overlay {
  private pen: CanvasRenderingContext2D;
  private looks: CSSStyleDeclaration;
  private waiting: ArrayBuffer | null = null;

  constructor(private canvas: HTMLCanvasElement) {
    this.pen = canvas.getContext("2d")!;
    this.looks = getComputedStyle(canvas);
  }

  clear(): void {
    this.waiting = null;
    this.wipe();
  }

  /** Draw a frame when the screen is next painted, the newest where several came: until then the page is free to
   *  hear the coach. */
  show(frame: ArrayBuffer): void {
    if (!this.waiting) requestAnimationFrame(() => { if (this.waiting) this.draw(this.waiting); this.waiting = null; });
    this.waiting = frame;
  }

  private wipe(): void {
    this.pen.clearRect(0, 0, this.canvas.width, this.canvas.height);
  }

  private draw(frame: ArrayBuffer): void {
    const { aspect, points } = drawnOf(frame);
    const { canvas, pen } = this, height = 480, width = Math.round(height * aspect);
    if (canvas.width !== width) [canvas.width, canvas.height] = [width, height];
    this.wipe();
    pen.lineCap = "round";
    const seen = (i: number) => (points[i]?.visibility ?? 0) >= LEAST_SEEN;
    for (const isEdge of [true, false]) {
      for (const [a, b] of BONES) {
        if (!seen(a) || !seen(b)) continue;
        pen.strokeStyle = isEdge ? EDGE : this.looks.getPropertyValue(colourOf(a, b));
        pen.lineWidth = isEdge ? 11 : 6;
        pen.beginPath();
        pen.moveTo(points[a].x * width, points[a].y * height);
        pen.lineTo(points[b].x * width, points[b].y * height);
        pen.stroke();
      }
    }
  }
}
