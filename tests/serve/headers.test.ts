import { expect, test } from "vitest";
import { COMMON_HEADERS, CONTENT_SECURITY_POLICY, cacheControl, FILE_POLICY } from "#lib/web/serve/headers.ts";

test("nothing may run, load or frame a page but what the site itself serves", () => {
  const policy = new Map(CONTENT_SECURITY_POLICY.split("; ").map((rule) => [rule.split(" ")[0], rule]));
  expect(policy.get("default-src")).toBe("default-src 'none'");
  expect(policy.get("base-uri")).toBe("base-uri 'none'");
  expect(policy.get("frame-ancestors")).toBe("frame-ancestors 'none'");
  const others = [...policy.values()].filter((rule) => !rule.endsWith(" 'none'"));
  for (const rule of others) expect(rule).toMatch(/^[a-z-]+ 'self'$/);
  expect(CONTENT_SECURITY_POLICY).not.toContain("unsafe");
  expect(COMMON_HEADERS["content-security-policy"]).toBe(CONTENT_SECURITY_POLICY);
  expect(FILE_POLICY).toMatch(/^default-src 'none';.*sandbox$/);
  expect(FILE_POLICY).not.toMatch(/allow-|script/);
});

test.each([
  ["/", 200, "text/html; charset=utf-8", /max-age=0, .*stale-if-error/],
  ["/history.atom", 200, "application/atom+xml", /max-age=60/],
  ["/_next/static/chunks/a.css", 200, "text/css", /max-age=31536000, immutable/],
  ["/files/0123456789abcdef/a.svg", 200, "image/svg+xml", /max-age=31536000, immutable/],
  ["/_next/static/chunks/gone.css", 404, "text/html", /^no-store$/],
  ["/files/0123456789abcdef/gone.svg", 404, "text/html", /^no-store$/],
  ["/", 500, "text/html", /^no-store$/],
])("%s with %i (%s) may be kept for %s", (path, status, type, kept) => {
  expect(cacheControl(path, status, type)).toMatch(kept);
});
