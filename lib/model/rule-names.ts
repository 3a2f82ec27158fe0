/**
 * Everything that can be held against a content folder has a name, which authors read beside the problem, look up with
 * `check --explain`, and give to `checks` in site.yaml.
 */

/** How much a finding weighs; `off` is never looked for. */
export const LEVELS = ["off", "warning", "error"] as const;
export type Level = (typeof LEVELS)[number];

/** Rules whose weight a site may choose. */
export const SETTABLE_RULES = [
  "action-time",
  "blame",
  "contradicting-duration",
  "cut-front-matter",
  "dead-link",
  "due-before-end",
  "early-completion",
  "empty-link",
  "empty-report",
  "empty-section",
  "ended-open",
  "harm-time",
  "heading-order",
  "ignored-file",
  "image-alt",
  "impact-effects",
  "jargon",
  "long-title",
  "long-update",
  "lost-address",
  "lost-cells",
  "moved-date",
  "next-update",
  "no-impact",
  "overdue-action",
  "overdue-report",
  "overdue-update",
  "overlapping-maintenance",
  "phase-order",
  "placeholder",
  "remote-image",
  "repeated-heading",
  "repeated-update",
  "report-sections",
  "shouting",
  "silent-resolution",
  "tag-variants",
  "time-without-zone",
  "title-full-stop",
  "trivial-update",
  "unaffected-component",
  "unanswered-factor",
  "unused-allowance",
  "update-before-detection",
  "update-before-start",
  "vague-words",
] as const;
export type SettableRule = (typeof SETTABLE_RULES)[number];

/** Without these a Site would be unsafe, or there would be none: they are always errors. */
export const FIXED_RULES = [
  "duplicate-id",
  "duplicate-slug",
  "future-time",
  "heavy-text",
  "image",
  "no-time",
  "redirect",
  "secret",
  "shared-redirect",
  "slug",
  "status-kind",
  "time-order",
  "unknown-component",
  "unknown-directive",
  "unknown-factor",
  "unknown-region",
  "unsafe-html",
  "unsafe-link",
] as const;

/** What is wrong with a file before any rule can look at it. */
export const FAULTS = [
  "bad-time",
  "conflict-marker",
  "duplicate-component",
  "front-matter-fence",
  "front-matter-language",
  "hidden-character",
  "image-file",
  "missing-key",
  "no-site",
  "not-utf8",
  "too-large",
  "unknown-key",
  "unknown-value",
  "unreadable-file",
  "wrong-type",
  "wrong-value",
  "yaml-alias",
  "yaml-syntax",
] as const;

export type RuleName = SettableRule | (typeof FIXED_RULES)[number] | (typeof FAULTS)[number];
