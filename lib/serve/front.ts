import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import inject from "light-my-request";
import { COMMON_HEADERS, cacheControl, FILE_POLICY } from "./headers.ts";
import { type Page, PageCache, pack, page } from "./page-cache.ts";
import { stripFramework } from "./strip.ts";

export interface FrontOptions {
  /** The framework's own handler, which only ever sees requests made here. */
  readonly render: RequestListener;
  /** Changes whenever any page may have changed. */
  readonly stamp: () => string;
  /** What stands at a path, without rendering anything. */
  readonly find: (
    path: string,
  ) => { readonly kind: "page" } | { readonly kind: "moved"; readonly to: string } | undefined;
  /** The part of a query that makes a difference to the page at a path, in one form; empty for most. */
  readonly query: (path: string, query: URLSearchParams) => string;
  /** Told of every failure while an answer is made. */
  readonly onError: (error: unknown, path: string) => void;
}

const LONGEST_URL = 2_000;

/** An address that no page has. What the framework answers there is shown wherever there is no page. */
const NOWHERE = "/404";

/**
 * Stands before the framework: makes each page once a stamp, takes the framework's script out of it, and answers with
 * strict headers, validators and compression. The first answer of a page goes the same way as every later one.
 */
export function front(options: FrontOptions): RequestListener {
  const cache = new PageCache();
  return (request, response) => {
    answer(request, response, options, cache).catch((error: unknown) => {
      options.onError(error, request.url ?? "");
      if (!response.headersSent)
        response.writeHead(500, { ...COMMON_HEADERS, "content-type": "text/plain; charset=utf-8" });
      response.end("Something went wrong on our side. Please try again in a moment.\n");
    });
  };
}

/** Shown when a page cannot be made and no earlier copy of it is at hand; it needs nothing that could fail as well. */
const ERROR_PAGE = page(
  500,
  "text/html; charset=utf-8",
  Buffer.from(
    `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Something went wrong</title><link rel="stylesheet" href="/assets/error.css"><link rel="icon" href="/favicon.svg" type="image/svg+xml"></head><body><main><h1>This page cannot be shown right now</h1><p>The fault is on our side, and it has been noted. It says nothing about the services this site reports on.</p><p><a href="/">Current status</a> · <a href="/history.atom">Feed</a></p></main></body></html>`,
  ),
);

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: FrontOptions,
  cache: PageCache,
): Promise<void> {
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405, { ...COMMON_HEADERS, allow: "GET, HEAD" }).end();
    return;
  }
  const target = targetOf(request.url ?? "/", options);
  if (!target) {
    response.writeHead(400, { ...COMMON_HEADERS, "content-type": "text/plain; charset=utf-8" }).end("Bad address.\n");
    return;
  }
  if (target.path === "/healthz") {
    response.writeHead(200, {
      ...COMMON_HEADERS,
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "no-store",
    });
    response.end("ok\n");
    return;
  }
  const there = lookUp(target.path, options);
  const leadsTo = there?.kind === "moved" ? there.to : target.redirect;
  if (leadsTo !== undefined) {
    response.writeHead(308, { ...COMMON_HEADERS, location: leadsTo, "cache-control": "public, max-age=300" }).end();
    return;
  }

  const found = there && (await pageAt(target.path + target.query, options, cache));
  // The framework leaves a page that turns out to be missing for its own script to draw, and refuses in words of its own.
  const isThere = found && (found.status < 400 || found.status >= 500);
  await send(request, response, target.path, isThere ? found : await pageAt(NOWHERE, options, cache));
}

/** What stands at a path; when that cannot be looked up, there may still be a page, or an earlier copy of one. */
function lookUp(path: string, options: FrontOptions): ReturnType<FrontOptions["find"]> {
  try {
    return options.find(path);
  } catch (error) {
    options.onError(error, path);
    return { kind: "page" };
  }
}

/** The page of an address as it is now; when that cannot be made, as it was last. */
async function pageAt(address: string, options: FrontOptions, cache: PageCache): Promise<Page> {
  try {
    const isConstant = address.startsWith("/_next/static/") || address.startsWith("/files/");
    const key = isConstant ? address : `${options.stamp()} ${address}`;
    return await cache.get(key, address, () => make(address, options.render));
  } catch (error) {
    options.onError(error, address);
    return cache.last(address) ?? ERROR_PAGE;
  }
}

/** The path and the query as the framework shall see them, or undefined for what is no address of ours. */
function targetOf(url: string, options: FrontOptions): { path: string; query: string; redirect?: string } | undefined {
  if (url.length > LONGEST_URL || !url.startsWith("/") || url.includes("\\")) return undefined;
  let parsed: URL;
  try {
    parsed = new URL(`http://localhost${url}`);
    if (decodeURIComponent(parsed.pathname).includes("\0")) return undefined;
  } catch {
    return undefined;
  }
  // To a browser, a redirect to “//host” leads to another host.
  if (parsed.pathname.startsWith("//")) return undefined;
  const path = parsed.pathname.length > 1 ? parsed.pathname.replace(/\/+$/, "") || "/" : parsed.pathname;
  const query = queryOf(path, parsed.searchParams, options);
  return { path, query, ...(path === parsed.pathname ? {} : { redirect: path + query }) };
}

/** What a page understands of a query; nothing, when that cannot be looked up. */
function queryOf(path: string, query: URLSearchParams, options: FrontOptions): string {
  try {
    return options.query(path, query);
  } catch (error) {
    options.onError(error, path);
    return "";
  }
}

async function make(address: string, render: RequestListener): Promise<Page> {
  const answer = await inject(render, {
    method: "GET",
    url: address,
    headers: { host: "localhost", accept: "text/html" },
  });
  const type = String(answer.headers["content-type"] ?? "application/octet-stream");
  const location = typeof answer.headers.location === "string" ? answer.headers.location : undefined;
  if (answer.statusCode >= 500) throw new Error(`The page answered ${answer.statusCode}`);
  const body = type.startsWith("text/html") ? Buffer.from(await stripFramework(answer.payload)) : answer.rawPayload;
  return page(answer.statusCode, type, body, location);
}

async function send(request: IncomingMessage, response: ServerResponse, path: string, page: Page): Promise<void> {
  const { body, coding } = await pack(page, String(request.headers["accept-encoding"] ?? ""));
  const etag = `"${page.etag}${coding ? `-${coding}` : ""}"`;
  const headers = {
    ...COMMON_HEADERS,
    ...(path.startsWith("/files/") && page.status === 200 ? { "content-security-policy": FILE_POLICY } : {}),
    "cache-control": cacheControl(path, page.status, page.type),
    vary: "Accept-Encoding",
    etag,
    ...(page.location === undefined ? {} : { location: page.location }),
  };
  if (page.status === 200 && isKnown(request.headers["if-none-match"], etag)) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(page.status, {
    ...headers,
    "content-type": page.type,
    "content-length": body.length,
    ...(coding ? { "content-encoding": coding } : {}),
  });
  response.end(request.method === "HEAD" ? undefined : body);
}

/** Whether the reader has this very answer (RFC 9110, section 13.1.2, weak comparison). */
function isKnown(header: string | undefined, etag: string): boolean {
  if (!header) return false;
  return header.split(",").some((part) => part.trim() === "*" || part.trim().replace(/^W\//, "") === etag);
}
