import { expect, it } from "vitest";
import type { Cue } from "../contract/score";
import { begin, place } from "./clock";
import { moments } from "./moments";

const set = { item: "i", side: "left" as const, set: 1, sets: 1 };
const CUES: Cue[] = [
  { kind: "get_ready", says: "Left side.", seconds: 5, ...set },
  { kind: "hold", says: "Hold.", seconds: 20, ...set, rep: 1, reps: 1, is_work: true },
  { kind: "switch", says: "Switch. Now right.", seconds: 8, item: "i", side: "right" },
  { kind: "move", says: "1", seconds: 2, ...set, side: "right", rep: 1, reps: 2, is_work: true },
  { kind: "move", says: "And back.", seconds: 1, ...set, side: "right", rep: 1, reps: 2, is_work: true, is_way_back: true },
  { kind: "move", says: "2", seconds: 2, ...set, side: "right", rep: 2, reps: 2, is_work: true },
  { kind: "feeling", says: "What you should feel.", seconds: 2, item: "i", is_talk: true },
  { kind: "done", says: "That was it.", seconds: 0 },
];

it("sounds by the table, once each, ten looks a second", () => {
  const clock = begin(CUES, 0), heard: string[] = [];
  let before = null;
  for (let now = 0; now <= 41_000; now += 100) {
    const here = place(clock, CUES, now);
    heard.push(...moments(CUES, before, here));
    before = here;
  }
  expect(heard).toEqual([
    "ready", "ready", "ready", "go", "half", "last3", "last2", "last1", "switch", "ready", "ready", "ready",
    "go", "up", "down", "end", "done",
  ]);
});
