/** Stands in for the app where it does not answer: judges by the coach's table, and keeps what was told. */
import type { Told, Verdict, Without } from "../player/app";
import type { Bundle } from "./bundle";
import { judged, stoppedBy } from "./judge";
import { bundles, shelf } from "./store";

/** Judge what was told; where it ends the session, nothing else is offered here either. */
export async function judgedHere(form: FormData, bundle: Bundle, mark: string): Promise<Verdict> {
  const verdict = judged(form, bundle.judgement, bundle.needs_score);
  if (verdict.stops) await bundles.stop(mark, verdict.follows).catch(() => {});
  return verdict;
}

export const without: Without = {
  async judge(form: FormData, mark: string): Promise<Verdict | null> {
    const kept = await bundles.read();
    return kept ? judgedHere(form, kept.bundle, mark) : null;
  },

  async keep(told: Told): Promise<boolean> {
    try {
      const kept = await bundles.read(), why = kept && stoppedBy(told.played.interruptions, kept.bundle.judgement);
      if (why) await bundles.stop(told.mark, why);
      await shelf.put({ key: told.key, mark: told.mark, told, readiness: {}, began: null, ended: Date.now() });
      return true;
    } catch {
      return false;
    }
  },
};
