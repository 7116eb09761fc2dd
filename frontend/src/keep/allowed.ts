/** What is kept for a day without the app, and what it may still be used for. No domain rule stands here. */
import type { Along, Bundle, NotNow } from "../contract/bundle";

/** `at` is this device's own clock when the bundle came; it alone tells the bundle's age. */
export interface KeptBundle { at: number; theme?: string; bundle: Bundle }

export type State = "none" | "expired" | "behind" | "ready";

/** How far the clocks of two devices may stand apart. */
const APART_S = 300;

/** A clock that stands before the making has lost its word: nobody knows how old it is, and nothing plays. */
export function stateOf(kept: KeptBundle | null, now: number): State {
  if (!kept) return "none";
  const age = (now - kept.at) / 1000;
  if (age < -APART_S) return "behind";
  return age >= kept.bundle.lasts_s ? "expired" : "ready";
}

/** Whether a session may be begun by now, by the time that has passed since the bundle came. */
export const isOpen = (kept: KeptBundle, along: Along, now: number): boolean =>
  now >= kept.at + along.opens_in_s * 1000;

/** What the coach says where an answer forbids the session; null where every question was answered with no. */
export function forbids(bundle: Bundle, answers: Record<string, boolean>): NotNow | null {
  const yes = bundle.questions.map((one) => one.id).filter((id) => answers[id] !== false);
  return yes.length ? bundle.not_now[yes.join("+")] ?? { says: bundle.stop_words, do: [] } : null;
}
