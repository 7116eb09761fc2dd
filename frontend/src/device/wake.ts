/** Keeps the screen on while a session is played, and says whether it could. */

export class Wake {
  private lock: WakeLockSentinel | null = null;
  private isWanted = false;

  constructor(private tell: (isHeld: boolean) => void) {
    document.addEventListener("visibilitychange", () => void this.hold());
  }

  want(isWanted: boolean): void {
    this.isWanted = isWanted;
    void this.hold();
  }

  private async hold(): Promise<void> {
    try {
      if (this.isWanted && !this.lock && document.visibilityState === "visible" && navigator.wakeLock) {
        this.lock = await navigator.wakeLock.request("screen");
        this.lock.addEventListener("release", () => { this.lock = null; this.tell(false); });
      } else if (!this.isWanted) {
        await this.lock?.release();
      }
    } catch {
      this.lock = null;
    }
    this.tell(this.lock !== null);
  }
}
