import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { pack } from "./message";
import { Overlay } from "./overlay";

const EDGES_AND_LINES = 2 * 18;

/** A frame in which all points lie at one height of the picture. */
function at(y: number): ArrayBuffer {
  const points = Array.from({ length: 33 }, () => ({ x: 0.5, y, z: 0, visibility: 1 }));
  return pack({ at: 1, aspect: 4 / 3, people: 1, light: 0.5, image: points, world: points });
}

function overlay() {
  const drawn: number[] = [], pen = {
    clearRect: () => { drawn.length = 0; }, moveTo: (_x: number, y: number) => drawn.push(y),
    beginPath: () => undefined, lineTo: () => undefined, stroke: () => undefined,
  };
  const canvas = { width: 0, height: 0, getContext: () => pen };
  return { overlay: new Overlay(canvas as unknown as HTMLCanvasElement), drawn, canvas };
}

describe("the points over the picture", () => {
  let paint: (() => void)[] = [];
  const painted = (): void => { const now = paint; paint = []; for (const one of now) one(); };

  beforeEach(() => {
    paint = [];
    vi.stubGlobal("requestAnimationFrame", (draws: () => void) => paint.push(draws));
    vi.stubGlobal("getComputedStyle", () => ({ getPropertyValue: () => "red" }));
  });
  afterEach(() => vi.unstubAllGlobals());

  it("are drawn when the screen is painted, once and the newest", () => {
    const { overlay: one, drawn, canvas } = overlay();
    one.show(at(0.25));
    one.show(at(0.5));
    expect([drawn.length, paint.length]).toEqual([0, 1]);
    painted();
    expect([drawn.length, new Set(drawn), canvas.width]).toEqual([EDGES_AND_LINES, new Set([240]), 640]);
    one.show(at(0.25));
    painted();
    expect(new Set(drawn)).toEqual(new Set([120]));
  });

  it("that were cleared before it was painted are not drawn, and later ones are", () => {
    const { overlay: one, drawn } = overlay();
    one.show(at(0.25));
    one.clear();
    painted();
    expect(drawn).toEqual([]);
    one.show(at(0.5));
    painted();
    expect(drawn.length).toBe(EDGES_AND_LINES);
  });

  it("of nobody are none", () => {
    const { overlay: one, drawn } = overlay();
    one.show(at(0.25));
    painted();
    one.show(pack({ at: 2, aspect: 4 / 3, people: 0, light: 0.5, image: [], world: [] }));
    painted();
    expect(drawn).toEqual([]);
  });
});
