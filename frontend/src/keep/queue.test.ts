import { describe, expect, it } from "vitest";
import type { Bundle } from "../contract/bundle";
import { HAND_IN, type Told } from "../contract/told";
import { forbids, isOpen, stateOf } from "./allowed";
import { judged } from "./judge";
import { type Answer, handIn, sent, type Shelf, sorted, untried, type Waiting, waitingIn } from "./queue";

const ANNA = "a".repeat(24), BEA = "b".repeat(24);
const waiting = (key: string, began = 0, mark: string | undefined = ANNA): Waiting =>
  ({ key, mark, told: null, readiness: { ill: true }, began, ended: null, fate: untried });
const TAKEN: Answer = { is: "taken", says: "Recorded: 9 minutes." };

function aShelf(...held: Waiting[]): Shelf & { held: Map<string, Waiting> } {
  const map = new Map(held.map((one) => [one.key, one]));
  return {
    held: map,
    all: async () => [...map.values()],
    put: async (one) => void map.set(one.key, one),
    remove: async (key) => void map.delete(key),
  };
}
const answering = (...answers: Answer[]) => {
  const bodies: object[] = [];
  return { bodies, send: async (body: object) => { bodies.push(body); return answers[Math.min(bodies.length, answers.length) - 1]; } };
};

describe("what waits on the device", () => {
  it("is handed in oldest first and let go only when it was taken", async () => {
    const shelf = aShelf(waiting("b", 2), waiting("a", 1)), app = answering(TAKEN);
    expect(await handIn(shelf, app.send, 0, ANNA)).toEqual({ taken: 2, says: ["Recorded: 9 minutes.", "Recorded: 9 minutes."], waiting: [] });
    expect(app.bodies.map((body) => (body as { key: string }).key)).toEqual(["a", "b"]);
  });

  it("waits on where no answer came, and nothing after it is tried", async () => {
    const shelf = aShelf(waiting("a", 1), waiting("b", 2)), app = answering({ is: "later" });
    expect((await handIn(shelf, app.send, 0, ANNA)).waiting).toHaveLength(2);
    expect(app.bodies).toHaveLength(1);
  });

  it("goes with the same key after an answer that was lost", async () => {
    const shelf = aShelf(waiting("a")), app = answering({ is: "later" }, TAKEN);
    await handIn(shelf, app.send, 0, ANNA);
    await handIn(shelf, app.send, 0, ANNA);
    expect(app.bodies[0]).toEqual(app.bodies[1]);
    expect(shelf.held.size).toBe(0);
  });

  it("stays with its sentence where it was refused, and does not hold up the rest", async () => {
    const shelf = aShelf(waiting("a", 1), waiting("b", 2)), app = answering({ is: "refused", says: "Logged before." }, TAKEN);
    const { taken, waiting: left } = await handIn(shelf, app.send, 0, ANNA);
    expect([taken, left.map((one) => one.fate)]).toEqual([1, [{ is: "refused", says: "Logged before." }]]);
  });

  it("stays where the app failed at it, says so, and does not hold up the rest", async () => {
    const shelf = aShelf(waiting("a", 1), waiting("b", 2)), app = answering({ is: "stuck" }, TAKEN);
    const { taken, waiting: left } = await handIn(shelf, app.send, 0, ANNA);
    expect([taken, left.map((one) => [one.key, one.fate.is])]).toEqual([1, [["a", "stuck"]]]);
  });

  it("keeps why it was refused where the app fails at it later", async () => {
    const refused = { ...waiting("a"), fate: { is: "refused", says: "Logged before." } as const }, shelf = aShelf(refused);
    expect((await handIn(shelf, answering({ is: "stuck" }).send, 0, ANNA)).waiting).toEqual([refused]);
  });

  it("is found as an older app kept it", () => {
    const { fate, ...before } = waiting("a");
    const fates = [before, { ...before, isStuck: true }, { ...before, refused: "Logged before.", isStuck: false }]
      .map((kept) => waitingIn(kept).fate);
    expect(fates).toEqual([fate, { is: "stuck" }, { is: "refused", says: "Logged before." }]);
  });

  it("is handed in to nobody but whom it was played for, and stays for them", async () => {
    const shelf = aShelf(waiting("a", 1, BEA), waiting("b", 2)), app = answering(TAKEN);
    expect(await handIn(shelf, app.send, 0, ANNA)).toMatchObject({ taken: 1, waiting: [] });
    expect(app.bodies).toMatchObject([{ key: "b", mark: ANNA }]);
    expect([...shelf.held.values()]).toEqual([waiting("a", 1, BEA)]);

    expect((await handIn(shelf, app.send, 0, BEA)).taken).toBe(1);
    expect(app.bodies[1]).toMatchObject({ key: "a", mark: BEA });
  });

  it("is handed in to nobody where an older app did not say whose it is, until somebody says so", async () => {
    const unsigned = { ...waiting("a"), mark: undefined }, shelf = aShelf(unsigned), app = answering(TAKEN);
    for (const mark of [ANNA, BEA, ""]) expect((await handIn(shelf, app.send, 0, mark)).taken).toBe(0);
    expect(app.bodies).toEqual([]);
    expect(sorted([unsigned], "")).toEqual({ own: [], others: [], unsigned: [unsigned] });

    await shelf.put({ ...unsigned, mark: BEA });
    await handIn(shelf, app.send, 0, BEA);
    expect(app.bodies).toMatchObject([{ key: "a", mark: BEA }]);
  });

  it("says how it was kept, so that an app that is older refuses it with a word and it stays until that is newer", async () => {
    const kept = { ...waiting("a"), told: { version: 2, key: "a" } as Told, ended: 1 }, shelf = aShelf(kept);
    const app = answering({ is: "refused", says: "Update Triplane here." }, TAKEN);
    await handIn(shelf, app.send, 0, ANNA);
    expect(shelf.held.get("a")).toMatchObject({ ...kept, fate: { is: "refused", says: "Update Triplane here." } });

    expect((await handIn(shelf, app.send, 0, ANNA)).taken).toBe(1);
    expect(app.bodies).toMatchObject([{ version: 2 }, { version: 2 }]);
    expect(sent(waiting("b"), 0)).toMatchObject({ version: HAND_IN });
  });

  it("tells its instants by the app's clock, however wrong the device's stands", () => {
    const body = sent(waiting("a", Date.UTC(2001, 0, 1)), Date.UTC(2026, 0, 1) - Date.UTC(2001, 0, 1)) as { began_at: string };
    expect(body.began_at).toBe("2026-01-01T00:00:00.000Z");
  });
});

const bundle = {
  lasts_s: 86_400,
  questions: [{ id: "ill", ask: "Ill?" }, { id: "new_pain", ask: "Pain?" }],
  not_now: { new_pain: { says: ["A pain."], do: [] }, "ill+new_pain": { says: ["See a doctor."], do: [] } },
} as unknown as Bundle;

describe("a bundle", () => {
  it("expires by this device's clock, and plays nothing where that stands before the making", () => {
    const kept = { at: 1_000_000_000, bundle };
    expect(stateOf(null, 0)).toBe("none");
    expect(stateOf(kept, kept.at + 86_399_000)).toBe("ready");
    expect(stateOf(kept, kept.at + 86_400_000)).toBe("expired");
    expect(stateOf(kept, kept.at - 90_000)).toBe("ready");
    expect(stateOf(kept, kept.at - 3_600_000)).toBe("behind");
  });

  it("opens a session no sooner than the coach does", () => {
    const kept = { at: 0, bundle }, along = { opens_in_s: 60 } as Parameters<typeof isOpen>[1];
    expect([isOpen(kept, along, 59_000), isOpen(kept, along, 60_000)]).toEqual([false, true]);
  });

  it("lets nothing play on a yes, nor on a question left open", () => {
    expect(forbids(bundle, { ill: false, new_pain: false })).toBeNull();
    expect(forbids(bundle, { ill: false, new_pain: true })?.says).toEqual(["A pain."]);
    expect(forbids(bundle, { ill: false })?.says).toEqual(["A pain."]);
    expect(forbids(bundle, { ill: true, new_pain: true })?.says).toEqual(["See a doctor."]);
  });
});

describe("pain without the app", () => {
  const table = { pain: { groin: { joint: [4, ["Stop."]] as [number, string[]] } }, signs: { locking: ["Locked."] }, taken_for: "joint" };
  const told = (fields: [string, string][]) => {
    const form = new FormData();
    for (const [name, value] of [["item", "i1"], ["side", "left"], ...fields]) form.append(name, value);
    return judged(form, table, "How much?");
  };
  const groin = (score: string): [string, string][] => [["form-0-region", "groin"], ["form-0-kind", "joint"], ["form-0-score", score]];

  it("is judged by the coach's table alone", () => {
    expect(told(groin("3")).stops).toBe(false);
    expect(told(groin("4"))).toMatchObject({ stops: true, follows: ["Stop."], interruption: { item: "i1", too_much: false } });
    expect(told([["signs", "locking"]])).toMatchObject({ stops: true, follows: ["Locked."] });
  });

  it("takes pain whose kind is left open for the one that the coach names", () => {
    const open = groin("4").filter(([name]) => name !== "form-0-kind");
    expect(told(open)).toMatchObject({ stops: true, interruption: { pain: [{ kind: "joint" }] } });
    expect(told([...open, ["form-0-kind", "muscle"]]).stops).toBe(false);
  });

  it("asks for how much, and takes nothing told for too much", () => {
    expect(() => told(groin(""))).toThrow("How much?");
    expect(told([]).interruption.too_much).toBe(true);
  });
});
