/** Which frame of a drill's film belongs to a moment of work or waiting. */
import type { Cue } from "../contract/score";
import { frameBetween, frameIn, type Keys } from "../figure/timing";
import type { Place } from "./clock";

/** What is not a move brings the figure to its pose in this long, and keeps it there. */
const WAY_S = 2;

/** The frame at a place: on the way to the pose that the cue names or that is left, else there and back. */
export function frameAt(film: Keys & { keys: string[] }, cues: readonly Cue[], at: Place): number {
  const cue = cues[at.index], before = cues[at.index - 1]?.pose, [home] = film.keys;
  const share = cue.seconds > 0 ? at.passed / cue.seconds : 0;
  if (cue.pose || before) {
    const from = film.keys.indexOf(before ?? home), to = film.keys.indexOf(cue.pose ?? home);
    return frameBetween(film, from, to, Math.min(1, cue.kind === "move" ? share : at.passed / WAY_S));
  }
  const phase = cue.kind === "hold" ? "hold" : cue.kind === "move" ? (cue.is_way_back ? "back" : "out") : "wait";
  return frameIn(film, phase, share);
}
