/** One screen after a session: effort, discomfort, what hurt, and clean repetitions. */
import { type Cue, isWork, type Score } from "../contract/score";
import type { Side } from "../contract/side";
import { type Clean, type Counted, type Part, Refused, type Told } from "../contract/told";
import { sayNext } from "../keep/said";
import { found, line, problem, show } from "../page/parts";
import { say } from "../page/say";
import type { Player } from "./player";
import type { App } from "./served";
import type { Question } from "./forms";
import { lasted, nameOf, plain } from "./words";

const ASKS = say("Choose how hard it was and the most you felt, 0 to 10 each.");
const SIDES = { left: say("Left"), right: say("Right") };
type Row = { count(counted: Counted): void };

export class After {
  private clean: Clean[] = [];

  constructor(private app: App, private player: Player, private score: Score, private forget: () => void) {}

  /** Everything has its place at once: what the app still counts comes into rows that stand there already. */
  async open(page: HTMLElement): Promise<void> {
    const played = this.player.played();
    show("length", say("{length} played", { length: lasted(played.seconds.reduce((sum, seconds) => sum + seconds, 0)) }), page);
    this.tellTold(page);
    const hurts = found('[data-do="hurts-after"]', page);
    hurts.addEventListener("click", () => this.player.askAfter(() => this.tellTold(page)));
    this.tellForm(found('[data-part="form"]', page));
    const form = found<HTMLFormElement>("form", page);
    form.addEventListener("submit", (event) => { event.preventDefault(); void this.save(form); });
    const rows = this.rows(page, played.seconds);
    try {
      for (const one of await this.app.count(this.player.told(null, 0))) rows.get(named(one))?.count(one);
    } catch (error) {
      // Without the app nobody counts, and no row was ever drawn; an app that fails leaves its rows empty.
      found('[data-part="counted"]', page).hidden = !(error instanceof Refused) || !rows.size;
    }
  }

  private tellTold(page: HTMLElement): void {
    const told = this.player.played().interruptions.filter((one) => one.pain.length || one.signs.length).length;
    show("told", told > 1 ? say("Told for {number} drills.", { number: told }) : told ? say("Told for one drill.") : say("Nothing told so far."), page);
  }

  /** What a camera saw: sets that ended by form; and what it cannot see, to be answered or left open. */
  private tellForm(card: HTMLElement): void {
    const { forms } = this.player, broke = forms.rows.filter((row) => row.broke.length), questions = forms.questions();
    card.hidden = !broke.length && !questions.length;
    found('[data-part="broke"]', card).replaceChildren(...broke.flatMap((row) => {
      const what = [...new Set(row.broke.map(({ happens }) => happens))];
      return [line("h3", plain(this.about(row))), ...what.map((happens) => line("p", plain(happens)))];
    }));
    found('[data-part="ended"]', card).hidden = !broke.length;
    found('[data-part="unseen"]', card).hidden = !questions.length;
    const heads = questions.map((one) => this.about(one));
    found('[data-part="questions"]', card).replaceChildren(...questions.flatMap((one, number) => [
      ...(heads[number] === heads[number - 1] ? [] : [line("h3", plain(heads[number]))]),
      asking(one, number, (yes) => this.player.answer(one, yes)),
    ]));
  }

  private about({ item, side }: Part): string {
    const drill = this.player.course.cues.find((cue) => cue.item === item)?.drill;
    const name = drill ? nameOf(this.score.drills[drill]).map(([said]) => said).join(" ") : "";
    return [name, side ? SIDES[side] : ""].filter(Boolean).join(", ");
  }

  /** One row for every drill and side that was worked on, still without its number. */
  private rows(page: HTMLElement, seconds: number[]): Map<string, Row> {
    const played = this.player.course.cues.filter((cue, i) => isWork(cue) && seconds[i] > 0);
    const worked = new Set(played.map((cue) => named({ item: cue.item!, side: cue.side ?? null })));
    const rows = new Map<string, Row>(), card = found('[data-part="counted"]', page);
    for (const one of (this.score.counts ?? []).filter((each) => worked.has(named(each)))) {
      const side = one.side ? SIDES[one.side] : "", name = nameOf(this.score.drills[one.drill]);
      const [row, words, keys] = ["div", "div", "div"].map((tag) => document.createElement(tag));
      row.className = "counted";
      keys.className = "row";
      const value = Object.assign(document.createElement("b"), { textContent: "–" });
      value.setAttribute("aria-live", "polite");
      const of = Object.assign(document.createElement("p"), { className: "small", textContent: [side, say("of {all}", { all: one.asked })].filter(Boolean).join(" · ") });
      const about = [name.map(([said]) => said).join(" "), side].filter(Boolean).join(", ");
      const [less, more] = [key("−", `${say("One less")}, ${about}`), key("+", `${say("One more")}, ${about}`)];
      words.append(line("p", name), of);
      keys.append(less, value, more);
      row.append(words, keys);
      card.append(row);
      rows.set(named(one), { count: (counted) => this.count(counted, value, less, more) });
    }
    card.hidden = !rows.size;
    return rows;
  }

  /** How many sets of a drill on a side were worked in. */
  private setsOf(item: string, side: Side | null): number {
    const { seconds } = this.player.played(), isOf = (cue: Cue) => cue.item === item && (cue.side ?? null) === side;
    const worked = this.player.course.cues.filter((cue, i) => isWork(cue) && isOf(cue) && seconds[i] > 0);
    return new Set(worked.map((cue) => cue.set)).size;
  }

  private count(counted: Counted, value: HTMLElement, less: HTMLButtonElement, more: HTMLButtonElement): void {
    const { item, side, reps, asked } = counted;
    const most = Math.min(asked, reps), sets = this.setsOf(item, side);
    const clean = { item, side, reps: this.player.watching.clean(item, side, most, sets) };
    this.clean.push(clean);
    const by = (step: number) => {
      clean.reps = Math.min(asked, Math.max(0, clean.reps + step));
      value.textContent = String(clean.reps);
    };
    less.addEventListener("click", () => by(-1));
    more.addEventListener("click", () => by(1));
    less.disabled = more.disabled = false;
    by(0);
  }

  /** All that was told on this page so far; the most that was felt is at least `worst`. */
  told(worst = 0): Told {
    const said = new FormData(found<HTMLFormElement>("#after form"));
    const effort = said.has("effort") ? Number(said.get("effort")) : null;
    const done = this.player.told(effort, Math.max(worst, Number(said.get("discomfort"))));
    return { ...done, played: { ...done.played, clean: this.clean } };
  }

  private async save(form: HTMLFormElement): Promise<void> {
    const wrong = found('[data-show="wrong"]', form), told = new FormData(form);
    if (!told.has("effort") || !told.has("discomfort")) return problem(wrong, ASKS);
    problem(wrong, "");
    const save = found<HTMLButtonElement>(".btn.fill", form);
    save.disabled = true;
    try {
      const done = this.told();
      const saved = await this.app.done(done);
      this.forget();
      if (saved.is === "recorded" && saved.says) sayNext(done.mark, saved.says);
      this.app.leave(saved.next);
    } catch (error) {
      save.disabled = false;
      if (error instanceof Refused && error.next) { this.forget(); this.app.leave(error.next); return; }
      problem(wrong, error instanceof Error ? error.message : String(error));
    }
  }
}

const named = (one: { item: string; side: string | null }): string => `${one.item} ${one.side ?? ""}`;

/** A question that is answered with yes or no, or left open. */
function asking(one: Question, number: number, answer: (yes: boolean) => void): HTMLElement {
  const made = document.createElement("fieldset"), choices = document.createElement("div");
  const legend = Object.assign(document.createElement("legend"), { textContent: one.ask });
  choices.className = "choices two";
  for (const [yes, words] of [[false, say("No")], [true, say("Yes")]] as const) {
    const choice = document.createElement("label"), mark = document.createElement("span");
    const radio = document.createElement("input");
    Object.assign(radio, { type: "radio", name: `unseen-${number}`, checked: one.answer === yes });
    choice.className = "choice";
    mark.className = "mark";
    radio.addEventListener("change", () => answer(yes));
    choice.append(radio, mark, words);
    choices.append(choice);
  }
  made.className = "ask";
  made.append(legend, choices);
  return made;
}

/** A key that waits for the number it changes. */
function key(sign: string, label: string): HTMLButtonElement {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "round", textContent: sign, disabled: true });
  made.setAttribute("aria-label", label);
  return made;
}
