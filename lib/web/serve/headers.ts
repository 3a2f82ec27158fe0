import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * Nothing on a reader's page may run, load or be framed but what the site itself serves (Content Security Policy
 * Level 3). Styles come from files alone, so not even an injected `style` attribute has an effect.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Headers of every answer. */
export const COMMON_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": CONTENT_SECURITY_POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "strict-origin-when-cross-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
  "cross-origin-opener-policy": "same-origin",
};

/** Of answers for programs: whatever page they run on may read them. Nothing in them depends on who asks. */
export const OPEN_HEADERS: Readonly<Record<string, string>> = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "ETag, Link",
  "cross-origin-resource-policy": "cross-origin",
};

/** An image opened by itself is content of unknown hands: even an SVG may then do nothing at all. */
export const FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

const PAGE_CACHE = "public, max-age=0, s-maxage=10, stale-while-revalidate=60, stale-if-error=86400";
const FEED_CACHE = "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400";
const API_CACHE = "public, max-age=10, stale-while-revalidate=60, stale-if-error=86400";
const FOR_EVER = "public, max-age=31536000, immutable";

/** How long an answer may be kept, by its path and media type. Errors are not kept. */
export function cacheControl(path: string, status: number, type: string): string {
  if (status >= 400) return "no-store";
  if (path.startsWith("/_next/static/") || path.startsWith("/files/")) return FOR_EVER;
  if (path.startsWith("/api/")) return API_CACHE;
  return type.startsWith("text/html") ? PAGE_CACHE : FEED_CACHE;
}

/** A year, as browsers' lists of such hosts ask for. */
const HSTS = "max-age=31536000";

/**
 * Tells browsers that came through TLS to come through nothing else from now on (RFC 6797): the proxy in front says so.
 * Over plain HTTP it must not be told (section 7.2). Names below the host may have servers of their own: they are left out.
 */
export function demandTls({ headers }: IncomingMessage, response: ServerResponse): void {
  if (headers["x-forwarded-proto"] === "https") response.setHeader("strict-transport-security", HSTS);
}
