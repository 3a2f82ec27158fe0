import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { readBytes } from "#lib/content/folder/check-files.ts";
import { parseSite } from "#lib/content/parse/site.ts";
import { may } from "#lib/model/access.ts";
import { type Answer, type RequestHandler, readBody } from "../serve/exchange.ts";
import type { AppContext } from "../write-api.ts";
import { ContentView } from "./content-view.ts";
import { gateOf, isFromUs } from "./gate.ts";
import { html, leadTo } from "./operator-request.ts";
import type { Typed } from "./pages/fields.ts";
import { signInPage } from "./pages/pages.ts";
import { pageFor } from "./routes.ts";
import { cookieFor, isCsrfOf, Sessions } from "./sessions.ts";
import { styleSheet } from "./style.ts";

const MOST_BYTES = 256 * 1024;

/** The operator's page: for people who have a browser and no shell. */
export function operatorHandler(app: AppContext): RequestHandler {
  const room: Room = {
    app,
    sessions: new Sessions(app.database, app.tokens),
    view: new ContentView(app.environment.content),
  };
  return (request) => {
    const path = (request.url ?? "").replace(/\?.*$/, "").replace(/(?<=.)\/+$/, "");
    if (path !== "/operator" && !path.startsWith("/operator/")) return undefined;
    const gate = gateOf(request, app.environment.operator);
    if (gate === "closed") return undefined;
    return gate === "open" ? answer(request, path, room) : Promise.resolve(plain(403, gate.refused));
  };
}

interface Room {
  readonly app: AppContext;
  readonly sessions: Sessions;
  readonly view: ContentView;
}

async function answer(request: IncomingMessage, path: string, room: Room): Promise<Answer> {
  if (path === "/operator/-/style.css") {
    return {
      status: 200,
      headers: { "content-type": "text/css; charset=utf-8", "cache-control": "private, max-age=60" },
      body: await styleSheet(),
    };
  }
  const { app, sessions, view } = room;
  const now = app.clock();
  const { value: config } = parseSite("site.yaml", readBytes(join(app.environment.content, "site.yaml")));
  if (!config) return plain(500, "site.yaml cannot be read. Mend it on the server: “candor check” says how.");
  const method = request.method === "HEAD" ? "GET" : request.method;
  if (method !== "GET" && method !== "POST") return { status: 405, headers: { allow: "GET, POST" } };
  const read = method === "POST" ? await readForm(request) : { form: {} };
  if ("refused" in read) return read.refused;
  const { form } = read;
  if (method === "POST" && !isFromUs(request, config.url))
    return plain(403, "This form was sent from another site. Nothing was done.");

  const frame = { site: config.name, locale: config.locale };
  if (path === "/operator/-/sign-in" && method === "POST") return await signIn(request, form, frame, room);
  const found = await sessions.find(request, now);
  if (!found) return html(method === "POST" ? 403 : 200, signInPage(frame, path, carriedOf(form)));
  const { session, token } = found;
  if (method === "POST" && !isCsrfOf(session, form["csrf"] ?? "")) {
    return html(
      403,
      signInPage(frame, path, carriedOf(form), "This form is from another session. Nothing was done; sign in again."),
    );
  }
  if (path === "/operator/-/sign-out" && method === "POST") {
    await sessions.close(session);
    return {
      ...leadTo("/operator"),
      headers: { location: "/operator", "set-cookie": cookieFor(undefined, isSecure(request)) },
    };
  }
  const { notice, typed: carried } = method === "POST" ? { typed: form } : await sessions.take(found, path);
  const { csrf: _, key = "", step = "look", ...typed } = carried;
  const told = notice === undefined ? {} : { notice };
  const person = { name: token.name, role: token.role, csrf: session.csrf, ...told };
  const operatorRequest = {
    app,
    view,
    method,
    path,
    config,
    token,
    session,
    frame: { ...frame, person },
    typed,
    step,
    key,
  } as const;
  const done = await pageFor(operatorRequest);
  await sessions.note(session);
  return done;
}

async function signIn(
  request: IncomingMessage,
  form: Typed,
  frame: { site: string; locale: string },
  { app, sessions }: Room,
): Promise<Answer> {
  const { token: secret = "", next: wanted = "", step: _, ...carried } = form;
  const next = /^\/operator(?:\/[\w./%-]*)?$/.test(wanted) ? wanted : "/operator";
  const kept = Object.fromEntries(
    Object.entries(carried).flatMap(([name, value]) => (name.startsWith("carried.") ? [[name.slice(8), value]] : [])),
  );
  const again = (status: number, fault: string) => html(status, signInPage(frame, next, kept, fault));
  const asked = await app.authenticator.ask(secret.trim(), request.socket.remoteAddress);
  if (!("token" in asked)) {
    if (asked.kind === "too-many") return again(429, `Too many wrong tokens. Wait ${asked.seconds} seconds.`);
    return again(401, "This token is not known, or its time is over.");
  }
  const { token } = asked;
  if (!may(token.role, "sign-in")) return again(403, `A token of the role ${token.role} is for the API alone.`);
  const isCarried = Object.keys(kept).length > 0;
  const session = await sessions.open(token, app.clock(), isCarried ? { path: next, typed: kept } : undefined);
  return { ...leadTo(next), headers: { location: next, "set-cookie": cookieFor(session, isSecure(request)) } };
}

/** What somebody typed, without what belongs to the session that is over. */
function carriedOf({ csrf: _, key: __, step: ___, token: ____, ...typed }: Typed): Typed {
  return typed;
}

async function readForm(request: IncomingMessage): Promise<{ readonly form: Typed } | { readonly refused: Answer }> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers["content-type"] ?? "")) {
    return { refused: plain(415, "This is no form of ours.") };
  }
  const bytes = await readBody(request, MOST_BYTES);
  if (bytes === "too-large") return { refused: plain(413, "The text is too long. Go back and shorten it.") };
  const fields = [...new URLSearchParams(bytes.toString("utf8"))];
  // Browsers end lines as HTTP does; files here end them as people write them.
  return { form: Object.fromEntries(fields.map(([name, value]) => [name, value.replace(/\r\n?/g, "\n")])) };
}

function isSecure({ headers }: IncomingMessage): boolean {
  return headers["x-forwarded-proto"] === "https";
}

function plain(status: number, text: string): Answer {
  return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body: `${text}\n` };
}
