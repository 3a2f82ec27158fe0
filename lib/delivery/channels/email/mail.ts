import { messagesIn } from "#lib/messages/messages.ts";
import type { Effect } from "#lib/model/incident.ts";
import { sanitizeLine } from "../sanitize.ts";
import { LAYOUT } from "./layout.ts";

/** One mail to one recipient: what `Message.body` of this channel holds. Both addresses, date and signature are added on the way out. */
export interface Mail {
  readonly subject: string;
  /** Without its angle brackets, as are those below. */
  readonly messageId: string;
  readonly inReplyTo?: string;
  readonly references: readonly string[];
  /** `"name" <host>` or `<host>`, in ASCII; absent from a mail that is no notice. */
  readonly listId?: string;
  /** Ends the subscription when it is posted to. */
  readonly leaveUrl?: string;
  readonly replyTo?: string;
  readonly language: string;
  readonly text: string;
  readonly html: string;
}

/** What the layout is filled with. `content` and the footer are HTML, all the rest is plain text. */
export interface Sheet {
  readonly language: string;
  /** Of the title, where it is another. */
  readonly titleLanguage?: string | undefined;
  readonly subject: string;
  readonly preview: string;
  readonly site: string;
  readonly kicker: string;
  readonly title: string;
  readonly content: string;
  readonly link: string;
  readonly action: string;
  readonly effect: Effect;
}

/** The stripe at the top: the colours of the pages, which stand out on white and on black. */
const COLOURS = {
  operational: "#26925a",
  under_maintenance: "#3d74d6",
  degraded_performance: "#b07d00",
  partial_outage: "#d0611a",
  major_outage: "#cf2f26",
} as const satisfies Record<Effect, string>;

/** The layout cut at its slots: text and names of slots take turns, so nothing that is filled in is ever searched again. */
const PIECES = LAYOUT.split(/\{\{(\w+)\}\}/);
const STRIPE = "#a1b2c3";

/** The mail as HTML, up to where the recipient's own footer stands and from there on. */
export function layOut(sheet: Sheet): readonly [before: string, after: string] {
  const slots: Readonly<Record<string, string>> = {
    language: escapeHtml(sheet.language),
    role: escapeHtml(messagesIn(sheet.language).footer.role),
    subject: escapeHtml(sheet.subject),
    preview: escapeHtml(sheet.preview),
    site: escapeHtml(sheet.site),
    kicker: escapeHtml(sheet.kicker),
    title: inLanguage(sheet.titleLanguage, escapeHtml(sheet.title), "span"),
    content: sheet.content,
    link: escapeHtml(sheet.link),
    action: escapeHtml(sheet.action),
  };
  const filled = PIECES.map((piece, index) =>
    index % 2 === 0 ? piece.replace(STRIPE, COLOURS[sheet.effect]) : (slots[piece] ?? ""),
  );
  const footer = PIECES.indexOf("footer");
  return [filled.slice(0, footer).join(""), filled.slice(footer + 1).join("")];
}

/** HTML of authors, who may write in another language than the words around it. */
export function inLanguage(language: string | undefined, html: string, element: "div" | "span"): string {
  return language === undefined ? html : `<${element} lang="${escapeHtml(language)}">${html}</${element}>`;
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** `id@host`. An id that could break out of a header is a mistake of ours. */
export function messageIdOf(id: string, host: string): string {
  if (!/^[\w.-]{1,100}$/.test(id)) throw new TypeError(`The message id “${sanitizeLine(id).slice(0, 40)}” is none.`);
  return `${id}@${host}`;
}
