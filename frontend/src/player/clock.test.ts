import { describe, expect, it } from "vitest";
import type { Cue } from "../contract/score";
import {
  afterAway, afterItem, AWAY_MS, backOf, begin, goTo, heldAtEnd, nextOf, pause, place, playedSeconds, resume, settle, shareLeft, wordsPassed,
} from "./clock";

const set = { item: "i1", drill: "d1", side: "left" as const, set: 1, sets: 1 };
const CUES: Cue[] = [
  { kind: "announce", says: "Drill one.", seconds: 2, item: "i1", is_talk: true },
  { kind: "set_up", says: "Lie back.", seconds: 3, item: "i1", is_talk: true },
  { kind: "get_ready", says: "Left side.", seconds: 5, ...set },
  { kind: "move", says: "1", seconds: 1, ...set, rep: 1, reps: 2, is_work: true },
  { kind: "hold", says: "Hold.", seconds: 4, ...set, rep: 1, reps: 2, is_work: true },
  { kind: "move", says: "2", seconds: 1, ...set, rep: 2, reps: 2, is_work: true },
  { kind: "hold", says: "Hold.", seconds: 4, ...set, rep: 2, reps: 2, is_work: true },
  { kind: "rest", says: "Rest.", seconds: 10, item: "i1" },
  { kind: "announce", says: "Drill two.", seconds: 2, item: "i2", is_talk: true },
  { kind: "done", says: "That was it.", seconds: 0 },
];
const at = (seconds: number) => 1_000_000 + seconds * 1000;

describe("the clock", () => {
  it("finds its place from instants alone, however long nobody looked", () => {
    const clock = begin(CUES, at(0));
    expect(place(clock, CUES, at(0)).index).toBe(0);
    expect(place(clock, CUES, at(12))).toMatchObject({ index: 4, passed: 1, left: 3 });
    expect(place(clock, CUES, at(9999))).toMatchObject({ index: 9, done: true });
  });

  it("stands still while paused, also when nobody looks for an hour", () => {
    const paused = pause(begin(CUES, at(0)), CUES, at(6));
    expect(place(paused, CUES, at(3600)).index).toBe(2);
    expect(place(resume(paused, at(3600)), CUES, at(3601))).toMatchObject({ index: 2, passed: 2 });
  });

  it("comes back from a reload as it was", () => {
    const kept = JSON.parse(JSON.stringify(settle(begin(CUES, at(0)), CUES, at(7)))) as ReturnType<typeof begin>;
    expect(place(kept, CUES, at(12))).toEqual(place(begin(CUES, at(0)), CUES, at(12)));
  });

  it("finds the first words that a page which stood still would pass over", () => {
    expect(wordsPassed(CUES, 0, 2)).toBe(1);
    expect(wordsPassed(CUES, 3, 9)).toBe(8);
    expect(wordsPassed(CUES, 0, 1)).toBe(-1);
    expect(wordsPassed(CUES, 2, 7)).toBe(-1);
  });

  it("counts the steps that are said while a drill is learnt among those words", () => {
    const learning = CUES.map((cue, i) => (i === 4 ? { ...cue, is_taught: true } : cue));
    expect(wordsPassed(learning, 2, 7)).toBe(4);
  });

  it("counts full seconds for what was passed, part for what was left, none for what was skipped", () => {
    const skipped = goTo(begin(CUES, at(0)), CUES, at(12), nextOf(CUES, 4));
    expect(playedSeconds(skipped, CUES, at(14))).toEqual([2, 3, 5, 1, 1, 0, 0, 2, 0, 0]);
  });

  it("plays anew what it went back to", () => {
    const back = goTo(begin(CUES, at(0)), CUES, at(12), backOf(CUES, 4, 1));
    expect(playedSeconds(back, CUES, at(13))).toEqual([2, 3, 1, 0, 0, 0, 0, 0, 0, 0]);
  });

  it("skips in a paused session without starting it", () => {
    const paused = goTo(pause(begin(CUES, at(0)), CUES, at(1)), CUES, at(50), 2);
    expect(place(paused, CUES, at(90))).toMatchObject({ index: 2, passed: 0 });
  });

  it("does not leave a cue that is still being spoken", () => {
    const held = heldAtEnd(begin(CUES, at(0)), CUES, at(4), 0);
    expect(place(held, CUES, at(4)).index).toBe(0);
    expect(place(held, CUES, at(4.1)).index).toBe(1);
  });

  it("waits where it was seen last after a long absence", () => {
    const clock = begin(CUES, at(0));
    expect(place(afterAway(clock, CUES, at(7), at(7) + AWAY_MS + 1), CUES, at(99999)).index).toBe(2);
    expect(afterAway(clock, CUES, at(7), at(60))).toBe(clock);
  });

  it("runs faster or slower by its pace", () => {
    expect(place(begin(CUES, at(0), 10), CUES, at(1.2)).index).toBe(4);
  });
});

describe("next and back", () => {
  it("leads from words to the count-in, from work to the end of the set", () => {
    expect(nextOf(CUES, 0)).toBe(2);
    expect(nextOf(CUES, 2)).toBe(3);
    expect(nextOf(CUES, 3)).toBe(7);
    expect(nextOf(CUES, 9)).toBe(9);
  });

  it("leads back to the start of the set, then to the one before", () => {
    expect(backOf(CUES, 5, 0)).toBe(2);
    expect(backOf(CUES, 2, 1)).toBe(0);
    expect(backOf(CUES, 0, 0)).toBe(0);
  });

  it("leaves a drill with all that is left of it", () => {
    expect(afterItem(CUES, 3)).toBe(8);
    expect(afterItem(CUES, 8)).toBe(9);
  });
});

it("drains a level over the whole set, not over each repetition", () => {
  const clock = begin(CUES, at(0));
  expect(shareLeft(CUES, place(clock, CUES, at(10)))).toBe(1);
  expect(shareLeft(CUES, place(clock, CUES, at(15)))).toBe(0.5);
});
