/** A session as the player plays it (`web/play/documents.py`). */
import { film } from "./film";
import { reading, either, flag, list, maybe, number, oneOf, orNull, type Read, record, table, text } from "./reading";
import { side, type Side, stretch } from "./side";

/** One moment, as the coach lays it out. What is at its default is left out of the document. */
const cue = record({
  kind: oneOf("announce", "set_up", "step", "get_ready", "move", "hold", "rest", "switch", "feeling", "done"),
  says: text,
  seconds: number,
  item: maybe(text),
  drill: maybe(text),
  side: maybe(side),
  set: maybe(number),
  sets: maybe(number),
  rep: maybe(number),
  reps: maybe(number),
  /** Whose turn it is, where the sides take turns. */
  turn: maybe(side),
  /** The key pose that the moment leads to, where the figure does not just go there and back. */
  pose: maybe(text),
  /** What is done, in few words, where that is more than going, holding and coming back. */
  does: maybe(text),
  /** What the moment is for: never read from its kind or its words. */
  is_work: maybe(flag),
  is_talk: maybe(flag),
  is_way_back: maybe(flag),
  /** The one thing to mind. */
  focus: maybe(text),
  /** Lines of all words of the drill that fit the moment, first to last. */
  shows: maybe(list(number)),
  /** Work that goes as slowly as its words. */
  is_taught: maybe(flag),
  /** Only where something is said in more than the page's language. */
  by_language: maybe(record({ says: maybe(list(stretch)), does: maybe(list(stretch)), focus: maybe(list(stretch)) })),
});
export type Cue = Read<typeof cue>;

export const isWork = (cue: Cue): boolean => cue.is_work === true;
export const isTalk = (cue: Cue): boolean => cue.is_talk === true;
/** Whether the moment does not end before its words are said. */
export const waitsForWords = (cue: Cue): boolean => isTalk(cue) || cue.is_taught === true;
/** The side that works, for all that is seen and heard. */
export const sideOf = (cue: Cue): Side | undefined => cue.side ?? cue.turn;

const drill = record({
  name: text,
  /** All words of it, line by line: first how it is changed for the runner, then set-up, steps, what to feel. */
  says: list(text),
  stop: list(text),
  /** How many of the lines belong to the set-up and to the steps. */
  lines: record({ set_up: number, steps: number }),
  takes_turns: flag,
  load_kg: number,
  /** The film, or where it lies. */
  film: either(text, film),
  posters: record({ left: text, right: text }),
  by_language: maybe(record({
    name: maybe(list(stretch)), says: maybe(list(list(stretch))), stop: maybe(list(list(stretch))),
  })),
});
export type Drill = Read<typeof drill>;

/** A drill and side whose repetitions are counted. */
const countable = record({ item: text, drill: text, side: orNull(side), asked: number });

/** The plan and the items a session was laid out from; it travels with all that is told of the session. */
const reference = record({ plan: text, items: list(text), cues: text });
export type Reference = Read<typeof reference>;

export const sound = oneOf("voice", "tones", "off");
export type SoundChoice = Read<typeof sound>;

export const score = record({
  /** Stands for the runner it is played for; it goes with all that is kept and told of it. */
  mark: text,
  slot: text,
  reference,
  minutes: number,
  cues: list(cue),
  drills: table(drill),
  counts: list(countable),
  sound: maybe(sound),
  /** How fast the voice speaks. */
  rate: maybe(number),
});
export type Score = Read<typeof score>;

export const readScore = reading("the session", score);
