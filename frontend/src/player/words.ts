/** How a moment is written on the sign: few words, large. */
import { type Cue, type Drill, isTalk, isWork, sideOf } from "../contract/score";
import type { Side, Stretch } from "../contract/side";
import { say } from "../page/say";
import type { Place } from "./clock";

/** What stands on the sign; what may be in another language than the page's, stretch by stretch. */
export interface Sign {
  working: Side | undefined; phase: Stretch[]; side: string; count: string; of: string; tell: Stretch[];
  looks: "ready" | "work" | "switch"; isTalk: boolean;
}

export const plain = (words: string): Stretch[] => (words ? [[words, ""]] : []);

/** What a cue says, stretch by stretch. */
export const saidBy = (cue: Cue): Stretch[] => cue.by_language?.says ?? plain(cue.says);
/** The one thing to mind in a cue; nothing where there is none. */
const focusOf = (cue: Cue): Stretch[] => cue.by_language?.focus ?? plain(cue.focus ?? "");
const focusOrAll = (cue: Cue): Stretch[] => (cue.focus ? focusOf(cue) : saidBy(cue));

/** A line of all words of a drill. */
export const lineOf = (drill: Drill, at: number): Stretch[] =>
  drill.by_language?.says?.[at] ?? plain(drill.says[at] ?? "");
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
/** A way back that is over sooner is not spoken of. */
const QUICK_S = 1.5;

/** Beyond this a name is too long to be the sign's largest words. */
const LONG = 18;

/** The sign at a place of the session; `seen` are the repetitions that a camera counted, where one counts. */
export function signOf(cues: readonly Cue[], at: Place, seen: number | null = null): Sign {
  const cue = cues[at.index], seconds = String(Math.max(1, Math.ceil(at.left - 0.001)));
  if (isTalk(cue)) {
    const [working, side] = [sideOf(cue), named(sideOf(cue))];
    const phase = plain(PHASES[cue.kind]);
    return { working, phase, side, count: seconds, of: "", tell: focusOrAll(cue), looks: "ready", isTalk: true };
  }
  return isWork(cue) ? atWork(cue, seconds, seen) : waiting(cue, cues[at.index + 1], seconds);
}

function atWork(cue: Cue, seconds: string, seen: number | null): Sign {
  const { rep = 1, reps = 1 } = cue, isMany = reps > 1, isHold = cue.kind === "hold";
  const isCounted = isMany && !(isHold && cue.seconds >= SHOWN_HOLD_S);
  const doing = workSays(cue), isLong = lengthOf(doing) > LONG;
  const phase = isLong ? plain(say("Now")) : isCounted && isHold ? [...doing, ...plain(seconds)] : doing;
  const ofAll = isCounted ? say("of {all}", { all: reps }) : say("{number} of {all}", { number: rep, all: reps });
  return {
    working: sideOf(cue), phase, side: named(sideOf(cue)), of: isMany ? ofAll : "",
    count: isCounted ? String(seen ?? rep) : seconds,
    tell: isLong ? doing : focusOf(cue), looks: "work", isTalk: false,
  };
}

/** What to do in a moment of work, in few words. */
function workSays(cue: Cue): Stretch[] {
  if (cue.does) return unended(cue.by_language?.does ?? plain(cue.does));
  if (cue.kind === "hold") return plain(say("Hold"));
  return plain(cue.is_way_back ? say("And back") : say("Go"));
}

const lengthOf = (stretches: Stretch[]): number => stretches.map(([words]) => words).join(" ").length;

/** The same without the full stop at its end. */
const unended = (stretches: Stretch[]): Stretch[] => stretches.map(([words, language], i) =>
  [i === stretches.length - 1 ? words.replace(/\.$/, "") : words, language]);

function waiting(cue: Cue, next: Cue | undefined, seconds: string): Sign {
  const working = cue.kind === "rest" ? next?.side ?? sideOf(cue) : sideOf(cue), isDone = cue.kind === "done";
  return {
    working, phase: plain(PHASES[cue.kind]), side: named(working), count: isDone ? "" : seconds, of: "",
    tell: waitSays(cue, next), looks: cue.kind === "get_ready" ? "ready" : "switch", isTalk: isDone,
  };
}

function waitSays(cue: Cue, next: Cue | undefined): Stretch[] {
  if (cue.kind === "get_ready") return focusOrAll(cue);
  if (cue.kind === "switch") return plain(cue.side === "left" ? say("Now the left") : say("Now the right"));
  if (cue.kind !== "rest") return saidBy(cue);
  return next?.set && next.sets ? plain(say("Next: set {number} of {all}", { number: next.set, all: next.sets })) : [];
}

const named = (side: Side | undefined): string => (side ? NAMES[side] : "");

/** What the voice says of a cue, if anything: numbers of quick repetitions, not their way back. */
export const spoken = (cue: Cue): Stretch[] => (cue.is_way_back && cue.seconds < QUICK_S ? [] : saidBy(cue));

/** Minutes and seconds in words. */
export function lasted(seconds: number): string {
  const whole = Math.round(seconds), minutes = Math.floor(whole / 60), rest = whole % 60;
  return minutes ? say("{minutes} min {seconds} s", { minutes, seconds: rest }) : say("{seconds} s", { seconds: rest });
}
