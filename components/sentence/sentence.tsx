import { createElement, Fragment, type ReactNode } from "react";
import type { Pieces } from "#lib/messages/catalogue.ts";

/** A message with elements of the page in it, each in the place where its language wants it. */
export function Sentence({ children }: { readonly children: Pieces<ReactNode> }) {
  return createElement(Fragment, null, ...[children].flat());
}
