/** The phone's own sense of gravity: asked for where a browser wants to be asked, and watched for going silent. */
import { fromTilt } from "./gravity";
import type { Sample } from "./steady";

export type Refusal = "insecure" | "denied" | "absent";

const FIRST_MS = 1500;
const SILENT_MS = 1500;
/** Tilt counts only where no acceleration comes: some devices tell one, some the other. */
const TILT_WAITS_MS = 400;
const G = 9.81;

type Asked = { requestPermission?: () => Promise<string> };

export class Sensor {
  private hasMotion = false;
  private startedAt = 0;
  private heardAt = 0;
  private isSilent = false;
  private timer = 0;

  constructor(private take: (sample: Sample) => void, private tellSilent: (isSilent: boolean) => void) {}

  /** Ask and listen; called from a tap, as some browsers ask only then. */
  async start(): Promise<Refusal | null> {
    if (!isSecureContext || !("DeviceMotionEvent" in globalThis)) return isSecureContext ? "absent" : "insecure";
    try {
      const answer = await (DeviceMotionEvent as unknown as Asked).requestPermission?.();
      if (answer !== undefined && answer !== "granted") return "denied";
    } catch {
      return "denied";
    }
    this.startedAt = performance.now();
    this.heardAt = 0;
    addEventListener("devicemotion", this.moved);
    addEventListener("deviceorientation", this.tilted);
    while (!this.heardAt && performance.now() - this.startedAt < FIRST_MS) {
      await new Promise((done) => setTimeout(done, 50));
    }
    if (!this.heardAt) {
      this.stop();
      return (await isRefused()) ? "denied" : "absent";
    }
    this.timer = setInterval(() => this.listen(), 500);
    return null;
  }

  stop(): void {
    removeEventListener("devicemotion", this.moved);
    removeEventListener("deviceorientation", this.tilted);
    clearInterval(this.timer);
  }

  private listen(): void {
    const isSilent = performance.now() - this.heardAt > SILENT_MS;
    if (isSilent !== this.isSilent) this.tellSilent(this.isSilent = isSilent);
  }

  private moved = (event: DeviceMotionEvent): void => {
    const { x, y, z } = event.accelerationIncludingGravity ?? {};
    if (typeof x !== "number" || typeof y !== "number" || typeof z !== "number") return;
    this.hasMotion = true;
    this.heard({ at: event.timeStamp, gravity: [x, y, z] });
  };

  private tilted = (event: DeviceOrientationEvent): void => {
    const { beta, gamma } = event;
    if (this.hasMotion || beta === null || gamma === null) return;
    if (performance.now() - this.startedAt < TILT_WAITS_MS) return;
    const [x, y, z] = fromTilt(beta, gamma);
    this.heard({ at: event.timeStamp, gravity: [G * x, G * y, G * z] });
  };

  private heard(sample: Sample): void {
    this.heardAt = performance.now();
    this.take(sample);
  }
}

/** Whether the browser knows that it was told no. */
async function isRefused(): Promise<boolean> {
  try {
    return (await navigator.permissions.query({ name: "accelerometer" as PermissionName })).state === "denied";
  } catch {
    return false;
  }
}
