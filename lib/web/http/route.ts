import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import findMyWay from "find-my-way";
import { failureKind } from "#lib/model/failure.ts";
import { type Answer, respond } from "./answer.ts";

/** One request on its way to its answer. */
export interface Call {
  readonly request: IncomingMessage;
  /** Without a slash at its end and without the query. */
  readonly path: string;
  /** What stands in the places that the route's path names. */
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly query: URLSearchParams;
}

/** Answers a request. Steps (`steps.ts`) stand before it, each of which adds to the call what it has found out, or answers by itself. */
export type Handle<C extends Call = Call> = (call: C) => Promise<Answer>;

const METHODS = ["GET", "POST"] as const;

/** What is answered at a path, before the page cache and the framework are asked. */
export interface Route {
  /** As find-my-way has it: `/subscriptions/:token`. */
  readonly path: string;
  /** By method; what answers GET answers HEAD too. */
  readonly on?: Readonly<Partial<Record<(typeof METHODS)[number], Handle>>>;
  /** Says which methods there are to whoever comes by another. */
  readonly onOther?: (allow: string) => Answer;
  /** Whether there is anything here for whoever asks: `absent` leaves the request to the pages. */
  readonly gate?: (request: IncomingMessage) => "open" | "absent" | Answer;
  /** Answers by itself, whatever the method, and for as long as it likes. */
  readonly stream?: (request: IncomingMessage, response: ServerResponse) => void;
}

/** One table for what is not a page: the rest goes on to `rest`, which has the pages and everything that is made of them. */
export function answerRoutes(
  routes: readonly Route[],
  rest: RequestListener,
  onError: (error: unknown, path: string) => void,
): RequestListener {
  const router = findMyWay({ ignoreTrailingSlash: true, maxParamLength: 200 });
  for (const route of routes) {
    const methods = METHODS.filter((method) => route.stream ?? route.on?.[method]);
    router.on(methods, route.path, () => undefined, route);
  }
  const findAt = (method: string, path: string) => router.find(method as "GET", path);
  return (request, response) => {
    const url = request.url ?? "";
    const [path = ""] = url.split("?", 1);
    const asked = request.method === "HEAD" ? "GET" : (request.method ?? "");
    const others = METHODS.filter((method) => method !== asked);
    const found = findAt(asked, path) ?? others.map((method) => findAt(method, path)).find(Boolean);
    if (!found) return rest(request, response);
    const route = found.store as Route;
    if (route.stream) return route.stream(request, response);
    const gate = route.gate?.(request) ?? "open";
    if (gate === "absent") return rest(request, response);
    if (gate !== "open") return respond(request, response, gate);
    const handle = route.on?.[asked as "GET"];
    if (!handle) return respond(request, response, notAllowed(route));
    const bare = path.replace(/(?<=.)\/+$/, "");
    const query = new URLSearchParams(url.slice(path.length));
    handle({ request, path: bare, params: found.params, query }).then(
      (answer) => respond(request, response, answer),
      (error: unknown) => {
        // Whoever goes away in the middle of a form is told nothing, and is no fault to be noted.
        if (!request.complete && request.destroyed) return;
        onError(error, request.url ?? "");
        respond(request, response, answerTo(error));
      },
    );
  };
}

/** What is said to somebody whose request failed: why, where that is known to pass. */
function answerTo(error: unknown): Answer {
  const { status = 500, remedy } = failureKind(error)?.answer ?? {};
  const body = remedy === undefined ? "Something went wrong on our side." : `${(error as Error).message} ${remedy}`;
  return { status, headers: TEXT, body: `${body}\n` };
}

const TEXT = { "content-type": "text/plain; charset=utf-8" };

function notAllowed({ on, onOther }: Route): Answer {
  const allow = METHODS.flatMap((method) => (on?.[method] ? [method === "GET" ? "GET, HEAD" : method] : [])).join(", ");
  return onOther ? onOther(allow) : { status: 405, headers: { allow } };
}
