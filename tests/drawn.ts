import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { OperatorsPage } from "#components/operator/operator-page.tsx";
import { SubscriberPage } from "#components/subscribe/subscriber-page.tsx";
import type { SiteConfig } from "#lib/model/config.ts";
import type { PageView } from "#lib/web/page-views.ts";

/** A page for one person as the framework's components draw it, without what stands around it. */
export function drawn(page: PageView, config: SiteConfig): string {
  return renderToStaticMarkup(
    page.path === "/operator"
      ? createElement(OperatorsPage, { view: page.view })
      : createElement(SubscriberPage, { view: page.view, config }),
  );
}
