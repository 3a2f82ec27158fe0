import { TokenAuthenticator } from "#lib/access/bearer.ts";
import { Tokens } from "#lib/access/tokens.ts";
import { ContentWriter } from "#lib/content/folder/content-writer.ts";
import type { Environment } from "#lib/settings/environment.ts";
import type { Database } from "#lib/store/dialect.ts";
import type { OpenRoutes } from "./open-front.ts";
import { operatorRoutes } from "./operator/routes.ts";
import { writeRoutes } from "./write-api.ts";

/** The routes of those who may write: they share one queue, so that no two of their changes meet. */
export function writingRoutes(
  database: Database,
  environment: Environment,
  clock: () => number = Date.now,
): readonly OpenRoutes[] {
  const writer = new ContentWriter(environment, clock);
  const tokens = new Tokens(database, environment.data);
  const authenticator = new TokenAuthenticator(tokens, clock);
  const app = { environment, database, writer, tokens, authenticator, clock };
  return [() => writeRoutes(app), operatorRoutes(app)];
}
