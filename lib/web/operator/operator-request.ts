import type { Messages } from "#lib/messages/messages.ts";
import type { Token } from "#lib/model/access.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import type { Answer } from "../http/answer.ts";
import type { Call } from "../http/route.ts";
import { once } from "../idempotency.ts";
import type { PageSource } from "../open-front.ts";
import type { AppContext } from "../write-api.ts";
import type { ContentView } from "./content-view.ts";
import { type Session, secret } from "./sessions.ts";
import type { OperatorFrame, OperatorPage, OperatorView, Typed } from "./views.ts";

/** One request of somebody who is signed in. */
export interface OperatorRequest {
  readonly app: AppContext;
  readonly pageSource: PageSource;
  readonly view: ContentView;
  /** In the language of the site. */
  readonly words: Messages["operator"];
  readonly method: "GET" | "POST";
  readonly path: string;
  /** What stands in the places that the route's path names. */
  readonly params: Call["params"];
  readonly config: SiteConfig;
  readonly token: Token;
  readonly session: Session;
  readonly frame: OperatorFrame;
  /** What the form holds; nothing on GET. */
  readonly typed: Typed;
  /** Which button of the form was pressed; `look` when the page is only asked for. */
  readonly step: string;
  /** The form's key, by which it is known when it comes a second time. */
  readonly key: string;
}

/** A page that is drawn from a view. */
export async function html(pageSource: PageSource, status: number, view: OperatorView): Promise<Answer> {
  const body = await pageSource.draw({ path: "/operator", view });
  return { status, headers: { "content-type": "text/html; charset=utf-8" }, body };
}

/** The page that answers a request. */
export function show({ frame, pageSource }: OperatorRequest, status: number, page: OperatorPage): Promise<Answer> {
  return html(pageSource, status, { frame, page });
}

/** Leads on after a form, so that a reload does not send it again. */
export function leadTo(path: string): Answer {
  return { status: 303, headers: { location: path } };
}

/** The marks of a form that is shown now. */
export function marksOf({ session }: OperatorRequest): { csrf: string; key: string } {
  return { csrf: session.csrf, key: secret() };
}

/** Does what a form asks for once, however often it is sent (a second tap, a reload), while nothing else is written. */
export async function sendOnce(request: OperatorRequest, work: () => Promise<Answer>): Promise<Answer> {
  const { app, token, key, path, typed } = request;
  const what = { of: `page of ${token.name}`, key, request: `${path}\n${JSON.stringify(typed)}` };
  const memory = { database: app.database, data: app.environment.data };
  const done = await app.writer.alone(() => once(memory, what, app.clock(), work, ({ status }) => status === 303));
  if (done.kind === "done") return done.answer;
  request.session.notice = request.words.done.sentBefore;
  return leadTo("/operator");
}
