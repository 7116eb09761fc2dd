import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { KeptBundle } from "./allowed";
import type { Waiting } from "./queue";

const device = vi.hoisted(() => ({ held: new Map<string, unknown>(), waits: [] as Waiting[] }));
vi.mock("./store", async (original) => {
  const { bundlesIn } = await original<typeof import("./store")>();
  const bundles = bundlesIn({
    get: async (name) => device.held.get(name),
    put: async (name, what) => void device.held.set(name, what),
    remove: async (name) => void device.held.delete(name),
  });
  return { bundlesIn, bundles, shelf: { all: async () => device.waits, put: async (one: Waiting) => void (device.waits = [one]), remove: async () => {} } };
});
const { bundles } = await import("./store");
const { handInAll, refresh } = await import("./handing");

const ANNA = "a".repeat(24), BEA = "b".repeat(24);
const bundleOf = (mark: string | undefined) => ({
  mark, version: `1-${mark}`, made: "2026-11-25T05:30+01:00", made_says: "Made now.", lasts_s: 86_400, sessions: [], questions: [],
  stop_words: [], not_now: {}, judgement: { pain: {}, signs: {}, taken_for: "joint" }, needs_score: "How much?",
});
const keptOf = (mark: string | undefined) => ({ at: 0, bundle: bundleOf(mark) }) as unknown as KeptBundle;
const waitingOf = (mark?: string): Waiting => ({ key: "k", mark, told: null, readiness: {}, began: 0, ended: null, fate: { is: "waits" } });

/** The app as it answers now, for one runner; what it was asked is kept. */
function answering(mark: string, more: object = {}): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (address: string, how: RequestInit = {}) => {
    asked.push(`${how.method ?? "GET"} ${address}`);
    const have = new URL(address, "http://here").searchParams.get("have");
    if (have && have === `1-${mark}`) return new Response(null, { status: 204 });
    return Response.json({ ...bundleOf(mark), token: "t", now: "2026-11-25T05:30:00+01:00", says: "Recorded.", ...more });
  });
  return asked;
}

beforeEach(() => {
  device.held.clear();
  device.waits = [];
  vi.stubGlobal("document", { documentElement: { dataset: {} } });
});
afterEach(() => vi.unstubAllGlobals());

describe("what a device takes along", () => {
  it("is what the runner who was here last may do, and nobody else's", async () => {
    answering(ANNA);
    await refresh();
    expect((await bundles.read())?.bundle.mark).toBe(ANNA);

    answering(BEA);
    await refresh();
    expect((await bundles.read())?.bundle.mark).toBe(BEA);
    expect([...device.held.values()].filter((one) => (one as KeptBundle).bundle)).toHaveLength(1);
  });

  it("goes as soon as another runner is here, also one who takes nothing along", async () => {
    answering(ANNA);
    await refresh();
    answering(BEA, { stopped: true });
    await refresh();
    expect([await bundles.read(), await bundles.owner(), device.held.has("now")]).toEqual([null, BEA, false]);
  });

  it("is nobody's where an older app did not say whose it is, or a mark is forged", async () => {
    await bundles.write(keptOf(undefined));
    expect(await bundles.read()).toBeNull();
    await bundles.own(ANNA);
    expect(device.held.has("now")).toBe(false);

    await bundles.write(keptOf(BEA));
    expect(await bundles.read()).toBeNull();
    await bundles.own("");
    await bundles.write(keptOf(""));
    expect(await bundles.read()).toBeNull();
  });

  it("ends with what was told without the app, for that runner alone", async () => {
    answering(ANNA);
    await refresh();
    await bundles.stop(ANNA, ["Stop."]);
    device.waits = [waitingOf(ANNA)];
    await refresh();
    expect([await bundles.read(), await bundles.stopped(ANNA)]).toEqual([null, ["Stop."]]);

    answering(BEA);
    await refresh();
    expect((await bundles.read())?.bundle.mark).toBe(BEA);
    expect([await bundles.stopped(BEA), await bundles.stopped(ANNA)]).toEqual([null, ["Stop."]]);

    answering(ANNA);
    await refresh();
    expect(await bundles.read()).toBeNull();
    device.waits = [];
    await refresh();
    expect([(await bundles.read())?.bundle.mark, await bundles.stopped(ANNA)]).toEqual([ANNA, null]);
  });

  it("is nothing to play while a stop stands beside it, as after a crash between the two", async () => {
    await bundles.own(ANNA);
    await bundles.write(keptOf(ANNA));
    device.held.set(`stopped:${ANNA}`, ["Stop."]);
    expect(await bundles.read()).toBeNull();
  });

  it("stays away from everybody while what an older app was told waits and says no name", async () => {
    device.held.set("stopped", ["Stop."]);
    device.waits = [waitingOf()];
    for (const mark of [ANNA, BEA]) {
      answering(mark);
      await refresh();
      expect([await bundles.read(), await bundles.stopped(mark)]).toEqual([null, ["Stop."]]);
    }
    device.waits = [];
    await refresh();
    expect((await bundles.read())?.bundle.mark).toBe(BEA);
  });
});

describe("handing in", () => {
  it("goes to the runner who is there, from a page about another to nobody", async () => {
    device.waits = [waitingOf(ANNA)];
    let asked = answering(BEA);
    expect([await handInAll(ANNA), await handInAll(BEA)]).toEqual([null, { taken: 0, says: [], waiting: [] }]);
    expect(asked).toEqual(["GET /hand-in/", "GET /hand-in/"]);

    asked = answering(ANNA);
    expect((await handInAll(ANNA))?.taken).toBe(1);
    expect(asked).toEqual(["GET /hand-in/", "POST /hand-in/"]);
  });

  it("leaves as it is what the app says belongs to somebody else, whoever it was asked for", async () => {
    device.waits = [waitingOf(ANNA)];
    vi.stubGlobal("fetch", async (_: string, how: RequestInit = {}) =>
      how.method ? Response.json({ problem: "Another runner's." }, { status: 409 }) : Response.json({ token: "t", now: "2026-11-25T05:30:00Z", mark: ANNA }));
    expect(await handInAll(ANNA)).toEqual({ taken: 0, says: [], waiting: [waitingOf(ANNA)] });
  });
});
