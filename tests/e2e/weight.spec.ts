import { request } from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect } from "@playwright/test";
import type { SiteName } from "./support/kinds.ts";
import { test } from "./support/test.ts";

/** What fits into the first round trips of a new connection, ten packets; a little more for the few old browsers without Brotli. */
const MOST_BYTES = { br: 14_336, gzip: 15_360 };

interface Transferred {
  readonly path: string;
  readonly body: Buffer;
  readonly coding: string;
}

/** One answer as it went over the wire. */
function transfer(url: string, accepted: string): Promise<Transferred> {
  return new Promise((done, fail) => {
    request(url, { headers: { "accept-encoding": accepted } }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () =>
        done({
          path: new URL(url).pathname,
          body: Buffer.concat(parts),
          coding: response.headers["content-encoding"] ?? "none",
        }),
      );
    })
      .on("error", fail)
      .end();
  });
}

for (const [coding, unpack] of [
  ["br", brotliDecompressSync],
  ["gzip", gunzipSync],
] as const) {
  for (const site of ["demo", "full", "empty"] as const satisfies SiteName[]) {
    test(`a first visit of the ${site} site costs at most ${MOST_BYTES[coding] / 1_024} KB with ${coding}`, async ({
      page,
      sites,
    }) => {
      const base = await sites.url(site);
      const asked: string[] = [];
      page.on("request", (each) => asked.push(each.url()));
      await page.goto(`${base}/`, { waitUntil: "networkidle" });
      // What is told over /live comes later, and for as long as the page is open.
      const all = [...new Set([...asked.filter((url) => !url.includes("/live?")), `${base}/favicon.svg`])];
      const answers = await Promise.all(all.map((url) => transfer(url, coding)));
      expect(answers.map(({ path }) => path.replace(/[^/]+\.css$/, "*.css")).sort()).toEqual([
        "/",
        "/_next/static/chunks/*.css",
        "/assets/candor.js",
        "/assets/live.js",
        "/favicon.svg",
      ]);
      const packed = answers.filter(({ coding: used }) => used === coding);
      for (const { body } of packed) expect(unpack(body).length).toBeGreaterThan(body.length);
      expect(packed.length).toBeGreaterThanOrEqual(3);
      const bytes = answers.reduce((sum, { body }) => sum + body.length, 0);
      test.info().annotations.push({ type: "bytes", description: String(bytes) });
      expect(bytes).toBeLessThanOrEqual(MOST_BYTES[coding]);
    });
  }
}
