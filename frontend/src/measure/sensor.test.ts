import { afterEach, describe, expect, it, vi } from "vitest";
import { Sensor } from "./sensor";
import type { Sample } from "./steady";

type Listener = (event: unknown) => void;
const listening = new Map<string, Listener>();
const fire = (name: string, event: object) => listening.get(name)?.(event);

function device(motion: object | undefined, isSecure = true): { sensor: Sensor; taken: Sample[]; silences: boolean[] } {
  const taken: Sample[] = [], silences: boolean[] = [];
  vi.useFakeTimers();
  vi.stubGlobal("isSecureContext", isSecure);
  if (motion) vi.stubGlobal("DeviceMotionEvent", motion);
  vi.stubGlobal("addEventListener", (name: string, heard: Listener) => listening.set(name, heard));
  vi.stubGlobal("removeEventListener", (name: string) => listening.delete(name));
  vi.stubGlobal("navigator", { permissions: { query: () => Promise.resolve({ state: "prompt" }) } });
  return { sensor: new Sensor((sample) => taken.push(sample), (isSilent) => silences.push(isSilent)), taken, silences };
}

afterEach(() => {
  listening.clear();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function started(sensor: Sensor, meanwhile: () => void): Promise<string | null> {
  const answer = sensor.start();
  for (let i = 0; i < 40; i++) {
    await vi.advanceTimersByTimeAsync(50);
    meanwhile();
  }
  return answer;
}

const lying = { timeStamp: 1, accelerationIncludingGravity: { x: 0, y: 0, z: 9.8 } };

describe("the way to the sensor", () => {
  it("is closed on a connection that is not encrypted", async () => {
    expect(await device({}, false).sensor.start()).toBe("insecure");
  });

  it("is closed where the runner says no, or the browser asks too late", async () => {
    expect(await device({ requestPermission: () => Promise.resolve("denied") }).sensor.start()).toBe("denied");
    expect(await device({ requestPermission: () => Promise.reject(new Error("no gesture")) }).sensor.start()).toBe("denied");
  });

  it("is missing where nothing is ever told, or only emptily", async () => {
    expect(await device(undefined).sensor.start()).toBe("absent");
    const { sensor } = device({});
    expect(await started(sensor, () => fire("devicemotion", { timeStamp: 1, accelerationIncludingGravity: { x: null, y: null, z: null } }))).toBe("absent");
    expect(listening.size).toBe(0);
  });

  it("is open once gravity is told; a device that tells only its tilt will do", async () => {
    const one = device({ requestPermission: () => Promise.resolve("granted") });
    expect(await started(one.sensor, () => fire("devicemotion", lying))).toBeNull();
    expect(one.taken[0].gravity).toEqual([0, 0, 9.8]);
    const other = device({});
    expect(await started(other.sensor, () => fire("deviceorientation", { timeStamp: 1, beta: 90, gamma: 0 }))).toBeNull();
    expect(other.taken[0].gravity[1]).toBeCloseTo(9.81, 6);
  });

  it("says when the sensor falls silent, as when the permission is taken back, and when it is there again", async () => {
    const { sensor, silences } = device({});
    await started(sensor, () => fire("devicemotion", lying));
    await vi.advanceTimersByTimeAsync(3000);
    fire("devicemotion", lying);
    await vi.advanceTimersByTimeAsync(600);
    expect(silences).toEqual([true, false]);
    sensor.stop();
  });
});
