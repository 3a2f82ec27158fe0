import { expect, test, vi } from "vitest";
import { channels } from "#lib/delivery/channels/channels.ts";
import type { SubscriptionMessage } from "#lib/delivery/channels/letter-words.ts";
import { NOTICE_KINDS, type Notice, type NoticeKind } from "#lib/model/notice.ts";
import type { ChannelName } from "#lib/model/subscription.ts";
import { noticeOf, recipientOf } from "../channels/notice.ts";
import { hardCodedIn, spokenIn } from "./spoken.ts";

// Subscribers are written to in a language that nobody speaks: whatever is in plain letters was written into the code.
vi.mock("#lib/messages/en.ts", async (original) => {
  const { pseudo } = await import("./pseudo.ts");
  const { EN } = await original<typeof import("#lib/messages/en.ts")>();
  return { EN: pseudo(EN) };
});

const SITE: Notice["site"] = {
  name: "Λάμδα",
  url: "https://status.lumen.example",
  locale: "ja",
  timezone: "Asia/Tokyo",
  state: { effect: "major_outage", isOfComponent: true },
  support: { email: "help@lumen.example" },
};

const BODY = "Λόγια.\n\n> [!NOTE]\n> Σημείωση.\n\n- [x] έγινε\n\n![](1.2)";

const at = (time: string) =>
  ({ kind: "instant", at: Date.parse(time), offset: 540, precision: "minute", approximate: false }) as const;

/** A notice of a kind whose authors write Greek. */
function greek(kind: NoticeKind, change: Partial<Notice> = {}): Notice {
  const notice = noticeOf(kind);
  return {
    ...notice,
    site: SITE,
    event: { ...notice.event, title: "Τίτλος", url: `${SITE.url}/incidents/1` },
    components: notice.components.map((each) => ({ ...each, name: "Άλφα", ...(each.group ? { group: "Ομάδα" } : {}) })),
    updates: notice.updates.map((update) => ({ ...update, body: BODY })),
    ...(notice.summary ? { summary: "Λόγος." } : {}),
    ...(notice.message ? { message: BODY } : {}),
    ...change,
  };
}

const opened = greek("incident_opened");
const many = Array.from({ length: 30 }, (_, index) => ({
  ...opened.components[0],
  id: `c${index}`,
  name: `Άλφα ${index}`,
}));

const NOTICES: Readonly<Record<string, Notice>> = {
  ...Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, greek(kind)])),
  "one that says what is to come": greek("incident_updated", {
    event: { ...opened.event, nextUpdate: at("2017-08-23T10:00Z"), expectedEnd: at("2017-08-23T09:00Z") },
  }),
  "one without components": greek("incident_updated", { components: [] }),
  "one with many components": greek("incident_opened", { components: many as Notice["components"] }),
  "one of planned work with many": greek("maintenance_scheduled", { components: many as Notice["components"] }),
  "one without a title": greek("incident_opened", { event: { ...opened.event, title: "" } }),
  "work that was broken off": greek("maintenance_cancelled", {
    event: { ...greek("maintenance_cancelled").event, ended: at("2017-09-03T01:00Z") },
  }),
  "a long one": greek("incident_opened", {
    updates: opened.updates.map((update) => ({ ...update, body: "Λόγια και λόγια. ".repeat(900) })),
  }),
  "one that tells what waited": greek("incident_updated", {
    earlier: [opened],
    updates: Array.from({ length: 12 }, (_, index) => ({
      ...opened.updates[0],
      id: `u${index}`,
      body: BODY,
    })) as Notice["updates"],
  }),
  "one of the week": greek("maintenance_scheduled", {
    isWeekly: true,
    earlier: Array.from({ length: 25 }, (_, index) => {
      const work = greek("maintenance_moved");
      return { ...work, event: { ...work.event, id: `work${index}`, title: index === 1 ? "" : "Εργασία" } };
    }),
  }),
};

const ADDRESSES: Readonly<Record<ChannelName, string>> = {
  email: "a@lumen.example",
  slack: "https://hooks.slack.com/services/1",
  discord: "https://discord.com/api/webhooks/1",
  teams: "https://1.logic.azure.com/1",
  webhook: "https://lumen.example/hook statuspage",
  webpush: "{}",
};

/** What is for programs in a message's JSON, by name. */
const FOR_PROGRAMS =
  /^(?:\$schema|channel|color|contentType|created_at|emoji|height|id|impact|indicator|kind|language|manage|messageId|shortlink|size|spacing|status|style|tag|time_zone|topic|type|unsubscribe|urgency|url|version|weight|width|\w+_(?:at|for|until|id)|listId|references|inReplyTo|replyTo|leaveUrl|page|documentation|slug)$/;

/** Every text of a message that people read: of mails also what stands in their HTML, of JSON in JSON that as well. */
function texts(value: unknown, name = ""): string[] {
  if (FOR_PROGRAMS.test(name)) return [];
  if (Array.isArray(value)) return value.flatMap((each) => texts(each, name));
  if (typeof value === "object" && value !== null)
    return Object.entries(value).flatMap(([key, each]) => texts(each, key));
  if (typeof value !== "string") return [];
  if (name === "html") return spokenIn(value);
  return value.startsWith("{") ? texts(JSON.parse(value)) : [value];
}

/** What one message says in plain letters. */
function foundIn(body: string): string[] {
  const json = body.startsWith("whsec_") ? body.slice(body.indexOf("\n") + 1) : body;
  const said = texts(json);
  expect(said.join("").length).toBeGreaterThan(5);
  // Statuspage's form has no status for these; as in the API, such an update begins with a constant word.
  return said.filter((text) => hardCodedIn(text.replace(/^(?:Cancelled|Correction): /, "")).length > 0);
}

test.each(
  Object.entries(NOTICES).flatMap(([name, notice]) =>
    Object.values(channels).map((channel) => [name, channel.name, notice, channel] as const),
  ),
)("%s says nothing by %s that is not in the catalogue", (_name, on, notice, channel) => {
  const recipient = recipientOf(on, ADDRESSES[on]);
  expect(foundIn(channel.compose(channel.render(notice), recipient, "id-1").body)).toEqual([]);
});

const url = `${SITE.url}/subscriptions/1`;
const LETTERS: readonly SubscriptionMessage[] = [
  { kind: "confirm", url, validHours: 168 },
  { kind: "confirm", url, validHours: 5 },
  { kind: "known", url },
  { kind: "quarantined", url, receiver: "https://lumen.example/hook", detail: "500" },
  { kind: "ended", url, receiver: "https://lumen.example/hook", detail: "410" },
  { kind: "test", url },
];

test.each(LETTERS.flatMap((letter) => Object.values(channels).map(({ name }) => [letter.kind, name, letter] as const)))(
  "a letter of the kind %s says nothing by %s that is not in the catalogue",
  (_kind, channel, letter) => {
    const to = { channel, address: ADDRESSES[channel], signingSecret: "whsec_MTIz" };
    expect(foundIn(channels[to.channel].letter(to, letter, SITE, "letter.1").body)).toEqual([]);
  },
);
