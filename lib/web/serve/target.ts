import type { IncomingMessage } from "node:http";
import { preferredForm } from "./preferred-form.ts";

/** An answer made without the framework, for programs rather than people. */
export interface GeneratedResponse {
  /** 200 unless it says otherwise. */
  readonly status?: number;
  readonly type: string;
  readonly body: string | Uint8Array;
  /** What it belongs to (RFC 8288), as the whole header. */
  readonly link?: string;
  /** Instead of the policy of all pages. */
  readonly policy?: string;
}

/** What stands at a path: a page or file, another path, or something for programs, open to every origin. */
export type RouteMatch =
  | { readonly kind: "page" }
  | { readonly kind: "moved"; readonly to: string }
  | {
      readonly kind: "made";
      readonly make: (query: string) => GeneratedResponse | Promise<GeneratedResponse>;
      /** So cheap, and in so many forms, that it would only drive out of the cache what is worth keeping. */
      readonly isFleeting?: boolean;
    };

/** What there is at which address. */
export interface Addresses {
  /** What stands at a path, without rendering anything. */
  readonly find: (path: string) => RouteMatch | undefined;
  /** The part of a query that makes a difference to the page at a path, in one form; empty for most. */
  readonly query: (path: string, query: URLSearchParams) => string;
  /** Told of every failure while an answer is made. */
  readonly onError: (error: unknown, path: string) => void;
}

const LONGEST_URL = 2_000;

/** What a request asks for, as the framework shall see it. */
export interface Target {
  readonly path: string;
  readonly query: string;
  /** Where it should have been asked for. */
  readonly redirect?: string;
  /** The same address has other forms for those who ask for them. */
  readonly hasForms: boolean;
}

/** The path and the query, or undefined for what is no address of ours. */
export function targetOf({ url = "/", headers }: IncomingMessage, addresses: Addresses): Target | undefined {
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
  const path = parsed.pathname.length > 1 ? parsed.pathname.replace(/(?<!\/)\/+$/, "") || "/" : parsed.pathname;
  const query = queryOf(path, parsed.searchParams, addresses);
  if (path !== parsed.pathname) return { path, query, redirect: path + query, hasForms: false };
  const hasForms = /^\/incidents\/[^/]+$/.test(path) && lookUp(path, addresses)?.kind === "page";
  return { path: hasForms ? path + preferredForm(headers.accept ?? "") : path, query, hasForms };
}

/** What a page understands of a query; nothing, when that cannot be looked up. */
function queryOf(path: string, query: URLSearchParams, addresses: Addresses): string {
  try {
    return addresses.query(path, query);
  } catch (error) {
    addresses.onError(error, path);
    return "";
  }
}

/** What stands at a path; when that cannot be looked up, there may still be a page, or an earlier copy of one. */
export function lookUp(path: string, addresses: Addresses): RouteMatch | undefined {
  try {
    return addresses.find(path);
  } catch (error) {
    addresses.onError(error, path);
    return { kind: "page" };
  }
}
