/** What a device takes along for a day without the app (`web/offline/documents.py`). */
import { reading, flag, list, maybe, number, type Read, record, row, table, text } from "./reading";
import { score } from "./score";

const notNow = record({ says: list(text), do: list(text) });
export type NotNow = Read<typeof notNow>;

const along = record({
  score, title: text, about: text, when: text,
  /** From when on it may be begun: in words, and in seconds after the bundle came. */
  opens: text, opens_in_s: number,
});
export type Along = Read<typeof along>;

const judgement = record({
  /** For each region and kind the lowest score that ends a session, and what follows. */
  pain: table(table(row<[lowest: number, follows: string[]]>(number, list(text)))),
  /** For each sign what follows. */
  signs: table(list(text)),
  /** The kind that pain is taken for where it was left open. */
  taken_for: text,
});
export type Judgement = Read<typeof judgement>;

export const bundle = record({
  /** Whose it is. */
  mark: text,
  version: text,
  made: text,
  made_says: text,
  lasts_s: number,
  sessions: list(along),
  questions: list(record({ id: text, ask: text })),
  stop_words: list(text),
  /** By the ids of the questions that were not answered with no, in their order, joined by a plus. */
  not_now: table(notNow),
  judgement,
  needs_score: text,
});
export type Bundle = Read<typeof bundle>;
export const readBundle = reading("the bundle", bundle);

/** Who is here, and whether they are stopped: then nothing else is told. */
export const readWhose = reading("the bundle", record({ mark: text, stopped: maybe(flag) }));
