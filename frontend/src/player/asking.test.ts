import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Cue } from "../contract/score";
import { Asking } from "./asking";
import { Forms } from "./forms";

const REST = { kind: "rest" } as Cue;
const ASKS = [{ fault: 0, ask: "Did the heel lift?" }, { fault: 2, ask: "Did the back arch?" }];

describe("what no camera sees", () => {
  let told: string[], said: (() => void)[], forms: Forms, asking: Asking;
  const allSaid = () => { for (const done of said.splice(0)) done(); };

  beforeEach(() => {
    const card = { hidden: true, textContent: "", querySelector: () => card };
    vi.stubGlobal("document", card);
    const part = { item: "own_march", side: "left" as const };
    forms = new Forms();
    forms.expect(part, ASKS);
    forms.watched(part);
    told = [];
    said = [];
    const speak = (text: string, done = () => {}) => { told.push(text); said.push(done); };
    asking = new Asking(forms, speak, () => asking.at(REST));
  });

  afterEach(() => vi.unstubAllGlobals());

  it("is asked aloud, one question after the other, and each answer is said back", () => {
    asking.at(REST);
    asking.at(REST);
    expect(told).toEqual(["Did the heel lift?"]);
    allSaid();
    asking.hear(true);
    expect(told.slice(1)).toEqual(["You said yes.", "Did the back arch?"]);
    allSaid();
    asking.hear(false);
    expect(told.at(-1)).toBe("You said no.");
    expect(forms.told()[0].answers).toEqual({ 0: true, 2: false });
  });

  it("takes no answer by ear before a question was spoken, and none to one that never was", () => {
    asking.hear(true);
    asking.at(REST);
    asking.at(REST);
    asking.hear(true);
    expect(told).toEqual(["Did the heel lift?"]);
    expect(forms.told()[0]?.answers ?? {}).toEqual({});
  });

  it("takes an answer by touch whether or not it was spoken", () => {
    asking.at(REST);
    asking.doing["slip-yes"]();
    expect(forms.told()[0].answers).toEqual({ 0: true });
  });
});
