import { expect, test } from "vitest";
import { bodyText } from "#lib/site/api/body.ts";

test.each([
  ["Write to help@lumen.example \\- or &amp; wait.\\\nThanks", "Write to help@lumen.example - or & wait.\nThanks"],
  ["- \\*one\n- [two](https://lumen.example/a_b)  \n  three", "- *one\n- [two](https://lumen.example/a_b)\n  three"],
  ["`\\*` stays in code", "`\\*` stays in code"],
  ["No escapes & none needed", "No escapes & none needed"],
])("the text %j is told as %j", (markdown, told) => {
  expect(bodyText(markdown)).toBe(told);
});
