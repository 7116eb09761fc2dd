/** Whether the picture of a phone stands upright, by how the phone lies: no picture of somebody lying tells. */

/** Where the top of the picture is, against gravity: 1 up, -1 down; nothing where the phone lies flat.
 *
 *  `angle` is by how much the screen was turned, as the picture is with it; `beta` and `gamma` are a browser's. */
export function topOf(angle: number, beta: number, gamma: number): number | null {
  const rad = Math.PI / 180, turn = angle * rad;
  const across = -Math.cos(beta * rad) * Math.sin(gamma * rad), along = Math.sin(beta * rad);
  const long = Math.hypot(across, along);
  return long < FLAT ? null : (across * Math.sin(turn) + along * Math.cos(turn)) / long;
}

/** Below this share of gravity along the screen nobody can say where its top is, 30 degrees. Ours. */
const FLAT = 0.5;
/** Cosine of how far off upright a picture is taken: halfway to lying on its side. Ours. */
const LEAST = Math.SQRT1_2;

/** Feels how the phone lies while it is asked to; where a device or its owner says nothing, neither does this. */
export class Upright {
  private isOff = false;

  /** Whether the picture is known to lie on its side or upside down. */
  get isTurned(): boolean {
    return this.isOff;
  }

  start(): void {
    addEventListener("deviceorientation", this.felt);
  }

  stop(): void {
    removeEventListener("deviceorientation", this.felt);
    this.isOff = false;
  }

  private felt = ({ beta, gamma }: DeviceOrientationEvent): void => {
    const angle = globalThis.screen?.orientation?.angle;
    if (beta === null || gamma === null || angle === undefined) return;
    const top = topOf(angle, beta, gamma);
    this.isOff = top !== null && top < LEAST;
  };
}
