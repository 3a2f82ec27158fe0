import { describe, expect, test } from "vitest";
import { withoutComments } from "#lib/markdown/comments.ts";
import { markdownToText } from "#lib/markdown/parse.ts";
import { markdownToPlain } from "#lib/markdown/plain.ts";
import { toHtml } from "./html-text.ts";

const html = (markdown: string) => toHtml(markdown, { prefix: "" }).html;
const plain = (markdown: string) => markdownToPlain(markdown, "en", (address) => address);

test.each([
  ["Room at 20~25°C, then 30~35°C.", "<p>Room at 20~25°C, then 30~35°C.</p>"],
  ["~5~10", "<p>~5~10</p>"],
  ["~~Wrong~~ right", "<p><del>Wrong</del> right</p>"],
  ["~~完了。~~しました", "<p><del>完了。</del>しました</p>"],
])("only two tildes strike: %s", (markdown, shown) => {
  expect(html(markdown)).toBe(shown);
});

test("a range keeps its tildes in words", () => {
  expect(plain("Room at 20~25°C, then 30~35°C.")).toBe("Room at 20~25°C, then 30~35°C.");
  expect(markdownToText("~5~10", "en")).toBe("~5~10");
});

test.each([
  ["**「復旧」**しました。", "<strong>「復旧」</strong>しました。"],
  [
    "**全サービス（API）**が使えます。 これは**重要。**です",
    "<strong>全サービス（API）</strong>が使えます。 これは<strong>重要。</strong>です",
  ],
  ["snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"],
])("emphasis ends where its words do, in every script: %s", (markdown, shown) => {
  expect(html(markdown)).toBe(`<p>${shown}</p>`);
});

const HELP = '<a href="mailto:help@example.com">help@example.com</a>';

test.each([
  ["_help@example.com to contact support_", `<em>${HELP} to contact support</em>`],
  ["_help@example.com_", `<em>${HELP}</em>`],
  ["__help@example.com__", `<strong>${HELP}</strong>`],
  ["Ask help@example.com, or (help@example.com).", `Ask ${HELP}, or (${HELP}).`],
  ["_a_b@example.com", '<a href="mailto:_a_b@example.com">_a_b@example.com</a>'],
  ["a_b_c@example.com", '<a href="mailto:a_b_c@example.com">a_b_c@example.com</a>'],
])("an address of mail between underscores is that address: %s", (markdown, shown) => {
  expect(html(markdown)).toBe(`<p>${shown}</p>`);
});

describe("an alert in words", () => {
  test.each([
    ["> [!WARNING]\n> Do not retry.", "Warning: Do not retry."],
    ["> [!WARNING]  \n> Do not retry.", "Warning: Do not retry."],
    ["> [!NOTE]\n>\n> Nothing was lost.\n>\n> It is over.", "Note: Nothing was lost.\n\nIt is over."],
    ["> [!TIP]\n> - one\n> - two", "Tip:\n\n- one\n- two"],
    ["> [!TIP]", "Tip:"],
    ["> [!UNKNOWN]\n> Words", "> [!UNKNOWN]\n> Words"],
    ["> [!NOTE] Words", "> [!NOTE] Words"],
    ["> Words\n> [!NOTE]", "> Words\n> [!NOTE]"],
    ["- > [!NOTE]\n  > In a list", "- Note: In a list"],
  ])("%j is %j", (markdown, words) => {
    expect(plain(markdown)).toBe(words);
  });

  test("stands in a summary as well", () => {
    expect(markdownToText("Before.\n\n> [!CAUTION]\n> **Do not** retry.", "en")).toBe("Before. Caution: Do not retry.");
  });
});

describe("a comment", () => {
  test.each([
    ["Visible. <!-- secret --> More.", "Visible.  More."],
    ["<!-- secret -->\n\nVisible.", "\n\nVisible."],
    ["Visible.\n\n<!--\nsecret\n\nsecret\n-->\n\nMore.", "Visible.\n\n\n\nMore."],
    ["Visible.\n\n<!-- secret, and no end", "Visible.\n\n"],
    ["> <!-- secret\n> secret -->\n> Visible", "> \n> Visible"],
    ["<b>a<!-- secret --></b>", "<b>a</b>"],
    ["a <!--> b <!---> c <!-- secret --> d", "a  b  c  d"],
    ["<div>\n<!-- secret -->\nVisible\n</div>", "<div>\n\nVisible\n</div>"],
  ])("is left out of %j", (markdown, rest) => {
    expect(withoutComments(markdown)).toBe(rest);
    expect(withoutComments(rest)).toBe(rest);
  });

  test.each([
    "`<!-- code -->`",
    "```\n<!-- code -->\n```",
    "    <!-- code -->",
    "\\<!-- words -->",
    "a <! -- b",
    "no comment",
  ])("is none in %j", (markdown) => {
    expect(withoutComments(markdown)).toBe(markdown);
  });
});

test("a directive around blocks is the text that was written", () => {
  expect(html(":::note\nMind the step.\n:::")).toBe("<p>:::note\nMind the step.\n:::</p>");
});
