import { chmodSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { examine } from "#lib/wire/doctor.ts";
import type { Environment } from "#lib/wire/environment.ts";
import { publish } from "#lib/wire/publish.ts";
import { folderWith, incident, SITE } from "./content-folder.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");

function environmentWith(files: Readonly<Record<string, string>>): Environment {
  return { port: 0, host: "127.0.0.1", content: folderWith({ "site.yaml": SITE, ...files }), data: folderWith({}) };
}

async function states(environment: Environment, now = NOW): Promise<Readonly<Record<string, string>>> {
  const findings = await examine(environment, now);
  return Object.fromEntries(findings.map(({ check, state }) => [check, state]));
}

test("a good installation is told so, before the first start and after it", async () => {
  const environment = environmentWith({ "a.md": incident("A") });
  expect(new Set(Object.values(await states(environment)))).toEqual(new Set(["ok"]));
  await publish(environment, { now: NOW });
  expect(new Set(Object.values(await states(environment)))).toEqual(new Set(["ok"]));
});

test("what is wrong is told with what to do", async () => {
  const environment = environmentWith({ "a.md": incident("A") });
  await publish(environment, { now: NOW });
  expect(await states(environment, NOW - 60_000)).toMatchObject({ database: "warn" });
  expect(await states(environment, 0)).toMatchObject({ clock: "fail" });

  writeFileSync(join(environment.data, "secret"), "a secret that is long enough\n");
  chmodSync(join(environment.data, "secret"), 0o644);
  writeFileSync(join(environment.content, "b.md"), "broken");
  expect(await states(environment)).toMatchObject({ secret: "fail", content: "warn" });

  writeFileSync(
    join(environment.data, "candor.db"),
    "This is no database, and it is long enough to be taken for one. ".repeat(99),
  );
  expect(await states(environment)).toMatchObject({ database: "fail" });
  expect(await states({ ...environment, content: "/no/such/folder" })).toMatchObject({ content: "fail" });
  const away = { ...environment, databaseUrl: "postgres://candor:s3cret@127.0.0.1:1/candor" };
  const findings = await examine(away, NOW);
  expect(findings.find(({ check }) => check === "database")).toMatchObject({ state: "fail" });
  expect(JSON.stringify(findings)).not.toContain("s3cret");
});

test("a port that is taken is named", async () => {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  expect(await states({ ...environmentWith({}), port })).toMatchObject({ port: "warn" });
  server.close();
});
