import { languageIn, messagesIn } from "#lib/messages/messages.ts";
import type { Message } from "#lib/model/delivery.ts";
import type { Notice } from "#lib/model/notice.ts";
import { type SubscriptionMessage, wordingOf } from "../letter-words.ts";
import { cut, sanitizeLine } from "../sanitize.ts";
import { escapeHtml, layOut, type Mail, messageIdOf } from "./mail.ts";

/** @param id as of any message: constant through all attempts */
export function letterTo(address: string, letter: SubscriptionMessage, site: Notice["site"], id: string): Message {
  const host = new URL(site.url).hostname;
  const name = cut(sanitizeLine(site.name), 60);
  const { action, effect, paragraphs, subject } = wordingOf(letter, name, site.locale);
  const { footer, letter: words, notice } = messagesIn(site.locale);
  const language = languageIn(site.locale);
  const why = footer.letter({ address, site: name, url: site.url });
  const mailSubject = notice.subject({ site: name, title: subject });
  const html = layOut({
    language,
    subject: mailSubject,
    preview: paragraphs[0] ?? "",
    site: name,
    kicker: words.kind,
    title: subject,
    content: paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join(""),
    link: letter.url,
    action,
    effect,
  });
  const mail: Mail = {
    subject: mailSubject,
    messageId: messageIdOf(id, host),
    references: [],
    ...(site.support.email === undefined ? {} : { replyTo: site.support.email }),
    language,
    text: `${[subject, ...paragraphs, words.act({ action, url: letter.url })].join("\n\n")}\n\n-- \n${why}\n`,
    html: html.join(escapeHtml(why)),
  };
  return { channel: "email", id, to: address, body: JSON.stringify(mail) };
}
