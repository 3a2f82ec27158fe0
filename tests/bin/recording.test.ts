import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const GUIDE = join(resolve(import.meta.dirname, "../.."), "docs/guides/first-incident.md");

test("from the declaration to the final report it takes twelve commands at the most, none with more than three flags", () => {
  const commands = readFileSync(GUIDE, "utf8").match(/^\$ .+$/gm) ?? [];
  expect(commands.length).toBeLessThanOrEqual(12);
  const verbs = commands.map((line) => line.split(" ")[2]);
  expect(verbs.filter((verb) => verb !== "publish" && verb !== "preview")).toEqual([
    "new",
    "update",
    "update",
    "resolve",
    "report",
    "report",
  ]);
  const flags = commands.map((line) => line.replace(/"[^"]*"/g, "").match(/ --?[a-z]/g)?.length ?? 0);
  expect(Math.max(...flags)).toBeLessThanOrEqual(3);
});
