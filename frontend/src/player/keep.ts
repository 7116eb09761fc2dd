/** A session under way, kept over a reload and over a closed tab; and who of several tabs plays it. */
import type { Interruption, Reference } from "./app";
import type { Clock, Cue } from "./clock";

export interface Kept {
  key: string; clock: Clock; seen: number; interruptions: Interruption[]; isAfter: boolean; cues: string; reference: Reference;
}

/** How long a session that was left is offered again. */
export const GO_ON_MS = 3 * 60 * 60 * 1000;
const NAME = "triplane:play:";

/** Whether what was kept may still be gone on with. */
export const isFresh = (kept: Kept, now: number): boolean => now - kept.seen <= GO_ON_MS && kept.seen <= now + 60_000;

export class Keep {
  private name: string;
  private cues: string;
  private isOver = false;

  constructor(slot: string, cues: readonly Cue[], private reference: Reference) {
    this.name = NAME + slot;
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

/** The slot of a session that was left under way on this device, if any; what is too old is let go. */
export function underWay(now: number): { slot: string; kept: Kept } | null {
  try {
    for (const name of Object.keys(localStorage).filter((key) => key.startsWith(NAME))) {
      const kept = parsed(name);
      if (kept && isFresh(kept, now)) return { slot: name.slice(NAME.length), kept };
      localStorage.removeItem(name);
    }
  } catch { /* a closed store keeps nothing */ }
  return null;
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
