import { describe, expect, it } from "vitest";
import type { Cue } from "./clock";
import { watchedAt } from "./watched";

const cue = (more: Partial<Cue>): Cue => ({ kind: "move", says: "", seconds: 1, item: "i1", drill: "str_step_down", ...more });
const CUES = [
  cue({ kind: "announce", is_talk: true }), cue({ kind: "get_ready", side: "left" }), cue({ is_work: true, side: "left", set: 1 }), cue({ is_work: true, side: "left", set: 1 }),
  cue({ kind: "switch", side: "right" }), cue({ is_work: true, side: "right", set: 1 }), cue({ kind: "done", item: undefined, drill: undefined }),
];

describe("the set a camera watches", () => {
  it("is one watch for each set and side, and another for the help before it", () => {
    expect(CUES.map((_, i) => watchedAt(CUES, i)?.key)).toEqual([
      "i1/left/1/before", "i1/left/1/before", "i1/left/1/work", "i1/left/1/work", "i1/right/1/before", "i1/right/1/work", undefined,
    ]);
  });

  it("is of the side that is worked next", () => {
    expect([watchedAt(CUES, 0)?.side, watchedAt(CUES, 4)?.side]).toEqual(["left", "right"]);
  });
});
