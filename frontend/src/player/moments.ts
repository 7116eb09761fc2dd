/** What is heard between two looks at the clock: the table of tones, as a pure function. */
import { type Cue, isWork } from "../contract/score";
import type { Sound } from "../device/tones";
import type { Place } from "./clock";

/** What sounds by the clock alone. */
export type Moment = Exclude<Sound, "paused">;

const WAITS = new Set(["get_ready", "switch", "rest"]);
/** Holds shorter than this have no half and no last three seconds: nothing would be left between them. */
const LONG_S = 8;

export function moments(cues: readonly Cue[], before: Place | null, at: Place): Moment[] {
  const cue = cues[at.index];
  if (!before || before.index !== at.index) return entering(cue, before ? cues[before.index] : null);
  const passed = (seconds: number) => before.left > seconds && at.left <= seconds;
  if (WAITS.has(cue.kind)) return [3, 2, 1].some(passed) ? ["ready"] : [];
  if (cue.kind !== "hold" || cue.seconds < LONG_S) return [];
  const found: Moment[] = passed(cue.seconds / 2) ? ["half"] : [];
  for (const left of [3, 2, 1] as const) if (passed(left)) found.push(`last${left}`);
  return found;
}

function entering(cue: Cue, from: Cue | null): Moment[] {
  if (cue.kind === "done") return ["done"];
  if (cue.kind === "switch") return ["switch"];
  if (isWork(cue) && !(from && isWork(from))) return ["go"];
  if (cue.kind === "move") return [cue.is_way_back ? "up" : "down"];
  return from && isWork(from) && !isWork(cue) ? ["end"] : [];
}
