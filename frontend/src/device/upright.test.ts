import { describe, expect, it } from "vitest";
import { topOf } from "./upright";

const top = (angle: number, beta: number, gamma: number) => Math.round(10 * (topOf(angle, beta, gamma) ?? NaN)) / 10;

describe("a phone before which somebody moves", () => {
  it("stands upright, also leant back", () => {
    expect([top(0, 90, 0), top(0, 60, 0), top(0, 110, 0)]).toEqual([1, 1, 1]);
  });

  it("stands upright the long way too, where its picture was turned with it", () => {
    expect([top(90, 0, -90), top(270, 0, 90), top(180, -90, 0)]).toEqual([1, 1, 1]);
  });

  it("lies on its side where its picture was not turned with it", () => {
    expect([top(0, 0, -90), top(0, 0, 90), top(90, 90, 0)]).toEqual([0, 0, 0]);
  });

  it("stands on its head", () => {
    expect([top(0, -90, 0), top(90, 0, 90)]).toEqual([-1, -1]);
  });

  it("has no top while it lies flat", () => {
    expect([topOf(0, 10, 10), topOf(90, -20, 5)]).toEqual([null, null]);
  });
});
