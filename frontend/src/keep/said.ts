/** What the coach said of what was handed in, held for the page that comes next: whoever did it reads it there. */
const place = (mark: string) => `triplane:handed:${mark}`;

function saidOf(mark: string): string[] {
  try { return JSON.parse(sessionStorage.getItem(place(mark)) ?? "[]") as string[]; } catch { return []; }
}

/** Hold a sentence for the next page of this runner in this window; where nothing can be held, it is not said. */
export function sayNext(mark: string, says: string): void {
  try { sessionStorage.setItem(place(mark), JSON.stringify([...saidOf(mark), says])); } catch { /* a closed store */ }
}

/** Return what was held for a runner, once. */
export function takeSaid(mark: string): string[] {
  const found = saidOf(mark);
  try { sessionStorage.removeItem(place(mark)); } catch { /* a closed store held nothing */ }
  return found;
}
