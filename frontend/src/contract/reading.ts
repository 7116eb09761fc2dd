/** Reads documents: what the app sent, or a page holds as data, is looked at before it is believed. */

/** Returns what was found as what it is, or throws and says where it is something else. */
export type Reader<T> = (found: unknown, at: string) => T;
/** What a reader reads. */
export type Read<R> = R extends Reader<infer T> ? T : never;

/** A document is not what its reader knows. */
export class Unreadable extends Error {}

function refuse(at: string, wanted: string): never {
  throw new Unreadable(`${at} is no ${wanted}`);
}

export const text: Reader<string> = (found, at) => (typeof found === "string" ? found : refuse(at, "text"));
export const flag: Reader<boolean> = (found, at) => (typeof found === "boolean" ? found : refuse(at, "yes or no"));
export const number: Reader<number> = (found, at) =>
  typeof found === "number" && Number.isFinite(found) ? found : refuse(at, "number");

export const oneOf = <const T extends string | boolean>(...all: T[]): Reader<T> => (found, at) =>
  all.includes(found as T) ? (found as T) : refuse(at, all.join(" or "));

export const list = <T>(one: Reader<T>): Reader<T[]> => (found, at) => {
  if (!Array.isArray(found)) refuse(at, "list");
  found.forEach((each, i) => one(each, `${at}.${i}`));
  return found as T[];
};

/** A list of a fixed length, each place with a meaning of its own. */
export const row = <T extends unknown[]>(...ones: { [K in keyof T]: Reader<T[K]> }): Reader<T> => (found, at) => {
  if (!Array.isArray(found) || found.length !== ones.length) refuse(at, `list of ${ones.length}`);
  ones.forEach((one, i) => one(found[i], `${at}.${i}`));
  return found as T;
};

const isTable = (found: unknown): found is Record<string, unknown> =>
  typeof found === "object" && found !== null && !Array.isArray(found);

/** Values of one kind under names that the document chooses. */
export const table = <T>(one: Reader<T>): Reader<Record<string, T>> => (found, at) => {
  if (!isTable(found)) refuse(at, "table");
  for (const [name, each] of Object.entries(found)) one(each, `${at}.${name}`);
  return found as Record<string, T>;
};

export const orNull = <T>(one: Reader<T>): Reader<T | null> => (found, at) => (found === null ? null : one(found, at));
/** What a document leaves out where it is at its default. */
export const maybe = <T>(one: Reader<T>): Reader<T | undefined> => (found, at) =>
  found === undefined ? undefined : one(found, at);
export const either = <A, B>(first: Reader<A>, second: Reader<B>): Reader<A | B> => (found, at) => {
  try {
    return first(found, at);
  } catch {
    return second(found, at);
  }
};

type Shape = Record<string, Reader<unknown>>;
type Left<S extends Shape> = { [K in keyof S]: undefined extends Read<S[K]> ? K : never }[keyof S];
type Whole<S extends Shape> =
  { [K in Exclude<keyof S, Left<S>>]: Read<S[K]> } & { [K in Left<S>]?: Exclude<Read<S[K]>, undefined> };

/** Values under names that we know; what else a newer app tells stays as it is. */
export const record = <S extends Shape>(shape: S): Reader<{ [K in keyof Whole<S>]: Whole<S>[K] }> => (found, at) => {
  if (!isTable(found)) refuse(at, "record");
  for (const [name, one] of Object.entries(shape)) one(found[name], `${at}.${name}`);
  return found as { [K in keyof Whole<S>]: Whole<S>[K] };
};

/** A document of one kind, by name: what its reader refuses is told with the place in it. */
export const reading = <T>(name: string, whole: Reader<T>) => (found: unknown): T => whole(found, name);
