import { expect, test } from "vitest";
import { statedDurations } from "#lib/content/check/durations.ts";

const MINUTE = 60_000;

test.each([
  ["The API was unavailable for 20 minutes.", 20, "exact"],
  ["The outage lasted 2 hours and 10 minutes.", 130, "exact"],
  ["The outage lasted 2 hours, 10 minutes in all.", 130, "exact"],
  ["The incident lasted for about two hours.", 120, "exact"],
  ["A 2-hour look at it. The service was down for half an hour.", 30, "exact"],
  ["It was an outage of approximately 1.5 hours.", 90, "exact"],
  ["The site was offline for more than an hour.", 60, "at-least"],
  ["The downtime was less than 15 minutes.", 15, "at-most"],
  ["Total downtime: 45 minutes", 45, "exact"],
  ["The screens were interrupted for 5 sec.", 5 / 60, "exact"],
])("%s", (text, minutes, bound) => {
  expect(statedDurations(text).map(({ ms, bound }) => [ms / MINUTE, bound])).toEqual([[minutes, bound]]);
});

const WORDS = "a one two three four five six seven eight nine ten twelve fifteen twenty thirty".split(" ");

test("numbers in words are what they say", () => {
  const minutes = (word: string) => statedDurations(`The outage lasted ${word} minutes.`).map(({ ms }) => ms / MINUTE);
  expect(WORDS.flatMap(minutes)).toEqual([1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 30]);
  expect(statedDurations("The outage lasted an hour.").map(({ ms }) => ms / MINUTE)).toEqual([60]);
});

test.each([
  "E-mail was late by up to 20 minutes.",
  "Some requests were unavailable for 20 minutes.",
  "The web app was down for the first 20 minutes.",
  "Each screen was offline for 2 minutes.",
  "We will watch the service for 2 hours after the incident.",
  "The API may be unavailable for 5 minutes.",
  "A small percentage of accounts were unavailable for 10 minutes.",
  "Logs are kept for 30 days.",
  "We have waited for 20 minutes.",
  "The incident was monitored for 2 hours before it was closed.",
  "The outage was noticed after 3 minutes.",
  "It lasted. For 20 years we had none.",
])("nothing is read from: %s", (text) => {
  expect(statedDurations(text)).toEqual([]);
});

test("a length is found at its place, in whatever sentence it stands", () => {
  const text = "Some were slow for 5 minutes. The API was down for 20 minutes. All is well.";
  expect(statedDurations(text)).toEqual([{ written: "for 20 minutes", offset: 47, ms: 20 * MINUTE, bound: "exact" }]);
});

test("a text without end takes no time", () => {
  const began = process.cpuUsage();
  statedDurations("for a total of about 1 hour and 1 ".repeat(3_000));
  statedDurations("outage lasted ".repeat(7_000));
  expect(process.cpuUsage(began).user).toBeLessThan(2_000_000);
});
