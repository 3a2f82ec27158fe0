import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { importStatuspage } from "#lib/content/import/statuspage.ts";
import { markdownToText } from "#lib/markdown/parse.ts";
import { casesOf } from "#tests/soak.ts";
import { type AnyIncident, disagreements, faultsOf, misplaced } from "./schemas.ts";
import { type Served, served } from "./server.ts";

const STATUSPAGE = resolve(process.env["CANDOR_CORPORA"] ?? "../shared/corpora", "statuspage");
const DUMPS = join(STATUSPAGE, "github/incidents");

/** Files of a page moved in and served. */
async function movedIn(files: readonly { path: string; bytes: Buffer }[]): Promise<Served> {
  const made = Object.fromEntries(importStatuspage(files).files.map(({ path, text }) => [path, text]));
  const { "site.yaml": site = "", ...entries } = made;
  return await served(entries, { site });
}

/** What differs, each kind with everything that it was seen on. */
class Differences {
  readonly seen: Record<string, string[]> = {};

  /** Notes a difference, unless the two say the same. */
  compare(what: string, on: string, theirs: unknown, ours: unknown): void {
    if (JSON.stringify(theirs) === JSON.stringify(ours)) return;
    this.seen[what] = [...(this.seen[what] ?? []), on];
  }
}

interface Dump {
  readonly page: Readonly<Record<string, string>>;
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
  return markdownToText(html, "en").replace(/[^\p{L}\p{N}]+/gu, "");
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

/** Incidents of which something does not come back as the page told it. */
const DIFFERENT = {
  // The page ended these two with a component still marked as broken; here, an end ends every effect.
  states: ["f7lz4nc72bvp", "fjj29dxw0m7c"],
  // The page gives these three an end before their start; here, the only update begins them.
  started: ["nk9gdvl03ztg", "qb2vmff9bnf5", "qrrdvssfmrs2"],
};

test.skipIf(!existsSync(DUMPS))(
  "what a real page told comes back from ours (skipped where CANDOR_CORPORA names no dumps)",
  async () => {
    const all = readdirSync(DUMPS).sort();
    const differing = Object.values(DIFFERENT).flat();
    const few = all.filter((path, n) => n % 5 === 0 || differing.some((id) => path.includes(id)));
    const files = casesOf("incidents of a real page", few, all).map((path) => ({
      path,
      bytes: readFileSync(join(DUMPS, path)),
    }));
    const server = await movedIn(files);
    const { components } = (await server.json("/api/v2/components.json")) as unknown as { components: Named[] };
    const names = new Set(components.map(({ name }) => name));
    const differences = new Differences();
    for (const { bytes } of files) {
      const { incident: theirs, page } = JSON.parse(bytes.toString()) as Dump;
      const answer = (await server.json(`/api/v2/incidents/${theirs.id}.json`)) as unknown as Dump;
      expect(faultsOf("incident", answer), theirs.id).toEqual([]);
      expect([...disagreements(answer.page as { id: string }, answer.incident), ...misplaced(answer)]).toEqual([]);
      for (const key of ["id", "name", "url", "time_zone"])
        differences.compare(`page ${key}`, theirs.id, page[key], answer.page[key]);
      for (const [name, of] of Object.entries(FIELDS))
        differences.compare(name, theirs.id, of(theirs), of(answer.incident));
      differences.compare("states", theirs.id, ...both(theirs, answer.incident, (one) => statesOf(one, theirs, names)));
    }
    expect(differences.seen).toEqual(DIFFERENT);
  },
);

const both = <T>(theirs: T, ours: T, of: (one: T) => unknown): [unknown, unknown] => [of(theirs), of(ours)];

type Component = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly name: string;
  readonly group: boolean;
};

/** Fields of a component that mean the same on both pages. */
const KEPT = ["id", "name", "group", "group_id", "page_id", "start_date"];

const LISTS = join(STATUSPAGE, "check-statuspage/testdata");

test.skipIf(!existsSync(LISTS))(
  "the components of about twenty real pages come back under the ids that programs know",
  async () => {
    const differences = new Differences();
    for (const path of readdirSync(LISTS, { recursive: true, encoding: "utf8" }).filter((each) =>
      each.endsWith("json"),
    )) {
      const bytes = readFileSync(join(LISTS, path));
      const theirs = JSON.parse(bytes.toString()) as {
        page: Dump["page"];
        components: Component[];
        incidents?: Dump["incident"][];
      };
      const server = await movedIn([{ path, bytes }]);
      const ours = (await server.json("/api/v2/summary.json")) as unknown as typeof theirs;
      expect([...faultsOf("summary", ours), ...misplaced(ours)], path).toEqual([]);
      for (const key of ["id", "name", "url", "time_zone"])
        differences.compare(`page ${key}`, path, theirs.page[key], ours.page[key]);
      const byId = new Map(ours.components.map((each) => [each.id, each]));
      expect([...byId.keys()].sort(), path).toEqual(theirs.components.map(({ id }) => id).sort());
      for (const each of theirs.components) {
        const own = byId.get(each.id);
        const on = `${path} ${each.name}`;
        for (const key of KEPT) differences.compare(key, on, each[key], own?.[key]);
        if (!each.group) differences.compare("description", on, each["description"], own?.["description"]);
        const members = (one: Component | undefined) => [...((one?.["components"] ?? []) as string[])].sort();
        differences.compare("members", on, ...both(each["components"] ? each : own, own, members));
        if (theirs.incidents) differences.compare("status", on, each["status"], own?.["status"]);
      }
      for (const each of theirs.incidents ?? []) {
        const own = ours.incidents?.find(({ id }) => id === each.id);
        for (const [name, of] of Object.entries(FIELDS)) differences.compare(name, each.id, of(each), own && of(own));
        differences.compare(
          "components of an incident",
          each.id,
          ...both(each, own ?? each, ({ components }) => components.map(({ id }) => id).sort()),
        );
      }
    }
    // Names are shown without the white space at their ends, and with one space where there are several.
    expect(differences.seen).toEqual({
      name: ["-problems", ""].map(
        (end) => `components/linode-components${end}.json EU-Central (Frankfurt)  NodeBalancers`,
      ),
      "page name": ["components/cisco-urgentnotices-components.json"],
    });
  },
);

const FEEDS = join(STATUSPAGE, "atom");

/** An entry of a feed as programs take it apart: of each update its time and its label. */
function entriesOf(atom: string) {
  const entries = atom.split("<entry>").slice(1);
  return entries.map((entry) => {
    const html = entry.replace(/&lt;|&#x3C;/g, "<").replaceAll("&gt;", ">");
    const updates = html.matchAll(/<small>(.*?)<\/small><br> *<strong>([^<]*)<\/strong> - /gs);
    return {
      title: /<title>([^<]*)/.exec(entry)?.[1] ?? "",
      id: /<id>[^<]*Incident\/(\w+)/.exec(entry)?.[1] ?? "",
      slug: /\/incidents\/([\w-]+)"/.exec(entry)?.[1] ?? "",
      updates: [...updates].map(
        ([, time = "", label]) => `${time.replace(/<[^>]*>/g, "").replace(/ +/g, " ")} ${label}`,
      ),
    };
  });
}

test.skipIf(!existsSync(FEEDS))("a real page's feed comes back as a feed, in the form that programs read", async () => {
  const differences = new Differences();
  for (const path of readdirSync(FEEDS).filter((each) => each.endsWith(".atom"))) {
    const bytes = readFileSync(join(FEEDS, path));
    const server = await movedIn([{ path, bytes }]);
    const theirs = entriesOf(bytes.toString());
    const ours = new Map(entriesOf(await (await server.get("/history.atom")).text()).map((each) => [each.id, each]));
    expect([...ours.keys()].sort()).toEqual(theirs.map(({ slug }) => slug).sort());
    for (const entry of theirs) {
      const own = ours.get(entry.slug);
      for (const key of ["title", "updates"] as const)
        differences.compare(key, `${path} ${entry.title}`, entry[key], own?.[key]);
    }
  }
  expect(differences.seen).toEqual({});
});
