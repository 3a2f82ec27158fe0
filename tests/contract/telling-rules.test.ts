import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { concerns } from "#lib/model/concerns.ts";
import type { Interest } from "#lib/model/subscription.ts";
import { tellingRules } from "#lib/subscribers/forms/telling-rules.ts";
import { subscribersCommand } from "../../bin/commands/subscribers.ts";

test("the guide, the help and the page say the same rules", () => {
  const guide = readFileSync("docs/guides/subscribers.md", "utf8");
  let help = "";
  const command = subscribersCommand().configureOutput({
    writeOut: (text) => {
      help += text;
    },
  });
  command.outputHelp();
  for (const { choice, effect } of tellingRules("en")) {
    expect(guide).toContain(`| ${choice} | ${effect} |`);
    expect(help).toContain(`${choice}: ${effect}`);
  }
});

const ALL: Interest = { components: [], topics: ["incidents", "maintenance", "reports"], leastImpact: "none" };

test.each<[string, Parameters<typeof concerns>[0], Partial<Interest>, boolean]>([
  ["names no component", { topic: "incidents", components: [], impact: "minor" }, { components: ["api"] }, true],
  ["names another", { topic: "incidents", components: ["mail"], impact: "minor" }, { components: ["api"] }, false],
  [
    "names one of several",
    { topic: "incidents", components: ["mail", "api"], impact: "minor" },
    { components: ["api"] },
    true,
  ],
  ["is just bad enough", { topic: "incidents", components: [], impact: "major" }, { leastImpact: "major" }, true],
  ["is not bad enough", { topic: "incidents", components: [], impact: "minor" }, { leastImpact: "major" }, false],
  ["has an impact of none", { topic: "incidents", components: [], impact: "none" }, { leastImpact: "minor" }, false],
  [
    "is a report of one not bad enough",
    { topic: "reports", components: [], impact: "minor" },
    { leastImpact: "major" },
    false,
  ],
  ["is maintenance, which has no impact", { topic: "maintenance", components: [] }, { leastImpact: "critical" }, true],
  [
    "is between, for begin and end only",
    { topic: "incidents", components: [], isBetween: true },
    { isEndsOnly: true },
    false,
  ],
  ["is progress, for the week", { topic: "maintenance", components: [], isProgress: true }, { isWeekly: true }, false],
  ["is planned, for the week", { topic: "maintenance", components: [] }, { isWeekly: true }, true],
])("what %s is told or not as the table says", (_, audience, interest, isTold) => {
  expect(concerns(audience, { ...ALL, ...interest })).toBe(isTold);
});
