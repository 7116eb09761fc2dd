import { describe, expect, it } from "vitest";
import { Forms } from "./forms";

const LEFT = { item: "i1", side: "left" as const }, RIGHT = { item: "i1", side: "right" as const };
const ASKS = [{ fault: 3, ask: "Did you push off?" }, { fault: 4, ask: "Did your back round?" }];

function watchedLeft(): Forms {
  const forms = new Forms();
  forms.expect(LEFT, ASKS);
  forms.expect(RIGHT, ASKS);
  forms.watched(LEFT);
  forms.watched(LEFT);
  return forms;
}

describe("what no camera sees", () => {
  it("is asked only of what was watched, one after the other, once a side", () => {
    const forms = watchedLeft();
    expect(forms.questions().map(({ side, fault }) => [side, fault])).toEqual([["left", 3], ["left", 4]]);
    forms.answer({ ...LEFT, fault: 3 }, false);
    expect(forms.next()?.fault).toBe(4);
    forms.answer({ ...LEFT, fault: 4 }, true);
    expect(forms.next()).toBeUndefined();
    expect(forms.told()).toEqual([{ ...LEFT, ended_by: [], answers: { 3: false, 4: true } }]);
  });

  it("stays open where nobody answers, and may be put right", () => {
    const forms = watchedLeft();
    expect(forms.told()).toEqual([]);
    forms.answer({ ...LEFT, fault: 3 }, true);
    forms.answer({ ...LEFT, fault: 3 }, false);
    expect(forms.told()[0].answers).toEqual({ 3: false });
  });
});

describe("a set that ended by form", () => {
  it("is told with its fault, for its drill and side, and outlives a reload", () => {
    const forms = watchedLeft();
    forms.broke(LEFT, 1, "The knee dives in.");
    const again = new Forms(JSON.parse(JSON.stringify(forms.rows)));
    expect(again.told()).toEqual([{ ...LEFT, ended_by: [1], answers: {} }]);
    expect(again.questions()).toHaveLength(2);
  });
});
