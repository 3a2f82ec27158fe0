import { expect, type Page, type Response } from "@playwright/test";
import { test as base } from "./alone.ts";
import type { Kind } from "./kinds.ts";
import type { Sites } from "./sites.ts";

interface Fixtures {
  /** Goes to a page of a kind and holds its status against what it must be. */
  readonly visit: (kind: Kind) => Promise<Response>;
  /** Fails a test on whose pages anything was complained of or asked of a third party. */
  readonly calm: undefined;
}

/** What those who started the sites say (`shared-sites.ts`). */
async function told(about: string): Promise<string> {
  const answer = await fetch(`${process.env["SITES_DESK"]}/${about}`);
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text;
}

export const test = base.extend<Fixtures, { readonly sites: Sites }>({
  sites: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures are wanted
    async ({}, use) => {
      await use({ url: (name) => told(`url/${name}`), log: (name) => told(`log/${name}`) });
    },
    { scope: "worker" },
  ],
  calm: [
    async ({ page }, use) => {
      const complaints = watch(page);
      await use(undefined);
      expect(complaints, "complaints of the browser, and requests to other hosts").toEqual([]);
    },
    { auto: true },
  ],
  visit: async ({ page, sites }, use) => {
    await use(async ({ site, path, status = 200 }) => {
      const response = await page.goto((await sites.url(site)) + path);
      expect(response?.status()).toBe(status);
      return response as Response;
    });
  },
});

/** Defines tests twice: what a page says, it says without its script as well. */
export function withAndWithoutScript(define: () => void): void {
  for (const javaScriptEnabled of [true, false]) {
    test.describe(`with${javaScriptEnabled ? "" : "out"} its script`, () => {
      test.use({ javaScriptEnabled });
      define();
    });
  }
}

/** What the browser complains of on a page (errors, violated policies), and what it asks of other hosts. */
function watch(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    // A page that answers with an error, as it should, is no complaint of the page.
    const isItsStatus = /^Failed to load resource: .* status of (?:404|409|422|500)/.test(message.text());
    if (isOfEndedServer(message.location().url, message.text())) return;
    if (!(isItsStatus && message.location().url === page.url())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "";
    // The browser gives up on what a page still loads when the test goes on to the next.
    if (reason === "net::ERR_ABORTED" || isOfEndedServer(request.url(), reason)) return;
    complaints.push(`${request.url()}: ${reason}`);
  });
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (!["data:", "blob:", "about:"].includes(protocol) && hostname !== "127.0.0.1") complaints.push(request.url());
  });
  return complaints;
}

/** An open page goes on asking for news when a test has ended its server before it: it says so, and that is right. */
function isOfEndedServer(url: string, reason: string): boolean {
  return (
    /\/live\?|[?&]news=/.test(url) &&
    /net::ERR_(?:CONNECTION_REFUSED|INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE|CONNECTION_RESET)/.test(reason)
  );
}
