import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { casesOf } from "#tests/soak.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const CORPORA = resolve(ROOT, process.env["CANDOR_CORPORA"] ?? "../shared/corpora", "cstate");
const HAS_CORPORA = existsSync(CORPORA);

/** Surroundings that have little in common. */
const ALL_PLACES = [
  { TZ: "Pacific/Kiritimati", LANG: "ar_EG.UTF-8", LC_ALL: "ar_EG.UTF-8" },
  { TZ: "America/St_Johns", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" },
  { TZ: "Europe/Copenhagen", LANG: "C", LC_ALL: "C" },
] as const;
const PLACES = casesOf("surroundings of the same content", ALL_PLACES.slice(0, 2), ALL_PLACES);

const PROGRAM = `
  import { compile } from "#lib/site/compile/compile.ts";
  import { checkFolder } from "#lib/content/folder/folder.ts";
  const [folder, now] = process.argv.slice(1);
  const { config, entries } = await checkFolder(folder, Date.parse(now));
  const content = { config, entries, images: [] };
  process.stdout.write(JSON.stringify(compile(content, Date.parse(now))));
`;

/** The bytes that a process of its own makes of a content folder. */
function bytesOf(folder: string, place: Readonly<Record<string, string>>): Buffer {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ["--input-type=module", "--eval", PROGRAM, folder, "2026-11-22T12:34:56Z"],
    { cwd: ROOT, env: { ...process.env, ...place }, maxBuffer: 1 << 28 },
  );
  expect(stderr.toString()).toBe("");
  expect(status).toBe(0);
  return stdout;
}

function hash(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

test("the same content gives the same bytes whatever the zone and language of the machine", () => {
  const folder = join(ROOT, "incidents");
  const made = PLACES.map((place) => bytesOf(folder, place));
  expect(made[0]?.length).toBeGreaterThan(10_000);
  expect(new Set(made.map(hash)).size).toBe(1);
});

const WHOSE = HAS_CORPORA ? "a real site that was moved in" : "our own small site, as the corpora are not here,";

test(`${WHOSE} gives the same bytes everywhere too`, () => {
  const folder = mkdtempSync(join(tmpdir(), "candor-moved-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const source = HAS_CORPORA ? join(CORPORA, "jenkins") : join(ROOT, "tests/fixtures/import-cstate/harbour");
  const made = PLACES.map((place, index) => {
    const into = join(folder, String(index));
    const env = { ...process.env, ...place };
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(ROOT, "bin/candor.ts"), "import", "cstate", source, "--into", into, "--json"],
      { cwd: ROOT, env, maxBuffer: 1 << 28 },
    );
    expect(status, stderr.toString()).toBe(0);
    return bytesOf(into, place);
  });
  expect(made[0]?.length).toBeGreaterThan(10_000);
  expect(new Set(made.map(hash)).size).toBe(1);
});
