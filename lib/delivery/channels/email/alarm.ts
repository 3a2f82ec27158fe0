import type { Message } from "#lib/model/delivery.ts";
import { cut, sanitizeLine } from "../sanitize.ts";
import { escapeHtml, type Mail, messageIdOf } from "./mail.ts";

/**
 * A mail that tells an operator something, an alarm unless it is labelled otherwise.
 * @param id as of any message: letters, digits, dots and hyphens
 */
export function alarmMail(
  to: string,
  alarm: string,
  site: { readonly name: string; readonly url: string },
  id: string,
  label = "Alarm",
): Message {
  const name = cut(sanitizeLine(site.name), 60);
  const where = `From the status page ${name}, ${site.url}. Its state: ${site.url}/operator`;
  const mail: Mail = {
    subject: `[${name}] ${label}: ${cut(sanitizeLine(alarm), 120)}`,
    messageId: messageIdOf(id, new URL(site.url).hostname),
    references: [],
    language: "en",
    text: `${alarm}\n\n-- \n${where}\n`,
    html: `<!doctype html><html lang="en"><body><p>${escapeHtml(alarm)}</p><p>${escapeHtml(where)}</p></body></html>`,
  };
  return { channel: "email", id, to, body: JSON.stringify(mail) };
}
