import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestProject } from "vitest/node";
import { type Postgres, startPostgres } from "./postgres.ts";

/** What a crash of the machine leaves is not tested, so nothing waits for the disk. */
const FLAGS = ["-c", "fsync=off", "-c", "full_page_writes=off"];

/**
 * One PostgreSQL for a whole run of the tests, started when the first test asks for a database: the others do not pay
 * for it. Test files run in processes of their own, so they ask over the loopback (`tests/databases.ts`).
 */
export default async function shareOnePostgres(project: TestProject): Promise<() => Promise<void>> {
  let postgres: Promise<Postgres> | undefined;
  const desk = createServer((_request, response) => {
    postgres ??= startPostgres(FLAGS);
    postgres
      .then((started) => started.createDatabase())
      .then(
        (url) => response.end(url),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
  });
  await new Promise<void>((done) => desk.listen(0, "127.0.0.1", done));
  project.provide("postgresDesk", `http://127.0.0.1:${(desk.address() as AddressInfo).port}/`);
  return async () => {
    desk.close();
    await (await postgres)?.stop();
  };
}

declare module "vitest" {
  interface ProvidedContext {
    readonly postgresDesk: string;
  }
}
