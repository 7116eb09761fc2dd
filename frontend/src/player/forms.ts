/** What a camera saw of form and what the runner says of the rest, drill by drill and side by side. */
import type { Asked } from "../contract/eye";
import type { FormTold, Part } from "../contract/told";

/** What is known of one part: what to ask and what was answered, by which faults sets ended, and whether any work of
 *  it was watched. */
export interface Row extends Part {
  asks: Asked[]; answers: Record<number, boolean>; broke: { fault: number; happens: string }[]; isWatched: boolean;
}
export interface Question extends Part, Asked { answer: boolean | null }

export class Forms {
  constructor(public rows: Row[] = []) {}

  /** Know what is to be asked of a drill; it is asked only once a set of it was watched. */
  expect(part: Part, asks: Asked[]): void {
    this.row(part).asks = asks;
  }

  watched(part: Part): void {
    this.row(part).isWatched = true;
  }

  broke(part: Part, fault: number, happens: string): void {
    this.row(part).broke.push({ fault, happens });
  }

  answer(question: Part & { fault: number }, yes: boolean): void {
    this.row(question).answers[question.fault] = yes;
  }

  /** All that is asked of the sets that were watched, with what was answered. */
  questions(): Question[] {
    return this.rows.filter((row) => row.isWatched).flatMap(({ item, side, asks, answers }) =>
      asks.map((one) => ({ item, side, ...one, answer: answers[one.fault] ?? null })));
  }

  /** The first question that nobody has answered. */
  next(): Question | undefined {
    return this.questions().find((one) => one.answer === null);
  }

  told(): FormTold[] {
    return this.rows.filter(({ broke, answers }) => broke.length || Object.keys(answers).length)
      .map(({ item, side, broke, answers }) => ({ item, side, ended_by: broke.map(({ fault }) => fault), answers }));
  }

  private row(part: Part): Row {
    const known = this.rows.find((row) => same(row, part));
    if (known) return known;
    const made: Row = { item: part.item, side: part.side, asks: [], answers: {}, broke: [], isWatched: false };
    this.rows.push(made);
    return made;
  }
}

const same = (a: Part, b: Part): boolean => a.item === b.item && a.side === b.side;
