import { expect, it } from "vitest";
import type { Cue } from "../contract/score";
import { frameAt } from "./frames";

/** Three key poses, four frames of way between two of them: tall, over the knee, over the front leg. */
const film = { keys: ["tall", "knee", "front"], key: [0, -1, -1, -1, 1, -1, -1, -1, 2, -1, -1, -1], frames_per_s: 12 };
const rep = { side: "left" as const, set: 1, sets: 1, is_work: true };
const CUES: Cue[] = [
  { kind: "get_ready", says: "", seconds: 5 },
  { kind: "move", says: "1", seconds: 8, pose: "knee", ...rep },
  { kind: "hold", says: "", seconds: 1, pose: "knee", ...rep },
  { kind: "move", says: "", seconds: 2, pose: "front", is_way_back: true, ...rep },
  { kind: "hold", says: "", seconds: 1, pose: "front", ...rep },
  { kind: "move", says: "2", seconds: 2, pose: "knee", ...rep },
  { kind: "rest", says: "", seconds: 10 },
  { kind: "get_ready", says: "", seconds: 5 },
];
const frame = (index: number, passed: number) =>
  frameAt(film, CUES, { index, passed, left: CUES[index].seconds - passed, done: false });

it("holds either end as long as its words are there, and moves as slowly as they are said", () => {
  expect([frame(0, 3), frame(1, 0), frame(1, 4), frame(1, 8)]).toEqual([0, 0, 2, 4]);
  expect([frame(2, 0.5), frame(3, 1), frame(4, 0), frame(4, 1)]).toEqual([4, 6, 8, 8]);
});

it("comes back from the far end over the way it went, and home for the rest", () => {
  expect([frame(5, 0), frame(5, 1), frame(5, 2)]).toEqual([8, 6, 4]);
  expect([frame(6, 0), frame(6, 1), frame(6, 9), frame(7, 1)]).toEqual([4, 2, 0, 0]);
});
