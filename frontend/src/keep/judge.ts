/** Reads what was told of pain from the form, and looks up in the coach's table what follows. */
import type { Judgement } from "../contract/bundle";
import { SIDES } from "../contract/side";
import { type Felt, type Interruption, Refused, type Verdict } from "../contract/told";

/** What the form sends of whoever cannot say of what kind it is (`web/feelings.py`). */
const CANNOT_SAY = "cannot_say";

/** What follows where pain or a sign ends a session; null where nothing does. */
function ending(pain: Felt[], signs: string[], table: Judgement): string[] | null {
  const rows = pain.map((one) => ({ score: one.score, row: table.pain[one.region]?.[one.kind] }));
  const stopping = rows.filter(({ score, row }) => row && score >= row[0]).map(({ row }) => row[1]);
  if (!signs.length && !stopping.length) return null;
  return [...new Set([...signs.map((sign) => table.signs[sign] ?? []), ...stopping].flat())];
}

/** The same of all that was told of a playing. */
export function stoppedBy(told: Interruption[], table: Judgement): string[] | null {
  const found = told.map((one) => ending(one.pain, one.signs, table)).filter((follows) => follows !== null);
  return found.length ? [...new Set(found.flat())] : null;
}

export function judged(form: FormData, table: Judgement, needsScore: string): Verdict {
  const text = (name: string) => String(form.get(name) ?? "");
  const sideIn = (name: string) => SIDES.find((one) => one === text(name)) ?? null;
  const pain: Felt[] = [];
  for (let i = 0; form.has(`form-${i}-region`); i++) {
    const region = text(`form-${i}-region`), score = text(`form-${i}-score`);
    if (!region) continue;
    if (!score) throw new Refused(needsScore);
    const said = text(`form-${i}-kind`), kind = !said || said === CANNOT_SAY ? table.taken_for : said;
    pain.push({ score: Number(score), region, kind, side: sideIn(`form-${i}-side`) });
  }
  const signs = form.getAll("signs").map(String);
  const follows = ending(pain, signs, table);
  const interruption: Interruption = {
    item: text("item"), side: sideIn("side"), too_much: !(pain.length || signs.length), pain, signs,
  };
  return { interruption, stops: follows !== null, follows: follows ?? [] };
}
