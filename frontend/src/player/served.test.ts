import { afterEach, describe, expect, it, vi } from "vitest";
import type { Told } from "../contract/told";
import type { Without } from "../keep/without";
import { Served } from "./served";

const ANNA = "a".repeat(24);
const page = { dataset: { score: "/score", done: "/done", hurts: "/hurts" }, querySelector: () => ({ value: "token" }) } as unknown as HTMLElement;
const reference = { plan: "p", items: [], cues: "c" };
const score = { mark: ANNA, slot: "s", reference, minutes: 9, cues: [], drills: {}, counts: [] };
const told = { key: "k", mark: ANNA } as Told;

function keeping(): Without & { kept: Told[]; judged: string[] } {
  const kept: Told[] = [], judged: string[] = [];
  return { kept, judged, judge: async (_, mark) => { judged.push(mark); return null; }, keep: async (one) => { kept.push(one); return true; } };
}

afterEach(() => vi.unstubAllGlobals());

describe("what was played while the app changed hands", () => {
  it("is kept here where somebody else is there by now, for whom it was played", async () => {
    vi.stubGlobal("fetch", async () => Response.json({ problem: "Another runner's." }, { status: 409 }));
    const without = keeping();
    expect(await new Served(page, without).done(told)).toEqual({ is: "kept", next: "/" });
    expect(without.kept).toEqual([told]);
  });

  it("is not kept where its own runner is there and it is refused", async () => {
    for (const [status, answer] of [[400, { problem: "Logged before." }], [409, { problem: "Stopped.", next: "/stop/" }]] as const) {
      vi.stubGlobal("fetch", async () => Response.json(answer, { status }));
      const without = keeping();
      await expect(new Served(page, without).done(told)).rejects.toThrow(answer.problem);
      expect(without.kept).toEqual([]);
    }
  });

  it("is judged here for whom it is played when nobody answers", async () => {
    vi.stubGlobal("fetch", async () => Response.json(score));
    const without = keeping(), app = new Served(page, without);
    await app.score();
    vi.stubGlobal("fetch", async () => { throw new TypeError("gone"); });
    await expect(app.hurts(new FormData())).rejects.toThrow();
    expect(without.judged).toEqual([ANNA]);
  });
});
