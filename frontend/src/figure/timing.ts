/** Which frame of a drill's film belongs to a moment of a session. */

export interface Keys { key: number[]; frames_per_s: number }
export type Phase = "show" | "wait" | "out" | "hold" | "back";

/** Seconds a film that is only shown rests at either end. */
const REST_S = 0.8;

/** Frame of the pose that is worked in: the first rest in the last key. */
export const farFrame = (film: Keys): number => Math.max(0, film.key.lastIndexOf(Math.max(...film.key)));

/** The frame at a share (0 to 1) of a phase of a repetition. */
export function frameIn(film: Keys, phase: Phase, share: number): number {
  const far = farFrame(film), all = film.key.length;
  if (phase === "wait") return 0;
  if (phase === "hold") return far;
  return phase === "out" ? far * share : (far + (all - far) * share) % all;
}

/** The frame of a film that runs by itself, resting at both ends, at a speed (1: as fast as it was made). */
export function frameShown(film: Keys, seconds: number, speed: number): number {
  const far = farFrame(film), all = film.key.length, rest = REST_S * film.frames_per_s;
  const at = (seconds * speed * film.frames_per_s) % (all + 2 * rest);
  if (at < rest) return 0;
  if (at < rest + far) return at - rest;
  return at < 2 * rest + far ? far : (at - 2 * rest) % all;
}

/** The frame on the way from one key pose to another: along the film, or back the way it came. */
export function frameBetween(film: Keys, from: number, to: number, share: number): number {
  const all = film.key.length, start = film.key.indexOf(from), goal = film.key.indexOf(to);
  if (start < 0 || goal < 0 || from === to) return Math.max(0, goal);
  const end = to === 0 && start === film.key.indexOf(Math.max(...film.key)) ? all : goal;
  return (start + (end - start) * share) % all;
}

/** How often a film that runs by itself has run through. */
export const roundsShown = (film: Keys, seconds: number, speed: number): number =>
  Math.floor((seconds * speed * film.frames_per_s) / (film.key.length + 2 * REST_S * film.frames_per_s));

/** For reduced motion: the nearest pose, with a cut between the two. */
export function stillOf(film: Keys, frame: number): number {
  const all = film.key.length, away = (i: number) => Math.min(Math.abs(i - frame), all - Math.abs(i - frame));
  return film.key.reduce((best, key, i) => (key >= 0 && away(i) < away(best) ? i : best), 0);
}
