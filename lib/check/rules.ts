import type { Rule } from "./rule.ts";
import { deadLink } from "./rules/dead-link.ts";
import { duplicateSlug } from "./rules/duplicate-slug.ts";
import { emptyReport } from "./rules/empty-report.ts";
import { endedOpen } from "./rules/ended-open.ts";
import { futureTime } from "./rules/future-time.ts";
import { heavyText } from "./rules/heavy-text.ts";
import { image } from "./rules/image.ts";
import { imageAlt } from "./rules/image-alt.ts";
import { noImpact } from "./rules/no-impact.ts";
import { noTime } from "./rules/no-time.ts";
import { redirect } from "./rules/redirect.ts";
import { remoteImage } from "./rules/remote-image.ts";
import { slug } from "./rules/slug.ts";
import { statusKind } from "./rules/status-kind.ts";
import { timeOrder } from "./rules/time-order.ts";
import { unknownComponent } from "./rules/unknown-component.ts";
import { unknownDirective } from "./rules/unknown-directive.ts";
import { unsafeHtml } from "./rules/unsafe-html.ts";
import { unsafeLink } from "./rules/unsafe-link.ts";
import { updateBeforeStart } from "./rules/update-before-start.ts";

/** Every rule, in the order in which they are run. */
export const RULES: readonly Rule[] = [
  deadLink,
  duplicateSlug,
  emptyReport,
  endedOpen,
  futureTime,
  heavyText,
  image,
  imageAlt,
  noImpact,
  noTime,
  redirect,
  remoteImage,
  slug,
  statusKind,
  timeOrder,
  unknownComponent,
  unknownDirective,
  unsafeHtml,
  unsafeLink,
  updateBeforeStart,
];
