import { describe, expect, it } from "vitest";
import { readFilm } from "./film";
import { list, maybe, number, oneOf, orNull, reading, record, row, table, text, Unreadable } from "./reading";
import { readScore } from "./score";

const read = reading("the note", record({
  name: text, side: orNull(oneOf("left", "right")), sizes: list(number), more: maybe(table(row<[number, string]>(number, text))),
}));
const NOTE = { name: "a", side: null, sizes: [1, 2] };

describe("a document", () => {
  it("is handed on as it is, with what a newer app tells besides", () => {
    const newer = { ...NOTE, unknown: [1] };
    expect(read(newer)).toBe(newer);
    expect(read({ ...NOTE, side: "left", more: { a: [1, "one"] } }).side).toBe("left");
  });

  it.each([
    [{ ...NOTE, name: 1 }, "the note.name is no text"],
    [{ ...NOTE, side: "up" }, "the note.side is no left or right"],
    [{ ...NOTE, sizes: [1, "2"] }, "the note.sizes.1 is no number"],
    [{ ...NOTE, sizes: [NaN] }, "the note.sizes.0 is no number"],
    [{ ...NOTE, more: { a: [1] } }, "the note.more.a is no list of 2"],
    [{ name: "a", side: null }, "the note.sizes is no list"],
    [[NOTE], "the note is no record"],
    [null, "the note is no record"],
  ])("that is something else is not believed, and the place is named: %j", (found, says) => {
    expect(() => read(found)).toThrow(new Unreadable(says));
  });
});

it("of another shape is no session and no film", () => {
  expect(() => readScore({ mark: "m", cues: [{ kind: "dance" }] })).toThrow(Unreadable);
  expect(() => readFilm({ scale: 1000 })).toThrow(Unreadable);
});
