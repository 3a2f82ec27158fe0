import type { Element } from "hast";
import { h } from "hastscript";
import { button, type FormMarks, form } from "./fields.ts";

/** What is wrong at this moment, above everything else on the page. */
export function troubleList(troubles: readonly string[]): Element[] {
  if (troubles.length === 0) return [];
  return [
    h("section.problems.errors", { ariaLabel: "What is wrong" }, [
      h("h2", troubles.length === 1 ? "Something is wrong" : `${troubles.length} things are wrong`),
      h(
        "ul",
        troubles.map((trouble) => h("li", trouble)),
      ),
      h("p", h("a", { href: "/operator/-/delivery" }, "Delivery")),
    ]),
  ];
}

/** A clock by which nothing is told, as it may be wrong. */
export interface DoubtedClock {
  /** Why, as a sentence that says what time it shows. */
  readonly doubt: string;
  /** The marks of the form of whoever may say that it is right. */
  readonly marks?: FormMarks;
}

/** Why the clock is doubted, with the button of whoever knows better. */
export function clockNote(clock: DoubtedClock | undefined): Element[] {
  if (!clock) return [];
  const { doubt, marks } = clock;
  const remedy = "If it is wrong, set it, by NTP best. Until then nothing is told by it, and nothing published.";
  return [
    h("section.problems.errors", { ariaLabel: "The clock" }, [
      h("h2", "Is the clock right?"),
      h("p", `${doubt} ${remedy}`),
      ...(marks
        ? [form("/operator", marks, [button("clock-is-right", "The clock is right", "other")])]
        : [h("p.quiet", "To say that it is right takes a token of the role publisher.")]),
    ]),
  ];
}
