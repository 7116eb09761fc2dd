/** What scripts say, in the language of the page. It lays the words down as data; without them they say English. */
import { reading, table, text } from "../contract/reading";

const laid = globalThis.document?.getElementById("words")?.textContent;
const told = laid ? reading("the words", table(text))(JSON.parse(laid)) : {};

/** Say a sentence; `{name}` stands for a value. Every call writes its English out, for it is gathered from here. */
export function say(english: string, values: Record<string, string | number> = {}): string {
  return (told[english] ?? english).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}
