/** The side of a body, and words in the language they are said in. */
import { oneOf, type Read, row, text } from "./reading";

export const side = oneOf("left", "right");
export type Side = Read<typeof side>;
export const SIDES = ["left", "right"] as const satisfies Side[];

/** Words, and their language where it is not the page's. */
export const stretch = row<[words: string, language: string]>(text, text);
export type Stretch = Read<typeof stretch>;
