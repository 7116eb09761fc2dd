/** Full screen, where the browser has it; where it has not, everything goes on without. */
import { found } from "../page/parts";

export class Full {
  private key = found('[data-do="full"]');

  constructor() {
    this.key.hidden = !document.fullscreenEnabled;
    document.addEventListener("fullscreenchange", () => this.tell());
    this.tell();
  }

  toggle(): void {
    if (document.fullscreenElement) this.leave(); else void this.enter();
  }

  /** Phones and tablets play full screen from the start; a window on a desk stays as it is until asked. */
  begin(): void {
    if (matchMedia("(pointer: coarse)").matches) void this.enter();
  }

  leave(): void {
    if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
  }

  private async enter(): Promise<void> {
    try { await document.documentElement.requestFullscreen({ navigationUI: "hide" }); } catch { /* not allowed here */ }
  }

  private tell(): void {
    this.key.setAttribute("aria-pressed", String(document.fullscreenElement !== null));
  }
}
