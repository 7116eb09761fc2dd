import { describe, expect, it } from "vitest";
import { longest, Talk } from "./talk";

function room() {
  const said: string[] = [], ends: (() => void)[] = [];
  let now = 0, stopped = 0;
  const speaker = { say: (text: string, done: () => void) => { said.push(text); ends.push(done); }, stop: () => { stopped++; } };
  const talk = new Talk(speaker, () => now);
  return { talk, said, end: () => ends.shift()?.(), wait: (ms: number) => { now += ms; }, stopped: () => stopped };
}

describe("what is said", () => {
  it("is never cut off by the next", () => {
    const { talk, said, end, stopped } = room();
    talk.say("Lie back.");
    talk.say("Feet wide.");
    expect(said).toEqual(["Lie back."]);
    end();
    expect(said).toEqual(["Lie back.", "Feet wide."]);
    expect(stopped()).toBe(0);
  });

  it("is left out when its time has run out before its turn", () => {
    const { talk, said, end, wait } = room();
    talk.say("A long sentence.");
    talk.say("3", 500);
    talk.say("4", 5000);
    wait(1000);
    end();
    expect(said).toEqual(["A long sentence.", "4"]);
  });

  it("does not wait for ever for a voice that never says it has ended", () => {
    const { talk, said, wait } = room();
    talk.say("Hold.");
    talk.say("Rest.");
    wait(longest("Hold.") * 1000 + 1);
    expect(talk.busy).toBe(true);
    expect(said).toEqual(["Hold.", "Rest."]);
  });

  it("hears no end of a line that was hushed", () => {
    const { talk, said, end, stopped } = room();
    talk.say("One.");
    talk.hush();
    talk.say("Two.");
    end();
    expect(stopped()).toBe(1);
    expect(talk.busy).toBe(true);
    expect(said).toEqual(["One.", "Two."]);
  });

  it("is nothing without a voice, and keeps nobody waiting", () => {
    const talk = new Talk(null, () => 0);
    talk.say("Hold.");
    expect(talk.busy).toBe(false);
  });
});
