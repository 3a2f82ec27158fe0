import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { incidentAnswer } from "#lib/api/answers.ts";
import { importStatuspage } from "#lib/import/statuspage.ts";
import { markdownToText } from "#lib/markdown/parse.ts";
import { siteOf } from "../render/site.ts";
import { type AnyIncident, disagreements, faultsOf } from "./schemas.ts";

const DUMPS = resolve(process.env["CANDOR_CORPORA"] ?? "../shared/corpora", "statuspage/github/incidents");

interface Dump {
  readonly incident: AnyIncident & { readonly name: string; readonly status: string; readonly impact: string };
}

interface Named {
  readonly name: string;
}

type Told = AnyIncident["incident_updates"][number] & { readonly body: string };

/** What has to come back, each as one text. */
const FIELDS: Readonly<Record<string, (incident: Dump["incident"]) => unknown>> = {
  name: ({ name }) => name,
  status: ({ status }) => status,
  impact: ({ impact }) => impact,
  started: ({ started_at }) => Date.parse(started_at),
  resolved: ({ resolved_at }) => resolved_at && Date.parse(resolved_at),
  monitoring: ({ monitoring_at }) => monitoring_at && Date.parse(monitoring_at),
  "number of updates": ({ incident_updates }) => incident_updates.length,
  "statuses of updates": ({ incident_updates }) => incident_updates.map(({ status }) => status),
  "times of updates": ({ incident_updates }) => incident_updates.map(({ display_at }) => Date.parse(display_at)),
  "words of updates": ({ incident_updates }) => incident_updates.map((update) => wordsOf((update as Told).body)),
};

/** The letters and digits of a text: the page wrote HTML where ours is Markdown. */
function wordsOf(body: string): string {
  const html = body
    .replace(/<\/?(?:a|b|br|em|i|li|ol|p|strong|ul)\b[^>]*>/g, " ")
    .replace(/&(?:amp|lt|gt|quot|nbsp|#\d+);/g, "");
  return markdownToText(html).replace(/[^\p{L}\p{N}]+/gu, "");
}

/** States after each update, of those components and updates of which the page itself told any. */
function statesOf({ incident_updates }: Dump["incident"], like: Dump["incident"], names: ReadonlySet<string>): unknown {
  return incident_updates.map(({ affected_components }, index) => {
    const theirs = like.incident_updates[index]?.affected_components ?? [];
    const told = new Set((theirs as unknown as Named[]).map(({ name }) => name).filter((name) => names.has(name)));
    const ours = (affected_components ?? []) as unknown as (Named & { new_status: string })[];
    return ours
      .filter(({ name }) => told.has(name))
      .map(({ name, new_status }) => `${name} ${new_status}`)
      .sort();
  });
}

test.skipIf(!existsSync(DUMPS))(
  "what a real page told comes back from ours (skipped where CANDOR_CORPORA names no dumps)",
  { timeout: 60_000 },
  () => {
    const files = readdirSync(DUMPS).map((path) => ({ path, bytes: readFileSync(join(DUMPS, path)) }));
    const { "site.yaml": site = "", ...entries } = Object.fromEntries(
      importStatuspage(files).files.map(({ path, text }) => [path, text]),
    );
    const ours = siteOf(entries, { site });
    const events = new Map([...ours.incidents, ...ours.maintenances].map((event) => [event.id, event]));
    const names = new Set(ours.config.components.map(({ name }) => name));
    const differences: Record<string, string[]> = {};
    const note = (what: string, id: string) => {
      differences[what] = [...(differences[what] ?? []), id];
    };
    for (const { bytes } of files) {
      const { incident: theirs } = JSON.parse(bytes.toString()) as Dump;
      const event = events.get(theirs.id);
      if (!event) {
        note("missing", theirs.id);
        continue;
      }
      const answer = incidentAnswer(event, ours) as unknown as Dump & { page: { id: string } };
      expect(faultsOf("incident", answer)).toEqual([]);
      expect(disagreements(answer.page, answer.incident)).toEqual([]);
      for (const [name, of] of Object.entries(FIELDS)) {
        const [was = "", is = ""] = [of(theirs), of(answer.incident)].map((value) => JSON.stringify(value));
        if (was !== is) note(name, theirs.id);
      }
      const [was, is] = [theirs, answer.incident].map((each) => JSON.stringify(statesOf(each, theirs, names)));
      if (was !== is) note("states", theirs.id);
    }
    // The page ended these two with a component still marked as broken; here, an end ends every effect.
    expect(differences).toEqual({ states: ["f7lz4nc72bvp", "fjj29dxw0m7c"] });
  },
);
