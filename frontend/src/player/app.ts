/** The player's way to the app it came from, and what it keeps over a reload. */
import type { Clock, Cue, Side } from "./clock";

export interface Drill { name: string; feel: string; stop: string[]; takes_turns: boolean; film: string; posters: Record<Side, string> }
export interface Score { slot: string; minutes: number; cues: Cue[]; drills: Record<string, Drill> }
/** What was told of a drill that was left; made by the app, handed back as it is. */
export interface Interruption { item: string; side: Side | null; too_much: boolean; pain: { score: number }[]; signs: string[] }
export interface Verdict { interruption: Interruption; stops: boolean; follows: string[] }
export interface Counted { item: string; name: string; side: Side | null; reps: number; asked: number }
export interface Clean { item: string; side: Side | null; reps: number }
export interface Played { seconds: number[]; interruptions: Interruption[]; clean: Clean[] }

/** What an answer said was wrong, in words for the runner. */
export class Refused extends Error {
  constructor(says: string, readonly next?: string, readonly isUnreached = false) { super(says); }
}

const UNREACHED = "Triplane did not answer. Nothing is lost; try again.";

export class App {
  constructor(private page: HTMLElement) {}

  score(): Promise<Score> {
    return this.ask<Score>(this.page.dataset.score!);
  }

  hurts(form: FormData): Promise<Verdict> {
    return this.ask<Verdict>(this.page.dataset.hurts!, new URLSearchParams([...form] as [string, string][]));
  }

  count(played: Played): Promise<{ counted: Counted[] }> {
    return this.ask(this.page.dataset.count!, JSON.stringify({ key: "00000000", played }));
  }

  done(key: string, played: Played, effort: number | null, discomfort: number): Promise<{ next: string }> {
    return this.ask(this.page.dataset.done!, JSON.stringify({ key, played, effort, discomfort }));
  }

  private async ask<T>(address: string, body?: BodyInit): Promise<T> {
    const token = this.page.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")!.value;
    let answer: Response;
    try {
      answer = await fetch(address, body === undefined ? {} : { method: "POST", body, headers: { "X-CSRFToken": token } });
    } catch {
      throw new Refused(UNREACHED, undefined, true);
    }
    if (answer.redirected) throw new Refused("Something has changed meanwhile.", answer.url);
    if (!answer.headers.get("Content-Type")?.includes("json")) throw new Refused(await said(answer));
    const found = (await answer.json()) as T & { problem?: string; next?: string };
    if (!answer.ok) throw new Refused(found.problem ?? UNREACHED, found.next);
    return found;
  }
}

/** The sentence of a page of faults. */
async function said(answer: Response): Promise<string> {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("[role=alert]")?.textContent ?? UNREACHED;
}

export interface Kept { key: string; clock: Clock; seen: number; interruptions: Interruption[]; isAfter: boolean; cues: string }

/** A session that is being played, for the time its tab lives. */
export class Keep {
  private name: string;
  private cues: string;

  constructor(slot: string, cues: readonly Cue[]) {
    this.name = `triplane:play:${slot}`;
    this.cues = `${cues.length}:${cues.reduce((sum, cue) => sum + cue.seconds, 0).toFixed(1)}`;
  }

  /** What was kept; nothing where the session has changed since. */
  read(): Kept | null {
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.name) ?? "null") as Kept | null;
      return kept?.cues === this.cues ? kept : null;
    } catch {
      return null;
    }
  }

  write(kept: Omit<Kept, "cues">): void {
    try { sessionStorage.setItem(this.name, JSON.stringify({ ...kept, cues: this.cues })); } catch { /* a full or closed store keeps nothing */ }
  }

  forget(): void {
    try { sessionStorage.removeItem(this.name); } catch { /* nothing was kept */ }
  }
}
