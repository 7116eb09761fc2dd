import { describe, expect, it } from "vitest";
import type { Cue } from "../contract/score";
import { cleanOf, watchedAt } from "./watched";

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

describe("clean repetitions where a camera watched", () => {
  it("are the camera's where it counted in every set, and never more than the clock's", () => {
    expect(cleanOf(16, 2, [{ reps: 8, clean: 6 }, { reps: 7, clean: 7 }])).toBe(13);
    expect(cleanOf(8, 1, [{ reps: 10, clean: 10 }])).toBe(8);
  });

  it("are the clock's less what was seen to go wrong where it watched a part, and the clock's where it saw none", () => {
    expect(cleanOf(16, 2, [{ reps: 8, clean: 6 }])).toBe(14);
    expect(cleanOf(16, 2, [])).toBe(16);
    expect(cleanOf(2, 3, [{ reps: 8, clean: 0 }])).toBe(0);
  });
});
