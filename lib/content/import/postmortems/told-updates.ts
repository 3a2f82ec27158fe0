import { INCIDENT_STATUSES, type UpdateStatus } from "#lib/model/incident.ts";
import type { NewUpdate } from "../entry-file.ts";
import type { Front } from "../front/front.ts";
import type { Fields } from "../front/front-matter.ts";
import { isMapping, type Mapping, mappingsOf, textOf } from "../front/value.ts";
import type { Note } from "../imported.ts";
import { between, type Moment, readMoment, roughly } from "../moment.ts";
import { senseOf } from "../senses.ts";

/** Keys under which front matters keep what was told while an incident lasted. */
const KEPT_UNDER = /^(?:incident[_-]?)?(?:states|updates|timeline|events|history|messages|log)$/;
const TEXT = ["content", "body", "text", "message", "description", "update"];
const TIME = ["at", "time", "date", "timestamp", "created_at", "createdat", "datetime"];
const STATUS = ["status", "state", "type", "title"];

interface Known {
  readonly started: Moment;
  readonly ended: Moment | undefined;
  readonly zone: string;
}

/**
 * The updates that a front matter lists, oldest first; none where it lists none. One without a time stands at the
 * start, at the end or somewhere between its neighbours.
 */
export function toldUpdates(fields: Fields, front: Front, known: Known, note: Note): NewUpdate[] {
  const found = [...fields].find(([name, { value }]) => KEPT_UNDER.test(name) && mappingsOf(value).some(isTold));
  if (!found) return [];
  const [name, { key, value, line }] = found;
  front.text(name);
  const all = mappingsOf(value);
  const told = all.filter(isTold);
  if (told.length < all.length) note(`${key}`, "what is no text in it was left out", line);
  const statuses = told.map((each, index) => statusOf(firstText(each, STATUS), index === 0));
  const own = told.map((each) => readMoment(firstText(each, TIME), known.zone).moment);
  const placed: Moment[] = [];
  for (const [index, moment] of own.entries()) {
    const isEnd = statuses[index] === "resolved" && index === told.length - 1;
    placed.push(moment ?? (isEnd ? known.ended : undefined) ?? derived(index, placed, own, known));
  }
  if (own.includes(undefined))
    note(`${key} without times`, "they stand at the start, at the end, or between their neighbours", line);
  const updates = told.map((each, index) => ({
    moment: placed[index] ?? known.started,
    status: statuses[index] ?? "update",
    body: firstText(each, TEXT),
  }));
  return updates
    .sort((a, b) => a.moment.from - b.moment.from)
    .map(({ moment, status, body }) => ({ at: moment.text, status, body }));
}

function isTold(value: Mapping): boolean {
  return isMapping(value) && firstText(value, TEXT) !== "";
}

function firstText(value: Mapping, keys: readonly string[]): string {
  return keys.map((key) => textOf(value[key])).find((text) => text !== "") ?? "";
}

function derived(
  index: number,
  placed: readonly Moment[],
  own: readonly (Moment | undefined)[],
  { started, ended }: Known,
): Moment {
  if (index === 0) return started;
  const before = placed.at(-1) ?? started;
  const after = own.slice(index + 1).find((moment) => moment !== undefined) ?? ended;
  return after && after.to >= before.from ? between(before, after) : roughly(before);
}

function statusOf(written: string, isFirst: boolean): UpdateStatus {
  const word = written.toLowerCase();
  const named = INCIDENT_STATUSES.find((status) => status === word);
  if (named) return named;
  const sense = senseOf(written);
  if (sense === "resolved" || sense === "monitoring" || sense === "identified") return sense;
  return isFirst || sense === "investigating" || sense === "initial" ? "investigating" : "update";
}
