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
  "lib/parse/entry.ts": 'import "#lib/calendar/zone.ts"; import "#lib/markdown/html.ts"; import "served";',
  "lib/parse/front-matter.ts": 'import "gray-matter";',
  "lib/check/check.ts": 'import "#lib/parse/entry.ts";',
  "lib/compile/compile.ts": 'import "#lib/model/site.ts"; import "node:crypto";',
  "lib/render/feed.ts": 'import "#lib/model/site.ts";',
  "lib/store/snapshots.ts": 'import "#lib/model/site.ts"; import "node:sqlite"; import "node:fs";',
  "lib/serve/front.ts": 'import "#lib/model/site.ts"; import "node:http";',
  "lib/wire/reader.ts": 'import "#lib/check/check.ts"; import "#lib/store/snapshots.ts";',
  "lib/wire/serve.ts": 'import "#lib/serve/front.ts"; import "next"; import "node:fs"; import "./reader.ts";',
  "components/mark/mark.tsx": 'import "react"; import "#lib/render/feed.ts";',
  "app/page.tsx": 'import "#components/mark/mark.tsx"; import "#lib/wire/reader.ts"; import "next";',
  "bin/output.ts": 'import "#lib/model/time.ts"; import "node:fs";',
  "bin/candor.ts": 'import "#lib/wire/serve.ts"; import "./output.ts";',
  "scripts/bench.ts": 'import "#lib/compile/compile.ts";',
  "tests/time.test.ts": 'import "#lib/model/time.ts"; import "tool";',
};

/** What breaks one rule each: the rule, the file, what it imports. */
const VIOLATIONS: readonly (readonly [rule: string, file: string, imported: string])[] = [
  ["room-model", "lib/model/a.ts", "#lib/calendar/zone.ts"],
  ["room-ids", "lib/ids/a.ts", "#lib/calendar/zone.ts"],
  ["room-calendar", "lib/calendar/a.ts", "#lib/markdown/html.ts"],
  ["room-markdown", "lib/markdown/a.ts", "#lib/calendar/zone.ts"],
  ["room-parse", "lib/parse/a.ts", "#lib/check/check.ts"],
  ["room-guard", "lib/guard/a.ts", "#lib/calendar/zone.ts"],
  ["room-guard", "lib/guard/b.ts", "#lib/check/check.ts"],
  ["room-check", "lib/check/a.ts", "#lib/compile/compile.ts"],
  ["room-compile", "lib/compile/a.ts", "#lib/parse/entry.ts"],
  ["room-compile", "lib/compile/b.ts", "#lib/check/check.ts"],
  ["room-render", "lib/render/a.ts", "#lib/compile/compile.ts"],
  ["room-api", "lib/api/a.ts", "#lib/render/feed.ts"],
  ["room-changes", "lib/changes/a.ts", "#lib/compile/compile.ts"],
  ["room-notices", "lib/notices/a.ts", "#lib/store/snapshots.ts"],
  ["room-vault", "lib/vault/a.ts", "#lib/store/snapshots.ts"],
  ["room-delivery", "lib/delivery/a.ts", "#lib/store/snapshots.ts"],
  ["room-channels", "lib/channels/a.ts", "#lib/store/snapshots.ts"],
  ["room-store", "lib/store/a.ts", "#lib/serve/front.ts"],
  ["room-serve", "lib/serve/a.ts", "#lib/wire/reader.ts"],
  ["room-author", "lib/author/a.ts", "#lib/check/check.ts"],
  ["room-import", "lib/import/a.ts", "#lib/parse/entry.ts"],
  ["room-intake", "lib/intake/a.ts", "#lib/check/check.ts"],
  ["room-live", "lib/live/a.ts", "#lib/store/snapshots.ts"],
  ["room-subscribe", "lib/subscribe/a.ts", "#lib/parse/entry.ts"],
  ["room-operator", "lib/operator/a.ts", "#lib/parse/entry.ts"],
  ["room-client", "lib/client/a.ts", "#lib/render/feed.ts"],
  ["model-imports-nothing", "lib/model/b.ts", "node:path"],
  ["model-imports-nothing", "lib/model/c.ts", "served"],
  ["known-room", "lib/wire/a.ts", "#lib/utils/strings.ts"],
  ["lib-stands-alone", "lib/wire/b.ts", "../../bin/output.ts"],
  ["lib-stands-alone", "lib/render/b.ts", "#components/mark/mark.tsx"],
  ["framework-in-wire-alone", "lib/serve/b.ts", "next"],
  ["framework-in-wire-alone", "lib/render/c.ts", "react"],
  ["front-matter-split-once", "lib/parse/b.ts", "gray-matter"],
  ["front-matter-split-once", "scripts/a.ts", "gray-matter"],
  ...[
    "node:fs",
    "node:fs/promises",
    "node:child_process",
    "node:net",
    "node:http",
    "node:process",
    "node:sqlite",
  ].flatMap((module) =>
    ["model", "calendar", "markdown", "parse", "check", "compile", "render", "changes", "import", "intake"].map(
      (room) => ["pure-rooms", `lib/${room}/${module.replace(/\W/g, "-")}.ts`, module] as const,
    ),
  ),
  ...["store/snapshots", "parse/entry", "check/check", "compile/compile", "serve/front", "wire/serve"].flatMap((file) =>
    ["app", "components"].map(
      (folder) => ["pages-are-views", `${folder}/${file.replace("/", "-")}.ts`, `#lib/${file}.ts`] as const,
    ),
  ),
  ["components-below-app", "components/a.ts", "../app/page.tsx"],
  ["pages-stand-alone", "app/a.ts", "../bin/output.ts"],
  ["pages-stand-alone", "components/b.ts", "../scripts/bench.ts"],
  ["bin-imports-wire-and-model", "bin/a.ts", "#lib/store/snapshots.ts"],
  ["bin-imports-wire-and-model", "bin/b.ts", "#lib/serve/front.ts"],
  ["oracle-stands-apart", "scripts/oracle/a.ts", "#lib/model/time.ts"],
  ["oracle-stands-apart", "scripts/soak-oracle.ts", "#lib/compile/compile.ts"],
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

test("every room of lib has its rule", () => {
  const folders = readdirSync(join(ROOT, "lib"), { withFileTypes: true }).filter((item) => item.isDirectory());
  const rooms = folders.map(({ name }) => name).filter((name) => name !== "wire");
  const ruled = (config.forbidden ?? []).map(({ name }) => name);
  expect(rooms.filter((room) => !ruled.includes(`room-${room}`))).toEqual([]);
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
