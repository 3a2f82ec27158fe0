import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "@playwright/test";
import { parse } from "yaml";
import { casesOf } from "#tests/soak.ts";
import { violationsOf } from "./support/axe.ts";
import { candor, ROOT, temporary } from "./support/candor.ts";
import { complaintsOf, trespassesOf } from "./support/markup.ts";
import { writeOwnCstate } from "./support/own-cstate.ts";
import { hostFiles } from "./support/static-host.ts";
import { test } from "./support/test.ts";
import { walk } from "./support/walk.ts";

const REAL = resolve(ROOT, process.env["CANDOR_CORPORA"] ?? "../shared/corpora", "cstate");

/** Sites that nobody here wrote, where they are at hand, or else a small one of our own. */
const ALL_SITES = existsSync(REAL) ? readdirSync(REAL).sort() : ["of our own, as the corpora are absent,"];
const SITES = casesOf("real sites in a browser", smallestOf(ALL_SITES), ALL_SITES);

/** The one with the fewest files. */
function smallestOf(sites: readonly string[]): readonly string[] {
  if (sites.length === 1) return sites;
  const sizes = sites.map((site) => ({ site, size: readdirSync(join(REAL, site), { recursive: true }).length }));
  return sizes
    .sort((a, b) => a.size - b.size)
    .slice(0, 1)
    .map(({ site }) => site);
}

/** One page of each kind, taken from what an export holds: of incidents the one with the most to say. */
function samplesOf(pages: ReadonlyMap<string, string>): string[] {
  const longest = (start: string) =>
    [...pages].filter(([path]) => path.startsWith(start)).sort(([, a], [, b]) => b.length - a.length)[0]?.[0];
  const months = [...pages.keys()].filter((path) => /^\/history\/\d+\/\d+$/.test(path));
  const kinds = ["/", longest("/incidents/"), months[0], longest("/components/"), "/reports", "/maintenance"];
  return kinds.filter((path) => path !== undefined);
}

for (const site of SITES) {
  test(`the cState site ${site} is imported, checked and exported without a fault`, async ({ page }) => {
    using folder = temporary("import");
    const foreign = existsSync(REAL) ? join(REAL, site) : join(folder.path, "foreign");
    if (!existsSync(REAL)) writeOwnCstate(foreign);
    const content = join(folder.path, "content");
    const out = join(folder.path, "out");
    const imported = await candor(["import", "cstate", foreign, "--into", content]);
    expect(imported, imported.stdout.slice(-500)).toMatchObject({ code: 0, stderr: "" });
    const checked = await candor(["check"], { content });
    expect(checked.code, checked.stdout.slice(-2_000)).toBe(0);
    const exported = await candor(["export", "--out", out], { content });
    expect(exported, exported.stdout.slice(-2_000)).toMatchObject({ code: 0, stderr: "" });

    const { url } = parse(readFileSync(join(content, "site.yaml"), "utf8")) as { url: string };
    const base = new URL(url).pathname.replace(/\/$/, "");
    await using host = await hostFiles(out, base);
    const { pages: walked, broken } = await walk(host.url);
    const pages = new Map([...walked].map(([path, html]) => [path.slice(base.length) || "/", html]));
    expect(broken).toEqual([]);
    const written = readdirSync(content, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".md"));
    const shown = written.filter((file) => !/^draft: true$/m.test(readFileSync(join(content, file), "utf8")));
    const slugs = shown.map((file) => file.replace(/^.*\//, "").replace(/\.md$/, "")).sort();
    expect([...pages.keys()].flatMap((path) => /^\/incidents\/(.+)$/.exec(path)?.[1] ?? []).sort()).toEqual(slugs);
    const faults: string[] = [];
    for (const [path, html] of pages) {
      for (const fault of [...trespassesOf(html, base), ...(await complaintsOf(html))])
        faults.push(`${path}: ${fault}`);
    }
    expect(faults).toEqual([]);

    for (const path of samplesOf(pages)) {
      await page.goto(host.url + path);
      expect(await violationsOf(page), path).toEqual([]);
    }
  });
}
