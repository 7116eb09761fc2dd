/** Which model a device is given: the light one, until it has shown that it is quick. */

export type Model = "lite" | "full";

/** Pictures that are timed before anything is changed; the first ones are slow everywhere. */
const TIMED = 30;
const LEFT_OUT = 5;
/** Milliseconds a picture: so quick with the light model, and the full one is tried; slower than the second, and
 *  it goes. Ours. */
const QUICK = 18;
const SLOW = 33;

export class Pace {
  model: Model;
  private took_: number[] = [];
  private isSettled: boolean;

  /** `fixed` is a model that stays, whatever it costs. */
  constructor(fixed?: Model) {
    this.model = fixed ?? "lite";
    this.isSettled = fixed !== undefined;
  }

  /** Take note of one picture; returns another model where the device should change to it. */
  took(ms: number): Model | null {
    if (this.isSettled) return null;
    this.took_.push(ms);
    if (this.took_.length < TIMED) return null;
    const middle = this.took_.slice(LEFT_OUT).sort((a, b) => a - b)[Math.floor((TIMED - LEFT_OUT) / 2)];
    this.took_ = [];
    if (this.model === "lite" && middle <= QUICK) return (this.model = "full");
    this.isSettled = true;
    return this.model === "full" && middle > SLOW ? (this.model = "lite") : null;
  }
}
