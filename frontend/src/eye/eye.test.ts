import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Link, type Socket } from "./link";
import { drawnOf, pack } from "./message";
import { Pace } from "./pace";
import { countedOf, isAnew, repsOf, type Watch } from "./watch";

class Fake implements Socket {
  binaryType = "";
  readyState = 0;
  onopen: Socket["onopen"] = null;
  onmessage: Socket["onmessage"] = null;
  onclose: Socket["onclose"] = null;
  sent: number[] = [];
  send(data: ArrayBuffer): void { this.sent.push(new Float32Array(data)[0]); }
  close(): void { this.readyState = 3; }
  opened(): this { this.readyState = 1; this.onopen?.(); return this; }
  answers(): void { this.onmessage?.({ data: JSON.stringify({ reps: 1 }) }); }
  ends(code: number, reason = ""): void { this.readyState = 3; this.onclose?.({ code, reason }); }
}

const frame = (at: number): ArrayBuffer => new Float32Array([at, 1, 0, 0]).buffer;

function linked(): { link: Link<unknown>; sockets: Fake[]; heard: unknown[]; lost: (string | null)[] } {
  const sockets: Fake[] = [], heard: unknown[] = [], lost: (string | null)[] = [];
  const link = new Link({
    open: () => { const one = new Fake(); sockets.push(one); return one; },
    read: (answer) => answer, heard: (answer) => heard.push(answer), lost: (reason) => lost.push(reason),
  });
  return { link, sockets, heard, lost };
}

describe("the way to the coach", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("keeps one frame under way and only the newest waiting, however slow the answer", () => {
    const { link, sockets: [socket] } = linked();
    socket.opened();
    for (let at = 1; at <= 50; at++) link.send(frame(at));
    expect(socket.sent).toEqual([1]);
    socket.answers();
    expect(socket.sent).toEqual([1, 50]);
    socket.answers();
    expect(socket.sent).toEqual([1, 50]);
  });

  it("is taken up again when it is lost, less and less often, with the newest frame", () => {
    const { link, sockets, lost } = linked();
    sockets[0].opened();
    link.send(frame(1));
    sockets[0].ends(1006);
    link.send(frame(2));
    link.send(frame(3));
    vi.advanceTimersByTime(499);
    expect(sockets).toHaveLength(1);
    vi.advanceTimersByTime(1);
    sockets[1].opened();
    expect([sockets[1].sent, lost]).toEqual([[3], [null]]);
    sockets[1].ends(1006);
    vi.advanceTimersByTime(999);
    expect(sockets).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(sockets).toHaveLength(3);
  });

  it.each([1007, 1008, 1009, 4404, 4409])("a no (%d) is told and not asked again", (code) => {
    const { sockets, lost } = linked();
    sockets[0].opened().ends(code, "why");
    vi.advanceTimersByTime(60_000);
    expect([sockets.length, lost]).toEqual([1, ["why"]]);
  });

  it("once closed it neither opens nor tells anything any more", () => {
    const { link, sockets, lost, heard } = linked();
    link.close();
    sockets[0].answers();
    sockets[0].ends(1006);
    vi.advanceTimersByTime(60_000);
    expect([sockets.length, lost, heard]).toEqual([1, [], []]);
  });
});

describe("a frame as it is sent", () => {
  const points = Array.from({ length: 33 }, (_, i) => ({ x: i, y: i + 0.25, z: -i, visibility: 0.5 }));

  it("holds four numbers and six for each point", () => {
    const floats = new Float32Array(pack({ at: 2.5, aspect: 0.75, people: 1, light: 0.4, image: points, world: points }));
    expect([floats.byteLength, floats[0], floats[2], ...floats.slice(4 + 6 * 32)]).toEqual([808, 2.5, 1, 32, 32.25, 32, 32.25, -32, 0.5]);
  });

  it("of nobody, or of half somebody, is four numbers that say nobody", () => {
    for (const image of [[], points.slice(1)]) {
      const floats = new Float32Array(pack({ at: 1, aspect: 1, people: 1, light: NaN, image, world: points }));
      expect([floats.byteLength, floats[2]]).toEqual([16, 0]);
    }
  });

  it("gives back what is drawn of it, and no points of nobody", () => {
    const somebody = pack({ at: 2.5, aspect: 0.75, people: 1, light: 0.4, image: points, world: points });
    const { aspect, points: drawn } = drawnOf(somebody);
    expect([aspect, drawn.length, drawn[32]]).toEqual([0.75, 33, { x: 32, y: 32.25, visibility: 0.5 }]);
    expect(drawnOf(frame(1))).toEqual({ aspect: 1, points: [] });
  });
});

describe("which model a device is given", () => {
  const after = (pace: Pace, ms: number) => Array.from({ length: 40 }, () => pace.took(ms)).filter(Boolean);

  it("begins with the light one, and is given the full one where it is quick enough", () => {
    const pace = new Pace();
    expect([pace.model, after(pace, 12), pace.model]).toEqual(["lite", ["full"], "full"]);
    expect(after(pace, 22)).toEqual([]);
  });

  it("goes back for good where the full one is too slow, and a slow device never leaves the light one", () => {
    const pace = new Pace();
    after(pace, 12);
    expect([after(pace, 60), after(pace, 12)]).toEqual([["lite"], []]);
    expect(after(new Pace(), 51)).toEqual([]);
    expect(after(new Pace("full"), 90)).toEqual([]);
  });
});

describe("what a camera counted", () => {
  const watch = (key: string, reps: number, clean: number, isWork = true): Watch => ({
    set: { key, item: "a", side: "left", part: { item: "a", side: "left" }, isWork }, hasEnded: false,
    seen: {
      at: 0, reps, clean, share: null, held: 0, framing: "", cue: "", ended: "", ended_by: null, happens: "", shown: [],
    },
  });

  it("is told set by set, and of one set where the camera was switched off and on again in it", () => {
    const watches = [watch("1", 4, 3), watch("2", 2, 2), watch("2", 4, 3)];
    expect(countedOf(watches, "a", "left")).toEqual([{ reps: 4, clean: 3 }, { reps: 6, clean: 5 }]);
    expect(countedOf(watches, "a", null)).toEqual([]);
  });

  it("goes on where another process of a server counts from nothing again", () => {
    const before = watch("1", 4, 3), after = watch("1", 2, 2);
    expect([isAnew(null, after.seen!), isAnew(before.seen, before.seen!), isAnew(before.seen, after.seen!)]).toEqual([false, false, true]);
    expect([repsOf([before, after, watch("2", 9, 9)], "1"), repsOf([{ ...before, seen: null }], "1")]).toEqual([6, null]);
    expect(repsOf([before, watch("1", 0, 0)], "1")).toBe(4);
  });

  it("is nothing where it counted none, which is not the same as none clean", () => {
    const unseen = { ...watch("3", 0, 0), seen: null };
    expect(countedOf([watch("1", 0, 0), watch("2", 3, 3, false), unseen], "a", "left")).toEqual([]);
    expect(countedOf([watch("1", 3, 0)], "a", "left")).toEqual([{ reps: 3, clean: 0 }]);
  });
});
