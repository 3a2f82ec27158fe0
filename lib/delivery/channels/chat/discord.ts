import { messagesIn } from "#lib/messages/messages.ts";
import type { Effect } from "#lib/model/incident.ts";
import type { Notice } from "#lib/model/notice.ts";
import { cut } from "../sanitize.ts";
import { inWords, plainOf } from "../words.ts";
import { incoming } from "./incoming.ts";

/** Discord's limits for an embed: 256, 4,096 and 6,000 in all. */
const MOST_TITLE = 256;
const MOST_DESCRIPTION = 4096;

const COLOURS = {
  operational: 0x26925a,
  under_maintenance: 0x3d74d6,
  degraded_performance: 0xb07d00,
  partial_outage: 0xd0611a,
  major_outage: 0xcf2f26,
} as const satisfies Record<Effect, number>;

interface DiscordPayload {
  /** Nobody is ever called, whatever a text holds. */
  readonly allowed_mentions: { readonly parse: readonly [] };
  readonly embeds: readonly [
    {
      readonly title: string;
      readonly url: string;
      readonly color: number;
      readonly description: string;
    },
  ];
}

export const discord = incoming<DiscordPayload>({
  name: "discord",
  isHost: (host) => /^(?:(?:ptb|canary)\.)?discord(?:app)?\.com$/.test(host),
  render,
  address: ({ embeds: [embed], ...payload }, { leaveUrl, manageUrl }, { changePosts, leave }) => ({
    ...payload,
    embeds: [
      {
        ...embed,
        description: `${embed.description}\n\n[${changePosts}](${manageUrl}) · [${leave}](${leaveUrl})`,
      },
    ],
  }),
  letter: ({ plain }) => ({ content: plain, allowed_mentions: { parse: [] } }),
});

function render(notice: Notice): DiscordPayload {
  const words = inWords(notice);
  const { titled } = messagesIn(notice.site.locale).notice;
  const more = `[${words.link.text}](${words.link.url})`;
  // Room for the recipient's two links, and for the title within the whole.
  const room = MOST_DESCRIPTION - 700 - more.length;
  const text = [
    words.lead,
    ...(words.message ? [plainOf(words.message, notice)] : []),
    ...(words.summary ? [words.summary] : []),
    ...words.updates.map(({ body, status, time }) => `${status} · ${time}\n${plainOf(body, notice)}`),
    words.facts.map(({ name, value }) => `${name}: ${value}`).join("\n"),
  ].join("\n\n");
  return {
    allowed_mentions: { parse: [] },
    embeds: [
      {
        title: cutMarked(titled({ kind: words.kicker, title: words.title }), MOST_TITLE),
        url: words.link.url,
        color: COLOURS[words.effect],
        description: `${cutMarked(text, room)}\n\n${more}`,
      },
    ],
  };
}

/** Every mark of Discord's Markdown, and what begins a mention, is shown as it was written. Addresses stay links. */
const inert = (text: string) =>
  text.replace(/https?:\/\/[^\s<>()[\]]+|[\\`*_~|<>[\]#@]/g, (found) => (found.length > 1 ? found : `\\${found}`));

function cutMarked(text: string, room: number): string {
  let length = room;
  while (inert(cut(text, length)).length > room) length = Math.floor(length * 0.8);
  return inert(cut(text, length));
}
