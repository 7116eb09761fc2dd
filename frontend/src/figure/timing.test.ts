import { expect, it } from "vitest";
import { farFrame, frameBetween, frameIn, frameShown, roundsShown, stillOf } from "./timing";

const film = { key: [0, -1, -1, -1, 1, -1, -1, -1], frames_per_s: 4 };

it("goes out with the first half of the film, holds at its end, and comes back with the second", () => {
  expect(farFrame(film)).toBe(4);
  expect(frameIn(film, "out", 0.5)).toBe(2);
  expect(frameIn(film, "hold", 0.5)).toBe(4);
  expect(frameIn(film, "back", 0.5)).toBe(6);
  expect(frameIn(film, "back", 1)).toBe(0);
  expect(frameIn(film, "wait", 0.7)).toBe(0);
});

it("rests at both ends when it is only shown, and half as often at half the speed", () => {
  expect(frameShown(film, 0.1, 1)).toBe(0);
  expect(frameShown(film, 2, 1)).toBe(4);
  expect(frameShown(film, 4, 0.5)).toBe(frameShown(film, 2, 1));
});

it("shows the two poses as stills where motion is unwelcome", () => {
  expect([0, 1, 3, 4, 5, 7].map((frame) => stillOf(film, frame))).toEqual([0, 0, 4, 4, 4, 0]);
});

it("shows every pose of a longer film as a still, the nearest one", () => {
  const round = { key: [0, -1, -1, 1, -1, -1, 2, -1, -1], frames_per_s: 4 };
  expect([1, 2, 4, 5, 7, 8].map((frame) => stillOf(round, frame))).toEqual([0, 3, 3, 6, 6, 0]);
});

it("goes from pose to pose along the film, and undoes a step the way it came", () => {
  const steps = { key: [0, -1, 1, -1, 2, -1, -1], frames_per_s: 4 };
  expect(frameBetween(steps, 0, 1, 0.5)).toBe(1);
  expect(frameBetween(steps, 2, 1, 0.5)).toBe(3);
  expect(frameBetween(steps, 1, 1, 0.5)).toBe(2);
  expect(frameBetween(steps, 2, 0, 0.5)).toBe(5.5);
  expect(frameBetween(steps, 2, 0, 1)).toBe(0);
});

it("counts how often a film has run, so that the sides can take turns", () => {
  expect([0, 3.59, 3.61, 7.3].map((seconds) => roundsShown(film, seconds, 1))).toEqual([0, 0, 1, 2]);
});
