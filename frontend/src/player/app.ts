/** The player's way to the app it came from. */
import type { Film } from "../figure/film";
import type { Leave } from "../eye/eye";
import type { Cue, Side, Stretch } from "./clock";
import type { FormTold } from "./forms";
import { say } from "./say";

export interface Drill {
  name: string; says: string[]; stop: string[]; lines: { set_up: number; steps: number }; takes_turns: boolean; load_kg: number; film: string | Film; posters: Record<Side, string>;
  by_language?: { name?: Stretch[]; says?: Stretch[][]; stop?: Stretch[][] };
}
/** A drill and side whose repetitions are counted. */
export interface Countable { item: string; drill: string; side: Side | null; asked: number }
/** The plan and the items a session was laid out from; it travels with all that is told of the session. */
export interface Reference { plan: string; items: string[]; cues: string }
/** `mark` stands for the runner it is played for; it goes with all that is kept and told of it. */
export interface Score { mark: string; slot: string; reference: Reference; minutes: number; cues: Cue[]; drills: Record<string, Drill>; counts: Countable[]; sound?: "voice" | "tones" | "off"; rate?: number }
/** One place that hurt; it is always said, and judged, as of some kind. */
export interface Felt { score: number; region: string; kind: string; side: Side | null }
/** What was told of a drill that was left; made by the app, handed back as it is. */
export interface Interruption { item: string; side: Side | null; too_much: boolean; pain: Felt[]; signs: string[] }
export interface Verdict { interruption: Interruption; stops: boolean; follows: string[] }
export interface Counted { item: string; name: string; side: Side | null; reps: number; asked: number }
export interface Clean { item: string; side: Side | null; reps: number }
export interface Played { seconds: number[]; interruptions: Interruption[]; clean: Clean[]; form: FormTold[] }
/** Version of what is handed in: the coach takes what older ones kept, and refuses newer ones, which then stay kept. */
export const HAND_IN = 1;
/** What is handed in of one playing; `key` makes doing so twice harmless, `mark` keeps it from anybody else. */
export interface Told { version?: number; key: string; mark: string; reference: Reference; played: Played; effort: number | null; discomfort: number }
/** Where to go on after a session was saved; `waits` where it is kept here until it can be handed in,
 * `says` what the coach said of it where it was taken. */
export interface Saved { next: string; waits?: boolean; says?: string }

/** What a player needs of whoever it plays for: the app, what was kept of it, or a file of its own. */
export interface App {
  hurts(form: FormData): Promise<Verdict>;
  count(told: Told): Promise<{ counted: Counted[] }>;
  done(told: Told): Promise<Saved>;
  leave(next?: string): void;
  /** Ask for leave to watch a set of an item by camera; where nobody answers there is no camera. */
  watch?(item: string, side: Side): Promise<Leave>;
}

/** What an answer said was wrong, in words for the runner. */
export class Refused extends Error {
  /** `isHere` is false where the runner it was told to is not there: nobody answered, or for another one. */
  constructor(says: string, readonly next?: string, readonly isHere = true) { super(says); }
}

/** What is answered where what was told is for another runner than the one who is there by now. */
export const ELSEWHERE = 409;

const UNREACHED = say("Triplane did not answer. Nothing is lost; try again.");

/** The app itself; where it does not answer, what was kept of it on this device. */
export class Served implements App {
  private mark = "";

  constructor(private page: HTMLElement, private without: Without) {}

  async score(): Promise<Score> {
    const score = await this.ask<Score>(this.page.dataset.score!);
    this.mark = score.mark;
    return score;
  }

  async hurts(form: FormData): Promise<Verdict> {
    try {
      return await this.ask<Verdict>(this.page.dataset.hurts!, new URLSearchParams([...form] as [string, string][]));
    } catch (error) {
      const verdict = error instanceof Refused && !error.isHere ? await this.without.judge(form, this.mark) : null;
      if (verdict) return verdict;
      throw error;
    }
  }

  count(told: Told): Promise<{ counted: Counted[] }> {
    return this.ask(this.page.dataset.count!, JSON.stringify(told));
  }

  async done(told: Told): Promise<Saved> {
    try {
      return await this.ask<Saved>(this.page.dataset.done!, JSON.stringify(told));
    } catch (error) {
      if (error instanceof Refused && !error.isHere && await this.without.keep(told)) return { next: "/", waits: true };
      throw error;
    }
  }

  watch(item: string, side: Side): Promise<Leave> {
    return this.ask(this.page.dataset.eye!, new URLSearchParams({ slot: this.page.dataset.slot!, item, side }));
  }

  leave(next = "/"): void {
    location.assign(next);
  }

  private async ask<T>(address: string, body?: BodyInit): Promise<T> {
    const token = this.page.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")!.value;
    let answer: Response;
    try {
      answer = await fetch(address, body === undefined ? {} : { method: "POST", body, headers: { "X-CSRFToken": token } });
    } catch {
      throw new Refused(UNREACHED, undefined, false);
    }
    if (answer.redirected) throw new Refused(say("Something has changed meanwhile."), answer.url);
    if (!answer.headers.get("Content-Type")?.includes("json")) throw new Refused(await said(answer));
    const found = (await answer.json()) as T & { problem?: string; next?: string };
    if (!answer.ok) throw new Refused(found.problem ?? UNREACHED, found.next, answer.status !== ELSEWHERE || found.next !== undefined);
    return found;
  }
}

/** What stands in for the app while it does not answer. */
export interface Without {
  judge(form: FormData, mark: string): Promise<Verdict | null>;
  /** Keep what is told until it can be handed in; false where nothing can be kept. */
  keep(told: Told): Promise<boolean>;
}

/** The sentence of a page of faults. */
async function said(answer: Response): Promise<string> {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("[role=alert]")?.textContent ?? UNREACHED;
}

