import { expect, test } from "vitest";
import { newLocation } from "../databases.ts";
import { countOf } from "../soak.ts";
import { folderWith } from "./content-folder.ts";
import { killPublishing } from "./kill-publish.ts";

/** `npm run soak -- publish 1000` does the same for longer. */
test.each([
  ["sqlite", countOf("kills while publishing on SQLite", 2, 6)],
  ["postgres", countOf("kills while publishing on PostgreSQL", 1, 3)],
] as const)("killed at any moment of publishing on %s, the old or the new is there, whole", async (kind, times) => {
  const environment = { port: 0, host: "127.0.0.1", content: folderWith({}), data: folderWith({}) };
  const there = kind === "postgres" ? { ...environment, databaseUrl: await newLocation(kind) } : environment;
  const kills = await killPublishing(there, times);
  expect(kills.old + kills.new).toBe(times);
});
