/** Getting something to draw with: each half takes as long as all the rest of a stage. */
import * as T from "three";

/** What a canvas is drawn with: by a graphics card, or plainly by the processor. No context without WebGL. */
export interface Pen { context: WebGL2RenderingContext | null; isPlain: boolean }

export function penFor(canvas: HTMLCanvasElement, isFine: boolean): Pen {
  const ask = (how: WebGLContextAttributes) => canvas.getContext("webgl2", { alpha: true, ...how });
  const quick = ask({ antialias: true, failIfMajorPerformanceCaveat: !isFine });
  return quick || isFine ? { context: quick, isPlain: false } : { context: ask({ antialias: false }), isPlain: true };
}

/** What draws, and whether plainly: without shadow and smoothed edges. */
export interface Drawn { renderer: T.WebGLRenderer; isPlain: boolean }

export function drawnBy(canvas: HTMLCanvasElement, { context, isPlain }: Pen): Drawn {
  return { renderer: new T.WebGLRenderer({ canvas, context: context ?? undefined }), isPlain };
}
