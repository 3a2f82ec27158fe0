import { timeForMachines } from "#lib/calendar/words.ts";
import type { Notice } from "#lib/model/notice.ts";
import { inWords, type Words } from "../words.ts";

/**
 * The payload of a Standard Webhook: `type`, `timestamp`, `data`. Texts are Markdown as the author wrote it, cut like
 * those of mails; times are RFC 3339 with the offset they were written with, or dates.
 */
export function standardPayload(notice: Notice): object {
  const { corrects, event, formerWindow, kind, madeAt, site } = notice;
  const words: Words = inWords(notice);
  const window = (span: NonNullable<Notice["formerWindow"]>) => ({
    start: timeForMachines(span.start),
    end: timeForMachines(span.end),
  });
  return {
    type: kind.replace("_", "."),
    timestamp: new Date(madeAt).toISOString(),
    data: {
      version: 1,
      notice: notice.id,
      site: { name: words.site, url: site.url },
      [event.kind]: {
        id: event.id,
        slug: event.slug,
        title: words.title,
        status: event.status,
        ...(event.impact ? { impact: event.impact } : {}),
        url: event.url,
        started: timeForMachines(event.started),
        ...(event.ended ? { ended: timeForMachines(event.ended) } : {}),
        ...(event.nextUpdate ? { next_update: timeForMachines(event.nextUpdate) } : {}),
        ...(event.expectedEnd ? { expected_end: timeForMachines(event.expectedEnd) } : {}),
        ...(event.window ? { window: window(event.window) } : {}),
        ...(formerWindow ? { former_window: window(formerWindow) } : {}),
      },
      components: words.components,
      updates: notice.updates.slice(-words.updates.length).map(({ at, id, status }, index) => ({
        id,
        at: timeForMachines(at),
        status,
        body: words.updates[index]?.body ?? "",
      })),
      ...(words.summary ? { summary: words.summary } : {}),
      ...(corrects ? { corrects: { notice: corrects.id, at: new Date(corrects.madeAt).toISOString() } } : {}),
      ...(words.message ? { message: words.message } : {}),
    },
  };
}
