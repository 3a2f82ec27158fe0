import type { z } from "zod";
import {
  ALERT_MAPPING,
  type AlertMapping,
  type Component,
  type FormerIds,
  NOTICE_CONFIG,
  type NoticeConfig,
  type SecurityContact,
  type SignupConfig,
  type SiteConfig,
} from "#lib/model/config.ts";
import type { Allowance, GuardSettings } from "#lib/model/guard.ts";
import type { Parsed, Place, Problem } from "#lib/model/problem.ts";
import { SETTABLE_RULES } from "#lib/model/rule-names.ts";
import { fit } from "./shape.ts";
import { siteSchema } from "./site-schema.ts";
import { readSource } from "./source.ts";
import { readDay } from "./when.ts";
import { readYaml, type YamlText } from "./yaml-text.ts";

/** `site.yaml` as read, with the way back from its text to its lines. */
export interface ParsedSite extends Parsed<SiteConfig> {
  /** The whole file as it is written; empty when it could not be read. */
  readonly source: string;
  /** Where a character of the source stands. */
  placeAt(offset: number): Place;
}

/** Reads the bytes of `site.yaml`. Never throws. */
export function parseSite(file: string, bytes: Uint8Array): ParsedSite {
  const { text: source, problems } = readSource(file, bytes);
  if (problems.length > 0) return { problems, source, placeAt: () => ({ file, line: 1, column: 1 }) };
  const yaml = readYaml(file, source);
  return {
    ...(yaml.value === undefined ? { problems: yaml.problems } : readConfig(yaml)),
    source,
    placeAt: yaml.placeAt,
  };
}

function readConfig(yaml: YamlText): Parsed<SiteConfig> {
  const { value: written, problems } = fit(siteSchema, yaml);
  if (written === undefined) return { problems };

  const timezone = written.timezone ?? "UTC";
  const components = (written.components ?? []).map(({ since, ...component }): Component => {
    const read = since === undefined ? undefined : readDay(since, timezone);
    return { ...component, ...(read && "value" in read ? { since: read.value } : {}) } as Component;
  });
  const repeated = repeatedIds(components).map(
    ({ path, id }): Problem => ({
      rule: "duplicate-component",
      severity: "error",
      place: yaml.placeOf(["components", ...path]),
      message: path.length === 2 ? `Two components have the id “${id}”.` : `“${id}” is, or was, another component too.`,
      remedy:
        path.length === 2
          ? "Give each component an id of its own; incidents refer to it."
          : "Leave a former id with the one component that had it, and never give it to another.",
    }),
  );
  if (repeated.length > 0) return { problems: repeated };

  const { preliminary_within, final_within, sections } = written.reports ?? {};
  return {
    value: {
      name: written.name,
      url: written.url.replace(/\/+$/, ""),
      description: written.description ?? "",
      timezone,
      locale: written.locale ?? "en",
      support: (written.support ?? {}) as SiteConfig["support"],
      components,
      ...(written.regions ? { regions: written.regions } : {}),
      reports: {
        ...(preliminary_within === undefined ? {} : { preliminaryWithinMs: preliminary_within }),
        ...(final_within === undefined ? {} : { finalWithinMs: final_within }),
        ...(sections === undefined ? {} : { sections }),
      },
      ...(written.checks ? { checks: levelsOf(written.checks) } : {}),
      ...(written.jargon ? { jargon: written.jargon } : {}),
      ...(written.alerts === undefined ? {} : { alerts: mappingOf(written.alerts) }),
      ...(written.guard ? { guard: guardOf(written.guard, yaml) } : {}),
      ...(written.notices === undefined ? {} : { notices: noticesOf(written.notices) }),
      ...(written.former_ids ? { formerIds: written.former_ids as FormerIds } : {}),
      ...(written.hub === undefined ? {} : { hub: written.hub }),
      ...(written.security === undefined ? {} : { security: securityOf(written.security) }),
      ...(written.signup === undefined ? {} : { signup: signupOf(written.signup) }),
    },
    problems: [],
  };
}

/** The levels of the rules that have one to choose. */
function levelsOf(written: Readonly<Record<string, string | undefined>>): NonNullable<SiteConfig["checks"]> {
  return Object.fromEntries(SETTABLE_RULES.flatMap((id) => (written[id] === undefined ? [] : [[id, written[id]]])));
}

function mappingOf(written: NonNullable<z.output<typeof siteSchema>["alerts"]>): AlertMapping {
  return {
    componentLabel: written.component_label ?? ALERT_MAPPING.componentLabel,
    components: written.components ?? {},
    severityLabel: written.severity_label ?? ALERT_MAPPING.severityLabel,
    severity: written.severity ?? ALERT_MAPPING.severity,
  };
}

function guardOf({ deny, allow }: NonNullable<z.output<typeof siteSchema>["guard"]>, yaml: YamlText): GuardSettings {
  const placed = (allow ?? []).map((each, index) => ({ ...each, place: yaml.placeOf(["guard", "allow", index]) }));
  return { deny: deny ?? [], allow: placed as readonly Allowance[] };
}

function noticesOf(written: NonNullable<z.output<typeof siteSchema>["notices"]>): NoticeConfig {
  return {
    announceWithinMs: written.within ?? NOTICE_CONFIG.announceWithinMs,
    remindBeforeMs: written.remind_before ?? NOTICE_CONFIG.remindBeforeMs,
    approveAbove: written.approve_above ?? NOTICE_CONFIG.approveAbove,
    unclearAbove: written.unclear_above ?? NOTICE_CONFIG.unclearAbove,
    failureLimit: written.failure_limit ?? NOTICE_CONFIG.failureLimit,
    repeatUnknown: written.repeat_unknown ?? NOTICE_CONFIG.repeatUnknown,
  };
}

function securityOf({ contact, ...rest }: NonNullable<z.output<typeof siteSchema>["security"]>): SecurityContact {
  return { contacts: [contact].flat(), ...(rest as Omit<SecurityContact, "contacts">) };
}

function signupOf({ open = true, domains = [] }: NonNullable<z.output<typeof siteSchema>["signup"]>): SignupConfig {
  return { isOpen: open, domains };
}

function repeatedIds(components: readonly Component[]): { readonly path: (string | number)[]; readonly id: string }[] {
  const taken = new Set<string>();
  const all = [
    ...components.map(({ id }, index) => ({ path: [index, "id"], id })),
    ...components.flatMap(({ former = [] }, index) =>
      former.map((id, each) => ({ path: [index, "former", each], id })),
    ),
  ];
  return all.filter(({ id }) => {
    const isTaken = taken.has(id);
    taken.add(id);
    return isTaken;
  });
}
