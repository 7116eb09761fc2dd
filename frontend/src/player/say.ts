/** What the player says, in the language of the page. The page lays the words down as data; without them it is English. */
const laid = globalThis.document?.getElementById("words")?.textContent;
const told: Record<string, string> = laid ? (JSON.parse(laid) as Record<string, string>) : {};

/** Say a sentence; `{name}` stands for a value. Every call writes its English out, for it is gathered from here. */
export function say(english: string, values: Record<string, string | number> = {}): string {
  return (told[english] ?? english).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}
