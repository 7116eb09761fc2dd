/** The points that are seen, drawn over the mirrored picture; what is not seen is not drawn. */
import type { Found } from "./message";

const BONES = [[11, 12], [11, 23], [12, 24], [23, 24], [23, 25], [25, 27], [27, 29], [29, 31], [27, 31], [24, 26], [26, 28], [28, 30], [30, 32], [28, 32], [11, 13], [13, 15], [12, 14], [14, 16]] as const;
const LEAST_SEEN = 0.5;
const LEFT = new Set([11, 13, 15, 23, 25, 27, 29, 31]);

export class Overlay {
  private pen: CanvasRenderingContext2D;
  private looks: CSSStyleDeclaration;

  constructor(private canvas: HTMLCanvasElement) {
    this.pen = canvas.getContext("2d")!;
    this.looks = getComputedStyle(canvas);
  }

  draw(found: Found): void {
    const { canvas, pen } = this, height = 480, width = Math.round(height * found.aspect);
    if (canvas.width !== width) [canvas.width, canvas.height] = [width, height];
    pen.clearRect(0, 0, width, height);
    pen.lineCap = "round";
    const seen = (i: number) => (found.image[i]?.visibility ?? 0) >= LEAST_SEEN;
    for (const isEdge of [true, false]) {
      for (const [a, b] of BONES) {
        if (!seen(a) || !seen(b)) continue;
        const leftward = Number(LEFT.has(a)) + Number(LEFT.has(b));
        pen.strokeStyle = isEdge ? "rgb(0 0 0 / .55)" : this.looks.getPropertyValue(leftward === 2 ? "--left-mark" : leftward === 0 ? "--right-mark" : "--card");
        pen.lineWidth = isEdge ? 11 : 6;
        pen.beginPath();
        pen.moveTo(found.image[a].x * width, found.image[a].y * height);
        pen.lineTo(found.image[b].x * width, found.image[b].y * height);
        pen.stroke();
      }
    }
  }
}
