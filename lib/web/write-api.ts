import type { TokenAuthenticator } from "#lib/access/bearer.ts";
import { authorOf, type Tokens } from "#lib/access/tokens.ts";
import { takeAlerts } from "#lib/content/folder/alerts.ts";
import type { ContentWriter, Outcome } from "#lib/content/folder/content-writer.ts";
import { declareIncident, deedOf, writeUpdate } from "#lib/content/folder/write.ts";
import { MOST_ALERTS } from "#lib/content/intake/alertmanager.ts";
import { declarationSchema, publicationSchema, readRequest, updateSchema } from "#lib/content/intake/requests.ts";
import { type Deed, may } from "#lib/model/access.ts";
import type { Problem } from "#lib/model/problem.ts";
import { previewJson } from "#lib/publishing/preview-json.ts";
import { type Preview, publish } from "#lib/publishing/publish.ts";
import type { Environment } from "#lib/settings/environment.ts";
import type { Database } from "#lib/store/dialect.ts";
import { json, postAlone, problem, refusal } from "./api-answers.ts";
import type { Answer } from "./http/answer.ts";
import type { Handle, Route } from "./http/route.ts";
import { bearer, idempotent, type JsonCall, jsonBody, refusing, type TokenCall } from "./http/steps.ts";

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

/** One request, known to be from the holder of a token, with what is written by. */
type WriteCall = AppContext & TokenCall & JsonCall;

const KB = 1_024;

/** Machines (and people with a script) write here; they never meet the framework, and no cookie is looked at. */
export function writeRoutes(app: AppContext): readonly Route[] {
  const post = (path: string, deed: Deed, handle: Handle<WriteCall>, mostBytes = 64 * KB): Route => {
    const inTurn: Handle<TokenCall & JsonCall> = (call) => app.writer.alone(() => handle({ ...app, ...call }));
    const memory = { database: app.database, data: app.environment.data };
    const steps = bearer(app.authenticator, deed, jsonBody(mostBytes, idempotent(memory, app.clock, inTurn)));
    return { path, on: { POST: refusing(steps) }, onOther: postAlone };
  };
  return [
    post("/api/incidents", "draft", postIncident),
    post("/api/incidents/:slug/updates", "draft", postUpdate),
    post("/api/publish", "publish", postPublish),
    post("/api/alerts/alertmanager", "draft", postAlerts, MOST_ALERTS * KB),
  ];
}

async function postIncident(call: WriteCall): Promise<Answer> {
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

async function postUpdate(call: WriteCall): Promise<Answer> {
  const read = readRequest(updateSchema, call.body);
  if ("problems" in read) return unprocessable(read.problems);
  const { components, dryRun, version, ...said } = read.value;
  const deed = deedOf(said.status);
  const { slug = "" } = call.params;
  const order = { by: authorOf(call.token), isRehearsal: dryRun, deed, slug, version };
  const outcome = await call.writer.change(order, (contentFolder, found, now) =>
    writeUpdate(contentFolder, found, { ...said, effects: components }, now),
  );
  return answerOf(outcome, 201);
}

async function postPublish({ environment, clock, token, body }: WriteCall): Promise<Answer> {
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

async function postAlerts(call: WriteCall): Promise<Answer> {
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

function unprocessable(problems: readonly Problem[]): Answer {
  return json(422, { problems });
}
