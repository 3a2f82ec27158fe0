import { expectationsOf } from "#lib/calendar/expectations.ts";
import { timeForMachines, timeInWords } from "#lib/calendar/words.ts";
import { dateAt, offsetAt } from "#lib/calendar/zone.ts";
import { markdownToPlain } from "#lib/markdown/plain.ts";
import { isUnderWay } from "#lib/model/course.ts";
import { effectOfImpact } from "#lib/model/impact.ts";
import type { Effect, UpdateStatus } from "#lib/model/incident.ts";
import type { Notice, NoticeKind } from "#lib/model/notice.ts";
import type { Instant, When } from "#lib/model/time.ts";
import { linkTo } from "#lib/site/views/text.ts";
import { EFFECT_WORDS, IMPACT_WORDS, listInWords, STATUS_WORDS } from "#lib/site/views/words.ts";
import { cut, sanitizeLine, sanitizeText } from "./sanitize.ts";

/** A notice in English for customers, in parts that every channel arranges in its own way. */
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

const KICKERS = {
  incident_opened: "New incident",
  incident_updated: "Incident update",
  incident_resolved: "Incident resolved",
  maintenance_scheduled: "Maintenance planned",
  maintenance_moved: "Maintenance moved",
  maintenance_reminder: "Maintenance reminder",
  maintenance_begun: "Maintenance has begun",
  maintenance_updated: "Maintenance update",
  maintenance_ended: "Maintenance has ended",
  maintenance_cancelled: "Maintenance cancelled",
  report_preliminary: "Preliminary report",
  report_final: "Final report",
  correction: "Correction",
} as const satisfies Record<NoticeKind, string>;

export function inWords(notice: Notice): Words {
  if (notice.isWeekly && notice.earlier) return weekInWords(notice, notice.earlier);
  const { event, site } = notice;
  const kind = kindOf(notice);
  const title = cut(sanitizeLine(event.title), MOST_TITLE) || "Untitled";
  const name = cut(sanitizeLine(site.name), MOST_NAME);
  const isReport = kind === "report_preliminary" || kind === "report_final";
  const components = notice.components.slice(0, MOST_COMPONENTS).map(({ effect, group, id, name: own }) => ({
    id,
    name: cut(sanitizeLine(group ? `${group}: ${own}` : own), 80),
    effect,
  }));
  const updates = notice.updates.slice(-MOST_UPDATES).map((update) => ({
    id: update.id,
    status: STATUS_WORDS[update.status],
    time: timeOf(update.at, notice),
    body: cut(sanitizeText(update.body), MOST_BODY, `… (cut; the whole text: ${event.url})`),
  }));
  return {
    subject: `[${name}] ${kind === "correction" ? "Correction: " : ""}${title}`,
    site: name,
    kicker: KICKERS[kind],
    title,
    lead: [leadOf({ ...notice, kind }), ...expectationsIn(notice), ...heldNote(notice)].join(" "),
    expectations: expectationsIn(notice).join(" "),
    message: cut(sanitizeText(notice.message ?? ""), MOST_BODY),
    facts: factsOf(notice, components),
    components,
    updates,
    summary: cut(sanitizeText(notice.summary ?? ""), MOST_BODY),
    link: { text: isReport ? "Read the report" : `Open the ${event.kind} page`, url: event.url },
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
function heldNote({ earlier = [], updates }: Notice): string[] {
  if (earlier.length === 0) return [];
  const more = updates.length - MOST_UPDATES;
  return [
    "What was said before is in this message as well, as you asked for fewer messages or for quiet hours.",
    ...(more > 0 ? [`The newest ${MOST_UPDATES} updates are here; the page has all of them.`] : []),
  ];
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
    subject: `[${name}] Planned maintenance`,
    site: name,
    kicker: "Maintenance by week",
    title: `Planned maintenance: ${all.length} announcements`,
    lead: `This is the maintenance of ${name} that was announced, moved or cancelled since the last message of this kind.`,
    expectations: "",
    message: "",
    facts: more > 0 ? [{ name: "And", value: `${more} more on the page` }] : [],
    components: [],
    updates: shown.map((each) => ({
      id: each.event.id,
      status: KICKERS[each.kind],
      time: each.event.window ? windowOf(each.event.window, each) : "",
      body: [
        `**[${escaped(cut(sanitizeLine(each.event.title), MOST_TITLE) || "Untitled")}](${each.event.url})**`,
        ...each.updates
          .slice(-1)
          .map(({ body }) => cut(sanitizeText(body), MOST_OF_EACH, `… (cut; ${each.event.url})`)),
      ].join("\n\n"),
    })),
    summary: "",
    link: { text: "Open the status page", url: `${site.url}/` },
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
  const window = event.window && windowOf(event.window, notice);
  const plannedEnd = event.window ? ` It is planned to end at ${timeOf(event.window.end, notice)}.` : "";
  switch (kind) {
    case "incident_opened":
      return `A new incident has been reported${affecting(notice)}.`;
    case "incident_updated":
      return `There is news of an incident${affecting(notice)}.`;
    case "incident_resolved":
      return "This incident has been resolved.";
    case "maintenance_scheduled":
      return window ? `Maintenance is planned ${window}.` : "Maintenance is planned.";
    case "maintenance_moved":
      return [
        "The time of this maintenance has changed.",
        ...(window ? [`It is now planned ${window}.`] : []),
        ...(formerWindow ? [`Before, it was planned ${windowOf(formerWindow, notice)}.`] : []),
      ].join(" ");
    case "maintenance_reminder":
      return window ? `This maintenance is planned ${window}.` : "This maintenance is about to begin.";
    case "maintenance_begun":
      return `This maintenance has begun.${plannedEnd}`;
    case "maintenance_updated":
      return `There is news of this maintenance.${isUnderWay(event.status as UpdateStatus) ? plannedEnd : ""}`;
    case "maintenance_ended":
      return "This maintenance has ended.";
    case "maintenance_cancelled":
      // What had begun was broken off.
      if (event.ended) return "This maintenance has been cancelled.";
      return window
        ? `This maintenance, which was planned ${window}, will not take place.`
        : "This maintenance will not take place.";
    case "report_preliminary":
      return "A preliminary report on this incident has been published. What it says may still change.";
    case "report_final":
      return "The final report on this incident has been published.";
    case "correction": {
      const sent = corrects ? ` of ${timeOf(instant(corrects.madeAt), notice)}` : "";
      return `The earlier message${sent} with this title was wrong or should not have reached you. Please disregard it; this message takes its place.`;
    }
  }
}

const instant = (at: number): Instant => ({ kind: "instant", at, offset: 0, precision: "minute", approximate: false });

function windowOf({ start, end }: { start: Instant; end: Instant }, notice: Notice): string {
  const [first, last] = [start, end].map(({ at }) => dateAt(at, notice.site.timezone));
  const [from, to] = [timeOf(start, notice), timeOf(end, notice, first === last ? "clock" : "full")];
  // The zone once is enough, when it is the same.
  const zone = / \S+(?: \(UTC[^)]*\))?$/.exec(to)?.[0] ?? "";
  return `from ${from.endsWith(zone) ? from.slice(0, from.length - zone.length) : from} to ${to}`;
}

/** “ that affects API and Web app”; nothing when no component is named. */
function affecting({ components, site }: Notice): string {
  const names = [...new Set(components.map(({ name }) => cut(sanitizeLine(name), MOST_NAME)))];
  if (names.length === 0) return "";
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more components`] : names;
  return ` that affects ${listInWords(shown, englishOf(site.locale))}`;
}

/** The sentences are English, whatever language names and dates are in. */
const englishOf = (locale: string): string => (/^en\b/i.test(locale) ? locale : "en");

function factsOf(notice: Notice, shown: Words["components"]): Fact[] {
  const { components, event } = notice;
  const status = STATUS_WORDS[event.status as UpdateStatus] ?? sanitizeLine(event.status);
  const more = components.length - shown.length;
  const affected = affectedWord(notice);
  return [
    { name: "State", value: status },
    ...(event.impact ? [{ name: "Impact", value: IMPACT_WORDS[event.impact] }] : []),
    ...(affected === undefined ? effectsOf(shown, more) : affectedOf(notice, affected, more)),
    ...(event.window
      ? [
          { name: "Planned from", value: timeOf(event.window.start, notice) },
          { name: "Planned to", value: timeOf(event.window.end, notice) },
        ]
      : [{ name: "Began", value: timeOf(event.started, notice) }]),
    ...(event.ended ? [{ name: "Ended", value: timeOf(event.ended, notice) }] : []),
  ];
}

/** How components are named where what they are at this moment would be misread: of work that is ahead, and of what is past. */
function affectedWord({ event, kind }: Notice): string | undefined {
  if (kind === "maintenance_cancelled") return event.ended ? "Affected" : "Would have affected";
  if (kind.startsWith("report_")) return "Affected";
  return event.kind === "maintenance" && event.status === "scheduled" ? "Affects" : undefined;
}

function affectedOf({ components }: Notice, word: string, more: number): Fact[] {
  const shown = components.slice(0, MOST_COMPONENTS).map(({ group, name }) => (group ? `${name} (${group})` : name));
  const names = [...shown.map((name) => cut(sanitizeLine(name), 80)), ...(more > 0 ? [`${more} more components`] : [])];
  return names.length > 0 ? [{ name: word, value: names.join(", ") }] : [];
}

function effectsOf(shown: Words["components"], more: number): Fact[] {
  return [
    ...shown.map(({ effect, name }) => ({ name, value: EFFECT_WORDS[effect] })),
    ...(more > 0 ? [{ name: "And", value: `${more} more components` }] : []),
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
