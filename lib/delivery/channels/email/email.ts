import { markdownToHtml } from "#lib/markdown/html.ts";
import { languageIn, languageOfContent, messagesIn } from "#lib/messages/messages.ts";
import type { Message, Recipient, Rendering } from "#lib/model/delivery.ts";
import type { Notice } from "#lib/model/notice.ts";
import type { Channel } from "../channel.ts";
import { parsed } from "../parsed.ts";
import { cut, sanitizeLine } from "../sanitize.ts";
import { type Fact, inWords, plainOf, type Words, type WordsUpdate, wholeAddress } from "../words.ts";
import { maskMailAddress, readMailAddress } from "./address.ts";
import { letterTo } from "./letters.ts";
import { escapeHtml, inLanguage, layOut, type Mail, messageIdOf } from "./mail.ts";
import { openEmail } from "./transport.ts";

/** What a notice's mails have in common. */
interface MailRendering {
  readonly site: string;
  readonly host: string;
  readonly language: string;
  readonly subject: string;
  readonly replyTo?: string;
  /** What all mails about one event refer to: mail programs show them as one thread. */
  readonly thread: string;
  /** What all mails of this notice refer to besides, and a correction answers. */
  readonly notice: string;
  readonly corrects?: string;
  readonly text: string;
  readonly html: readonly [before: string, after: string];
}

export const email: Channel = {
  name: "email",
  readAddress: readMailAddress,
  mask: maskMailAddress,
  render,
  compose,
  letter: ({ address }, letter, site, id) => letterTo(address, letter, site, id),
  atOnce: 40,
  open: ({ email: settings }) => openEmail(settings),
};

function render(notice: Notice): Rendering {
  const words = inWords(notice);
  const { corrects, event, site } = notice;
  const host = site.mailDomain ?? new URL(site.url).hostname;
  const language = languageIn(site.locale);
  const { titled } = messagesIn(site.locale).notice;
  const first = words.updates.at(-1)?.body ?? (words.message || words.summary);
  const body: MailRendering = {
    site: words.site,
    host,
    language,
    subject: words.subject,
    ...(site.support.email === undefined ? {} : { replyTo: site.support.email }),
    thread: messageIdOf(notice.isWeekly ? "weekly" : `event.${event.id}`, host),
    notice: messageIdOf(`notice.${notice.id}`, host),
    ...(corrects ? { corrects: messageIdOf(`notice.${corrects.id}`, host) } : {}),
    text: asText(words, notice),
    html: layOut({
      language,
      subject: words.subject,
      preview: cut(sanitizeLine(`${words.kicker}. ${plainOf(first, notice) || words.lead}`), 140),
      site: words.site,
      kicker: words.kicker,
      titleLanguage: languageOfContent(site.locale),
      title: notice.kind === "correction" ? titled({ kind: words.kicker, title: words.title }) : words.title,
      content: asHtml(words, notice),
      link: words.link.url,
      action: words.link.text,
      effect: words.effect,
    }),
  };
  return { channel: "email", body: JSON.stringify(body) };
}

function compose(rendering: Rendering, recipient: Recipient, id: string): Message {
  const { corrects, html, host, notice, site, text, thread, ...same } = parsed<MailRendering>(rendering);
  const { address, leaveUrl, manageUrl } = recipient;
  const corrected = recipient.corrected === undefined ? corrects : messageIdOf(recipient.corrected, host);
  const words = messagesIn(same.language).footer;
  const why = words.why({ address, site });
  const mail: Mail = {
    subject: same.subject,
    messageId: messageIdOf(id, host),
    inReplyTo: corrected ?? thread,
    references: [...new Set([thread, ...(corrects ? [corrects] : []), ...(corrected ? [corrected] : []), notice])],
    listId: /^[\w .&+-]+$/.test(site) ? `"${site}" <${host}>` : `<${host}>`,
    leaveUrl,
    ...(same.replyTo === undefined ? {} : { replyTo: same.replyTo }),
    language: same.language,
    text: `${text}\n\n-- \n${why}\n${words.changeAt({ url: manageUrl })}\n${words.leaveAt({ url: leaveUrl })}\n`,
    html: html.join(
      `${escapeHtml(why)}<br><a href="${escapeHtml(manageUrl)}">${escapeHtml(words.change)}</a> · <a href="${escapeHtml(leaveUrl)}">${escapeHtml(words.leave)}</a>`,
    ),
  };
  return { channel: "email", id, to: address, body: JSON.stringify(mail) };
}

function asText(words: Words, notice: Notice): string {
  const plain = (markdown: string) => plainOf(markdown, notice);
  const width = Math.max(...words.facts.map(({ name }) => name.length));
  return [
    messagesIn(notice.site.locale).notice.titled({ kind: words.kicker, title: words.title }),
    words.lead,
    ...(words.message ? [plain(words.message)] : []),
    ...(words.summary ? [words.summary] : []),
    ...words.updates.map(({ body, status, time }) => `${status}, ${time}\n${plain(body)}`),
    words.facts.map(({ name, value }) => `${`${name}:`.padEnd(Math.min(width, 24) + 2)}${value}`).join("\n"),
    `${words.link.text}: ${words.link.url}`,
  ]
    .filter(Boolean)
    .join("\n\n");
}

function asHtml(words: Words, notice: Notice): string {
  const language = languageOfContent(notice.site.locale);
  const html = (markdown: string, prefix: string) => {
    const made = markdownToHtml(markdown, {
      prefix,
      topHeading: 4,
      locale: notice.site.locale,
      image: () => undefined,
      link: (address) => wholeAddress(address, notice),
    });
    return inLanguage(language, made.html, "div");
  };
  return [
    `<p>${escapeHtml(words.lead)}</p>`,
    words.message && `<div style="border-left:4px solid #b07d00;padding:0 0 0 14px">${html(words.message, "m-")}</div>`,
    words.summary && inLanguage(language, `<p>${escapeHtml(words.summary)}</p>`, "div"),
    ...words.updates.map((update) => updateHtml(update, html(update.body, `${update.id}-`))),
    `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:16px 0 4px">${words.facts.map(factHtml).join("")}</table>`,
  ].join("");
}

function updateHtml({ status, time }: WordsUpdate, body: string): string {
  const when = `<span class="quiet" style="color:#5b5f66;font-size:14px">${escapeHtml(time)}</span>`;
  return `<p style="margin:20px 0 4px"><strong>${escapeHtml(status)}</strong><br>${when}</p>${body}`;
}

function factHtml({ name, value }: Fact): string {
  const cell = "padding:6px 0;border-top:1px solid #dfdfda;font-size:14px;vertical-align:top";
  return `<tr><td class="quiet" width="30%" style="${cell};padding-right:14px;color:#5b5f66">${escapeHtml(name)}</td><td style="${cell}">${escapeHtml(value)}</td></tr>`;
}
