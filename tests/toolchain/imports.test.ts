import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import config from "../../.dependency-cruiser.mjs";

const ROOT = resolve(import.meta.dirname, "../..");
const CRUISER = join(ROOT, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");

/** Files that keep every rule; the violations below import some of them. */
const LAWFUL: Readonly<Record<string, string>> = {
  "lib/model/time.ts": "export const at = 0;",
  "lib/model/site.ts": 'export { at } from "./time.ts";',
  "lib/calendar/zone.ts": 'export { at } from "#lib/model/time.ts";',
  "lib/markdown/html.ts": 'import type { Root } from "hast"; import "#lib/model/time.ts"; export type Tree = Root;',
  "lib/settings/environment.ts": 'import "#lib/model/time.ts"; import "node:process";',
  "lib/store/snapshots.ts":
    'import "#lib/model/site.ts"; import "#lib/settings/environment.ts"; import "node:sqlite"; import "node:fs";',
  "lib/access/secret.ts": 'import "#lib/store/snapshots.ts"; import "node:fs";',
  "lib/content/parse/entry.ts": 'import "#lib/calendar/zone.ts"; import "#lib/markdown/html.ts"; import "served";',
  "lib/content/parse/front-matter.ts": 'import "gray-matter";',
  "lib/content/check/check.ts": 'import "#lib/content/parse/entry.ts";',
  "lib/content/folder/folder.ts": 'import "#lib/content/check/check.ts"; import "node:fs";',
  "lib/site/compile/compile.ts": 'import "#lib/model/site.ts"; import "node:crypto";',
  "lib/site/views/feed.ts": 'import "#lib/model/site.ts";',
  "lib/delivery/worker.ts": 'import "#lib/store/snapshots.ts"; import "#lib/site/views/feed.ts";',
  "lib/subscribers/change.ts": 'import "#lib/delivery/worker.ts";',
  "lib/publishing/publish.ts": 'import "#lib/site/compile/compile.ts"; import "#lib/subscribers/change.ts";',
  "lib/operation/doctor.ts": 'import "#lib/publishing/publish.ts";',
  "lib/web/front.ts": 'import "#lib/model/site.ts"; import "node:http"; import "next";',
  "lib/web/reader.ts": 'import "#lib/content/check/check.ts"; import "#lib/store/snapshots.ts";',
  "lib/wire/serve.ts": 'import "#lib/web/front.ts"; import "#lib/operation/doctor.ts";',
  "components/mark/mark.tsx": 'import "react"; import "#lib/site/views/feed.ts";',
  "app/page.tsx": 'import "#components/mark/mark.tsx"; import "#lib/web/reader.ts"; import "next";',
  "bin/output.ts": 'import "#lib/model/time.ts"; import "node:fs";',
  "bin/candor.ts": 'import "#lib/wire/serve.ts"; import "./output.ts";',
  "scripts/bench.ts": 'import "#lib/site/compile/compile.ts";',
  "tests/time.test.ts": 'import "#lib/model/time.ts"; import "tool";',
};

/** What breaks one rule each: the rule, the file, what it imports. */
const VIOLATIONS: readonly (readonly [rule: string, file: string, imported: string])[] = [
  ...["calendar/zone", "settings/environment", "store/snapshots", "content/check/check", "web/front"].map(
    (file) => ["wing-model", `lib/model/${file.replaceAll("/", "-")}.ts`, `#lib/${file}.ts`] as const,
  ),
  ["wing-messages", "lib/messages/a.ts", "#lib/calendar/zone.ts"],
  ["wing-calendar", "lib/calendar/a.ts", "#lib/markdown/html.ts"],
  ["wing-markdown", "lib/markdown/a.ts", "#lib/settings/environment.ts"],
  ["wing-settings", "lib/settings/a.ts", "#lib/store/snapshots.ts"],
  ["wing-store", "lib/store/a.ts", "#lib/access/secret.ts"],
  ["wing-access", "lib/access/a.ts", "#lib/content/check/check.ts"],
  ["wing-content", "lib/content/folder/a.ts", "#lib/site/compile/compile.ts"],
  ["wing-site", "lib/site/a.ts", "#lib/delivery/worker.ts"],
  ["wing-delivery", "lib/delivery/a.ts", "#lib/publishing/publish.ts"],
  ["wing-subscribers", "lib/subscribers/a.ts", "#lib/publishing/publish.ts"],
  ["wing-publishing", "lib/publishing/a.ts", "#lib/operation/doctor.ts"],
  ["wing-operation", "lib/operation/a.ts", "#lib/web/front.ts"],
  ["wing-web", "lib/web/a.ts", "#lib/wire/serve.ts"],
  ["wing-wire", "lib/wire/f.ts", "#lib/client/candor-client.ts"],
  ["apart-client", "lib/client/a.ts", "#lib/model/time.ts"],
  ["pure-model", "lib/model/d.ts", "node:fs"],
  ["pure-messages", "lib/messages/b.ts", "node:fs"],
  ["pure-calendar", "lib/calendar/b.ts", "node:timers/promises"],
  ["pure-markdown", "lib/markdown/b.ts", "#lib/calendar/zone.ts"],
  ["pure-content-ids", "lib/content/ids/a.ts", "#lib/content/parse/entry.ts"],
  ["pure-content-parse", "lib/content/parse/a.ts", "#lib/content/check/check.ts"],
  ["pure-content-secrets", "lib/content/secrets/a.ts", "#lib/calendar/zone.ts"],
  ["pure-content-check", "lib/content/check/a.ts", "#lib/content/folder/folder.ts"],
  ["pure-content-author", "lib/content/author/a.ts", "#lib/content/check/check.ts"],
  ["pure-content-import", "lib/content/import/a.ts", "#lib/content/parse/entry.ts"],
  ["pure-content-intake", "lib/content/intake/a.ts", "#lib/content/check/check.ts"],
  ["pure-site-compile", "lib/site/compile/a.ts", "#lib/content/parse/entry.ts"],
  ["pure-site-views", "lib/site/views/a.ts", "#lib/site/compile/compile.ts"],
  ["pure-site-api", "lib/site/api/a.ts", "#lib/site/views/feed.ts"],
  ["pure-publishing-changes", "lib/publishing/changes/a.ts", "#lib/publishing/publish.ts"],
  ["pure-publishing-notices", "lib/publishing/notices/a.ts", "#lib/store/snapshots.ts"],
  ["pure-subscribers-forms", "lib/subscribers/forms/a.ts", "#lib/subscribers/change.ts"],
  ...[
    "node:fs",
    "node:fs/promises",
    "node:child_process",
    "node:net",
    "node:http",
    "node:process",
    "node:sqlite",
  ].flatMap((module) =>
    ["content/parse", "content/check", "site/compile", "site/views", "publishing/notices"].map(
      (folder) =>
        [`pure-${folder.replaceAll("/", "-")}`, `lib/${folder}/${module.replace(/\W/g, "-")}.ts`, module] as const,
    ),
  ),
  ["model-imports-nothing", "lib/model/b.ts", "node:path"],
  ["model-imports-nothing", "lib/model/c.ts", "served"],
  ["known-wing", "lib/wire/a.ts", "#lib/utils/strings.ts"],
  ["lib-stands-alone", "lib/wire/b.ts", "../../bin/output.ts"],
  ["lib-stands-alone", "lib/site/views/b.ts", "#components/mark/mark.tsx"],
  ["sql-in-store-alone", "lib/wire/k.ts", "kysely"],
  ["sql-in-store-alone", "bin/k.ts", "kysely"],
  ["framework-in-web-alone", "lib/wire/g.ts", "next"],
  ["framework-in-web-alone", "lib/site/views/c.ts", "react"],
  ["front-matter-split-once", "lib/content/parse/b.ts", "gray-matter"],
  ["front-matter-split-once", "scripts/a.ts", "gray-matter"],
  ...["store/snapshots", "content/parse/entry", "site/compile/compile", "web/front", "wire/serve"].flatMap((file) =>
    ["app", "components"].map(
      (folder) => ["pages-are-views", `${folder}/${file.replaceAll("/", "-")}.ts`, `#lib/${file}.ts`] as const,
    ),
  ),
  ["components-below-app", "components/a.ts", "../app/page.tsx"],
  ["pages-stand-alone", "app/a.ts", "../bin/output.ts"],
  ["pages-stand-alone", "components/b.ts", "../scripts/bench.ts"],
  ["bin-prints", "bin/a.ts", "#lib/store/snapshots.ts"],
  ["bin-prints", "bin/b.ts", "#lib/site/compile/compile.ts"],
  ["oracle-stands-apart", "scripts/oracle/a.ts", "#lib/model/time.ts"],
  ["oracle-stands-apart", "scripts/soak-oracle.ts", "#lib/site/compile/compile.ts"],
  ["oracle-stands-apart", "tests/oracle/a.ts", "../time.test.ts"],
  ["no-cycle", "lib/wire/cycle-a.ts", "./cycle-b.ts"],
  ["no-orphan", "lib/wire/orphan.ts", "lib/wire/orphan.ts"],
  ["resolvable", "lib/wire/c.ts", "./nowhere.ts"],
  ["named-in-package-json", "lib/wire/d.ts", "unnamed"],
  ["no-tool-at-work", "lib/wire/e.ts", "tool"],
];

/** Files that a violation needs, and that break the same rule. */
const COMPANIONS: Readonly<Record<string, string>> = {
  "lib/utils/strings.ts": 'import "#lib/model/time.ts";',
  "lib/client/candor-client.ts": 'import "./own.ts";',
  "lib/client/own.ts": "export const own = 1;",
  "lib/wire/cycle-b.ts": 'import "./cycle-a.ts";',
};

interface Violation {
  readonly rule: { readonly name: string };
  readonly from: string;
}

let tree: string;
let found: readonly Violation[];

beforeAll(() => {
  tree = realpathSync(mkdtempSync(join(tmpdir(), "candor-imports-")));
  const texts = VIOLATIONS.map(([rule, file, imported]) => [file, rule === "no-orphan" ? "" : `import "${imported}";`]);
  plant({ ...packages(), ...LAWFUL, ...COMPANIONS, ...Object.fromEntries(texts) });
  found = cruise();
});

afterAll(() => rmSync(tree, { recursive: true, force: true }));

test.each([...new Set(VIOLATIONS.map(([rule]) => rule))])("%s can fail", (rule) => {
  const broken = VIOLATIONS.filter(([name]) => name === rule).map(([, file]) => file);
  const noticed = found.filter((violation) => violation.rule.name === rule).map(({ from }) => from);
  expect(broken.filter((file) => !noticed.includes(file))).toEqual([]);
});

test("lawful files break no rule", () => {
  expect(found.filter(({ from }) => from in LAWFUL)).toEqual([]);
});

test("every rule is proven here to be able to fail", () => {
  const rules = (config.forbidden ?? []).map(({ name }) => name);
  expect(rules.toSorted()).toEqual([...new Set(VIOLATIONS.map(([rule]) => rule))].toSorted());
});

test("every wing of lib has its rule", () => {
  const folders = readdirSync(join(ROOT, "lib"), { withFileTypes: true }).filter((item) => item.isDirectory());
  const ruled = (config.forbidden ?? []).map(({ name }) => name);
  expect(
    folders
      .map(({ name }) => name)
      .filter((name) => !/^(?:wing|apart)-/.test(ruled.find((rule) => rule?.endsWith(`-${name}`)) ?? "")),
  ).toEqual([]);
});

function packages(): Record<string, string> {
  const imports = { "#lib/*": "./lib/*", "#components/*": "./components/*" };
  const dependencies = { "gray-matter": "1.0.0", next: "1.0.0", react: "1.0.0", served: "1.0.0" };
  const devDependencies = { tool: "1.0.0", "@types/hast": "1.0.0" };
  const installed = ["gray-matter", "next", "react", "served", "tool", "unnamed"].flatMap((name) => [
    [`node_modules/${name}/package.json`, JSON.stringify({ name, version: "1.0.0", type: "module", main: "index.js" })],
    [`node_modules/${name}/index.js`, "export default 1;"],
  ]);
  return {
    "package.json": JSON.stringify({ name: "tree", type: "module", imports, dependencies, devDependencies }),
    "tsconfig.json": JSON.stringify({ compilerOptions: { module: "ESNext", moduleResolution: "Bundler" } }),
    "node_modules/@types/hast/package.json": JSON.stringify({
      name: "@types/hast",
      version: "1.0.0",
      types: "index.d.ts",
    }),
    "node_modules/@types/hast/index.d.ts": "export interface Root {}",
    ...Object.fromEntries(installed),
  };
}

function plant(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    writeFileSync(join(tree, file), text);
  }
}

/** Runs the check as scripts/test.ts does, on the tree instead of the project. */
function cruise(): readonly Violation[] {
  const args = [CRUISER, "--config", join(ROOT, ".dependency-cruiser.mjs"), "--output-type", "json", "."];
  const printed = execFileSync(process.execPath, args, { cwd: tree, encoding: "utf8", maxBuffer: 64_000_000 });
  return (JSON.parse(printed) as { summary: { violations: Violation[] } }).summary.violations;
}
