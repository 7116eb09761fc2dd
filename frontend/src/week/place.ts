/** Where a session would lie: one of the week's days and a time of day. Whether it may is the server's word. */

export interface Place {
  day: string;
  at: string;
}

const DAY_MIN = 24 * 60;

/** The same time so many days on, within the days there are. */
export function daysOn(place: Place, days: readonly string[], by: number): Place {
  const to = Math.min(days.length - 1, Math.max(0, days.indexOf(place.day) + by));
  return { ...place, day: days[to] ?? place.day };
}

/** So many minutes on, within the day. */
export function minutesOn(place: Place, by: number): Place {
  const [hours, minutes] = place.at.split(":").map(Number) as [number, number];
  const to = Math.min(DAY_MIN - 1, Math.max(0, hours * 60 + minutes + by));
  return { ...place, at: `${two(Math.floor(to / 60))}:${two(to % 60)}` };
}

/** One step of a session through the week. */
export interface Step { by: "days" | "minutes"; count: number }

const STEPS: Record<string, Step> = {
  ArrowLeft: { by: "days", count: -1 },
  ArrowRight: { by: "days", count: 1 },
  ArrowUp: { by: "minutes", count: -30 },
  ArrowDown: { by: "minutes", count: 30 },
};

/** Which step a key asks for; none for other keys. */
export const stepOf = (key: string): Step | null => STEPS[key] ?? null;

function two(value: number): string {
  return String(value).padStart(2, "0");
}
