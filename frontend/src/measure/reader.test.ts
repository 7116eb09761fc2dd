import { describe, expect, it } from "vitest";
import { axisOf, fromTilt, liesRight, reading, tipped, unit, type Vector, type Way } from "./gravity";
import { back, type Event, fresh, look, type Plan, type Reader, take } from "./reader";

const limits = {
  near_deg: 25, raised_deg: 5, tipped_deg: 20, moved_deg: 5, back_deg: 8, get_ready_ms: 5000, unmoved_ms: 12000,
};
const still = {
  within_deg: 1.5, drift_deg: 1, smooth_ms: 200, gap_ms: 400, held_ms: 1000, looked_at_ms: 1500, read_ms: 500,
  pull_least: 8.3, pull_most: 11.3,
};
const TURN: Way = { counts: "turn", starts: "level", limits };
const SHIN: Way = { counts: "turn", starts: "upright", limits };
const THOMAS: Way = { counts: "below_level", starts: "raised", limits };
const rad = (deg: number) => (deg * Math.PI) / 180;
const flip = ([x, y, z]: Vector): Vector => [-x, -y, -z];

/** Gravity on a phone whose long edge is raised by some degrees from level, tipped about that edge. */
const along = (raised: number, rolled = 0): Vector =>
  [Math.sin(rad(rolled)) * Math.cos(rad(raised)), Math.sin(rad(raised)), Math.cos(rad(rolled)) * Math.cos(rad(raised))];
/** Gravity on a phone that stands on its short edge and is turned in the plane of its screen. */
const inScreen = (turned: number): Vector => [Math.sin(rad(turned)), Math.cos(rad(turned)), 0];

describe("an angle read from gravity", () => {
  it.each([10, 47, 90, 115, 150])("a thigh that turns by %d degrees from level reads so", (turned) => {
    expect(reading(TURN, along(0), along(turned))).toBeCloseTo(turned, 6);
    expect(reading(TURN, along(2), along(2 - turned))).toBeCloseTo(turned, 6);
  });

  it("counts from where it was zeroed, not from level", () => {
    expect(reading(TURN, along(12), along(50))).toBeCloseTo(38, 6);
  });

  it("does not care which way up the phone lies, nor which sign a browser gives gravity", () => {
    for (const turn of [flip, ([x, y, z]: Vector): Vector => [-x, -y, z], ([x, y, z]: Vector): Vector => [-x, y, -z]]) {
      expect(reading(TURN, turn(along(0)), turn(along(40)))).toBeCloseTo(40, 6);
      expect(reading(THOMAS, turn(along(60)), turn(along(-12)))).toBeCloseTo(12, 6);
      expect(reading(THOMAS, turn(along(60)), turn(along(7)))).toBeCloseTo(-7, 6);
      expect(reading({ counts: "above_level", starts: "raised", limits }, turn(along(88)), turn(along(43)))).toBeCloseTo(43, 6);
      expect(reading({ counts: "from_upright", starts: "upright", limits }, turn(along(88)), turn(along(50)))).toBeCloseTo(40, 6);
    }
  });

  it("reads a shin with the phone on its front or on its side", () => {
    expect(axisOf(SHIN, inScreen(0), inScreen(34))).toBe(2);
    expect(reading(SHIN, inScreen(2), inScreen(-32))).toBeCloseTo(34, 6);
    expect(axisOf(SHIN, along(90), along(56))).toBe(0);
    expect(reading(SHIN, along(90), along(56))).toBeCloseTo(34, 6);
  });

  it("reads the turn about the joint's own axis also where that stands a little off level", () => {
    const lean = (g: Vector): Vector => {
      const a = rad(15);
      return unit([Math.sin(a), g[1] * Math.cos(a), g[2] * Math.cos(a)])!;
    };
    expect(reading(TURN, lean(along(0)), lean(along(40)))).toBeCloseTo(40, 6);
    expect(tipped(TURN, lean(along(0)), lean(along(40)))).toBeCloseTo(15, 6);
  });

  it("has no gimbal: what a browser reports jumps where the phone stands upright, gravity does not", () => {
    const before = fromTilt(89.9, 5), after = fromTilt(90.1, 5), jumped = fromTilt(89.9, -175);
    expect(reading(TURN, fromTilt(0, 0), before)).toBeCloseTo(89.9, 1);
    expect(Math.hypot(...before.map((one, i) => one - after[i]))).toBeLessThan(0.01);
    expect(Math.hypot(...before.map((one, i) => one - jumped[i]))).toBeLessThan(0.01);
    for (let beta = 0; beta <= 170; beta += 5) expect(reading(TURN, fromTilt(0, 0), fromTilt(beta, 0))).toBeCloseTo(beta, 6);
  });

  it("knows how a test starts", () => {
    expect([liesRight(TURN, along(10)), liesRight(TURN, along(40)), liesRight(SHIN, along(80)), liesRight(SHIN, along(50))]).toEqual([true, false, true, false]);
    expect([liesRight(THOMAS, along(60)), liesRight(THOMAS, along(2))]).toEqual([true, false]);
  });
});

/** A leg's way over time: hold each direction for some seconds, with a shaking hand, at some samples a second. */
class Leg {
  private at = 1000;
  reader: Reader = fresh;
  readonly events: Event[] = [];
  constructor(private plan: Plan, private rate = 50, private shakes = 0.3) {}

  hold(gravity: Vector, seconds: number): this {
    return this.move(gravity, gravity, seconds);
  }

  move(from: Vector, to: Vector, seconds: number): this {
    const count = Math.round(seconds * this.rate);
    for (let i = 1; i <= count; i++) {
      this.at += 1000 / this.rate;
      const share = i / count, wobble = this.shakes * Math.sin(this.at / 17) * 0.1;
      const g = from.map((one, k) => 9.81 * (one + (to[k] - one) * share) + (k === 1 ? wobble : wobble / 2)) as unknown as Vector;
      const [reader, event] = look(this.reader, { at: this.at, gravity: g }, this.plan);
      this.reader = reader;
      if (event) this.events.push(event);
    }
    return this;
  }

  pause(ms: number): this {
    this.at += ms;
    return this;
  }

  get readings(): readonly number[] { return this.reader.readings; }
}

const FLEXION: Plan = { ...TURN, still, low: 40, high: 165, wanted: 3 };
const TURN_IN: Plan = { ...SHIN, still, low: -10, high: 95, wanted: 3 };

describe("readings taken by holding still", () => {
  it("three ways there and back are three readings", () => {
    const leg = new Leg(FLEXION);
    for (const end of [110, 112, 111]) leg.hold(along(1), 1.6).move(along(1), along(end), 1.5).hold(along(end), 1.8).move(along(end), along(1), 1.5);
    expect(leg.readings).toEqual([109, 111, 110]);
    expect(leg.events).toEqual(["zeroed", "read", "zeroed", "read", "zeroed", "read"]);
    expect(leg.reader.phase).toBe("full");
  });

  it.each([10, 25, 60, 100])("comes to the same at %d samples a second", (rate) => {
    const leg = new Leg(FLEXION, rate).hold(along(0), 2).move(along(0), along(95), 1).hold(along(95), 2);
    expect(leg.readings).toEqual([95]);
  });

  it("a leg that still turns gives none, and neither does one that is shaken", () => {
    expect(new Leg(FLEXION).hold(along(0), 2).move(along(0), along(120), 20).readings).toEqual([]);
    expect(new Leg(FLEXION, 50, 40).hold(along(0), 4).readings).toEqual([]);
  });

  it("resting half way up is no reading where no hip ends there", () => {
    const leg = new Leg(FLEXION).hold(along(0), 2).move(along(0), along(30), 1).hold(along(30), 3);
    expect([leg.readings, leg.reader.problem]).toEqual([[], "short"]);
    leg.move(along(30), along(110), 1).hold(along(110), 2);
    expect(leg.readings).toEqual([110]);
  });

  it("held on after a reading it is read once; the next one needs the way back", () => {
    const leg = new Leg(TURN_IN).hold(inScreen(0), 2).move(inScreen(0), inScreen(30), 1).hold(inScreen(30), 8);
    expect([leg.readings, leg.reader.problem]).toEqual([[30], "lies"]);
    leg.move(inScreen(30), inScreen(15), 1).hold(inScreen(15), 3);
    expect([leg.readings, leg.reader.problem]).toEqual([[30], "elsewhere"]);
  });

  it("a start that creeps away is not taken for the start", () => {
    const leg = new Leg(FLEXION);
    for (const start of [0, 6, 12, 18]) leg.hold(along(start), 2).move(along(start), along(100), 1).hold(along(100), 2).move(along(100), along(start + 6), 1);
    expect(leg.readings).toEqual([100, 94]);
  });

  it("a phone across the leg, or rolled about it, is not read: the joint's axis is not level in its frame", () => {
    const across = ([x, y, z]: Vector): Vector => [y, x, z];
    const leg = new Leg(FLEXION).hold(across(along(0)), 2).move(across(along(0)), across(along(100)), 1).hold(across(along(100)), 3);
    expect([leg.readings, leg.reader.problem]).toEqual([[], "tipped"]);
    const rolled = new Leg(FLEXION).hold(along(0, 35), 3);
    expect([rolled.events, rolled.reader.problem]).toEqual([[], "tipped"]);
  });

  it("a leg that moves level with the floor is never read", () => {
    const leg = new Leg({ ...TURN, still, low: 5, high: 90, wanted: 3 }).hold(along(0), 20);
    expect([leg.readings, leg.reader.phase]).toEqual([[], "move"]);
  });

  it("what no hip can give is not taken", () => {
    const leg = new Leg({ ...FLEXION, high: 120 }).hold(along(0), 2).move(along(0), along(150), 1).hold(along(150), 2);
    expect([leg.readings, leg.reader.problem]).toEqual([[], "beyond"]);
  });

  it("a hole in what the sensor says is no stillness", () => {
    const leg = new Leg(FLEXION).hold(along(0), 0.6).pause(5000).hold(along(0), 0.6);
    expect(leg.events).toEqual([]);
  });

  it("a reading is taken back, or taken by hand before it is still", () => {
    const leg = new Leg(FLEXION).hold(along(0), 2).move(along(0), along(100), 1);
    [leg.reader] = take(leg.reader, FLEXION);
    expect(leg.readings[0]).toBeGreaterThan(80);
    leg.reader = back(leg.reader);
    expect([leg.readings, leg.reader.zero]).toEqual([[], null]);
  });
});
