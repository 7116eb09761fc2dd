import { describe, expect, it } from "vitest";
import type { Judgement } from "../contract/bundle";
import { judged } from "./judge";

const table: Judgement = { pain: { knee: { joint: [4, ["Stop."]] } }, signs: {}, taken_for: "joint" };

function told(kind: string): FormData {
  const form = new FormData();
  const said = { item: "i", "form-0-region": "knee", "form-0-kind": kind, "form-0-score": "6" };
  for (const [name, value] of Object.entries(said)) form.set(name, value);
  return form;
}

describe("what hurts, where the app does not answer,", () => {
  it.each(["joint", "cannot_say", ""])("is taken for a joint unless it is called something else: %j", (kind) => {
    expect(judged(told(kind), table, "")).toMatchObject({ stops: true, interruption: { pain: [{ kind: "joint" }] } });
  });

  it("is what the runner calls it", () => {
    expect(judged(told("muscle"), table, "").stops).toBe(false);
  });
});
