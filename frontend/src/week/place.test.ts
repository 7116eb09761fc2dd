import { expect, test } from "vitest";
import { daysOn, minutesOn, stepOf } from "./place";

const DAYS = ["2026-11-27", "2026-11-28", "2026-11-29"];
const FRIDAY = { day: "2026-11-27", at: "19:00" };

test("a day later is the next of the week's days, and the week has an end", () => {
  expect(daysOn(FRIDAY, DAYS, 1).day).toBe("2026-11-28");
  expect(daysOn(FRIDAY, DAYS, 9).day).toBe("2026-11-29");
  expect(daysOn(FRIDAY, DAYS, -1).day).toBe("2026-11-27");
});

test("half an hour on stays within the day", () => {
  expect(minutesOn(FRIDAY, 30).at).toBe("19:30");
  expect(minutesOn({ ...FRIDAY, at: "23:45" }, 30).at).toBe("23:59");
  expect(minutesOn({ ...FRIDAY, at: "00:10" }, -30).at).toBe("00:00");
});

test("arrows steer and other keys do nothing", () => {
  expect(stepOf("ArrowLeft")).toEqual({ by: "days", count: -1 });
  expect(stepOf("ArrowDown")).toEqual({ by: "minutes", count: 30 });
  expect(stepOf("a")).toBeNull();
});
