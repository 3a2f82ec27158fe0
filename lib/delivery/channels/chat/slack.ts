import { messagesIn } from "#lib/messages/messages.ts";
import type { Notice } from "#lib/model/notice.ts";
import { cut } from "../sanitize.ts";
import { inWords, plainOf } from "../words.ts";
import { incoming } from "./incoming.ts";

/** Slack's limits, with room for its own counting of letters. */
const MOST_HEADER = 150;
const MOST_SECTION = 3000;

type Block =
  | { readonly type: "header"; readonly text: PlainText }
  | { readonly type: "section"; readonly text: MarkedText }
  | { readonly type: "context"; readonly elements: readonly MarkedText[] };

interface PlainText {
  readonly type: "plain_text";
  readonly text: string;
  readonly emoji: false;
}

/** `verbatim` keeps Slack from making links and mentions out of what looks like them. */
interface MarkedText {
  readonly type: "mrkdwn";
  readonly text: string;
  readonly verbatim: true;
}

interface SlackPayload {
  /** What notifications show. */
  readonly text: string;
  readonly blocks: readonly Block[];
}

export const slack = incoming<SlackPayload>({
  name: "slack",
  isHost: (host) => host === "hooks.slack.com" || host === "hooks.slack-gov.com",
  render,
  address: ({ blocks, text }, { leaveUrl, manageUrl }, { changePosts, leave }) => ({
    text,
    blocks: [...blocks, context(`${link(manageUrl, changePosts)} · ${link(leaveUrl, leave)}`)],
  }),
  letter: ({ plain }) => ({ text: plain }),
});

/** At most 14 blocks: a header, a lead, a message, a summary, 8 updates, the facts and the recipient's links. */
function render(notice: Notice): SlackPayload {
  const words = inWords(notice);
  const { titled } = messagesIn(notice.site.locale).notice;
  const title = titled({ kind: words.kicker, title: words.title });
  const plain = (markdown: string) => plainOf(markdown, notice);
  const more = link(words.link.url, words.link.text);
  return {
    text: inert(title),
    blocks: [
      {
        type: "header",
        text: { type: "plain_text", text: cut(title, MOST_HEADER), emoji: false },
      },
      section(inert(words.lead)),
      ...(words.message ? [section(cutMarked(plain(words.message), more))] : []),
      ...(words.summary ? [section(cutMarked(words.summary, more))] : []),
      ...words.updates.map(({ body, status, time }) =>
        section(`*${status}* · ${inert(time)}\n${cutMarked(plain(body), more)}`),
      ),
      section(cutMarked(words.facts.map(({ name, value }) => `${name}: ${value}`).join("\n"), more)),
      context(more),
    ],
  };
}

const marked = (text: string): MarkedText => ({ type: "mrkdwn", text, verbatim: true });
const section = (text: string): Block => ({ type: "section", text: marked(text) });
const context = (text: string): Block => ({ type: "context", elements: [marked(text)] });

/** The three characters with which links, mentions and commands begin and end. */
const inert = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const link = (url: string, text: string) => `<${inert(new URL(url).href).replaceAll("|", "%7C")}|${inert(text)}>`;

/** A text within a section's limit, also when every letter of it has to be written out. */
function cutMarked(text: string, more: string): string {
  const room = MOST_SECTION - 200 - more.length;
  const whole = inert(text);
  if (whole.length <= room) return whole;
  let length = room;
  while (inert(cut(text, length)).length > room) length = Math.floor(length * 0.8);
  return `${inert(cut(text, length))} ${more}`;
}
