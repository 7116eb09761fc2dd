import { describe, expect, it } from "vitest";
import type { Cue, Drill } from "../contract/score";
import type { Stretch } from "../contract/side";
import type { Place } from "./clock";
import { moments } from "./moments";
import { besideOf, lasted, lineOf, saidBy, signOf, spoken, stopsOf } from "./words";

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
const read = (stretches: Stretch[]) => stretches.map(([words]) => words).join(" ");
const at = (index: number): Place => ({ index, passed: 0, left: CUES[index].seconds, done: false });

describe("what a moment is for is told, not read from its words", () => {
  it("tells the way there from the way back", () => {
    expect([1, 2].map((index) => read(signOf(CUES, at(index)).phase))).toEqual(["Go", "And back"]);
    expect(moments(CUES, at(1), at(2))).toEqual(["up"]);
    expect([1, 2].map((index) => read(spoken(CUES[index])))).toEqual(["un", ""]);
  });

  it("names the other way and a phase, also while a sentence is said in it", () => {
    const other: Cue = { ...CUES[2], says: "Reviens, puis de l'autre côté.", does: "L'autre côté.", is_taught: true };
    const held: Cue = { ...CUES[1], kind: "hold", says: "Reste là.", is_taught: true };
    const signs = [other, held].map((cue) => signOf([cue], { index: 0, passed: 0, left: 1, done: false }));
    expect(signs.map(({ phase }) => read(phase))).toEqual(["L'autre côté", "Hold 1"]);
  });

  it("shows the one thing to mind in the count-in, in the work and afterwards, without what is said around it", () => {
    expect([0, 1, 4, 5].map((index) => read(signOf(CUES, at(index)).tell))).toEqual([
      "Le bassin reste droit.", "Le bassin reste droit.", "Doucement.", "un étirement",
    ]);
  });

  it("knows the side, in a rest the one that comes next", () => {
    expect([1, 3, 4, 6].map((index) => signOf(CUES, at(index)).working)).toEqual(["left", "right", "right", undefined]);
    expect([1, 3, 4, 6].map((index) => signOf(CUES, at(index)).side)).toEqual(["Left", "Right", "Right", ""]);
  });
});

describe("what is said in another language than the page's is marked so, stretch by stretch", () => {
  const cue: Cue = {
    kind: "get_ready", says: "Links. Buttock first.", seconds: 5, ...set, focus: "Buttock first.",
    by_language: { says: [["Links.", ""], ["Buttock first.", "en"]], focus: [["Buttock first.", "en"]] },
  };
  const hold: Cue = { kind: "hold", says: "Push the shin.", seconds: 20, ...set, is_work: true, rep: 1, reps: 1, does: "Push the shin.", by_language: { does: [["Push the shin.", "en"]] } };

  it("in what is heard and in what is read", () => {
    expect(saidBy(cue)).toEqual([["Links.", ""], ["Buttock first.", "en"]]);
    const [ready, held] = [[cue], [hold]].map((cues) => signOf(cues, { index: 0, passed: 0, left: 5, done: false }));
    expect(ready.tell).toEqual([["Buttock first.", "en"]]);
    expect(ready.phase.map(([, language]) => language)).toEqual([""]);
    expect(held.phase).toEqual([["Push the shin", "en"]]);
  });

  it("in the words of a drill", () => {
    const drill = { says: ["Steh.", "Swing."], stop: ["Klemmen."], by_language: { says: [[["Steh.", ""]], [["Swing.", "en"]]] } } as unknown as Drill;
    expect([lineOf(drill, 0), lineOf(drill, 1)]).toEqual([[["Steh.", ""]], [["Swing.", "en"]]]);
    expect(stopsOf(drill)).toEqual([[["Klemmen.", ""]]]);
  });
});

describe("beside the sign", () => {
  const drill = { says: ["Stand.", "Swing.", "Stop."] } as unknown as Drill;
  const cue: Cue = { kind: "move", says: "1", seconds: 4, ...set, is_work: true, shows: [1, 2] };
  const shown = (passed: number) => besideOf(cue, { index: 0, passed, left: 4 - passed, done: false }, drill);

  it("the lines that fit the moment take turns in it", () => {
    expect([0, 1.9, 2.1, 4].map(shown)).toEqual([[["Swing.", ""]], [["Swing.", ""]], [["Stop.", ""]], [["Stop.", ""]]]);
  });

  it("nothing stands where nothing fits", () => {
    expect(besideOf({ ...cue, shows: undefined }, { index: 0, passed: 0, left: 4, done: false }, drill)).toEqual([]);
  });
});

it("says no minute of sixty seconds", () => {
  expect([lasted(59.4), lasted(179.7), lasted(60)]).toEqual(["59 s", "3 min 0 s", "1 min 0 s"]);
});
