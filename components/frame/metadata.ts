import type { Metadata } from "next";
import { siteDescription, siteTitle } from "#lib/messages/naming.ts";
import type { Site } from "#lib/model/site.ts";
import { cardAt } from "#lib/site/views/card.ts";

interface PageFacts {
  /** From the site's root. */
  readonly path: string;
  /** Without the site's name, which stands behind it. */
  readonly title: string;
  readonly isTitleWhole?: true;
  /** What the site says of itself, unless the page says what it is about. */
  readonly description?: string | undefined;
  readonly type?: "website" | "article";
  /** Path of the picture that stands for it; the site's own without it. */
  readonly card?: string;
}

/** What programs read in the head of a page: every page has an address, a title, a description and a picture of its own. */
export function pageMetadata(
  { config }: Site,
  { path, title, isTitleWhole, description, type = "website", card = "/card.png" }: PageFacts,
): Metadata {
  const name = siteTitle(config);
  const about = description || siteDescription(config);
  return {
    title: isTitleWhole ? { absolute: title } : title,
    description: about,
    alternates: { canonical: path },
    openGraph: {
      type,
      siteName: name,
      title,
      description: about,
      locale: config.locale.replace("-", "_"),
      url: path,
      images: [cardAt(card, title)],
    },
  };
}
