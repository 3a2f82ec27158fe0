import type { Notice } from "#lib/model/notice.ts";
import { noticeOf } from "#tests/channels/notice.ts";

/** Texts that want to be more than text. */
export const HOSTILE: Readonly<Record<string, string>> = {
  "header lines": "Calm\r\nBcc: other@example.net\r\n\r\n<b>body</b>\r\n.\r\nRCPT TO:<other@example.net>",
  markup: `<script>alert(1)</script><img src="https://evil.example/x.png"><a href="javascript:alert(1)">here</a><style>*{display:none}</style>`,
  mentions: "@everyone @here <!channel> <!here> <@U012345> <at>all</at> <@&123456789> @channel",
  "links that lie":
    "[https://status.example.com](https://evil.example) <https://evil.example|our page> [x]: https://evil.example",
  slots: "{{footer}} {{link}} {{manage}} $& $1 $` %s %recipient%",
  "turned around": "safe \u202Egnp.exe\u202C \u2066hidden\u2069 \u200Bword\uFEFF \u0000\u0007",
  "broken letters": "half \uD83D of a pair \uDE00 and 👩‍👩‍👧‍👦 whole",
  "a megabyte": "An outage of everything. ".repeat(42_000),
  "a megabyte without a space": "x".repeat(1_000_000),
  "right to left": "انقطاع في الخدمة — השירות מושבת",
};

/** A notice that says a hostile text wherever an author can write one. */
export function hostileNotice(kind: string): Notice {
  const text = HOSTILE[kind] ?? "";
  const plain = noticeOf("incident_updated");
  return {
    ...plain,
    site: { ...plain.site, name: `Example ${text}` },
    event: { ...plain.event, title: text },
    components: [{ id: "api", name: text, group: text, effect: "partial_outage" }],
    updates: plain.updates.map((update) => ({ ...update, body: text })),
    summary: text,
    message: text,
  };
}
