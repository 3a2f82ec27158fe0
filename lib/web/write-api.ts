import type { IncomingMessage } from "node:http";
import { bearerOf, type TokenAuthenticator } from "#lib/access/bearer.ts";
import { authorOf, type Tokens } from "#lib/access/tokens.ts";
import { takeAlerts } from "#lib/content/folder/alerts.ts";
import type { ContentWriter, Outcome } from "#lib/content/folder/content-writer.ts";
import { declareIncident, deedOf, writeUpdate } from "#lib/content/folder/write.ts";
import { MOST_ALERTS } from "#lib/content/intake/alertmanager.ts";
import { declarationSchema, publicationSchema, readRequest, updateSchema } from "#lib/content/intake/requests.ts";
import { type Deed, may, type Token } from "#lib/model/access.ts";
import type { Problem } from "#lib/model/problem.ts";
import { previewJson } from "#lib/publishing/preview-json.ts";
import { type Preview, publish } from "#lib/publishing/publish.ts";
import type { Environment } from "#lib/settings/environment.ts";
import type { Database } from "#lib/store/dialect.ts";
import { forbidden, json, problem, refusal, refusalOf, tooMany, unauthorized } from "./api-answers.ts";
import { once } from "./idempotency.ts";
import { type Answer, type RequestHandler, readBody } from "./serve/exchange.ts";

/** What the write API works with; the operator's page has the same. */
export interface AppContext {
  readonly environment: Environment;
  readonly writer: ContentWriter;
  readonly database: Database;
  readonly tokens: Tokens;
  readonly authenticator: TokenAuthenticator;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/** One request, known to be from the holder of a token. */
interface Call extends AppContext {
  readonly token: Token;
  readonly body: unknown;
}

interface Endpoint {
  readonly path: RegExp;
  /** What the token must allow at least. */
  readonly deed: Deed;
  /** How large a body may be. */
  readonly mostBytes: number;
  /** @param slug what the path names, if it names an entry */
  readonly handle: (call: Call, slug: string) => Promise<Answer>;
}

const KB = 1_024;

const ENDPOINTS: readonly Endpoint[] = [
  { path: /^\/api\/incidents$/, deed: "draft", mostBytes: 64 * KB, handle: postIncident },
  { path: /^\/api\/incidents\/([^/]{1,200})\/updates$/, deed: "draft", mostBytes: 64 * KB, handle: postUpdate },
  { path: /^\/api\/publish$/, deed: "publish", mostBytes: 64 * KB, handle: postPublish },
  { path: /^\/api\/alerts\/alertmanager$/, deed: "draft", mostBytes: MOST_ALERTS * KB, handle: postAlerts },
];

/** Machines (and people with a script) write here; they never meet the framework, and no cookie is looked at. */
export function writeApi(app: AppContext): RequestHandler {
  return (request) => {
    const path = (request.url ?? "").replace(/\?.*$/, "");
    const endpoint = ENDPOINTS.find((each) => each.path.test(path));
    return endpoint && answer(request, endpoint, endpoint.path.exec(path)?.[1] ?? "", app).catch(refusalOf);
  };
}

async function answer(request: IncomingMessage, endpoint: Endpoint, slug: string, app: AppContext): Promise<Answer> {
  if (request.method !== "POST") {
    return refusal(405, "method", "This address takes POST alone.", "Send it with POST.", { allow: "POST" });
  }
  const asked = await app.authenticator.ask(bearerOf(request), request.socket.remoteAddress);
  if (!("token" in asked)) return asked.kind === "too-many" ? tooMany(asked.seconds) : unauthorized(asked.kind);
  if (!may(asked.token.role, endpoint.deed)) return forbidden(asked.token);
  const body = await readJson(request, endpoint.mostBytes);
  if ("refused" in body) return body.refused;
  const call = { ...app, token: asked.token, body: body.value };
  const work = () => app.writer.alone(() => endpoint.handle(call, slug));

  const key = request.headers["idempotency-key"];
  if (typeof key !== "string") return await work();
  if (key === "" || key.length > 200) {
    return refusal(400, "idempotency-key", "The Idempotency-Key is empty or too long.", "Use up to 200 characters.");
  }
  const what = { of: asked.token.name, key, request: `${request.url}\n${body.text}` };
  const done = await once(
    { database: app.database, data: app.environment.data },
    what,
    app.clock(),
    work,
    ({ status }) => status === 200 || status === 201,
  );
  switch (done.kind) {
    case "done":
      return done.isReplay
        ? { ...done.answer, headers: { ...done.answer.headers, "idempotent-replayed": "true" } }
        : done.answer;
    case "other-request": {
      const message = "This Idempotency-Key was used for another request.";
      return refusal(422, "idempotency-key", message, "Use a new key for each request that is to be done.");
    }
    case "unknown": {
      const message = "A request with this Idempotency-Key is being worked on, or was cut off by a failure.";
      return refusal(409, "idempotency-key", message, "Look whether it was done; if it was not, use a new key.");
    }
  }
}

async function postIncident(call: Call): Promise<Answer> {
  const read = readRequest(declarationSchema, call.body);
  if ("problems" in read) return unprocessable(read.problems);
  const { components, dryRun, draft, ...said } = read.value;
  const isDraft = draft ?? !may(call.token.role, "write");
  if (!isDraft && !may(call.token.role, "write")) {
    const message = "A token of the role machine opens drafts alone.";
    return refusal(403, "role", message, "Leave “draft” out, or use the token of an author.");
  }
  const order = { by: authorOf(call.token), isRehearsal: dryRun, deed: "Declare" };
  const outcome = await call.writer.create(order, (contentFolder, now) =>
    declareIncident(contentFolder, { ...said, effects: components, draft: isDraft }, now),
  );
  return answerOf(outcome, 201);
}

async function postUpdate(call: Call, slug: string): Promise<Answer> {
  const read = readRequest(updateSchema, call.body);
  if ("problems" in read) return unprocessable(read.problems);
  const { components, dryRun, version, ...said } = read.value;
  const deed = deedOf(said.status);
  const order = { by: authorOf(call.token), isRehearsal: dryRun, deed, slug, version };
  const outcome = await call.writer.change(order, (contentFolder, found, now) =>
    writeUpdate(contentFolder, found, { ...said, effects: components }, now),
  );
  return answerOf(outcome, 201);
}

async function postPublish({ environment, clock, token, body }: Call): Promise<Answer> {
  const read = readRequest(publicationSchema, body);
  if ("problems" in read) return unprocessable(read.problems);
  const { dryRun, tell: decision, acceptUnclear } = read.value;
  let preview: Preview | undefined;
  const approve = (shown: Preview) => {
    preview = shown;
    return Promise.resolve(!dryRun);
  };
  const publication = await publish(environment, {
    now: clock(),
    token: token.name,
    approve,
    acceptUnclear,
    ...(decision ? { decision } : {}),
  });
  const { snapshot, isChange, problems } = publication;
  if (problems.some(({ severity }) => severity === "error")) return unprocessable(problems);
  if (dryRun)
    return json(200, { dryRun, isChange: preview !== undefined, ...(preview ? previewJson(preview) : { problems }) });
  return json(200, { snapshot: snapshot?.id, isChange, entries: snapshot?.entries, problems });
}

async function postAlerts(call: Call): Promise<Answer> {
  const taken = await takeAlerts(call, call.body, authorOf(call.token));
  if ("problems" in taken) return unprocessable(taken.problems);
  return json(200, taken);
}

function answerOf(outcome: Outcome, status: number): Answer {
  switch (outcome.kind) {
    case "written": {
      const { kind: _, commit, text, slug, ...rest } = outcome;
      if (!commit) return json(200, { dryRun: true, slug, ...rest, text });
      return json(status, { slug, ...rest, commit }, { location: `/incidents/${encodeURIComponent(slug)}` });
    }
    case "refused":
      return unprocessable(outcome.problems);
    case "changed": {
      const message = `${outcome.file} has changed since you saw it. Nothing was written.`;
      const remedy = "Look at the difference, then send the request again with the version named here.";
      const { version, diff } = outcome;
      return json(409, { problems: [problem("changed", message, remedy)], version, diff });
    }
    case "not-found":
      return notFound(outcome);
  }
}

function notFound({ reason, slugs, meant, problems }: Extract<Outcome, { kind: "not-found" }>): Answer {
  if (reason === "broken") return unprocessable(problems);
  const [message, remedy] =
    reason === "none"
      ? [
          "There is no file of that name.",
          `${meant === undefined ? "" : `Did you mean ${meant}? `}The last ones are ${slugs.join(", ")}.`,
        ]
      : ["Several files have a name like that.", `Name one of ${slugs.slice(0, 10).join(", ")}.`];
  return refusal(404, "slug", message, slugs.length > 0 ? remedy : "Declare an incident first.");
}

/** The body as JSON, or why it is none that is taken. */
async function readJson(
  request: IncomingMessage,
  most: number,
): Promise<{ readonly value: unknown; readonly text: string } | { readonly refused: Answer }> {
  const type = String(request.headers["content-type"] ?? "").toLowerCase();
  if (!/^application\/json *(?:; *charset="?utf-8"? *)?$/.test(type) || request.headers["content-encoding"]) {
    const message = "The body is not declared as plain JSON.";
    return { refused: refusal(415, "content-type", message, "Send it with “Content-Type: application/json”.") };
  }
  const bytes = await readBody(request, most);
  if (bytes === "too-large") {
    const message = `The body has more than ${(most / KB).toLocaleString("en")} KB.`;
    return { refused: refusal(413, "too-large", message, "Move logs elsewhere and link to them.") };
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { value: JSON.parse(text) as unknown, text };
  } catch {
    return { refused: refusal(400, "not-json", "The body is not JSON in UTF-8.", "Have a tool make it, such as jq.") };
  }
}

function unprocessable(problems: readonly Problem[]): Answer {
  return json(422, { problems });
}
