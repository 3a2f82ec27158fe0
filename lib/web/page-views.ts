import { randomUUID } from "node:crypto";
import type { SubscriberView } from "#lib/subscribers/forms/view.ts";
import type { OperatorView } from "./operator/views.ts";

/** What a page is drawn from that is for one person alone. */
export type PageView =
  | { readonly path: "/subscribe"; readonly view: SubscriberView }
  | { readonly path: "/operator"; readonly view: OperatorView };

/** The header of a request, made in this process, that names what its page is drawn from. The front passes on no header from outside. */
export const VIEW_HEADER = "x-candor-view";

/** Pages are bundled apart from the server that hosts them, so the two meet under one name of the process. */
const KEY = Symbol.for("candor.page-views");
const shared = globalThis as { [KEY]?: Map<string, PageView> };

/** Keeps a view for its page for as long as `draw` takes. */
export async function withPageView<T>(view: PageView, draw: (headers: Readonly<Record<string, string>>) => Promise<T>) {
  shared[KEY] ??= new Map();
  const views = shared[KEY];
  const id = randomUUID();
  views.set(id, view);
  try {
    return await draw({ [VIEW_HEADER]: id });
  } finally {
    views.delete(id);
  }
}

/** The view that is kept for a page; none where the page is asked for by its address alone. */
export function pageView(id: string | null): PageView | undefined {
  return shared[KEY]?.get(id ?? "");
}
