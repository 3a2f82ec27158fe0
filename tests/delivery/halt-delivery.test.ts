import { expect, test } from "vitest";
import { newLocation, storesOf } from "../databases.ts";
import { folderWith } from "../wire/content-folder.ts";
import { haltDelivering } from "./halt-delivery.ts";

/** `npm run soak -- halt 20` does the same for longer, and says how long it took. */
test.each(storesOf("halts at full speed", 1))(
  "halted at full speed on %s, the lists agree with what the receivers got, and nobody gets anything twice",
  async (kind) => {
    const environment = { port: 0, host: "127.0.0.1", content: folderWith({}), data: folderWith({}) };
    const there = kind === "postgres" ? { ...environment, databaseUrl: await newLocation(kind) } : environment;
    const sum = await haltDelivering(there, 2, 1);
    expect(sum.reached).toBeGreaterThan(0);
    expect(sum.notReached).toBeGreaterThan(0);
  },
);
