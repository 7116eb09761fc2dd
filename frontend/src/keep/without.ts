/** Stands in for the app where it does not answer: judges by the coach's table, and keeps what was told. */
import type { Bundle } from "../contract/bundle";
import type { Told, Verdict } from "../contract/told";
import { judged, stoppedBy } from "./judge";
import { untried } from "./queue";
import { bundles, shelf } from "./store";

/** Judge what was told; where it ends the session, nothing else is offered here either. */
export async function judgedHere(form: FormData, bundle: Bundle, mark: string): Promise<Verdict> {
  const verdict = judged(form, bundle.judgement, bundle.needs_score);
  if (verdict.stops) await bundles.stop(mark, verdict.follows).catch(() => {});
  return verdict;
}

/** What stands in for the app while it does not answer. */
export interface Without {
  judge(form: FormData, mark: string): Promise<Verdict | null>;
  /** Keep what is told until it can be handed in; false where nothing can be kept. */
  keep(told: Told): Promise<boolean>;
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
      const { key, mark } = told;
      await shelf.put({ key, mark, told, readiness: {}, began: null, ended: Date.now(), fate: untried });
      return true;
    } catch {
      return false;
    }
  },
};
