/** How a moment is written on the sign: few words, large. */
import type { Drill } from "./app";
import { type Cue, isTalk, isWork, type Place, type Side, sideOf, type Stretch } from "./clock";
import { say } from "./say";

export interface Sign {
  working: Side | undefined; phase: string; side: string; count: string; of: string; tell: string; looks: "ready" | "work" | "switch"; isTalk: boolean;
  /** The same words, with the language of each stretch. */
  phaseSaid: Stretch[]; tellSaid: Stretch[];
}

export const plain = (words: string): Stretch[] => (words ? [[words, ""]] : []);

/** What a cue says, stretch by stretch. */
export const saidBy = (cue: Cue): Stretch[] => cue.by_language?.says ?? plain(cue.says);

/** A line of all words of a drill. */
export const lineOf = (drill: Drill, at: number): Stretch[] => drill.by_language?.says?.[at] ?? plain(drill.says[at] ?? "");
export const nameOf = (drill: Drill): Stretch[] => drill.by_language?.name ?? plain(drill.name);
export const stopsOf = (drill: Drill): Stretch[][] => drill.by_language?.stop ?? drill.stop.map(plain);

/** What stands beside the sign: the lines that fit the moment take turns in it. */
export function besideOf(cue: Cue, at: Place, drill: Drill | undefined): Stretch[] {
  if (!drill || !cue.shows?.length) return [];
  const share = cue.seconds > 0 ? at.passed / cue.seconds : 0;
  return lineOf(drill, cue.shows[Math.min(cue.shows.length - 1, Math.floor(share * cue.shows.length))]);
}

const PHASES: Record<Cue["kind"], string> = {
  announce: say("Next drill"), set_up: say("Set up"), step: say("How to"), get_ready: say("Get ready"), move: "", hold: say("Hold"),
  rest: say("Rest"), switch: say("Switch sides"), feeling: say("Feel"), done: say("Done"),
};
const NAMES = { left: say("Left"), right: say("Right") };
/** A hold of a repetition shows its own seconds from here on; shorter ones only the repetition. */
const SHOWN_HOLD_S = 6;

export function signOf(cues: readonly Cue[], at: Place): Sign {
  const sign = written(cues, at), cue = cues[at.index];
  const said = (words: string): Stretch[] => {
    const { says, focus } = cue.by_language ?? {}, told = says?.length === 1 ? says[0][1] : "";
    if (words === cue.focus && focus) return focus;
    if (words === cue.says && says) return says;
    return words && told && words.startsWith(bare(cue.says)) ? [[words, told]] : plain(words);
  };
  return { ...sign, phaseSaid: said(sign.phase), tellSaid: said(sign.tell) };
}

const bare = (says: string): string => says.replace(/\.$/, "");

function written(cues: readonly Cue[], at: Place): Omit<Sign, "phaseSaid" | "tellSaid"> {
  const cue = cues[at.index], seconds = String(Math.max(1, Math.ceil(at.left - 0.001)));
  const working = sideOf(cue), side = working ? NAMES[working] : "";
  if (isTalk(cue)) {
    const tell = cue.focus ?? cue.says;
    return { working, phase: PHASES[cue.kind], side, count: seconds, of: "", tell, looks: "ready", isTalk: true };
  }
  if (!isWork(cue)) return waiting(cues, at, working, seconds);
  const many = (cue.reps ?? 1) > 1, isCounted = many && !(cue.kind === "hold" && cue.seconds >= SHOWN_HOLD_S);
  const isTaughtHold = cue.is_taught && !cue.pose;
  const named = cue.kind === "move" ? (cue.is_way_back ? say("And back") : say("Go")) : isTaughtHold ? say("Hold") : bare(cue.says);
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

function waiting(cues: readonly Cue[], at: Place, working: Side | undefined, seconds: string): Omit<Sign, "phaseSaid" | "tellSaid"> {
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
  const whole = Math.round(seconds), minutes = Math.floor(whole / 60), rest = whole % 60;
  return minutes ? say("{minutes} min {seconds} s", { minutes, seconds: rest }) : say("{seconds} s", { seconds: rest });
}
