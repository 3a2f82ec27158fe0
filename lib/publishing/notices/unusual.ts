import type { Notice, NoticeKind } from "#lib/model/notice.ts";
import type { ChannelName } from "#lib/model/subscription.ts";
import { latest } from "#lib/model/time.ts";

/** What a notice is held against. */
export interface Usual {
  readonly isFirst: boolean;
  readonly lastOfKind?: number;
  readonly lastOfEvent?: NoticeKind;
  readonly lastOn: Readonly<Partial<Record<ChannelName, { readonly bad: number; readonly answers: number }>>>;
}

/** As many more than last time, and as many times as many, are worth a word. */
const MORE = { by: 20, times: 2 };

/** A channel on which more than this share did not arrive last time did badly. */
const BAD_SHARE = 0.1;

const DAY = 86_400_000;

/** A report about something that ended longer ago than this is late news. */
const LONG_AGO_DAYS = 30;

/** What about a notice is otherwise than last time, as sentences: whoever publishes looks twice. */
export function unusual(
  { event, kind, madeAt }: Pick<Notice, "event" | "kind" | "madeAt">,
  recipients: Readonly<Partial<Record<ChannelName, number>>>,
  { isFirst, lastOfKind, lastOfEvent, lastOn }: Usual,
): readonly string[] {
  const all = Object.values(recipients).reduce((sum, each) => sum + each, 0);
  const isLarge = lastOfKind !== undefined && all > lastOfKind * MORE.times && all > lastOfKind + MORE.by;
  const isReopened = lastOfEvent === "incident_resolved" && (kind === "incident_updated" || kind === "incident_opened");
  const days = Math.floor((madeAt - latest(event.ended ?? event.started)) / DAY);
  return [
    ...(isFirst ? ["This is the first notice that anybody gets."] : []),
    ...(isLarge ? [`It goes to ${words(all)}; the last of its kind went to ${words(lastOfKind)}.`] : []),
    ...(isReopened ? ["The incident is open again: subscribers were told that it was resolved."] : []),
    ...(kind.startsWith("report_") && days > LONG_AGO_DAYS
      ? [`The report is about something ${words(days)} days ago.`]
      : []),
    ...Object.entries(recipients).flatMap(([channel, number]) => {
      const last = lastOn[channel as ChannelName];
      if (!last || number === 0 || last.bad <= last.answers * BAD_SHARE) return [];
      return [`Of the last ${words(last.answers)} messages by ${channel}, ${words(last.bad)} did not arrive.`];
    }),
  ];
}

const words = (number: number) => number.toLocaleString("en");
