import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { failure, failureKind, isAboutLedger, isFailure } from "#lib/model/failure.ts";

const ROOT = resolve(import.meta.dirname, "../..");

test("a failure is known by its code, wherever it comes from, and a surprise is none", () => {
  const clock = failure("CLOCK", "The clock leapt.");
  expect(isFailure(clock, "CLOCK")).toBe(true);
  expect(isFailure(clock, "OVERTAKEN")).toBe(false);
  expect(isFailure(Object.assign(new Error("from a thread"), { code: "CLOCK" }), "CLOCK")).toBe(true);
  expect(failureKind(clock)?.answer).toMatchObject({ status: 409, name: "clock" });
  for (const surprise of [new Error("oh"), Object.assign(new Error("no file"), { code: "constructor" }), "CLOCK"]) {
    expect(failureKind(surprise)).toBeUndefined();
  }
});

test("only what is about the ledger stops everything, with an exit code of its own", () => {
  expect(isAboutLedger(failure("FOREIGN_LEDGER", "x"))).toBe(true);
  expect(failureKind(failure("LEDGER_TURNED", "x"))?.exit).toBe(3);
  expect(isAboutLedger(failure("OVERTAKEN", "x"))).toBe(false);
});

test("every failure of the table occurs, and none beside it", () => {
  const table = readFileSync(join(ROOT, "lib/model/failure.ts"), "utf8");
  const named = new Set([...table.matchAll(/^ {2}([A-Z_]+): \{/gm)].map(([, code]) => code));
  const sources = ["lib", "bin"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts") && path !== "model/failure.ts")
      .map((path) => readFileSync(join(ROOT, folder, path), "utf8")),
  );
  const thrown = new Set(
    sources.flatMap((source) => [...source.matchAll(/\bfailure\(\s*"([A-Z_]+)"/g)].map(([, code]) => code)),
  );
  expect([...named].sort()).toEqual([...thrown].sort());
  expect(sources.filter((source) => /Object\.assign\(\s*new Error\([\s\S]{0,400}?\{ code: "/.test(source))).toEqual([]);
});
