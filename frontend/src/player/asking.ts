/** Asks between two sets what no camera sees: one question at a time, while nobody works, and nothing waits for it. */
import { type Cue, isTalk, isWork } from "../contract/score";
import type { Forms, Question } from "./forms";
import { found, show } from "../page/parts";
import { say } from "../page/say";

const SIDES = { left: say("Left"), right: say("Right") };

export class Asking {
  readonly doing: Record<string, () => void>;
  private card = found("#asks");
  private asked: Question | undefined;
  private spokenOf = new Set<string>();

  constructor(private forms: Forms, private speak: (text: string) => void, private answered: () => void) {
    this.doing = { "slip-no": () => this.answer(false), "slip-yes": () => this.answer(true) };
  }

  /** Follow the session: a question stands only in a pause of the work. */
  at(cue: Cue): void {
    const isPause = !isWork(cue) && !isTalk(cue) && cue.kind !== "done";
    this.asked = isPause ? this.forms.next() : undefined;
    this.card.hidden = !this.asked;
    if (!this.asked) return;
    const { item, side, ask } = this.asked, part = `${item}/${side}`;
    show("asks", ask, this.card);
    show("asks-side", side ? SIDES[side] : "", this.card);
    if (this.spokenOf.has(part)) return;
    this.spokenOf.add(part);
    this.speak(ask);
  }

  /** Answer what is asked now, if anything is. */
  answer(yes: boolean): void {
    if (!this.asked) return;
    this.forms.answer(this.asked, yes);
    this.answered();
  }
}
