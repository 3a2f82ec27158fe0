import type { Element } from "hast";
import { h } from "hastscript";

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
