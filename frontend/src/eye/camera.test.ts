import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Camera } from "./camera";

type Heard = (event: { data: object }) => void;

class FakeWorker {
  static last: FakeWorker;
  onmessage: Heard | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  shown: unknown[] = [];
  isEnded = false;
  constructor() { FakeWorker.last = this; setTimeout(() => this.begins()); }
  begins(): void { this.says({ kind: "ready" }); }
  says(data: object): void { this.onmessage?.({ data }); }
  postMessage(shown: unknown): void { this.shown.push(shown); }
  terminate(): void { this.isEnded = true; }
}

const found = { kind: "found", frame: new ArrayBuffer(16), ms: 1, model: "lite" };

class Track {
  isStopped = false;
  private ends = (): void => undefined;
  addEventListener(_name: string, ends: () => void): void { this.ends = ends; }
  stop(): void { this.isStopped = true; }
  isTakenAway(): void { this.ends(); }
}

/** A camera before a device's own; `picture` is its next picture, `feels` how the phone lies. */
function before(getUserMedia: () => Promise<unknown>, isSecure = true) {
  let next: (() => void) | null = null;
  const listening = new Map<string, (event: object) => void>(), track = new Track(), ended: string[] = [];
  const turned = vi.fn(), seen = vi.fn();
  vi.stubGlobal("isSecureContext", isSecure);
  vi.stubGlobal("navigator", { mediaDevices: { getUserMedia } });
  vi.stubGlobal("screen", { orientation: { angle: 0 } });
  vi.stubGlobal("addEventListener", (name: string, heard: (event: object) => void) => listening.set(name, heard));
  vi.stubGlobal("removeEventListener", (name: string) => listening.delete(name));
  vi.stubGlobal("createImageBitmap", async () => ({ close: () => undefined }));
  const video = {
    videoWidth: 640, srcObject: null, play: async () => undefined,
    requestVideoFrameCallback: (heard: (now: number, about: object) => void) => { next = () => heard(1, {}); return 1; },
  };
  const camera = new Camera(video as unknown as HTMLVideoElement, seen, (why) => ended.push(why), turned);
  const picture = async () => { next?.(); await vi.advanceTimersByTimeAsync(0); };
  return { camera, track, ended, seen, turned, picture, feels: (how: object) => listening.get("deviceorientation")?.(how) };
}

const allowed = (track: () => Track) => async () => ({ getTracks: () => [track()] });
const no = (name: string) => async () => Promise.reject(Object.assign(new Error(), { name }));

async function switchedOn() {
  const one = before(allowed(() => one.track));
  const starts = one.camera.start();
  await vi.advanceTimersByTimeAsync(1);
  await starts;
  await one.picture();
  return { ...one, worker: FakeWorker.last };
}

beforeEach(() => { vi.useFakeTimers(); vi.stubGlobal("Worker", FakeWorker); });
afterEach(() => { vi.useRealTimers(); vi.unstubAllGlobals(); });

describe("a camera that cannot be had is said in a sentence", () => {
  it.each([
    ["not allowed", no("NotAllowedError"), true, /was not allowed. Allow it for this page/],
    ["none there", no("NotFoundError"), true, /no camera that can be used/],
    ["one that another program holds", no("NotReadableError"), true, /no camera that can be used/],
    ["a page that is not encrypted", allowed(() => new Track()), false, /no page use a camera here/],
  ])("%s", async (_name, media, isSecure, says) => {
    await expect(before(media, isSecure).camera.start()).rejects.toThrow(says);
  });

  it("a device that cannot run the model, which lets the camera go", async () => {
    vi.spyOn(FakeWorker.prototype, "begins").mockImplementation(function (this: FakeWorker) {
      this.says({ kind: "failed", why: "no room" });
    });
    const one = before(allowed(() => one.track)), starts = expect(one.camera.start()).rejects.toThrow(/cannot be watched on this device/);
    await vi.advanceTimersByTimeAsync(1);
    await starts;
    expect(one.track.isStopped).toBe(true);
    vi.restoreAllMocks();
  });
});

describe("a camera that is on", () => {
  it("that is taken away, as leave for it may be, ends in a sentence and lets all go", async () => {
    const { track, ended, worker } = await switchedOn();
    track.isTakenAway();
    track.isTakenAway();
    expect([ended, worker.isEnded, track.isStopped]).toEqual([[expect.stringContaining("was taken away")], true, true]);
  });

  it("shows the model no picture before it is done with all of the last", async () => {
    const { worker, seen, picture } = await switchedOn();
    await picture();
    worker.says(found);
    await picture();
    expect([worker.shown.length, seen.mock.calls.length]).toEqual([1, 1]);
    worker.says({ kind: "free" });
    await picture();
    expect(worker.shown.length).toBe(2);
  });

  it("looks at nothing while the phone lies on its side, and goes on once it stands", async () => {
    const { worker, seen, turned, picture, feels } = await switchedOn();
    feels({ beta: 0, gamma: 90 });
    worker.says(found);
    worker.says({ kind: "free" });
    await picture();
    expect([worker.shown.length, seen.mock.calls.length, turned.mock.calls.length]).toEqual([1, 0, 1]);
    feels({ beta: 80, gamma: 0 });
    await picture();
    expect([worker.shown.length, turned.mock.calls.length]).toEqual([2, 1]);
  });

  it("takes a device that does not say how it lies as it is", async () => {
    const { worker, turned, picture, feels } = await switchedOn();
    feels({ beta: null, gamma: null });
    worker.says({ kind: "free" });
    await picture();
    expect([worker.shown.length, turned.mock.calls.length]).toEqual([2, 0]);
  });
});
