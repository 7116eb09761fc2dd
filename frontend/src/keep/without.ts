/** Stands in for the app where it does not answer: judges by the coach's table, and keeps what was told. */
import type { Told, Verdict, Without } from "../player/app";
import { judged } from "./judge";
import { bundles, shelf } from "./store";

export const without: Without = {
  async judge(form: FormData): Promise<Verdict | null> {
    const kept = await bundles.read();
    return kept ? judged(form, kept.bundle.judgement, kept.bundle.needs_score) : null;
  },

  async keep(told: Told): Promise<boolean> {
    try {
      await shelf.put({ key: told.key, told, readiness: {}, began: null, ended: Date.now() });
      return true;
    } catch {
      return false;
    }
  },
};
