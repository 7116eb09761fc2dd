/** How a moment is written on the sign: few words, large. */
import { type Cue, isTalk, isWork, type Place, sideOf } from "./clock";
import { isWayBack } from "./moments";
import { say } from "./say";

export interface Sign {
  phase: string; side: string; count: string; of: string; tell: string; looks: "ready" | "work" | "switch"; isTalk: boolean;
}

const PHASES: Record<Cue["kind"], string> = {
  announce: say("Next drill"), set_up: say("Set up"), step: say("How to"), get_ready: say("Get ready"), move: "", hold: say("Hold"),
  rest: say("Rest"), switch: say("Switch sides"), feeling: say("Feel"), done: say("Done"),
};
const NAMES = { left: say("Left"), right: say("Right") };
/** A hold of a repetition shows its own seconds from here on; shorter ones only the repetition. */
const SHOWN_HOLD_S = 6;

/** What a count-in begins with; the sign shows the side by itself. */
const SIDES_SAID = [say("Left side. "), say("Right side. "), say("In turn, left first. ")];

const withoutSide = (says: string): string => says.slice(SIDES_SAID.find((said) => says.startsWith(said))?.length ?? 0);

/** The one thing to mind in a set: what its count-in said. */
export function focusOf(cues: readonly Cue[], index: number): string {
  for (let i = index; i >= 0 && cues[i].item === cues[index].item; i--) {
    if (cues[i].kind === "get_ready") return withoutSide(cues[i].says);
  }
  return "";
}

export function signOf(cues: readonly Cue[], at: Place): Sign {
  const cue = cues[at.index], seconds = String(Math.max(1, Math.ceil(at.left - 0.001)));
  const working = sideOf(cue), side = working ? NAMES[working] : "";
  if (isTalk(cue)) {
    const tell = cue.kind === "feeling" ? cue.says.replace(say("What you should feel: "), "") : cue.says;
    return { phase: PHASES[cue.kind], side, count: seconds, of: "", tell, looks: "ready", isTalk: true };
  }
  if (!isWork(cue)) return waiting(cues, at, side, seconds);
  const many = (cue.reps ?? 1) > 1, isCounted = many && !(cue.kind === "hold" && cue.seconds >= SHOWN_HOLD_S);
  const named = cue.kind === "move" ? (isWayBack(cue) ? say("And back") : say("Go")) : cue.says.replace(/\.$/, "");
  const isLong = named.length > 18;
  return {
    phase: isLong ? say("Now") : isCounted && cue.kind === "hold" ? `${named} ${seconds}` : named,
    side,
    count: isCounted ? String(cue.rep) : seconds,
    of: many ? (isCounted ? say("of {all}", { all: cue.reps! }) : say("{number} of {all}", { number: cue.rep!, all: cue.reps! })) : "",
    tell: isLong ? named : focusOf(cues, at.index),
    looks: "work",
    isTalk: false,
  };
}

function waiting(cues: readonly Cue[], at: Place, side: string, seconds: string): Sign {
  const cue = cues[at.index], next = cues[at.index + 1];
  const after = next?.side && next.side !== cue.side ? NAMES[next.side] : side;
  const tell = cue.kind === "get_ready" ? withoutSide(cue.says)
    : cue.kind === "switch" ? (cue.side === "left" ? say("Now the left") : say("Now the right")) : cue.kind === "rest" ? restSays(next) : cue.says;
  return {
    phase: PHASES[cue.kind], side: cue.kind === "rest" ? after : side, count: cue.kind === "done" ? "" : seconds, of: "",
    tell, looks: cue.kind === "get_ready" ? "ready" : "switch", isTalk: cue.kind === "done",
  };
}

function restSays(next: Cue | undefined): string {
  return next?.set && next.sets ? say("Next: set {number} of {all}", { number: next.set, all: next.sets }) : "";
}

/** What the voice says of a cue, if anything: numbers of quick repetitions, not their way back. */
export function spoken(cue: Cue): string {
  return isWayBack(cue) && cue.seconds < 1.5 ? "" : cue.says;
}

/** Minutes and seconds in words. */
export function lasted(seconds: number): string {
  const minutes = Math.floor(seconds / 60), rest = Math.round(seconds % 60);
  return minutes ? say("{minutes} min {seconds} s", { minutes, seconds: rest }) : say("{seconds} s", { seconds: rest });
}
