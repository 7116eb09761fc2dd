/** A session dragged to another day, by mouse, pen or finger; the sheet asks the rules before it is kept. */
import type { Open } from "./moving";

const FAR_PX = 6;

export function dragging(calendar: HTMLElement, open: Open): void {
  calendar.addEventListener("dragstart", (event) => event.preventDefault());
  calendar.addEventListener("pointerdown", (down) => {
    const target = down.target as HTMLElement;
    const slot = target.closest<HTMLElement>("[data-slot]");
    // A finger drags by the word Move, so that the page still scrolls; a mouse by the whole session.
    if (!slot?.dataset.move || down.button !== 0) return;
    if (down.pointerType === "touch" && !target.closest(".move")) return;
    follow(slot, down);
  });

  function follow(slot: HTMLElement, down: PointerEvent): void {
    let ghost: HTMLElement | null = null;
    const under = (event: PointerEvent) =>
      document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>("[data-day]:not(.gone)") ?? null;
    const mark = (day: HTMLElement | null) =>
      calendar.querySelectorAll("[data-day]").forEach((one) => one.classList.toggle("over", one === day));

    function move(event: PointerEvent): void {
      if (!ghost) {
        if (Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < FAR_PX) return;
        ghost = document.createElement("div");
        ghost.className = "ghost";
        ghost.textContent = slot.querySelector(".t")?.textContent ?? "";
        document.body.append(ghost);
        slot.classList.add("dragged");
      }
      ghost.style.left = `${event.clientX + 12}px`;
      ghost.style.top = `${event.clientY + 12}px`;
      mark(under(event));
    }

    function end(event: PointerEvent): void {
      document.removeEventListener("pointermove", move);
      document.removeEventListener("pointerup", end);
      document.removeEventListener("pointercancel", end);
      mark(null);
      slot.classList.remove("dragged");
      if (!ghost) return;
      ghost.remove();
      // The click that ends a drag opens nothing.
      const swallow = (click: Event) => (click.preventDefault(), click.stopPropagation());
      document.addEventListener("click", swallow, { capture: true, once: true });
      window.setTimeout(() => document.removeEventListener("click", swallow, { capture: true }), 0);
      const day = event.type === "pointerup" ? under(event) : null;
      if (day) open(slot, day.dataset.day);
    }

    document.addEventListener("pointermove", move);
    document.addEventListener("pointerup", end);
    document.addEventListener("pointercancel", end);
  }
}
