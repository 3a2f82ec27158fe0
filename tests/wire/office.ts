import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { Tokens } from "#lib/access/tokens.ts";
import type { Role } from "#lib/model/access.ts";
import { databaseOf, type Environment } from "#lib/settings/environment.ts";
import { openDatabase } from "#lib/store/database.ts";
import type { Database } from "#lib/store/dialect.ts";
import { answerRoutes } from "#lib/web/http/route.ts";
import type { PageView } from "#lib/web/page-views.ts";
import { writingRoutes } from "#lib/web/writing-routes.ts";
import { siteOf } from "#tests/compile/site-of.ts";
import { drawn } from "#tests/drawn.ts";
import { folderWith } from "./content-folder.ts";

export const NOW = Date.parse("2026-11-22T10:00:00Z");

const SITE = `name: Tidewater Parcels
url: https://status.tidewater.example
components: [{ id: api, name: API }, { id: labels, name: Labels }]
alerts: { component_label: service, components: { label-printer: labels } }
`;

/** A server with the ways in for those who write, on folders of its own, and a clock that a test sets. */
export interface Office {
  readonly url: string;
  readonly environment: Environment;
  readonly database: Database;
  readonly tokens: Tokens;
  /** What went wrong on the server's side. */
  readonly faults: readonly unknown[];
  clock: number;
  /** A new token. */
  token(role: Role, name?: string): Promise<string>;
}

export async function openOffice(
  files: Readonly<Record<string, string>> = {},
  settings: Partial<Environment> = {},
): Promise<Office> {
  const root = folderWith(
    Object.fromEntries(
      Object.entries({ "site.yaml": SITE, ...files }).map(([path, text]) => [`content/${path}`, text]),
    ),
  );
  const environment = {
    port: 0,
    host: "127.0.0.1",
    content: join(root, "content"),
    data: join(root, "data"),
    ...settings,
  };
  const database = await openDatabase(databaseOf(environment));
  const tokens = new Tokens(database, environment.data);
  const faults: unknown[] = [];
  const office = {
    url: "",
    environment,
    database,
    tokens,
    faults,
    clock: NOW,
    token: async (role: Role, name: string = role) =>
      (await tokens.add({ name, role }, office.clock)) ?? "the name is taken",
  };
  const site = siteOf({}, new Date(NOW).toISOString());
  const pageSource = { site: () => site, draw: (page: PageView) => Promise.resolve(drawn(page, site.config)) };
  const server = createServer(
    answerRoutes(
      writingRoutes(database, environment, () => office.clock).flatMap((open) => open(pageSource)),
      (_, response) => response.writeHead(404).end("a page"),
      (error) => faults.push(error),
    ),
  );
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await database.close();
  });
  office.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return office;
}

/** Makes a content folder a work tree of git, with everything in it committed. */
export function git(folder: string, ...words: string[]): string {
  const identity = ["-c", "user.name=Somebody Else", "-c", "user.email=else@example.com"];
  return execFileSync("git", ["-C", folder, ...identity, ...words], { encoding: "utf8", stdio: "pipe" });
}

/** Files with the ids aside that commands make up, so that two of them can be compared. @throws where there is none */
export function withoutIds(text: string): string {
  if (!/^id: [a-z][a-z0-9]{11}$/m.test(text)) throw new Error("No incident has an id.");
  if (!/^ +id: [a-z][a-z0-9]{5}$/m.test(text)) throw new Error("No update has an id.");
  return text.replace(/^( *)id: \S+$/gm, "$1id: …");
}
