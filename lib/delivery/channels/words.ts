import { expectationsOf } from "#lib/calendar/expectations.ts";
import { timeForMachines, timeInWords } from "#lib/calendar/words.ts";
import { dateAt, offsetAt } from "#lib/calendar/zone.ts";
import { markdownToPlain } from "#lib/markdown/plain.ts";
import { languageIn, messagesIn } from "#lib/messages/messages.ts";
import { isUnderWay } from "#lib/model/course.ts";
import { effectOfImpact } from "#lib/model/impact.ts";
import type { Effect, UpdateStatus } from "#lib/model/incident.ts";
import type { Notice, NoticeKind } from "#lib/model/notice.ts";
import type { Instant, When } from "#lib/model/time.ts";
import { linkTo } from "#lib/site/views/text.ts";
import { listInWords } from "#lib/site/views/words.ts";
import { cut, sanitizeLine, sanitizeText } from "./sanitize.ts";

/** A notice in words for customers, in parts that every channel arranges in its own way. */
export interface Words {
  /** The same for all notices of one event, so that mail programs keep them together. */
  readonly subject: string;
  /** The site's name. */
  readonly site: string;
  /** What this message is, in two or three words: “Incident update”. */
  readonly kicker: string;
  readonly title: string;
  /** One or two sentences that say why this message was sent. */
  readonly lead: string;
  /** By when the next update comes and when it is expected to be over, as `lead` has it too; empty where nothing is said. */
  readonly expectations: string;
  /** What a correction says, as Markdown; empty otherwise. */
  readonly message: string;
  readonly facts: readonly Fact[];
  readonly components: readonly { readonly id: string; readonly name: string; readonly effect: Effect }[];
  readonly updates: readonly WordsUpdate[];
  /** The beginning of a report; empty otherwise. */
  readonly summary: string;
  readonly link: { readonly text: string; readonly url: string };
  /** The effect whose colour stands for the message. */
  readonly effect: Effect;
}

export interface Fact {
  readonly name: string;
  readonly value: string;
}

export interface WordsUpdate {
  readonly id: string;
  readonly status: string;
  readonly time: string;
  /** GitHub-flavoured Markdown. */
  readonly body: string;
}

/** Beyond these a message ends and leads to the page: mail programs clip at about 100 KB, and nobody reads so far. */
const MOST_BODY = 6000;
const MOST_UPDATES = 8;
const MOST_COMPONENTS = 20;
const MOST_TITLE = 200;
const MOST_NAME = 60;

export function inWords(notice: Notice): Words {
  if (notice.isWeekly && notice.earlier) return weekInWords(notice, notice.earlier);
  const { event, site } = notice;
  const { notice: words, status } = messagesIn(site.locale);
  const kind = kindOf(notice);
  const title = cut(sanitizeLine(event.title), MOST_TITLE) || words.untitled;
  const name = cut(sanitizeLine(site.name), MOST_NAME);
  const isReport = kind === "report_preliminary" || kind === "report_final";
  const components = notice.components.slice(0, MOST_COMPONENTS).map(({ effect, group, id, name: own }) => ({
    id,
    name: cut(sanitizeLine(group ? words.component({ group, name: own }) : own), 80),
    effect,
  }));
  const updates = notice.updates.slice(-MOST_UPDATES).map((update) => ({
    id: update.id,
    status: status[update.status],
    time: timeOf(update.at, notice),
    body: cut(sanitizeText(update.body), MOST_BODY, words.cut({ url: event.url })),
  }));
  return {
    subject:
      kind === "correction" ? words.subjectCorrection({ site: name, title }) : words.subject({ site: name, title }),
    site: name,
    kicker: words.kind[kind],
    title,
    lead: [leadOf({ ...notice, kind }), ...expectationsIn(notice), ...heldNote(notice)].join(" "),
    expectations: expectationsIn(notice).join(" "),
    message: cut(sanitizeText(notice.message ?? ""), MOST_BODY),
    facts: factsOf(notice, components),
    components,
    updates,
    summary: cut(sanitizeText(notice.summary ?? ""), MOST_BODY),
    link: {
      text: isReport ? words.readReport : event.kind === "incident" ? words.openIncident : words.openMaintenance,
      url: event.url,
    },
    effect: effectOf(notice),
  };
}

/** What a message is that tells what waited as well: whoever was not told of the beginning is told of it now. */
function kindOf({ earlier = [], kind }: Notice): NoticeKind {
  const begins = ({ kind: each }: Notice) => each === "incident_opened" || each === "maintenance_scheduled";
  const isNoEnd = kind === "incident_updated" || kind === "maintenance_updated" || kind === "maintenance_reminder";
  return (isNoEnd && earlier.find(begins)?.kind) || kind;
}

/** That a message tells more than the newest, and that this was wished. */
function heldNote({ earlier = [], site, updates }: Notice): string[] {
  if (earlier.length === 0) return [];
  const { held, newest } = messagesIn(site.locale).notice;
  return [held, ...(updates.length > MOST_UPDATES ? [newest({ count: MOST_UPDATES })] : [])];
}

/** What subscribers may expect, as it stands when the notice is made. A correction is about what was said, not about what comes. */
function expectationsIn(notice: Notice): string[] {
  if (notice.kind === "correction") return [];
  return expectationsOf(notice.event, notice.madeAt, notice.site.locale).map(({ sentence, when, form }) =>
    sentence({ time: timeOf(when, notice, form) }),
  );
}

/** Beyond these a message of the week leads to the page. */
const MOST_OF_WEEK = 20;

/** The maintenance that is ahead, each piece of work with its newest news. */
function weekInWords(notice: Notice, earlier: readonly Notice[]): Words {
  const { site } = notice;
  const { notice: words, week } = messagesIn(site.locale);
  const name = cut(sanitizeLine(site.name), MOST_NAME);
  const newest = new Map<string, Notice>();
  for (const each of [...earlier, notice]) {
    const updates = [...(newest.get(each.event.id)?.updates ?? []), ...each.updates];
    newest.set(each.event.id, { ...each, site, updates });
  }
  const all = [...newest.values()].sort((a, b) => startOf(a) - startOf(b));
  const shown = all.slice(0, MOST_OF_WEEK);
  const more = all.length - shown.length;
  return {
    subject: week.subject({ site: name }),
    site: name,
    kicker: week.kind,
    title: week.title({ count: all.length }),
    lead: week.lead({ site: name }),
    expectations: "",
    message: "",
    facts: more > 0 ? [{ name: words.and, value: week.more({ count: more }) }] : [],
    components: [],
    updates: shown.map((each) => ({
      id: each.event.id,
      status: words.kind[each.kind],
      time: each.event.window ? windowOf(each.event.window, each) : "",
      body: [
        `**[${escaped(cut(sanitizeLine(each.event.title), MOST_TITLE) || words.untitled)}](${each.event.url})**`,
        ...each.updates
          .slice(-1)
          .map(({ body }) => cut(sanitizeText(body), MOST_OF_EACH, words.cutShort({ url: each.event.url }))),
      ].join("\n\n"),
    })),
    summary: "",
    link: { text: week.open, url: `${site.url}/` },
    effect: "under_maintenance",
  };
}

const MOST_OF_EACH = 1_500;

const startOf = ({ event }: Notice): number => event.window?.start.at ?? 0;

/** A plain text as Markdown that says the same: every mark of ASCII can be escaped (CommonMark, 2.4). */
const escaped = (text: string): string => text.replace(/[!-/:-@[-`{-~]/g, "\\$&");

/** A time in the site's zone with its offset: “23 August 2017 at 11:05 CEST (UTC+02:00)”. */
function timeOf(when: When, { site }: Pick<Notice, "site">, form: "full" | "clock" = "full"): string {
  const local = inZone(when, site.timezone);
  const words = timeInWords(local, site, form);
  const last = local.kind === "span" ? local.to : local;
  if (last.kind !== "instant" || words.includes("UTC")) return words;
  return `${words} (UTC${timeForMachines(last).slice(-6)})`;
}

function inZone<T extends When>(when: T, zone: string): T {
  if (when.kind === "span") return { ...when, from: inZone(when.from, zone), to: inZone(when.to, zone) };
  return when.kind === "instant" ? { ...when, offset: offsetAt(when.at, zone) } : when;
}

function leadOf(notice: Notice): string {
  const { corrects, event, formerWindow, kind } = notice;
  const words = messagesIn(notice.site.locale).notice;
  const window = event.window && windowOf(event.window, notice);
  const components = affecting(notice);
  const plannedEnd = event.window ? [words.plannedEnd({ time: timeOf(event.window.end, notice) })] : [];
  switch (kind) {
    case "incident_opened":
      return components === undefined ? words.opened : words.openedAffecting({ components });
    case "incident_updated":
      return components === undefined ? words.updated : words.updatedAffecting({ components });
    case "incident_resolved":
      return words.resolved;
    case "maintenance_scheduled":
      return window ? words.scheduled({ window }) : words.scheduledSometime;
    case "maintenance_moved":
      return [
        words.moved,
        ...(window ? [words.movedTo({ window })] : []),
        ...(formerWindow ? [words.movedFrom({ window: windowOf(formerWindow, notice) })] : []),
      ].join(" ");
    case "maintenance_reminder":
      return window ? words.reminder({ window }) : words.reminderSometime;
    case "maintenance_begun":
      return [words.begun, ...plannedEnd].join(" ");
    case "maintenance_updated":
      return [words.maintenanceUpdated, ...(isUnderWay(event.status as UpdateStatus) ? plannedEnd : [])].join(" ");
    case "maintenance_ended":
      return words.ended;
    case "maintenance_cancelled":
      // What had begun was broken off.
      if (event.ended) return words.brokenOff;
      return window ? words.calledOff({ window }) : words.calledOffSometime;
    case "report_preliminary":
      return words.preliminary;
    case "report_final":
      return words.final;
    case "correction":
      return corrects ? words.correctionOf({ time: timeOf(instant(corrects.madeAt), notice) }) : words.correction;
  }
}

const instant = (at: number): Instant => ({ kind: "instant", at, offset: 0, precision: "minute", approximate: false });

function windowOf({ start, end }: { start: Instant; end: Instant }, notice: Notice): string {
  const [first, last] = [start, end].map(({ at }) => dateAt(at, notice.site.timezone));
  const [from, to] = [timeOf(start, notice), timeOf(end, notice, first === last ? "clock" : "full")];
  // The zone once is enough, when it is the same.
  const zone = / \S+(?: \(UTC[^)]*\))?$/.exec(to)?.[0] ?? "";
  const begin = from.endsWith(zone) ? from.slice(0, from.length - zone.length) : from;
  return messagesIn(notice.site.locale).notice.window({ start: begin, end: to });
}

/** “API and Web app”; nothing when no component is named. */
function affecting({ components, site }: Notice): string | undefined {
  const names = [...new Set(components.map(({ name }) => cut(sanitizeLine(name), MOST_NAME)))];
  if (names.length === 0) return undefined;
  const { moreComponents } = messagesIn(site.locale).notice;
  const shown = names.length > 4 ? [...names.slice(0, 3), moreComponents({ count: names.length - 3 })] : names;
  return listInWords(shown, languageIn(site.locale));
}

function factsOf(notice: Notice, shown: Words["components"]): Fact[] {
  const { components, event } = notice;
  const { impact, notice: words, status: states } = messagesIn(notice.site.locale);
  const status = states[event.status as UpdateStatus] ?? sanitizeLine(event.status);
  const more = components.length - shown.length;
  const affected = affectedWord(notice);
  return [
    { name: words.state, value: status },
    ...(event.impact ? [{ name: words.impact, value: impact[event.impact] }] : []),
    ...(affected === undefined ? effectsOf(shown, more, notice) : affectedOf(notice, affected, more)),
    ...(event.window
      ? [
          { name: words.plannedFrom, value: timeOf(event.window.start, notice) },
          { name: words.plannedTo, value: timeOf(event.window.end, notice) },
        ]
      : [{ name: words.began, value: timeOf(event.started, notice) }]),
    ...(event.ended ? [{ name: words.endedAt, value: timeOf(event.ended, notice) }] : []),
  ];
}

/** How components are named where what they are at this moment would be misread: of work that is ahead, and of what is past. */
function affectedWord({ event, kind, site }: Notice): string | undefined {
  const { affected, affects, wouldHaveAffected } = messagesIn(site.locale).notice;
  if (kind === "maintenance_cancelled") return event.ended ? affected : wouldHaveAffected;
  if (kind.startsWith("report_")) return affected;
  return event.kind === "maintenance" && event.status === "scheduled" ? affects : undefined;
}

function affectedOf({ components, site }: Notice, word: string, more: number): Fact[] {
  const { componentIn, moreComponents } = messagesIn(site.locale).notice;
  const shown = components
    .slice(0, MOST_COMPONENTS)
    .map(({ group, name }) => (group ? componentIn({ name, group }) : name));
  const names = [
    ...shown.map((name) => cut(sanitizeLine(name), 80)),
    ...(more > 0 ? [moreComponents({ count: more })] : []),
  ];
  return names.length > 0 ? [{ name: word, value: names.join(", ") }] : [];
}

function effectsOf(shown: Words["components"], more: number, { site }: Notice): Fact[] {
  const { effect: effects, notice: words } = messagesIn(site.locale);
  return [
    ...shown.map(({ effect, name }) => ({ name, value: effects[effect] })),
    ...(more > 0 ? [{ name: words.and, value: words.moreComponents({ count: more }) }] : []),
  ];
}

function effectOf({ event, kind }: Notice): Effect {
  if (["incident_resolved", "maintenance_ended", "maintenance_cancelled"].includes(kind)) return "operational";
  if (event.kind === "maintenance") return "under_maintenance";
  return effectOfImpact(event.impact ?? "minor");
}

/** Where a link in an update's text leads from outside the site. */
export function wholeAddress(address: string, { event, site }: Pick<Notice, "event" | "site">): string {
  const led = linkTo(address);
  if (/^[a-z][a-z0-9+.-]*:/i.test(led)) return led;
  if (led.startsWith("#")) return event.url + led;
  return led.startsWith("/") && !led.startsWith("//") ? site.url + led : event.url;
}

/** An author's Markdown as plain text, its links written out. */
export function plainOf(markdown: string, notice: Notice): string {
  return markdownToPlain(markdown, notice.site.locale, (address) => wholeAddress(address, notice));
}
