import { expect, test } from "vitest";
import { newLocation } from "../databases.ts";
import { casesOf } from "../soak.ts";
import { folderWith } from "../wire/content-folder.ts";
import { killDelivering } from "./kill-delivery.ts";

/** On which store, how many processes, and how often. In the suite where several machines may share it. */
const KILLINGS = [
  ["postgres", 3, 1],
  ["sqlite", 2, 2],
] as const;

/** `npm run soak -- crash 500` does the same for longer. */
test.each(casesOf("stores under processes that are killed", KILLINGS.slice(0, 1), KILLINGS))(
  "killed at any moment on %s with %i processes, nothing is lost and nothing comes twice",
  async (kind, workers, times) => {
    const environment = { port: 0, host: "127.0.0.1", content: folderWith({}), data: folderWith({}) };
    const there = kind === "postgres" ? { ...environment, databaseUrl: await newLocation(kind) } : environment;
    const sum = await killDelivering(there, { workers, times });
    expect(sum.kills).toBe(times * workers);
    expect(sum.killed).toBeLessThanOrEqual(sum.inFlight);
  },
);
