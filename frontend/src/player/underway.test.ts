import { beforeEach, describe, expect, it, vi } from "vitest";
import { GO_ON_MS, Keep, playedHere, underWay } from "./underway";

/** A store of a browser: its keys are its own, its ways are not. */
class Shop {
  getItem(name: string): string | null { return (this as unknown as Record<string, string>)[name] ?? null; }
  setItem(name: string, text: string): void { (this as unknown as Record<string, string>)[name] = text; }
  removeItem(name: string): void { delete (this as unknown as Record<string, string>)[name]; }
}

const ANNA = "a".repeat(24), BEA = "b".repeat(24), NOW = 1_000_000_000;
const SLOT = "2026-11-25-pre_run-1";
const scoreOf = (mark: string) => ({ mark, slot: SLOT, cues: [{ kind: "hold" as const, says: "Hold.", seconds: 9 }], reference: { plan: "p", items: ["i"], cues: "c" } });
const state = { key: "k", clock: { anchor: 0, since: NOW, pausedAt: null, played: [3], pace: 1 }, seen: NOW, interruptions: [], isAfter: false };

beforeEach(() => {
  vi.stubGlobal("localStorage", new Shop());
  vi.stubGlobal("sessionStorage", new Shop());
});

describe("a session under way", () => {
  it("goes on for whoever began it, and for nobody else in the same slot", () => {
    const annas = new Keep(scoreOf(ANNA)), beas = new Keep(scoreOf(BEA));
    annas.write(state);
    expect(annas.read(NOW)?.key).toBe("k");
    expect([beas.read(NOW), underWay(BEA, NOW), underWay("", NOW)]).toEqual([null, null, null]);
    expect(underWay(ANNA, NOW)?.slot).toBe(SLOT);

    beas.write({ ...state, key: "b" });
    beas.forget();
    expect(underWay(ANNA, NOW)?.kept.key).toBe("k");
    expect(annas.isOfThisTab(underWay(ANNA, NOW)!.kept)).toBe(true);
    expect(beas.isOfThisTab(underWay(ANNA, NOW)!.kept)).toBe(false);
  });

  it("is known to the tab that played it before anything is fetched, until it is saved or left", () => {
    const annas = new Keep(scoreOf(ANNA));
    expect(playedHere(SLOT)).toBe(false);
    annas.write(state);
    expect([playedHere(SLOT), playedHere("2026-11-26-pre_run-1")]).toEqual([true, false]);
    annas.forget();
    expect(playedHere(SLOT)).toBe(false);
  });

  it("is let go when it is too old, or where an older app did not say whose it is", () => {
    new Keep(scoreOf(ANNA)).write(state);
    localStorage.setItem(`triplane:play:${SLOT}`, JSON.stringify({ ...state, cues: "", reference: {} }));
    expect(underWay(BEA, NOW)).toBeNull();
    expect(Object.keys(localStorage)).toEqual([`triplane:play:${ANNA}:${SLOT}`]);
    expect(underWay(BEA, NOW + GO_ON_MS + 1)).toBeNull();
    expect(Object.keys(localStorage)).toEqual([]);
  });
});
