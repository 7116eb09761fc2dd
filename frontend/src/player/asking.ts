/** Asks between two sets what no camera sees: one question at a time, while nobody works, and nothing waits for it. */
import { type Cue, isTalk, isWork } from "../contract/score";
import type { Forms, Question } from "./forms";
import { found, show } from "../page/parts";
import { say } from "../page/say";

const SIDES = { left: say("Left"), right: say("Right") };
const TAKEN = { yes: say("You said yes."), no: say("You said no.") };

export class Asking {
  readonly doing: Record<string, () => void>;
  private card = found("#asks");
  private asked: Question | undefined;
  /** What was handed to the voice, and what it has said: with no sound, or too late, that is less. */
  private handed = new Set<string>();
  private spoken = new Set<string>();

  constructor(
    private forms: Forms, private speak: (text: string, said?: () => void) => void, private answered: () => void,
  ) {
    this.doing = { "slip-no": () => this.answer(false), "slip-yes": () => this.answer(true) };
  }

  /** Follow the session: a question stands only in a pause of the work. */
  at(cue: Cue): void {
    const isPause = !isWork(cue) && !isTalk(cue) && cue.kind !== "done";
    this.asked = isPause ? this.forms.next() : undefined;
    this.card.hidden = !this.asked;
    if (!this.asked) return;
    const { side, ask } = this.asked, question = named(this.asked);
    show("asks", ask, this.card);
    show("asks-side", side ? SIDES[side] : "", this.card);
    if (this.handed.has(question)) return;
    this.handed.add(question);
    this.speak(ask, () => this.spoken.add(question));
  }

  /** Take an answer by ear: only to a question that was spoken, and it is said back. */
  hear(yes: boolean): void {
    if (!this.asked || !this.spoken.has(named(this.asked))) return;
    this.speak(yes ? TAKEN.yes : TAKEN.no);
    this.answer(yes);
  }

  /** Answer what is asked now, if anything is. */
  answer(yes: boolean): void {
    if (!this.asked) return;
    this.forms.answer(this.asked, yes);
    this.answered();
  }
}

const named = ({ item, side, fault }: Question): string => `${item}/${side}/${fault}`;
