import type { IncomingMessage } from "node:http";
import { bearerOf, TokenAuthenticator } from "#lib/access/bearer.ts";
import { vaultOf } from "#lib/access/open-vault.ts";
import { readSecrets } from "#lib/access/secret.ts";
import { Tokens } from "#lib/access/tokens.ts";
import { marksOf, type Taken, takeReturned } from "#lib/delivery/bounces/take.ts";
import { MOST_BOUNCE_BYTES } from "#lib/delivery/channels/bounce.ts";
import { may } from "#lib/model/access.ts";
import type { Environment } from "#lib/settings/environment.ts";
import type { Database } from "#lib/store/dialect.ts";
import { forbidden, json, refusal, refusalOf, tooMany, unauthorized } from "./api-answers.ts";
import type { PageSource } from "./open-front.ts";
import { type Answer, type RequestHandler, readBody } from "./serve/exchange.ts";

/** Takes mails that came back from a mail server that can post them: the whole mail is the body, and a token comes with it. */
export async function bounceHandler(
  database: Database,
  environment: Environment,
  clock: () => number = Date.now,
): Promise<(pageSource: PageSource) => RequestHandler> {
  const vault = await vaultOf(database, await readSecrets(environment));
  const authenticator = new TokenAuthenticator(new Tokens(database, environment.data), clock);
  return (pageSource) => {
    const take = (raw: Uint8Array) =>
      takeReturned({ database, vault }, raw, marksOf(pageSource.site().config, environment), clock());
    return (request) => {
      if ((request.url ?? "").replace(/\?.*$/, "") !== "/api/bounces") return undefined;
      return answer(request, authenticator, take).catch(refusalOf);
    };
  };
}

async function answer(
  request: IncomingMessage,
  authenticator: TokenAuthenticator,
  take: (raw: Uint8Array) => Promise<Taken>,
): Promise<Answer> {
  if (request.method !== "POST") {
    return refusal(405, "method", "This address takes POST alone.", "Send it with POST.", { allow: "POST" });
  }
  const asked = await authenticator.ask(bearerOf(request), request.socket.remoteAddress);
  if (!("token" in asked)) return asked.kind === "too-many" ? tooMany(asked.seconds) : unauthorized(asked.kind);
  if (!may(asked.token.role, "return")) return forbidden(asked.token);
  const raw = await readBody(request, MOST_BOUNCE_BYTES);
  if (raw === "too-large") {
    return refusal(413, "too-large", "The mail has more than 500 KB.", "Have the headers alone returned.");
  }
  const taken = await take(raw);
  // Whoever posts it keeps it and tries again.
  if (taken === "early") {
    return refusal(503, "early", "The mail it speaks of is still being sent.", "Send it again in a minute.", {
      "retry-after": "60",
    });
  }
  return json(200, { taken });
}
