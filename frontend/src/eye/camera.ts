/** The camera: on only while it is asked for, its pictures handed to the worker and to nobody else. */
import { Upright } from "../device/upright";
import { say } from "../page/say";
import type { Said } from "./worker";

export type CameraState = "off" | "starting" | "on";

const NONE = say("This browser lets no page use a camera here. Over an encrypted connection it does; all else works without.");
const REFUSED = say("The camera was not allowed. Allow it for this page if you want to be watched; all else works without.");
const ABSENT = say("There is no camera that can be used. All else works without.");
const BROKEN = say("The camera cannot be watched on this device. All else works without.");
const GONE = say("The camera was taken away. What was seen until then is kept.");
const WANTED = { facingMode: "user", width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30 } };
/** Where a browser does not tell of its pictures, they are looked for so often. */
const LOOK_MS = 33;
/** A model that does not answer in this long is not there. */
const LOADS_MS = 60_000;

/** What is said while the phone lies on its side: no picture of somebody lying tells which way is up. */
export const TURNED = say("Stand the phone upright; the picture lies on its side or upside down.");

/** Why there is no camera, in words for the runner. */
export class NoCamera extends Error {}

export class Camera {
  private stream: MediaStream | null = null;
  private worker: Worker | null = null;
  private upright = new Upright();
  private isFree = false;
  private began = 0;
  private at = 0;

  constructor(
    readonly video: HTMLVideoElement,
    private found: (frame: ArrayBuffer) => void, private ended: (why: string) => void,
    /** Nothing is looked at while the phone is known to lie on its side; told again and again. */
    private turned: () => void,
  ) {}

  async start(): Promise<void> {
    if (!isSecureContext || !navigator.mediaDevices?.getUserMedia) throw new NoCamera(NONE);
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: WANTED });
    } catch (error) {
      throw new NoCamera((error as DOMException).name === "NotAllowedError" ? REFUSED : ABSENT);
    }
    for (const track of this.stream.getTracks()) track.addEventListener("ended", () => this.lose(GONE));
    this.video.srcObject = this.stream;
    try {
      await this.video.play();
      await this.load();
    } catch {
      this.stop();
      throw new NoCamera(BROKEN);
    }
    this.upright.start();
    this.began = performance.now();
    this.at = 0;
    this.isFree = true;
    this.next();
  }

  stop(): void {
    this.upright.stop();
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    this.video.srcObject = null;
    this.worker?.terminate();
    this.worker = null;
  }

  private lose(why: string): void {
    if (!this.stream) return;
    this.stop();
    this.ended(why);
  }

  private load(): Promise<void> {
    const name = (globalThis as { __model?: string }).__model ?? "";
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name });
    this.worker = worker;
    return new Promise((done, fail) => {
      const late = setTimeout(() => fail(new Error("the model does not come")), LOADS_MS);
      worker.onerror = (event) => fail(new Error(event.message));
      worker.onmessage = ({ data }: MessageEvent<Said>) => {
        clearTimeout(late);
        if (data.kind === "failed") fail(new Error(data.why));
        worker.onmessage = ({ data }: MessageEvent<Said>) => this.told(data);
        done();
      };
    });
  }

  private told(said: Said): void {
    if (said.kind === "failed") return this.lose(BROKEN);
    if (said.kind === "found" && !this.upright.isTurned) this.found(said.frame);
    if (said.kind === "free") this.isFree = true;
  }

  /** Show the worker the next picture once it has looked at the last: none waits in a queue. */
  private next(taken = performance.now()): void {
    if (!this.stream) return;
    this.video.requestVideoFrameCallback?.((now, { captureTime }) => this.next(captureTime ?? now))
      ?? setTimeout(() => this.next(), LOOK_MS);
    if (this.upright.isTurned) return this.turned();
    if (!this.isFree || !this.video.videoWidth || !this.worker) return;
    this.isFree = false;
    const at = Math.max(this.at + 1, taken - this.began);
    this.at = at;
    createImageBitmap(this.video).then(
      (picture) => { if (this.worker) this.worker.postMessage({ picture, at }, [picture]); else picture.close(); },
      () => { this.isFree = true; },
    );
  }
}
