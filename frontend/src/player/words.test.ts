import { describe, expect, it } from "vitest";
import { type Cue, type Place } from "./clock";
import { moments } from "./moments";
import { signOf, spoken } from "./words";

/** A session in words that no script knows: what a cue is for has to be told. */
const set = { item: "i", side: "left" as const, set: 1, sets: 2, focus: "Le bassin reste droit." };
const CUES: Cue[] = [
  { kind: "get_ready", says: "Côté gauche. Le bassin reste droit.", seconds: 5, ...set },
  { kind: "move", says: "un", seconds: 1, ...set, rep: 1, reps: 2, is_work: true },
  { kind: "move", says: "Et retour.", seconds: 1, ...set, rep: 1, reps: 2, is_work: true, is_way_back: true },
  { kind: "rest", says: "Pause.", seconds: 10, ...set },
  { kind: "get_ready", says: "Côté droit. Doucement.", seconds: 5, ...set, side: "right", focus: "Doucement." },
  { kind: "feeling", says: "Ce que tu sens : un étirement.", seconds: 3, item: "i", is_talk: true, focus: "un étirement" },
  { kind: "done", says: "Fini.", seconds: 0 },
];
const at = (index: number): Place => ({ index, passed: 0, left: CUES[index].seconds, done: false });

describe("what a moment is for is told, not read from its words", () => {
  it("tells the way there from the way back", () => {
    expect([1, 2].map((index) => signOf(CUES, at(index)).phase)).toEqual(["Go", "And back"]);
    expect(moments(CUES, at(1), at(2))).toEqual(["up"]);
    expect([1, 2].map((index) => spoken(CUES[index]))).toEqual(["un", ""]);
  });

  it("shows the one thing to mind in the count-in, in the work and afterwards, without what is said around it", () => {
    expect([0, 1, 4, 5].map((index) => signOf(CUES, at(index)).tell)).toEqual([
      "Le bassin reste droit.", "Le bassin reste droit.", "Doucement.", "un étirement",
    ]);
  });

  it("knows the side, in a rest the one that comes next", () => {
    expect([1, 3, 4, 6].map((index) => signOf(CUES, at(index)).working)).toEqual(["left", "right", "right", undefined]);
    expect([1, 3, 4, 6].map((index) => signOf(CUES, at(index)).side)).toEqual(["Left", "Right", "Right", ""]);
  });
});
