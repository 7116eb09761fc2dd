/** The app's own documents, as a test of the app lays them down (`tests/web/test_documents_meet_their_readers.py`). */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readBundle } from "./bundle";
import { readLeave, readSeen } from "./eye";
import { readFilm } from "./film";
import { readScore } from "./score";
import { readByCamera, readByPhone } from "./test";

const READERS: Record<string, (found: unknown) => unknown> = {
  session: readScore, bundle: readBundle, film: readFilm, phone: readByPhone, camera: readByCamera, leave: readLeave, seen: readSeen,
};

/** Returns the document, and notes every place of it that is looked at. */
function watched(found: unknown, at: string, looked: Set<string>): unknown {
  if (typeof found !== "object" || found === null) return found;
  return new Proxy(found, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof name === "symbol" || !Object.hasOwn(target, name)) return value;
      looked.add(`${at}.${name}`);
      return watched(value, `${at}.${name}`, looked);
    },
  });
}

/** Returns the places that nobody looked at, down to the first on each way. */
function unread(found: unknown, at: string, looked: Set<string>): string[] {
  if (typeof found !== "object" || found === null) return [];
  return Object.entries(found).flatMap(([name, value]) =>
    looked.has(`${at}.${name}`) ? unread(value, `${at}.${name}`, looked) : [`${at}.${name}`],
  );
}

const folder = process.env.TRIPLANE_DOCUMENTS;

describe.skipIf(!folder)("a document of the app", () => {
  const files: string[] = folder ? readdirSync(folder) : [];

  it.each(files)("is read to its last place: %s", (file) => {
    const found: unknown = JSON.parse(readFileSync(`${folder}/${file}`, "utf-8"));
    const looked = new Set<string>();
    READERS[file.split("-")[0]!]!(watched(found, "", looked));
    expect(unread(found, "", looked).join(", ")).toBe("");
  });

  it("of every kind is there", () => {
    expect(new Set(files.map((file) => file.split("-")[0]))).toEqual(new Set(Object.keys(READERS)));
  });
});
