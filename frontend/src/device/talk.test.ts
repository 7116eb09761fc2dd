import { afterEach, describe, expect, it, vi } from "vitest";
import { longest, Talk, voice } from "./talk";

function room() {
  const said: string[] = [], ends: (() => void)[] = [];
  let now = 0, stopped = 0;
  const speaker = {
    say: (text: string, done: (isSaid: boolean) => void) => { said.push(text); ends.push(() => done(true)); },
    stop: () => { stopped++; },
  };
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

  it("is reported once the voice has said it, and nothing else is", () => {
    const { talk, end, wait } = room(), reported: string[] = [];
    const say = (text: string, until?: number) => talk.say(text, until, undefined, () => reported.push(text));
    say("A long sentence.");
    say("Too late.", 500);
    expect(reported).toEqual([]);
    wait(1000);
    end();
    expect(reported).toEqual(["A long sentence."]);
    say("Hushed.");
    talk.hush();
    end();
    say("Never ended.");
    wait(longest("Never ended.") * 1000 + 1);
    expect(talk.busy).toBe(false);
    talk.use(null);
    say("Without a voice.");
    expect(reported).toEqual(["A long sentence."]);
  });

  it("is nothing without a voice, and keeps nobody waiting", () => {
    const talk = new Talk(null, () => 0);
    talk.say("Hold.");
    expect(talk.busy).toBe(false);
  });
});

describe("the machine's voices", () => {
  const line = class { lang = ""; voice = {}; rate = 1; onend = () => {}; onerror = () => {}; constructor(readonly text: string) {} };
  let reported: string[] = [];
  const machine = (...langs: string[]) => {
    const heard: [string, string][] = [];
    vi.stubGlobal("document", { documentElement: { lang: "de" } });
    vi.stubGlobal("SpeechSynthesisUtterance", line);
    vi.stubGlobal("speechSynthesis", {
      getVoices: () => langs.map((lang) => ({ lang, localService: true })),
      speak: (one: InstanceType<typeof line>) => {
        heard.push([one.text, one.lang]);
        if (one.text === "Füße weit.") one.onerror(); else one.onend();
      },
    });
    const talk = new Talk(voice(), () => 0);
    reported = [];
    const say = (text: string, lang?: string) => talk.say(text, Infinity, lang, () => reported.push(text));
    say("Leg dich hin.");
    say("Lie back.", "en");
    say("Füße weit.");
    return heard;
  };
  afterEach(() => vi.unstubAllGlobals());

  it("say each line in its own language", () => {
    expect(machine("en-GB", "de-DE")).toEqual([["Leg dich hin.", "de-DE"], ["Lie back.", "en-GB"], ["Füße weit.", "de-DE"]]);
    expect(reported, "a voice that fails has not said it").toEqual(["Leg dich hin.", "Lie back."]);
  });

  it("leave to the eye what none of them speaks", () => {
    expect(machine("de-DE")).toEqual([["Leg dich hin.", "de-DE"], ["Füße weit.", "de-DE"]]);
    expect(reported).toEqual(["Leg dich hin."]);
  });
});
