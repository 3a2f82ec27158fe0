import { languageIn, messagesIn } from "#lib/messages/messages.ts";
import type { Message } from "#lib/model/delivery.ts";
import type { Notice } from "#lib/model/notice.ts";
import { namedWording, type SubscriptionMessage } from "../letter-words.ts";
import { escapeHtml, layOut, type Mail, messageIdOf } from "./mail.ts";

/** @param id as of any message: constant through all attempts */
export function letterTo(address: string, letter: SubscriptionMessage, site: Notice["site"], id: string): Message {
  const host = new URL(site.url).hostname;
  const { action, effect, paragraphs, site: name, subject } = namedWording(letter, site);
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
