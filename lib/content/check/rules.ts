import type { Rule } from "./rule.ts";
import { actionTime } from "./rules/action-time.ts";
import { blame } from "./rules/blame.ts";
import { contradictingDuration } from "./rules/contradicting-duration.ts";
import { cutFrontMatter } from "./rules/cut-front-matter.ts";
import { deadLink } from "./rules/dead-link.ts";
import { dueBeforeEnd } from "./rules/due-before-end.ts";
import { duplicateId } from "./rules/duplicate-id.ts";
import { duplicateSlug } from "./rules/duplicate-slug.ts";
import { earlyCompletion } from "./rules/early-completion.ts";
import { emptyLink } from "./rules/empty-link.ts";
import { emptyReport } from "./rules/empty-report.ts";
import { emptySection } from "./rules/empty-section.ts";
import { endedOpen } from "./rules/ended-open.ts";
import { futureTime } from "./rules/future-time.ts";
import { harmTime } from "./rules/harm-time.ts";
import { headingOrder } from "./rules/heading-order.ts";
import { heavyText } from "./rules/heavy-text.ts";
import { ignoredFile } from "./rules/ignored-file.ts";
import { image } from "./rules/image.ts";
import { imageAlt } from "./rules/image-alt.ts";
import { impactEffects } from "./rules/impact-effects.ts";
import { jargon } from "./rules/jargon.ts";
import { longTitle } from "./rules/long-title.ts";
import { longUpdate } from "./rules/long-update.ts";
import { lostAddress } from "./rules/lost-address.ts";
import { lostCells } from "./rules/lost-cells.ts";
import { movedDate } from "./rules/moved-date.ts";
import { nextUpdate } from "./rules/next-update.ts";
import { noImpact } from "./rules/no-impact.ts";
import { noTime } from "./rules/no-time.ts";
import { overdueAction } from "./rules/overdue-action.ts";
import { overdueReport } from "./rules/overdue-report.ts";
import { overdueUpdate } from "./rules/overdue-update.ts";
import { overlappingMaintenance } from "./rules/overlapping-maintenance.ts";
import { phaseOrder } from "./rules/phase-order.ts";
import { placeholder } from "./rules/placeholder.ts";
import { redirect } from "./rules/redirect.ts";
import { remoteImage } from "./rules/remote-image.ts";
import { repeatedHeading } from "./rules/repeated-heading.ts";
import { repeatedUpdate } from "./rules/repeated-update.ts";
import { reportSections } from "./rules/report-sections.ts";
import { secret } from "./rules/secret.ts";
import { sharedRedirect } from "./rules/shared-redirect.ts";
import { shouting } from "./rules/shouting.ts";
import { silentResolution } from "./rules/silent-resolution.ts";
import { slug } from "./rules/slug.ts";
import { statusKind } from "./rules/status-kind.ts";
import { tagVariants } from "./rules/tag-variants.ts";
import { timeOrder } from "./rules/time-order.ts";
import { timeWithoutZone } from "./rules/time-without-zone.ts";
import { titleFullStop } from "./rules/title-full-stop.ts";
import { trivialUpdate } from "./rules/trivial-update.ts";
import { unaffectedComponent } from "./rules/unaffected-component.ts";
import { unansweredFactor } from "./rules/unanswered-factor.ts";
import { unknownComponent } from "./rules/unknown-component.ts";
import { unknownDirective } from "./rules/unknown-directive.ts";
import { unknownFactor } from "./rules/unknown-factor.ts";
import { unknownRegion } from "./rules/unknown-region.ts";
import { unsafeHtml } from "./rules/unsafe-html.ts";
import { unsafeLink } from "./rules/unsafe-link.ts";
import { unusedAllowance } from "./rules/unused-allowance.ts";
import { updateBeforeDetection } from "./rules/update-before-detection.ts";
import { updateBeforeStart } from "./rules/update-before-start.ts";
import { vagueWords } from "./rules/vague-words.ts";

/** Every rule, in the order in which they are run. */
export const RULES: readonly Rule[] = [
  actionTime,
  blame,
  contradictingDuration,
  cutFrontMatter,
  deadLink,
  dueBeforeEnd,
  duplicateId,
  duplicateSlug,
  earlyCompletion,
  emptyLink,
  emptyReport,
  emptySection,
  endedOpen,
  futureTime,
  harmTime,
  headingOrder,
  heavyText,
  ignoredFile,
  image,
  imageAlt,
  impactEffects,
  jargon,
  longTitle,
  longUpdate,
  lostAddress,
  lostCells,
  movedDate,
  nextUpdate,
  noImpact,
  noTime,
  overdueAction,
  overdueReport,
  overdueUpdate,
  overlappingMaintenance,
  phaseOrder,
  placeholder,
  redirect,
  remoteImage,
  repeatedHeading,
  repeatedUpdate,
  reportSections,
  secret,
  sharedRedirect,
  shouting,
  silentResolution,
  slug,
  statusKind,
  tagVariants,
  timeOrder,
  timeWithoutZone,
  titleFullStop,
  trivialUpdate,
  unaffectedComponent,
  unansweredFactor,
  unknownComponent,
  unknownDirective,
  unknownFactor,
  unknownRegion,
  unsafeHtml,
  unsafeLink,
  unusedAllowance,
  updateBeforeDetection,
  updateBeforeStart,
  vagueWords,
];
