/** The sheet in which a session is moved: arrows choose the place, the server says what the rules say there. */
import { daysOn, minutesOn, stepOf, type Place } from "./place";

export type Open = (slot: HTMLElement, day?: string) => void;

const WAIT_MS = 150;

export function moving(calendar: HTMLElement, sheet: HTMLDialogElement): Open {
  const columns = [...calendar.querySelectorAll<HTMLElement>("[data-day]:not(.gone)")];
  const days = columns.map((one) => one.dataset.day ?? "");
  const show = (name: string) => sheet.querySelector<HTMLElement>(`[data-show=${name}]`)!;
  const where = sheet.querySelector<HTMLElement>(".place")!;
  let place: Place = { day: "", at: "" };
  let from: HTMLElement | null = null;
  let asked = 0;
  let waiting = 0;

  async function ask(): Promise<void> {
    const mine = ++asked;
    const address = `${from?.dataset.move}?part=1&on=${place.day}&at=${encodeURIComponent(place.at)}`;
    const answer = await fetch(address).catch(() => null);
    if (mine !== asked || !sheet.open) return;
    if (!answer?.ok) return void location.assign(from?.dataset.move ?? "");
    show("said").innerHTML = await answer.text();
    // Enter keeps it for whoever steers by keys; whoever presses the arrows drawn here stays on them.
    if (document.activeElement === where) show("said").querySelector<HTMLElement>("form button")?.focus();
  }

  function lay(to: Place): void {
    place = to;
    const column = columns[days.indexOf(place.day)];
    show("day").textContent = column?.querySelector(".name")?.textContent ?? place.day;
    show("at").textContent = place.at;
    asked += 1;
    if (show("said").contains(document.activeElement)) where.focus();
    show("said").querySelectorAll("button").forEach((one) => (one.disabled = true));
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => void ask(), WAIT_MS);
  }

  function step(by: { days?: number; minutes?: number }): void {
    lay(by.days ? daysOn(place, days, by.days) : minutesOn(place, by.minutes ?? 0));
  }

  sheet.addEventListener("keydown", (event) => {
    const by = stepOf(event.key);
    if (!by) return;
    event.preventDefault();
    where.focus();
    step(by);
  });
  sheet.addEventListener("click", (event) => {
    const button = (event.target as HTMLElement).closest("button");
    if (button?.dataset.do === "leave") sheet.close();
    if (button?.dataset.days) step({ days: Number(button.dataset.days) });
    if (button?.dataset.minutes) step({ minutes: Number(button.dataset.minutes) });
  });
  sheet.addEventListener("close", () => from?.querySelector<HTMLElement>(".move")?.focus());
  calendar.addEventListener("click", (event) => {
    const slot = (event.target as HTMLElement).closest(".move")?.closest<HTMLElement>("[data-slot]");
    if (!slot) return;
    event.preventDefault();
    open(slot);
  });

  function open(slot: HTMLElement, day?: string): void {
    from = slot;
    show("said").innerHTML = "";
    sheet.showModal();
    where.focus();
    lay({ day: day ?? slot.closest<HTMLElement>("[data-day]")?.dataset.day ?? "", at: slot.dataset.at ?? "" });
  }
  return open;
}
