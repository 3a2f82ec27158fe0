import { expect, test } from "vitest";
import { type Card, eventCard, siteCard } from "#lib/site/views/card.ts";
import { render } from "#lib/web/card/render.ts";
import { onlyEvent, siteOf } from "../render/site.ts";

const file = (title: string) =>
  `---\n${JSON.stringify({ title, impact: "major", updates: [{ at: "2026-11-20T10:00Z", status: "resolved", body: "x" }] })}\n---\n`;

function cardOf(title: string, name = "Lumen"): Card {
  const site = siteOf(
    { "a.md": file(title) },
    { site: `name: ${JSON.stringify(name)}\nurl: https://status.lumen.example\nlocale: en-GB\n` },
  );
  return eventCard(onlyEvent(site), site);
}

const drawn = async (card: Card) => Buffer.from(await render(card)).toString("base64");

test.each([
  ["Arabic", "انقطاع خدمة الدفع"],
  ["Chinese", "支付服务中断"],
  ["Japanese", "お支払いができません"],
  ["Hebrew", "התשלומים אינם פועלים"],
  ["Thai", "การชำระเงินล้มเหลว"],
  ["nothing but emoji", "🔥🔥🇩🇰👩‍👩‍👧‍👦👍🏽"],
])("a title in %s, which the font has no letters of, leaves the state and no boxes", async (_, title) => {
  const card = cardOf(title);
  expect(await drawn(card)).toBe(await drawn({ ...card, title: "Major impact · Resolved", state: "" }));
});

test("letters that are missing among others are left out", async () => {
  const card = cardOf("Payments 支付 fail 🔥 at checkout");
  expect(await drawn(card)).toBe(await drawn({ ...card, title: "Payments fail at checkout" }));
  expect(cardOf("Störung bei Ürün: e\u0301te\u0301 Łódź Σίσυφος").title).toBe("Störung bei Ürün: été Łódź Σίσυφος");
  expect(cardOf("Ṣ̤̣̤́̂̃̄tack").title).toBe("Ṣtack");
});

test("a name without letters gives way to the host", async () => {
  const card = cardOf("Payments fail", "支付");
  expect(await drawn(card)).toBe(await drawn({ ...card, name: "status.lumen.example" }));
});

test("a title is cut between words, and between whole letters", () => {
  expect(cardOf(`${"word ".repeat(40)}`).title).toBe(`${"word ".repeat(22).trim()}…`);
  expect(cardOf(`${"𝔸".repeat(100)}`).title.isWellFormed()).toBe(true);
  expect(cardOf("short").title).toBe("short");
  const site = siteOf({}, { site: `name: A\nurl: https://a.example\ndescription: ${"What works here ".repeat(9)}\n` });
  expect(siteCard(site).state.length).toBeLessThan(46);
});

test("a word longer than a line is broken, so that nothing runs out of the picture", async () => {
  const word = cardOf("Ununterbrochen".repeat(12));
  // Both are longer than a line: in one line alone they would look the same.
  expect(await drawn(word)).not.toBe(await drawn({ ...word, title: "Ununterbrochen".repeat(6) }));
});
