import { TokenAuthenticator } from "#lib/access/bearer.ts";
import { vaultOf } from "#lib/access/open-vault.ts";
import { readSecrets } from "#lib/access/secret.ts";
import { Tokens } from "#lib/access/tokens.ts";
import { marksOf, takeReturned } from "#lib/delivery/bounces/take.ts";
import { MOST_BOUNCE_BYTES } from "#lib/delivery/channels/bounce.ts";
import type { Environment } from "#lib/settings/environment.ts";
import type { Database } from "#lib/store/dialect.ts";
import { json, postAlone, refusal } from "./api-answers.ts";
import type { Handle } from "./http/route.ts";
import { bearer, readBody, refusing } from "./http/steps.ts";
import type { OpenRoutes } from "./open-front.ts";

/** Takes mails that came back from a mail server that can post them: the whole mail is the body, and a token comes with it. */
export async function openBounceRoutes(
  database: Database,
  environment: Environment,
  clock: () => number = Date.now,
): Promise<OpenRoutes> {
  const vault = await vaultOf(database, await readSecrets(environment));
  const authenticator = new TokenAuthenticator(new Tokens(database, environment.data), clock);
  return (pageSource) => {
    const post: Handle = bearer(authenticator, "return", async ({ request }) => {
      const raw = await readBody(request, MOST_BOUNCE_BYTES);
      if (raw === "too-large") {
        return refusal(413, "too-large", "The mail has more than 500 KB.", "Have the headers alone returned.");
      }
      const marks = marksOf(pageSource.site().config, environment);
      const taken = await takeReturned({ database, vault }, raw, marks, clock());
      if (taken !== "early") return json(200, { taken });
      // Whoever posts it keeps it and tries again.
      return refusal(503, "early", "The mail it speaks of is still being sent.", "Send it again in a minute.", {
        "retry-after": "60",
      });
    });
    return [{ path: "/api/bounces", on: { POST: refusing(post) }, onOther: postAlone }];
  };
}
