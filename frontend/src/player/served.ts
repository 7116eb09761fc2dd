/** The player's way to the app it came from. */
import { type Leave, readLeave } from "../contract/eye";
import { readScore, type Score } from "../contract/score";
import type { Side } from "../contract/side";
import {
  type Counted, ELSEWHERE, readCounted, readFault, readRecorded, readVerdict, Refused, type Told, type Verdict,
} from "../contract/told";
import type { Without } from "../keep/without";
import { say } from "../page/say";

/** Where to go on after a session: it was recorded, with what the coach says of it, or is kept here until it can be
 *  handed in. */
export type Saved = { is: "recorded"; next: string; says?: string } | { is: "kept"; next: string };

/** What a player needs of whoever it plays for: the app, what was kept of it, or a file of its own. */
export interface App {
  hurts(form: FormData): Promise<Verdict>;
  count(told: Told): Promise<Counted[]>;
  done(told: Told): Promise<Saved>;
  leave(next?: string): void;
  /** Ask for leave to watch a set of an item by camera; where nobody answers there is no camera. */
  watch?(item: string, side: Side): Promise<Leave>;
}

const UNREACHED = say("Triplane did not answer. Nothing is lost; try again.");

/** The app itself; where it does not answer, what was kept of it on this device. */
export class Served implements App {
  private mark = "";

  constructor(private page: HTMLElement, private without: Without) {}

  async score(): Promise<Score> {
    const score = readScore(await this.ask(this.page.dataset.score!));
    this.mark = score.mark;
    return score;
  }

  async hurts(form: FormData): Promise<Verdict> {
    try {
      const told = new URLSearchParams([...form] as [string, string][]);
      return readVerdict(await this.ask(this.page.dataset.hurts!, told));
    } catch (error) {
      const verdict = isAway(error) ? await this.without.judge(form, this.mark) : null;
      if (verdict) return verdict;
      throw error;
    }
  }

  async count(told: Told): Promise<Counted[]> {
    return readCounted(await this.ask(this.page.dataset.count!, JSON.stringify(told))).counted;
  }

  async done(told: Told): Promise<Saved> {
    try {
      const { next, says } = readRecorded(await this.ask(this.page.dataset.done!, JSON.stringify(told)));
      return { is: "recorded", next, says };
    } catch (error) {
      if (isAway(error) && await this.without.keep(told)) return { is: "kept", next: "/" };
      throw error;
    }
  }

  async watch(item: string, side: Side): Promise<Leave> {
    const set = new URLSearchParams({ slot: this.page.dataset.slot!, item, side });
    return readLeave(await this.ask(this.page.dataset.eye!, set));
  }

  leave(next = "/"): void {
    location.assign(next);
  }

  private async ask(address: string, body?: BodyInit): Promise<unknown> {
    const token = this.page.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")!.value;
    const how = body === undefined ? {} : { method: "POST", body, headers: { "X-CSRFToken": token } };
    let answer: Response;
    try {
      answer = await fetch(address, how);
    } catch {
      throw new Refused(UNREACHED, undefined, false);
    }
    if (answer.redirected) throw new Refused(say("Something has changed meanwhile."), answer.url);
    if (!answer.headers.get("Content-Type")?.includes("json")) throw new Refused(await said(answer));
    const found: unknown = await answer.json();
    if (answer.ok) return found;
    const { problem, next } = readFault(found);
    throw new Refused(problem ?? UNREACHED, next, answer.status !== ELSEWHERE || next !== undefined);
  }
}

/** Whether the runner who plays is not there: nobody answered, or for another one. */
const isAway = (error: unknown): boolean => error instanceof Refused && !error.isHere;

/** The sentence of a page of faults. */
async function said(answer: Response): Promise<string> {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("[role=alert]")?.textContent ?? UNREACHED;
}
