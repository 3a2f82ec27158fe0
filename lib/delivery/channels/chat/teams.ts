import { messagesIn } from "#lib/messages/messages.ts";
import type { Effect } from "#lib/model/incident.ts";
import type { Notice } from "#lib/model/notice.ts";
import { cut } from "../sanitize.ts";
import { inWords, plainOf } from "../words.ts";
import { type ChatLetter, incoming } from "./incoming.ts";

/** Teams takes 28 KB; this leaves room for the recipient's links and for letters of several bytes. */
const MOST_BYTES = 24_000;
const MOST_TEXT = 4000;

const COLOURS = {
  operational: "Good",
  under_maintenance: "Accent",
  degraded_performance: "Warning",
  partial_outage: "Warning",
  major_outage: "Attention",
} as const satisfies Record<Effect, string>;

/** Plain runs of text: unlike a TextBlock they know no Markdown, so no author's text becomes a link or a mention. */
interface RichText {
  readonly type: "RichTextBlock";
  readonly inlines: readonly { readonly type: "TextRun"; readonly text: string; readonly [style: string]: unknown }[];
  readonly spacing?: "Medium";
}

interface Facts {
  readonly type: "ColumnSet";
  readonly columns: readonly { readonly type: "Column"; readonly width: string; readonly items: readonly RichText[] }[];
}

interface Open {
  readonly type: "Action.OpenUrl";
  readonly title: string;
  readonly url: string;
}

interface TeamsPayload {
  readonly type: "message";
  readonly attachments: readonly [
    {
      readonly contentType: "application/vnd.microsoft.card.adaptive";
      readonly content: {
        readonly type: "AdaptiveCard";
        readonly version: "1.4";
        readonly body: readonly (RichText | Facts)[];
        readonly actions: readonly Open[];
      };
    },
  ];
}

export const teams = incoming<TeamsPayload>({
  name: "teams",
  isHost: (host) => /\.(?:logic\.azure\.com|api\.powerplatform\.com|powerplatform\.com|logic\.azure\.us)$/.test(host),
  render,
  address: ({ attachments: [card], type }, { leaveUrl, manageUrl }, { changePosts, leave }) => {
    const actions = [...card.content.actions, open(changePosts, manageUrl), open(leave, leaveUrl)];
    return { type, attachments: [{ ...card, content: { ...card.content, actions } }] };
  },
  letter,
});

function letter({ action, paragraphs, subject, url }: ChatLetter): object {
  const run = (text: string, style: object = {}) => ({
    type: "RichTextBlock",
    inlines: [{ type: "TextRun", text, ...style }],
  });
  const content = {
    type: "AdaptiveCard",
    version: "1.4",
    body: [run(subject, { size: "Large", weight: "Bolder" }), ...paragraphs.map((each) => run(each))],
    actions: [{ type: "Action.OpenUrl", title: action, url }],
  };
  return { type: "message", attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content }] };
}

function render(notice: Notice): TeamsPayload {
  for (let most = MOST_TEXT; ; most = Math.floor(most / 2)) {
    const payload = renderWithin(notice, most);
    if (Buffer.byteLength(JSON.stringify(payload)) <= MOST_BYTES) return payload;
  }
}

function renderWithin(notice: Notice, most: number): TeamsPayload {
  const words = inWords(notice);
  const text = (whole: string) =>
    cut(whole, most, messagesIn(notice.site.locale).notice.cutNoUrl)
      .split(/\n+/)
      .map((line) => paragraph({ text: line }));
  return {
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        content: {
          type: "AdaptiveCard",
          version: "1.4",
          body: [
            paragraph({ text: words.kicker, color: COLOURS[words.effect], weight: "Bolder" }),
            paragraph({ text: cut(words.title, most), size: "Large", weight: "Bolder" }),
            ...text(words.lead),
            ...(words.message ? text(plainOf(words.message, notice)) : []),
            ...(words.summary ? text(words.summary) : []),
            ...words.updates.flatMap(({ body, status, time }) => [
              { ...paragraph({ text: `${status} · ${time}`, weight: "Bolder" }), spacing: "Medium" as const },
              ...text(plainOf(body, notice)),
            ]),
            ...words.facts.slice(0, Math.ceil(most / 100)).map(({ name, value }) => factRow(cut(name, most), value)),
          ],
          actions: [open(words.link.text, words.link.url)],
        },
      },
    ],
  };
}

const paragraph = (run: { text: string; [style: string]: string }): RichText => ({
  type: "RichTextBlock",
  inlines: [{ type: "TextRun", ...run }],
});

const factRow = (name: string, value: string): Facts => ({
  type: "ColumnSet",
  columns: [
    { type: "Column", width: "150px", items: [paragraph({ text: name, color: "Default" })] },
    { type: "Column", width: "stretch", items: [paragraph({ text: value })] },
  ],
});

const open = (title: string, url: string): Open => ({ type: "Action.OpenUrl", title, url });
