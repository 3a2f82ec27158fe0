import type { Element, ElementContent } from "hast";
import type { VFile } from "vfile";

/** An image kept beside the incident's file, as published. */
export interface PlacedImage {
  readonly url: string;
  readonly width?: number;
  readonly height?: number;
}

/** How one text is shown, for the plugins that show it. */
export interface HtmlOptions {
  /** Put before every identifier, so that several texts can stand on one page. */
  readonly prefix: string;
  /** The level of the topmost heading: 3 when the text stands under an `h2`. */
  readonly topHeading: 3 | 4;
  /** The published image for a relative address, if there is one. */
  readonly image: (address: string) => PlacedImage | undefined;
  /** Where a link leads, given where it was written to lead. */
  readonly link: (address: string) => string;
  /** Read without our styles, as in a feed: headings have no links to themselves. */
  readonly isBare?: boolean;
  /** The site's: it decides in which language the words are that stand beside the author's own. */
  readonly locale: string;
  /** What a `::timeline` draws. */
  readonly timeline?: readonly ElementContent[];
}

/** One heading of a report, for its table of contents. */
export interface Heading {
  readonly id: string;
  readonly text: string;
  /** 3 for the topmost, as it stands on the page. */
  readonly level: number;
}

declare module "vfile" {
  interface DataMap {
    view: HtmlOptions;
    headings: readonly Heading[];
    /** The identifiers the author gave, with the elements that have them. */
    ownIds: ReadonlyMap<string, Element>;
  }
}

/**
 * How the text of a file is to be shown.
 * @throws TypeError when that was not said, which is a mistake of ours
 */
export function viewOf(file: VFile): HtmlOptions {
  if (!file.data.view) throw new TypeError("It was not said how the text is to be shown.");
  return file.data.view;
}
