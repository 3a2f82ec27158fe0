import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { readBytes } from "#lib/content/folder/check-files.ts";
import { parseSite } from "#lib/content/parse/site.ts";
import { messagesIn } from "#lib/messages/messages.ts";
import { may } from "#lib/model/access.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import type { Answer } from "../http/answer.ts";
import type { Call, Handle } from "../http/route.ts";
import { type FormCall, isFromUs } from "../http/steps.ts";
import type { PageSource } from "../open-front.ts";
import type { AppContext } from "../write-api.ts";
import type { ContentView } from "./content-view.ts";
import { html, leadTo, type OperatorRequest } from "./operator-request.ts";
import { cookieFor, isCsrfOf, type Sessions } from "./sessions.ts";
import type { SignInView, Typed } from "./views.ts";

/** What all of the operator's pages share. */
export interface OperatorContext {
  readonly app: AppContext;
  readonly pageSource: PageSource;
  readonly sessions: Sessions;
  readonly view: ContentView;
}

/** A request that is from no other site, and in a language. */
interface Read {
  readonly call: Call;
  readonly config: SiteConfig;
  /** What the form holds; nothing on GET. */
  readonly form: Typed;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly askToSignIn: (status: number, asked: Omit<SignInView, "kind">) => Promise<Answer>;
}

/** Answers whoever is signed in; asks everybody else to sign in, and keeps what they typed. */
export function signedIn(context: OperatorContext, page: (request: OperatorRequest) => Promise<Answer>): Handle {
  return reading(context, async (read) => {
    const { app, pageSource, sessions, view } = context;
    const { askToSignIn, call, config, form, now } = read;
    const { path, params } = call;
    const method = call.request.method === "POST" ? "POST" : "GET";
    const words = messagesIn(config.locale).operator;
    const found = await sessions.find(call.request, now);
    const asked = { next: path, carried: carriedOf(form) };
    if (!found) return await askToSignIn(method === "POST" ? 403 : 200, asked);
    const { session, token } = found;
    if (method === "POST" && !isCsrfOf(session, form["csrf"] ?? "")) {
      return await askToSignIn(403, { ...asked, fault: words.signIn.otherSession });
    }
    const { notice, typed: carried } = method === "POST" ? { typed: form } : await sessions.take(found, path);
    const { csrf: _, key = "", step = "look", ...typed } = carried;
    const told = notice === undefined ? {} : { notice };
    const person = { name: token.name, role: token.role, csrf: session.csrf, ...told };
    const frame = { config, now, person };
    const known = { app, pageSource, view, words, config, token, session, frame };
    const done = await page({ ...known, method, path, params, typed, step, key });
    await sessions.note(session);
    return done;
  });
}

/** Opens a session for whoever has a token, and leads to where they wanted to go. */
export function signIn(context: OperatorContext): Handle<FormCall> {
  return reading(context, async ({ askToSignIn, call: { request }, config, form }) => {
    const { app, sessions } = context;
    const { signIn: words } = messagesIn(config.locale).operator;
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
    const isCarried = Object.keys(carried).length > 0;
    const session = await sessions.open(token, app.clock(), isCarried ? { path: next, typed: carried } : undefined);
    return { ...leadTo(next), headers: { location: next, "set-cookie": cookieFor(session, isSecure(request)) } };
  });
}

/** Ends a session. */
export function signOut(context: OperatorContext): Handle<FormCall> {
  return reading(context, async ({ call: { request }, form, now }) => {
    const found = await context.sessions.find(request, now);
    if (!found || !isCsrfOf(found.session, form["csrf"] ?? "")) return leadTo("/operator");
    await context.sessions.close(found.session);
    const headers = { location: "/operator", "set-cookie": cookieFor(undefined, isSecure(request)) };
    return { ...leadTo("/operator"), headers };
  });
}

/** Reads a form of ours, and nobody else's. */
function reading(
  { app, pageSource }: OperatorContext,
  next: (read: Read) => Promise<Answer>,
): Handle<Call & Partial<FormCall>> {
  return async (call) => {
    const now = app.clock();
    const { value: config } = parseSite("site.yaml", readBytes(join(app.environment.content, "site.yaml")));
    if (!config) return plain(500, "site.yaml cannot be read. Mend it on the server: “candor check” says how.");
    if (call.form === "no-form") return plain(415, "This is no form of ours.");
    if (call.form === "too-large") return plain(413, "The text is too long. Go back and shorten it.");
    if (call.form && !isFromUs(call.request, config.url)) {
      return plain(403, "This form was sent from another site. Nothing was done.");
    }
    const form = typedIn(call.form ?? new URLSearchParams());
    const askToSignIn: Read["askToSignIn"] = (status, asked) =>
      html(pageSource, status, { frame: { config, now }, page: { kind: "sign-in", ...asked } });
    return await next({ call, config, form, now, askToSignIn });
  };
}

/** Browsers end lines as HTTP does; files here end them as people write them. */
function typedIn(form: URLSearchParams): Typed {
  return Object.fromEntries([...form].map(([name, value]) => [name, value.replace(/\r\n?/g, "\n")]));
}

/** What somebody typed, without what belongs to the session that is over. */
function carriedOf({ csrf: _, key: __, step: ___, token: ____, ...typed }: Typed): Typed {
  return typed;
}

function isSecure({ headers }: IncomingMessage): boolean {
  return headers["x-forwarded-proto"] === "https";
}

/** Words alone, for whoever gets no page. */
export function plain(status: number, text: string): Answer {
  return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body: `${text}\n` };
}
