import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { readBytes } from "#lib/content/folder/check-files.ts";
import { parseSite } from "#lib/content/parse/site.ts";
import { type Messages, messagesIn } from "#lib/messages/messages.ts";
import { may } from "#lib/model/access.ts";
import type { OpenHandler, PageSource } from "../open-front.ts";
import { type Answer, readBody } from "../serve/exchange.ts";
import type { AppContext } from "../write-api.ts";
import { ContentView } from "./content-view.ts";
import { gateOf, isFromUs } from "./gate.ts";
import { html, leadTo } from "./operator-request.ts";
import { pageFor } from "./routes.ts";
import { cookieFor, isCsrfOf, type Session, Sessions } from "./sessions.ts";
import type { SignInView, Typed } from "./views.ts";

const MOST_BYTES = 256 * 1024;

/** The operator's page: for people who have a browser and no shell. */
export function operatorHandler(app: AppContext): OpenHandler {
  const known = { app, sessions: new Sessions(), view: new ContentView(app.environment.content) };
  return (pageSource) => {
    const context: OperatorContext = { ...known, pageSource };
    return (request) => {
      const path = (request.url ?? "").replace(/\?.*$/, "").replace(/(?<=.)\/+$/, "");
      if (path !== "/operator" && !path.startsWith("/operator/")) return undefined;
      const gate = gateOf(request, app.environment.operator);
      if (gate === "closed") return undefined;
      return gate === "open" ? answer(request, path, context) : Promise.resolve(plain(403, gate.refused));
    };
  };
}

interface OperatorContext {
  readonly app: AppContext;
  readonly pageSource: PageSource;
  readonly sessions: Sessions;
  readonly view: ContentView;
}

async function answer(request: IncomingMessage, path: string, context: OperatorContext): Promise<Answer> {
  const { app, pageSource, sessions, view } = context;
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

  const { operator: words } = messagesIn(config.locale);
  const frame = { config, now };
  const askToSignIn: AskToSignIn = (status, asked) =>
    html(pageSource, status, { frame, page: { kind: "sign-in", ...asked } });
  if (path === "/operator/-/sign-in" && method === "POST") {
    return await signIn(request, form, { ...context, askToSignIn, words: words.signIn });
  }
  const found = await sessions.find(request, app.environment.data, now);
  const asked = { next: path, carried: carriedOf(form) };
  if (!found) return await askToSignIn(method === "POST" ? 403 : 200, asked);
  const { session, token } = found;
  if (method === "POST" && !isCsrfOf(session, form["csrf"] ?? "")) {
    return await askToSignIn(403, { ...asked, fault: words.signIn.otherSession });
  }
  if (path === "/operator/-/sign-out" && method === "POST") {
    sessions.close(session);
    return {
      ...leadTo("/operator"),
      headers: { location: "/operator", "set-cookie": cookieFor(undefined, isSecure(request)) },
    };
  }
  const { csrf: _, key = "", step = "look", ...typed } = method === "POST" ? form : takeCarried(session, path);
  const person = { name: token.name, role: token.role, csrf: session.csrf, ...noticeOf(session, method) };
  const operatorRequest = {
    app,
    pageSource,
    view,
    words,
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
  return await pageFor(operatorRequest);
}

/** What was typed before somebody had to sign in again comes back in its form. */
function takeCarried(session: Session, path: string): Typed {
  const { carried } = session;
  if (carried?.path !== path) return {};
  delete session.carried;
  return carried.typed;
}

/** Told once, on the next page that is shown. */
function noticeOf(session: Session, method: string): { notice?: string } {
  const { notice } = session;
  if (notice === undefined || method === "POST") return {};
  delete session.notice;
  return { notice };
}

type AskToSignIn = (status: number, asked: Omit<SignInView, "kind">) => Promise<Answer>;

interface SigningIn extends OperatorContext {
  readonly askToSignIn: AskToSignIn;
  readonly words: Messages["operator"]["signIn"];
}

async function signIn(
  request: IncomingMessage,
  form: Typed,
  { app, sessions, askToSignIn, words }: SigningIn,
): Promise<Answer> {
  const { token: secret = "", next: wanted = "", step: _, ...typed } = form;
  const next = /^\/operator(?:\/[\w./%-]*)?$/.test(wanted) ? wanted : "/operator";
  const carried = Object.fromEntries(
    Object.entries(typed).flatMap(([name, value]) => (name.startsWith("carried.") ? [[name.slice(8), value]] : [])),
  );
  const again = (status: number, fault: string) => askToSignIn(status, { next, carried, fault });
  const asked = await app.authenticator.ask(secret.trim(), request.socket.remoteAddress);
  if (!("token" in asked)) {
    if (asked.kind === "too-many") return await again(429, words.tooMany({ seconds: asked.seconds }));
    return await again(401, words.unknown);
  }
  const { token } = asked;
  if (!may(token.role, "sign-in")) return await again(403, words.machine({ role: token.role }));
  const session = sessions.open(token, app.clock());
  if (Object.keys(carried).length > 0) session.carried = { path: next, typed: carried };
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
