import { markdownToText } from "#lib/markdown/parse.ts";
import type { Event, Site, Update } from "#lib/model/site.ts";
import { STATUS_WORDS } from "./words.ts";

/** One update as a subscriber reads it. */
export interface NoticeText {
  readonly subject: string;
  /** The text of the e-mail. */
  readonly text: string;
  /** The message in a chat. */
  readonly chat: string;
}

export function noticeText(event: Event, update: Update, { config }: Site): NoticeText {
  const status = STATUS_WORDS[update.status];
  const words = markdownToText(update.body);
  const link = `${config.url}/incidents/${event.slug}`;
  return {
    subject: `[${config.name}] ${status}: ${event.title}`,
    text: `${words}\n\n${link}#${update.id}`,
    chat: `${status} – ${event.title}\n${words}\n${link}`,
  };
}
