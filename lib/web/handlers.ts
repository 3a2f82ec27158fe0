import { TokenAuthenticator } from "#lib/access/bearer.ts";
import { Tokens } from "#lib/access/tokens.ts";
import { ContentWriter } from "#lib/content/folder/content-writer.ts";
import type { Environment } from "#lib/settings/environment.ts";
import type { Database } from "#lib/store/dialect.ts";
import { operatorHandler } from "./operator/handler.ts";
import type { RequestHandler } from "./serve/exchange.ts";
import { writeApi } from "./write-api.ts";

/** The ways in for those who may write: they share one queue, so that no two of their changes meet. */
export function writingHandlers(
  database: Database,
  environment: Environment,
  clock: () => number = Date.now,
): RequestHandler[] {
  const writer = new ContentWriter(environment, clock);
  const tokens = new Tokens(database, environment.data);
  const authenticator = new TokenAuthenticator(tokens, clock);
  const app = { environment, database, writer, tokens, authenticator, clock };
  return [writeApi(app), operatorHandler(app)];
}
