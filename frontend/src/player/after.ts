/** One screen after a session: clean repetitions, effort, discomfort, and what hurt. */
import { type App, type Clean, type Counted, Refused } from "./app";
import { found, problem, show } from "./page";
import type { Player } from "./player";
import { say } from "./say";
import { lasted } from "./words";

const ASKS = say("Choose how hard it was and the most you felt, 0 to 10 each.");

export class After {
  private clean: Clean[] = [];

  constructor(private app: App, private player: Player, private forget: () => void) {}

  async open(page: HTMLElement): Promise<void> {
    const played = this.player.played();
    show("length", say("{length} played", { length: lasted(played.seconds.reduce((sum, seconds) => sum + seconds, 0)) }), page);
    this.tellTold(page);
    found('[data-do="hurts-after"]', page).addEventListener("click", () => this.player.askAfter(() => this.tellTold(page)));
    const form = found<HTMLFormElement>("form", page);
    form.addEventListener("submit", (event) => { event.preventDefault(); void this.save(form); });
    try {
      this.rows(page, (await this.app.count(this.player.told(null, 0))).counted);
    } catch { /* the count by the clock stands */ }
  }

  private tellTold(page: HTMLElement): void {
    const told = this.player.played().interruptions.filter((one) => one.pain.length || one.signs.length).length;
    show("told", told > 1 ? say("Told for {number} drills.", { number: told }) : told ? say("Told for one drill.") : say("Nothing told so far."), page);
  }

  private rows(page: HTMLElement, counted: Counted[]): void {
    const card = found('[data-part="counted"]', page);
    card.hidden = counted.length === 0;
    this.clean = counted.map(({ item, side, reps }) => ({ item, side, reps }));
    counted.forEach((one, i) => {
      const row = document.createElement("div"), words = document.createElement("div"), keys = document.createElement("div");
      row.className = "counted"; keys.className = "row";
      const name = document.createElement("p"), of = document.createElement("p"), value = document.createElement("b");
      name.textContent = one.name;
      of.className = "small";
      of.textContent = [one.side ? (one.side === "left" ? say("Left") : say("Right")) : "", say("of {all}", { all: one.asked })].filter(Boolean).join(" · ");
      const write = () => { value.textContent = String(this.clean[i].reps); };
      const by = (step: number, sign: string, label: string) => {
        const key = Object.assign(document.createElement("button"), { type: "button", className: "round", textContent: sign });
        key.setAttribute("aria-label", [label, one.name, one.side ? (one.side === "left" ? say("Left") : say("Right")) : ""].filter(Boolean).join(", "));
        key.addEventListener("click", () => { this.clean[i].reps = Math.min(one.asked, Math.max(0, this.clean[i].reps + step)); write(); });
        return key;
      };
      value.setAttribute("aria-live", "polite");
      write();
      words.append(name, of);
      keys.append(by(-1, "−", say("One less")), value, by(1, "+", say("One more")));
      row.append(words, keys);
      card.append(row);
    });
  }

  private async save(form: HTMLFormElement): Promise<void> {
    const wrong = found('[data-show="wrong"]', form), told = new FormData(form);
    if (!told.has("effort") || !told.has("discomfort")) return problem(wrong, ASKS);
    problem(wrong, "");
    const save = found<HTMLButtonElement>(".btn.fill", form);
    save.disabled = true;
    try {
      const done = this.player.told(Number(told.get("effort")), Number(told.get("discomfort")));
      const { next } = await this.app.done({ ...done, played: { ...done.played, clean: this.clean } });
      this.forget();
      this.app.leave(next);
    } catch (error) {
      save.disabled = false;
      if (error instanceof Refused && error.next) { this.forget(); this.app.leave(error.next); return; }
      problem(wrong, error instanceof Error ? error.message : String(error));
    }
  }
}
