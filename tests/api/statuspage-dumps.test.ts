import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { type AnyIncident, disagreements, faultsOf, misplaced } from "./schemas.ts";

const DUMPS = resolve(process.env["CANDOR_CORPORA"] ?? "../shared/corpora", "statuspage");
const isThere = existsSync(DUMPS);

interface Dump {
  readonly page: { readonly id: string };
  readonly incident: AnyIncident;
  readonly components: readonly { readonly position: number }[];
}

function dumps(folder: string): { name: string; dump: Dump }[] {
  const files = readdirSync(join(DUMPS, folder)).filter((name) => name.endsWith(".json"));
  return files.map((name) => ({
    name,
    dump: JSON.parse(readFileSync(join(DUMPS, folder, name), "utf8")) as Dump,
  }));
}

describe.skipIf(!isThere)("the schemas are true of real pages (skipped where CANDOR_CORPORA names no dumps)", () => {
  test("every incident of a page passes them, and the rules beside them", () => {
    const all = dumps("github/incidents");
    expect(all.length).toBeGreaterThan(1_000);
    const faults = all.flatMap(({ name, dump }) =>
      [...faultsOf("incident", dump), ...disagreements(dump.page, dump.incident), ...misplaced(dump)].map(
        (fault) => `${name}: ${fault}`,
      ),
    );
    expect(faults).toEqual([]);
  });

  test("the components of about twenty pages do, in the order of their positions", () => {
    for (const { name, dump } of dumps("check-statuspage/testdata/components")) {
      expect([...faultsOf("components", dump), ...misplaced(dump)], name).toEqual([]);
      const positions = dump.components.map(({ position }) => position);
      expect(positions, name).toEqual(positions.toSorted((a, b) => a - b));
    }
  });

  test("and so does a summary", () => {
    for (const { name, dump } of dumps("check-statuspage/testdata/summary")) {
      expect([...faultsOf("summary", dump), ...misplaced(dump)], name).toEqual([]);
    }
  });
});

/** Answers as a page gives them, in our own words, with what the dumps at hand do not have: planned work and a postmortem. */
describe("the schemas refuse what no page answers", () => {
  const page = {
    id: "aaaabbbbcccc",
    name: "A",
    url: "https://status.a.example",
    time_zone: "Etc/UTC",
    updated_at: "2026-01-01T00:00:00.000Z",
  };
  const status = { indicator: "none", description: "All Systems Operational" };

  test.each([
    ["a field too many", { page, status, extra: 1 }],
    ["a field too few", { page }],
    ["a time without milliseconds", { page: { ...page, updated_at: "2026-01-01T00:00:00Z" }, status }],
    ["an id of another form", { page: { ...page, id: "A" }, status }],
    ["words of another state", { page, status: { ...status, description: "Major Service Outage" } }],
    ["a state that is none", { page, status: { ...status, indicator: "fine" } }],
  ])("%s", (_, answer) => {
    expect(faultsOf("status", { page, status })).toEqual([]);
    expect(faultsOf("status", answer)).not.toEqual([]);
  });
});
