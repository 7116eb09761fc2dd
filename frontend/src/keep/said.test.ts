import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sayNext, takeSaid } from "./said";

const ANNA = "a".repeat(24), BEA = "b".repeat(24), SAYS = "Recorded: what hurt. Tell in words how it was.";

describe("what the coach said of what was handed in", () => {
  beforeEach(() => {
    const held = new Map<string, string>();
    vi.stubGlobal("sessionStorage", {
      getItem: (name: string) => held.get(name) ?? null, setItem: (name: string, value: string) => void held.set(name, value), removeItem: (name: string) => void held.delete(name),
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  it("is read on the next page, once, and by whom it was said to", () => {
    sayNext(ANNA, SAYS);
    sayNext(ANNA, "Recorded: 9 minutes.");
    expect(takeSaid(BEA)).toEqual([]);
    expect(takeSaid(ANNA)).toEqual([SAYS, "Recorded: 9 minutes."]);
    expect(takeSaid(ANNA)).toEqual([]);
  });

  it("keeps nobody from going on where the window holds nothing", () => {
    vi.stubGlobal("sessionStorage", undefined);
    sayNext(ANNA, SAYS);
    expect(takeSaid(ANNA)).toEqual([]);
  });
});
