/** The sheet in which a session is moved: arrows choose the place, the server says what the rules say there. */
import { daysOn, minutesOn, type Place, type Step, stepOf } from "./place";

export type Open = (slot: HTMLElement, day?: string) => void;

const WAIT_MS = 150;

export class Moving {
  private columns: HTMLElement[];
  private days: string[];
  private where: HTMLElement;
  private place: Place = { day: "", at: "" };
  private from: HTMLElement | null = null;
  private asked = 0;
  private waiting = 0;

  constructor(calendar: HTMLElement, private sheet: HTMLDialogElement) {
    this.columns = [...calendar.querySelectorAll<HTMLElement>("[data-day]:not(.gone)")];
    this.days = this.columns.map((one) => one.dataset.day ?? "");
    this.where = sheet.querySelector<HTMLElement>(".place")!;
    sheet.addEventListener("keydown", (event) => {
      const by = stepOf(event.key);
      if (!by) return;
      event.preventDefault();
      this.where.focus();
      this.step(by);
    });
    sheet.addEventListener("click", (event) => {
      const button = (event.target as HTMLElement).closest("button");
      if (button?.dataset.days) this.step({ by: "days", count: Number(button.dataset.days) });
      if (button?.dataset.minutes) this.step({ by: "minutes", count: Number(button.dataset.minutes) });
    });
    sheet.addEventListener("close", () => this.from?.querySelector<HTMLElement>(".move")?.focus());
    calendar.addEventListener("click", (event) => {
      const slot = (event.target as HTMLElement).closest(".move")?.closest<HTMLElement>("[data-slot]");
      if (!slot) return;
      event.preventDefault();
      this.open(slot);
    });
  }

  open: Open = (slot, day) => {
    this.from = slot;
    this.part("said").innerHTML = "";
    this.sheet.showModal();
    this.where.focus();
    const own = slot.closest<HTMLElement>("[data-day]")?.dataset.day ?? "";
    this.lay({ day: day ?? own, at: slot.dataset.at ?? "" });
  };

  private part(name: string): HTMLElement {
    return this.sheet.querySelector<HTMLElement>(`[data-show=${name}]`)!;
  }

  private step({ by, count }: Step): void {
    this.lay(by === "days" ? daysOn(this.place, this.days, count) : minutesOn(this.place, count));
  }

  private lay(to: Place): void {
    const said = this.part("said"), column = this.columns[this.days.indexOf(to.day)];
    this.place = to;
    this.part("day").textContent = column?.querySelector(".name")?.textContent ?? to.day;
    this.part("at").textContent = to.at;
    this.asked += 1;
    if (said.contains(document.activeElement)) this.where.focus();
    said.querySelectorAll("button").forEach((one) => (one.disabled = true));
    window.clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => void this.ask(), WAIT_MS);
  }

  private async ask(): Promise<void> {
    const mine = ++this.asked, way = this.from?.dataset.move, said = this.part("said");
    const address = `${way}?part=1&on=${this.place.day}&at=${encodeURIComponent(this.place.at)}`;
    const answer = await fetch(address).catch(() => null);
    if (mine !== this.asked || !this.sheet.open) return;
    if (!answer?.ok) return void location.assign(way ?? "");
    said.innerHTML = await answer.text();
    // Enter keeps it for whoever steers by keys; whoever presses the arrows drawn here stays on them.
    if (document.activeElement === this.where) said.querySelector<HTMLElement>("form button")?.focus();
  }
}
