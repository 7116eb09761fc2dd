import { describe, expect, it } from "vitest";
import { Ear, type Hearing, type Order, orderIn, type Orders, type Recognition } from "./hear";

const ORDERS: Orders = [
  ["next", ["next", "skip"]], ["pause", ["pause", "stop"]], ["go-on", ["go on", "continue"]], ["back", ["back"]],
  ["yes", ["yes"]], ["no", ["no"]], ["too-much", ["too much"]], ["pain", ["pain", "it hurts", "ouch"]],
];

describe("what is heard", () => {
  it("is an order by itself, whatever its case", () => {
    expect(["Next.", "go on", "back", "Pause", "too much", "pain"].map((said) => orderIn(said, ORDERS)))
      .toEqual(["next", "go-on", "back", "pause", "too-much", "pain"]);
  });

  it("moves nothing in the middle of other talk", () => {
    expect(orderIn("I will be back with the next one in a minute", ORDERS)).toBeNull();
    expect(orderIn("paint it", ORDERS)).toBeNull();
  });

  it("answers a question only by itself, and pain goes before the answer", () => {
    expect(["Yes.", "no", "no pain", "there is no more water"].map((said) => orderIn(said, ORDERS)))
      .toEqual(["yes", "no", "pain", null]);
    expect(["oh no", "no, yes", "yes next"].map((said) => orderIn(said, ORDERS))).toEqual([null, null, "next"]);
  });

  it("stops for pain wherever it stands, before all else", () => {
    expect(orderIn("no wait there is some pain in my hip", ORDERS)).toBe("pain");
    expect(orderIn("next ouch", ORDERS)).toBe("pain");
    expect(orderIn("oh that is too much for me today", ORDERS)).toBe("too-much");
  });
});

function room() {
  const calls: string[] = [], obeyed: Order[] = [], states: Hearing[] = [];
  const own: Recognition = {
    lang: "", continuous: false, interimResults: true, onresult: null, onend: null, onerror: null,
    start: () => calls.push("start"), abort: () => { calls.push("abort"); own.onend?.(); },
  };
  const ear = new Ear(own, ORDERS, (order) => obeyed.push(order), (state) => states.push(state));
  const hear = (transcript: string) =>
    own.onresult?.({ resultIndex: 0, results: [Object.assign([{ transcript }], { isFinal: true })] });
  return { ear, own, calls, obeyed, states, hear };
}

describe("the ear", () => {
  it("is deaf until it is switched on", () => {
    const { ear, calls, obeyed, hear } = room();
    ear.look(true);
    hear("next");
    expect([calls, obeyed]).toEqual([[], []]);
  });

  it("does not listen while we speak, and goes on afterwards", () => {
    const { ear, calls, obeyed, states, hear } = room();
    ear.look(true);
    ear.switch(true);
    hear("next");
    ear.look(false);
    hear("pause");
    ear.look(true);
    expect(calls).toEqual(["start", "abort", "start"]);
    expect(obeyed).toEqual(["next"]);
    expect(states).toEqual(["on", "waits", "on"]);
  });

  it("starts again where the browser stopped by itself", () => {
    const { ear, own, calls } = room();
    ear.look(true);
    ear.switch(true);
    own.onend?.();
    ear.look(true);
    expect(calls).toEqual(["start", "start"]);
  });

  it("says so and stays off where the microphone is not given", () => {
    const { ear, own, states, calls } = room();
    ear.look(true);
    ear.switch(true);
    own.onerror?.({ error: "not-allowed" });
    own.onend?.();
    ear.look(true);
    expect(states).toEqual(["on", "refused"]);
    expect(calls).toEqual(["start"]);
    expect(ear.isOn).toBe(false);
  });
});
