/** A session under way, kept over a reload and over a closed tab; and who of several tabs plays it. */
import type { Reference, Score } from "../contract/score";
import type { Interruption } from "../contract/told";
import type { Clock } from "./clock";
import type { Row } from "./forms";

export interface Kept {
  key: string; clock: Clock; seen: number; interruptions: Interruption[]; forms?: Row[]; isAfter: boolean;
  cues: string; reference: Reference;
}

/** How long a session that was left is offered again. */
export const GO_ON_MS = 3 * 60 * 60 * 1000;
const NAME = "triplane:play:";
/** Whose session it is stands in its name: a mark, then the slot. What an older app kept says neither, and goes. */
const NAMED = /^triplane:play:([0-9a-f]{24}):(.+)$/;

/** Whether what was kept may still be gone on with. */
export const isFresh = (kept: Kept, now: number): boolean => now - kept.seen <= GO_ON_MS && kept.seen <= now + 60_000;

export class Keep {
  private name: string;
  private cues: string;
  private reference: Reference;
  private isOver = false;

  constructor({ mark, slot, cues, reference }: Pick<Score, "mark" | "slot" | "cues" | "reference">) {
    this.name = `${NAME}${mark}:${slot}`;
    this.reference = reference;
    this.cues = `${cues.length}:${cues.reduce((sum, cue) => sum + cue.seconds, 0).toFixed(1)}`;
  }

  /** What was kept; nothing where the session has changed since, or where too much time has passed. */
  read(now: number): Kept | null {
    const kept = parsed(this.name);
    return kept?.cues === this.cues && isFresh(kept, now) ? kept : null;
  }

  /** Whether it was this tab that played it: then a reload simply goes on. */
  isOfThisTab(kept: Kept): boolean {
    try { return sessionStorage.getItem(this.name) === kept.key; } catch { return false; }
  }

  write(kept: Omit<Kept, "cues" | "reference">): void {
    if (this.isOver) return;
    try {
      sessionStorage.setItem(this.name, kept.key);
      localStorage.setItem(this.name, JSON.stringify({ ...kept, cues: this.cues, reference: this.reference }));
    } catch { /* a full or closed store keeps nothing */ }
  }

  /** Let go of it for good: what is saved or left is not kept again by the page that closes. */
  forget(): void {
    this.isOver = true;
    try {
      sessionStorage.removeItem(this.name);
      localStorage.removeItem(this.name);
    } catch { /* nothing was kept */ }
  }
}

/** The session that a runner left under way on this device, if any; what is too old is let go, whose ever it is. */
export function underWay(mark: string, now: number): { slot: string; kept: Kept } | null {
  try {
    for (const name of Object.keys(localStorage).filter((key) => key.startsWith(NAME))) {
      const kept = parsed(name), [, whose, slot] = NAMED.exec(name) ?? [];
      if (!kept || !whose || !isFresh(kept, now)) localStorage.removeItem(name);
      else if (whose === mark) return { slot, kept };
    }
  } catch { /* a closed store keeps nothing */ }
  return null;
}

/** Whether this tab has played a session: what it kept of it may be gone on with. */
export function playedHere(slot: string): boolean {
  try { return Object.keys(sessionStorage).some((name) => NAMED.exec(name)?.[2] === slot); } catch { return false; }
}

function parsed(name: string): Kept | null {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "null") as Kept | null;
  } catch {
    return null;
  }
}

/** A tab that is reloaded lets go of its lease only a moment later. */
const WAIT_MS = 1500;

/** Take the lease on playing for as long as this page lives; false where another tab holds it. */
export function lease(name = "triplane:play"): Promise<boolean> {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    const forLife = () => { resolve(true); return new Promise<void>(() => {}); };
    navigator.locks.request(name, { signal: AbortSignal.timeout(WAIT_MS) }, forLife).catch(() => resolve(false));
  });
}
