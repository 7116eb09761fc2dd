/** How a moment is written on the sign: few words, large. */
import { type Cue, isTalk, isWork, type Place, type Side, sideOf } from "./clock";
import { say } from "./say";

export interface Sign {
  working: Side | undefined; phase: string; side: string; count: string; of: string; tell: string; looks: "ready" | "work" | "switch"; isTalk: boolean;
}

const PHASES: Record<Cue["kind"], string> = {
  announce: say("Next drill"), set_up: say("Set up"), step: say("How to"), get_ready: say("Get ready"), move: "", hold: say("Hold"),
  rest: say("Rest"), switch: say("Switch sides"), feeling: say("Feel"), done: say("Done"),
};
const NAMES = { left: say("Left"), right: say("Right") };
/** A hold of a repetition shows its own seconds from here on; shorter ones only the repetition. */
const SHOWN_HOLD_S = 6;

export function signOf(cues: readonly Cue[], at: Place): Sign {
  const cue = cues[at.index], seconds = String(Math.max(1, Math.ceil(at.left - 0.001)));
  const working = sideOf(cue), side = working ? NAMES[working] : "";
  if (isTalk(cue)) {
    const tell = cue.focus ?? cue.says;
    return { working, phase: PHASES[cue.kind], side, count: seconds, of: "", tell, looks: "ready", isTalk: true };
  }
  if (!isWork(cue)) return waiting(cues, at, working, seconds);
  const many = (cue.reps ?? 1) > 1, isCounted = many && !(cue.kind === "hold" && cue.seconds >= SHOWN_HOLD_S);
  const named = cue.kind === "move" ? (cue.is_way_back ? say("And back") : say("Go")) : cue.says.replace(/\.$/, "");
  const isLong = named.length > 18;
  return {
    working,
    phase: isLong ? say("Now") : isCounted && cue.kind === "hold" ? `${named} ${seconds}` : named,
    side,
    count: isCounted ? String(cue.rep) : seconds,
    of: many ? (isCounted ? say("of {all}", { all: cue.reps! }) : say("{number} of {all}", { number: cue.rep!, all: cue.reps! })) : "",
    tell: isLong ? named : cue.focus ?? "",
    looks: "work",
    isTalk: false,
  };
}

function waiting(cues: readonly Cue[], at: Place, working: Side | undefined, seconds: string): Sign {
  const cue = cues[at.index], next = cues[at.index + 1];
  const side = cue.kind === "rest" ? next?.side ?? working : working;
  const tell = cue.kind === "get_ready" ? cue.focus ?? cue.says
    : cue.kind === "switch" ? (cue.side === "left" ? say("Now the left") : say("Now the right")) : cue.kind === "rest" ? restSays(next) : cue.says;
  return {
    working: side, phase: PHASES[cue.kind], side: side ? NAMES[side] : "", count: cue.kind === "done" ? "" : seconds, of: "",
    tell, looks: cue.kind === "get_ready" ? "ready" : "switch", isTalk: cue.kind === "done",
  };
}

function restSays(next: Cue | undefined): string {
  return next?.set && next.sets ? say("Next: set {number} of {all}", { number: next.set, all: next.sets }) : "";
}

/** What the voice says of a cue, if anything: numbers of quick repetitions, not their way back. */
export function spoken(cue: Cue): string {
  return cue.is_way_back && cue.seconds < 1.5 ? "" : cue.says;
}

/** Minutes and seconds in words. */
export function lasted(seconds: number): string {
  const minutes = Math.floor(seconds / 60), rest = Math.round(seconds % 60);
  return minutes ? say("{minutes} min {seconds} s", { minutes, seconds: rest }) : say("{seconds} s", { seconds: rest });
}
