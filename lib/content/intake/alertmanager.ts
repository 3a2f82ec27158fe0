import type { Root } from "mdast";
import { directiveToMarkdown } from "mdast-util-directive";
import { gfmToMarkdown } from "mdast-util-gfm";
import { toMarkdown } from "mdast-util-to-markdown";
import { z } from "zod";
import type { AlertMapping } from "#lib/model/config.ts";
import { EFFECTS, type Effect } from "#lib/model/incident.ts";

const texts = z.record(z.string(), z.string());

/** So many alerts may come in one notification: those of an outage in which everything fires, at a kilobyte each. */
export const MOST_ALERTS = 10_000;

/** Alertmanager's webhook, version 4, as far as it is used here. Whatever else a newer one sends is passed over. */
export const notificationSchema = z.object({
  version: z.literal("4"),
  groupKey: z.string().min(1).max(5_000),
  status: z.enum(["firing", "resolved"]),
  groupLabels: texts.default({}),
  commonLabels: texts.default({}),
  commonAnnotations: texts.default({}),
  alerts: z
    .array(
      z.object({
        status: z.enum(["firing", "resolved"]),
        labels: texts,
        annotations: texts.default({}),
        startsAt: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
        endsAt: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
        fingerprint: z.string().min(1).max(100),
      }),
    )
    .min(1)
    .max(MOST_ALERTS),
});

export type Notification = z.output<typeof notificationSchema>;
export type Alert = Notification["alerts"][number];

/** One line that says what a group of alerts is about. It is shown as text, never as Markdown. */
export function titleOf({ commonAnnotations, commonLabels, groupLabels }: Notification): string {
  const { summary, title } = commonAnnotations;
  const labels = Object.values(groupLabels).join(" ");
  return firstOf([summary, title, commonLabels["alertname"], labels]).slice(0, 200).trim() || "Alert";
}

/** As many alerts are told of one by one. */
const TOLD = 10;

/** What some alerts say, as Markdown that shows their words to the letter. They come from elsewhere and may hold anything. */
export function wordsOf(alerts: readonly Alert[]): string {
  const lines = alerts.slice(0, TOLD).map(({ annotations, labels }) => {
    const summary = firstOf([annotations["summary"], annotations["title"], labels["alertname"], "Alert"]);
    const details = firstOf([annotations["description"], annotations["message"]]);
    return [summary, details].filter((text) => text !== "").join(": ");
  });
  const rest = alerts.length - lines.length;
  const told = [...new Set(lines), ...(rest > 0 ? [`and ${rest} more`] : [])];
  return told.map(asMarkdown).join("\n\n");
}

/** The first that says anything, cut where nobody reads on. */
function firstOf(texts: readonly (string | undefined)[]): string {
  return texts.map((text = "") => plain(text).slice(0, 500)).find((text) => text !== "") ?? "";
}

/** What alerts do to components, by the mapping in site.yaml; what it does not know is left out. */
export function effectsOf(
  alerts: readonly Alert[],
  mapping: AlertMapping,
  components: readonly string[],
): Record<string, Effect> {
  const effects: Record<string, Effect> = {};
  for (const { labels } of alerts) {
    const label = labels[mapping.componentLabel] ?? "";
    const component = Object.hasOwn(mapping.components, label) ? mapping.components[label] : label;
    if (component === undefined || !components.includes(component)) continue;
    const severity = labels[mapping.severityLabel] ?? "";
    const effect = (Object.hasOwn(mapping.severity, severity) && mapping.severity[severity]) || UNKNOWN;
    const before = effects[component];
    if (before === undefined || EFFECTS.indexOf(before) < EFFECTS.indexOf(effect)) effects[component] = effect;
  }
  return effects;
}

/** What an alert of unknown severity does: the least that can be said of it. */
const UNKNOWN = "degraded_performance";

/** One line, without what nobody sees or what turns the order of letters about. */
function plain(text: string): string {
  return text
    .replace(/[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]|(?!\s)\p{Cc}|\p{Cs}/gu, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** A text as the Markdown that shows it. */
function asMarkdown(value: string): string {
  const root: Root = { type: "root", children: [{ type: "paragraph", children: [{ type: "text", value }] }] };
  return toMarkdown(root, { extensions: [gfmToMarkdown(), directiveToMarkdown()] }).trim();
}
