/** What is told of a session, and what is answered to it (`web/play/view.py`, `web/offline/view.py`). */
import { reading, flag, list, maybe, number, orNull, type Read, record, text } from "./reading";
import type { Reference } from "./score";
import { side, type Side } from "./side";

/** One place that hurt; it is always said, and judged, as of some kind. */
const felt = record({ score: number, region: text, kind: text, side: orNull(side) });
export type Felt = Read<typeof felt>;

/** What was told of a drill that was left; made by the app, handed back as it is. */
const interruption = record({
  item: text, side: orNull(side), too_much: flag, pain: list(felt), signs: list(text),
});
export type Interruption = Read<typeof interruption>;

/** Whether what was felt ends the session, and what follows. */
const verdict = record({ interruption, stops: flag, follows: list(text) });
export type Verdict = Read<typeof verdict>;
export const readVerdict = reading("the verdict", verdict);

const counted = record({ item: text, name: text, side: orNull(side), reps: number, asked: number });
export type Counted = Read<typeof counted>;
export const readCounted = reading("the count", record({ counted: list(counted) }));

/** What the app answers to a session that it recorded, and to one that waited and was handed in. */
export const readRecorded = reading("the answer", record({ next: text, says: maybe(text) }));
export const readTaken = reading("the answer", record({ says: text }));
/** Who is there to be handed in for, with what lets a page hand in. */
export const readPresent = reading("the answer", record({ token: text, now: text, mark: text }));
/** What an answer says is wrong, and where to go on. */
export const readFault = reading("the answer", record({ problem: maybe(text), next: maybe(text) }));

export interface Clean { item: string; side: Side | null; reps: number }
/** A drill on a side that a camera watches; `side` is null where the drill has none. */
export interface Part { item: string; side: Side | null }
/** What is handed in of form: the numbers of faults alone. */
export interface FormTold extends Part { ended_by: number[]; answers: Record<number, boolean> }
export interface Played { seconds: number[]; interruptions: Interruption[]; clean: Clean[]; form: FormTold[] }
/** Version of what is handed in: the coach takes what older ones kept, and refuses newer ones, which then stay kept. */
export const HAND_IN = 1;
/** What is handed in of one playing; `key` makes doing so twice harmless, `mark` keeps it from anybody else. */
export interface Told {
  version?: number; key: string; mark: string; reference: Reference; played: Played;
  effort: number | null; discomfort: number;
}

/** What is answered where what was told is for another runner than the one who is there by now. */
export const ELSEWHERE = 409;

/** What an answer said was wrong, in words for the runner. */
export class Refused extends Error {
  /** `isHere` is false where the runner it was told to is not there: nobody answered, or for another one. */
  constructor(says: string, readonly next?: string, readonly isHere = true) {
    super(says);
  }
}
