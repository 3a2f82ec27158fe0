import { markdownToText } from "#lib/markdown/parse.ts";
import type { Notice } from "#lib/model/notice.ts";
import type { Incident, Maintenance, Site } from "#lib/model/site.ts";
import { earliest, latest } from "#lib/model/time.ts";
import { identify } from "./identify.ts";
import { incidentNews } from "./incident-news.ts";
import { type KnownEvent, knownUpdate } from "./known.ts";
import { maintenanceNews } from "./maintenance-news.ts";
import { matchUpdates } from "./match-updates.ts";
import { looksOf, remember } from "./remember.ts";
import { reportNews } from "./report-news.ts";
import { isBare, saidOf } from "./said.ts";
import { goesOn, isRecent, type News, type NewsSettings, type Sighting } from "./sighting.ts";
import { writeNotice } from "./write-notice.ts";

/** What a Site has to tell, and what is known once it is told. */
export interface Announcement {
  /** In the order in which they are to be told: by event, oldest news first. */
  readonly notices: readonly Notice[];
  /** The known events that have changed, and the new ones. The others stay as they are. */
  readonly known: readonly KnownEvent[];
}

export interface AnnounceOptions extends NewsSettings {
  /** Take note of everything and tell nothing. */
  readonly isQuiet: boolean;
}

/**
 * Holds a Site against everything that was known before. What is new and recent becomes notices; what was reworded,
 * moved, renamed, brought back or happened long ago is taken note of in silence. Told once, news is known, and the same
 * Site gives none.
 */
export function announce(site: Site, known: readonly KnownEvent[], options: AnnounceOptions): Announcement {
  const events = [...site.incidents, ...site.maintenances];
  const identified = identify(events, known);
  const isMovedWithPast = hasPastMoved(identified);
  const notices: Notice[] = [];
  const changed: KnownEvent[] = [];
  for (const event of events.toReversed()) {
    const before = identified.get(event);
    const seen = looksOf(event, site.now);
    if (before?.seen === seen && !before.awaitsReminder) continue;
    const told = lookAt(site, { event, known: before, isMovedWithPast }, seen, options);
    notices.push(...told.notices);
    changed.push(told.known);
  }
  return { notices, known: changed };
}

function lookAt(
  site: Site,
  sight: Pick<Sighting, "event" | "known" | "isMovedWithPast">,
  seen: string,
  options: AnnounceOptions,
): { notices: readonly Notice[]; known: KnownEvent } {
  const { event, known: before } = sight;
  const { now } = site;
  const said = saidOf(event, now);
  const updates = said.map(knownUpdate);
  const matches = matchUpdates(before?.updates ?? [], updates);
  const told = { known: before, now, settings: options };
  const recent = said.filter(
    (update, index) =>
      matches[index] === undefined &&
      (isRecent(latest(update.at), told) || goesOn(update, told)) &&
      !(before?.state === "over" && isBare(update)),
  );
  const sighting: Sighting = { ...sight, ...told, recent };
  const news = options.isQuiet ? undefined : progress(sighting);
  const report = options.isQuiet ? undefined : reportNews(sighting);
  const known = remember(sighting, { updates, matches }, news, seen);

  const formerWindow = news?.kind === "maintenance_moved" ? before?.window : undefined;
  const subject = { site, event, known };
  return {
    notices: [
      ...(news ? [writeNotice({ ...subject, news, updates: recent, ...(formerWindow ? { formerWindow } : {}) })] : []),
      ...(report ? [writeNotice({ ...subject, news: report, updates: [], summary: summaryOf(event) })] : []),
    ],
    known,
  };
}

function progress(sighting: Sighting): News | undefined {
  const { event } = sighting;
  return event.kind === "incident" ? incidentNews({ ...sighting, event }) : maintenanceNews({ ...sighting, event });
}

/** Whether what is long over has changed its times: no engineer re-times the past to tell of something. */
function hasPastMoved(identified: ReadonlyMap<Incident | Maintenance, KnownEvent>): boolean {
  const past = [...identified].filter(([event, known]) => event.isOver && known.state === "over");
  const moved = past.filter(([event, known]) => earliest(event.started) !== known.startedAt);
  return moved.length >= 3 || (moved.length > 0 && moved.length === past.length);
}

const SUMMARY_LENGTH = 400;

function summaryOf(event: Incident | Maintenance): string {
  const text = markdownToText(event.report?.body ?? "");
  const cut = text.lastIndexOf(" ", SUMMARY_LENGTH);
  return text.length <= SUMMARY_LENGTH ? text : `${text.slice(0, cut > 0 ? cut : SUMMARY_LENGTH)}…`;
}
