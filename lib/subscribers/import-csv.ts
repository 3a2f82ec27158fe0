import type { Readable } from "node:stream";
import { parse } from "csv-parse";
import { channels } from "#lib/delivery/channels/channels.ts";
import { addressFaultWords } from "#lib/delivery/channels/read-address.ts";
import { messagesIn } from "#lib/messages/messages.ts";
import { componentOf } from "#lib/model/component-ids.ts";
import { IMPACTS, type Impact } from "#lib/model/incident.ts";
import { CHANNELS, type ChannelName, type Interest, TOPICS } from "#lib/model/subscription.ts";
import { type Changed, keepChange } from "./change.ts";
import { EVERYTHING } from "./forms/interest.ts";
import { fitting, readTiming, timingText } from "./forms/timing-text.ts";
import type { Roster } from "./roster.ts";
import { newSubscription, type Wish } from "./sign-up.ts";

export interface ImportReport {
  readonly lines: number;
  readonly added: number;
  /** Subscribed already, or twice in the file. */
  readonly known: number;
  /** Had left, were erased, set aside or never confirmed, here or where the file comes from: none of them is brought in. */
  readonly left: number;
  /** With `change`: those of the known who ask for something else now, and what. */
  readonly changed: readonly Changed[];
  readonly faults: readonly ImportFault[];
}

export interface ImportFault {
  readonly line: number;
  readonly message: string;
  readonly remedy: string;
}

export interface ImportOptions {
  readonly now: number;
  /** Write nothing. */
  readonly dryRun: boolean;
  /** Those who are subscribed already ask for what the file says now, in the columns that it has. */
  readonly change?: boolean;
  readonly onProgress: (lines: number) => void;
}

type Fields = Readonly<Record<string, string>>;

/** What other lists call what ours call `channel`, `address`, `components`. */
const ALIASES: Readonly<Record<string, string>> = {
  type: "channel",
  mode: "channel",
  email: "address",
  "email address": "address",
  "e-mail": "address",
  endpoint: "address",
  "webhook url": "address",
  url: "address",
  "component subscriptions": "components",
  "component ids": "components",
  impact: "least impact",
  status: "state",
};

const AT_ONCE = 5_000;

/**
 * Brings subscribers in from a CSV file with a heading. That they agreed is the operator's word: they are active at once,
 * and nothing is sent to them. With `dryRun` everything is looked at and nothing written.
 */
export async function importSubscribers(roster: Roster, file: Readable, options: ImportOptions): Promise<ImportReport> {
  const { dryRun, now, onProgress } = options;
  const faults: ImportFault[] = [];
  const seen = new Set<string>();
  const sum = { lines: 0, added: 0, known: 0, left: 0 };
  let batch: Read[] = [];
  const changed: Changed[] = [];
  const flush = async () => {
    const { known, left, fresh } = await sorted(roster, batch);
    if (options.change) changed.push(...(await changesOf(roster, batch, options)));
    if (!dryRun && fresh.length > 0) {
      const state = { state: "active", source: "import" } as const;
      await roster.store.add(
        fresh.map((wish) => newSubscription(roster.vault, wish, state, now)),
        now,
      );
    }
    sum.known += known;
    sum.left += left;
    sum.added += fresh.length;
    batch = [];
    onProgress(sum.lines);
  };
  for await (const { fields, line } of records(file)) {
    sum.lines += 1;
    const isLeft = NOT_BROUGHT.includes(stateOf(fields));
    const read = isLeft ? undefined : wishOf(fields, roster);
    if (!read) sum.left += 1;
    else if ("message" in read) faults.push({ line, ...read });
    else if (seen.has(keyOf(read))) sum.known += 1;
    else {
      seen.add(keyOf(read));
      batch.push(read);
    }
    if (batch.length >= AT_ONCE) await flush();
  }
  await flush();
  return { ...sum, changed, faults };
}

async function* records(file: Readable): AsyncGenerator<{ readonly fields: Fields; readonly line: number }> {
  const parser = parse({
    bom: true,
    info: true,
    trim: true,
    skip_empty_lines: true,
    relax_column_count: true,
    max_record_size: 100_000,
    columns: (names: string[]) => names.map(columnName),
  });
  file.on("error", (error) => parser.destroy(error));
  for await (const { info, record } of file.pipe(parser) as AsyncIterable<{
    info: { lines: number };
    record: Fields;
  }>) {
    yield { fields: record, line: info.lines };
  }
}

function columnName(name: string): string {
  const plain = name.toLowerCase().replaceAll("_", " ").trim();
  return ALIASES[plain] ?? plain;
}

type Fault = Omit<ImportFault, "line">;

/** A line that was understood. */
interface Read extends Wish {
  readonly fields: Fields;
}

/** The columns that say what somebody asks for. */
const COLUMNS = ["components", "topics", "least impact", "detail", "every", "quiet", "maintenance", "zone"] as const;

/** What is different for those who are subscribed already: what the file has no column for stays as it is. */
async function changesOf(
  roster: Roster,
  batch: readonly Read[],
  { dryRun, now }: ImportOptions,
): Promise<readonly Changed[]> {
  const changed: Changed[] = [];
  for (const { address, channel, fields, interest } of batch) {
    const found = await roster.store.bySubscriber(channel, roster.vault.pseudonym(channel, address));
    if (!found || found.state === "ended" || found.state === "pending") continue;
    const has = (column: (typeof COLUMNS)[number]) => fields[column] !== undefined;
    const old = timingText(found.interest);
    const said = timingText(interest);
    const timing = readTiming({
      detail: has("detail") ? said.detail : old.detail,
      every: has("every") ? said.every : old.every,
      quiet: has("quiet") ? said.quiet : old.quiet,
      maintenance: has("maintenance") ? said.maintenance : old.maintenance,
      zone: has("zone") ? said.zone : old.zone,
    });
    if ("field" in timing) continue;
    const wanted = fitting(channel, {
      components: has("components") ? interest.components : found.interest.components,
      topics: has("topics") ? interest.topics : found.interest.topics,
      leastImpact: has("least impact") ? interest.leastImpact : found.interest.leastImpact,
      ...timing,
    });
    const one = await keepChange(roster, found, wanted, { now, dryRun });
    if (one.differences.length > 0) changed.push(one);
  }
  return changed;
}

/** What lists call those to whom nothing is sent: our own exports, and those of others. */
const BROUGHT = ["active", "confirmed", "subscribed"];
const NOT_BROUGHT = [
  "ended",
  "pending",
  "quarantined",
  "unsubscribed",
  "unconfirmed",
  "inactive",
  "bounced",
  "deleted",
];

function stateOf(fields: Fields): string {
  return (fields["state"] ?? "").toLowerCase();
}

function wishOf(fields: Fields, roster: Roster): Read | Fault {
  // An export puts a quote before what a spreadsheet would take for a formula.
  const state = stateOf(fields);
  if (state !== "" && !BROUGHT.includes(state))
    return {
      message: `There is no state “${state.slice(0, 40)}”.`,
      remedy: "Use active, pending, quarantined or ended.",
    };
  const address = (fields["address"] ?? "").replace(/^'(?=[=+\-@])/, "");
  const named = (fields["channel"] ?? "").toLowerCase() || "email";
  const channel = CHANNELS.find((each) => each === named);
  if (!channel)
    return { message: `There is no channel “${named.slice(0, 40)}”.`, remedy: `Use ${CHANNELS.join(", ")}.` };
  if (address === "") return { message: "There is no address.", remedy: "Name the column “address” or “email”." };
  const read = channels[channel].readAddress(address, roster);
  if (!("value" in read)) return addressFaultWords(read, messagesIn("en"));
  const interest = interestOf(fields, roster);
  return "message" in interest
    ? interest
    : { channel, address: read.value, interest: fitting(channel, interest), fields };
}

function interestOf(fields: Fields, { config }: Roster): Interest | Fault {
  const components: string[] = [];
  for (const name of listOf(fields["components"])) {
    const called = config.components.find((each) => [each.id, each.name.toLowerCase()].includes(name.toLowerCase()));
    const found = called ?? componentOf(config, name.toLowerCase());
    if (!found) return { message: `There is no component “${name.slice(0, 60)}”.`, remedy: "Write ids of site.yaml." };
    components.push(found.id);
  }
  const named = listOf(fields["topics"]);
  const topics = TOPICS.filter((topic) => named.includes(topic));
  if (named.length > topics.length) return { message: "A topic is unknown.", remedy: `Use ${TOPICS.join("; ")}.` };
  const impact = fields["least impact"] || EVERYTHING.leastImpact;
  if (!(IMPACTS as readonly string[]).includes(impact)) {
    return { message: `There is no impact “${impact.slice(0, 40)}”.`, remedy: `Use ${IMPACTS.join(", ")}.` };
  }
  const { detail, every, maintenance, quiet, zone } = fields;
  const timing = readTiming({ detail, every, maintenance, quiet, zone });
  if ("field" in timing) return { message: `${timing.field}: ${timing.message}`, remedy: timing.remedy };
  const chosen = topics.length > 0 ? topics : EVERYTHING.topics;
  return { components, topics: chosen, leastImpact: impact as Impact, ...timing };
}

function listOf(text = ""): string[] {
  return text
    .split(/[;|,]/)
    .map((part) => part.trim())
    .filter(Boolean);
}

/** Those of a batch who are new, and how many there is something of already. */
async function sorted({ store, vault }: Roster, batch: readonly Read[]) {
  const pseudonyms = new Map(batch.map((wish) => [wish, vault.pseudonym(wish.channel, wish.address)]));
  const states = new Map<ChannelName, Awaited<ReturnType<typeof store.statesOf>>>();
  for (const [channel, of] of Map.groupBy(batch, (wish) => wish.channel)) {
    states.set(
      channel,
      await store.statesOf(
        channel,
        of.map((wish) => pseudonyms.get(wish) ?? ""),
      ),
    );
  }
  const found = (wish: Read) => states.get(wish.channel)?.get(pseudonyms.get(wish) ?? "");
  const left = batch.filter((wish) => found(wish) === "ended").length;
  const fresh = batch.filter((wish) => ["pending", undefined].includes(found(wish)));
  return { fresh, left, known: batch.length - left - fresh.length };
}

function keyOf({ address, channel }: Wish): string {
  return `${channel} ${address}`;
}
