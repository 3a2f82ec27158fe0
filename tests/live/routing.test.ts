import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { newLocation, STORES } from "#tests/databases.ts";
import { countOf } from "#tests/soak.ts";
import { routeUpdates } from "./routing.ts";

const UPDATES = countOf("updates told to boards, on each store", 60, 200);
const PLAN = { boards: 40, updates: UPDATES, components: 20, kills: 2, cuts: 5 };

for (const store of STORES) {
  test(`each board gets what it asked for, once, whoever is cut off or killed, and the ledger says so (${store})`, async () => {
    const folder = mkdtempSync(join(tmpdir(), "candor-live-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const folders = { content: join(folder, "content"), data: join(folder, "data") };
    const databaseUrl = store === "postgres" ? { databaseUrl: await newLocation(store) } : {};
    const environment = { port: 0, host: "127.0.0.1", ...folders, ...databaseUrl };
    const servers = store === "postgres" ? 2 : 1;
    const sum = await routeUpdates(environment, { ...PLAN, servers });
    expect(sum).toMatchObject({ events: PLAN.updates, kills: PLAN.kills, strays: [], wrong: [], unrecorded: [] });
    expect(sum.received).toBeGreaterThan(PLAN.updates);
    expect(sum.connections).toBeGreaterThan(PLAN.boards);
  });
}
