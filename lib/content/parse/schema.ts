import { z } from "zod";
import { isZone } from "#lib/calendar/wall-clock.ts";
import { EFFECTS, IMPACTS, INCIDENT_STATUSES, MAINTENANCE_STATUSES } from "#lib/model/incident.ts";
import { FAULTS, FIXED_RULES, LEVELS, SETTABLE_RULES } from "#lib/model/rule-names.ts";
import { CHANNELS } from "#lib/model/subscription.ts";
import type { Period, When } from "#lib/model/time.ts";
import { PERIOD, type ReadTime, readDay, readInstant, readInstantOrPeriod, readPeriod, readWhen } from "./when.ts";

/**
 * The shape of the front matter and of `site.yaml`: the one place that says which keys exist. All values arrive as the
 * text that was written (see `readYaml`), so every scalar is checked from its text.
 */

const MAX_UPDATES = 1000;
const MAX_COMPONENTS = 500;
/** Characters of a title at the most. */
export const MAX_TITLE = 300;

/** What a value is, and what to write instead: one text, which `fit` takes apart again. */
const otherwise = (fault: string, remedy: string) => ({ error: `${fault}\n${remedy}` });
const tooMany = (most: number, what: string) => otherwise(`a list of more than ${most} ${what}`, "Shorten it.");

const filled = (most: number) =>
  z
    .string()
    .trim()
    .min(1, otherwise("empty", "Write something there."))
    .max(most, otherwise(`longer than ${most} characters`, "Shorten it."));
/** A text that is shown on one line, however it was written. */
const line = (most: number) => filled(most).transform((text) => text.replace(/[\r\n\u2028\u2029]/g, " "));
const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/, otherwise("not an id", "Use small letters, digits and hyphens, as in web-app."))
  .max(100, otherwise("longer than 100 characters", "Shorten it."));
/** An event's own mark: such an id as the API answers with. */
const eventId = z
  .string()
  .regex(
    /^[a-z0-9]{12}$/,
    otherwise(
      "not an id of twelve small letters and digits",
      "Take it out; the next command that writes here adds one.",
    ),
  );
const updateId = z
  .string()
  .regex(
    /^[a-z0-9]{4,12}$/,
    otherwise("not an id of four to twelve small letters and digits", "Take it out, or write one such as k3x9ta."),
  );
const noWebAddress = otherwise("not a web address", "Write it whole, beginning with https:// or http://.");
/** Of the letters that RFC 3986 leaves out, `URL` drops some without a word; they would stand in headers and calendars. */
const webAddress = z.url({ protocol: /^https?$/, abort: true, ...noWebAddress }).refine(isPlainAddress, noWebAddress);
const formerPath = z
  .string()
  .refine(
    isPlainPath,
    otherwise(
      "no plain path",
      "Write it without “..”, “//”, dots at the start of a part, and without hiding any of them behind “%”.",
    ),
  )
  .regex(/^\/[^\s?#]*$/, otherwise("not a path", "Begin it with a slash, as in /issues/2020-05-01-old-name/."))
  .max(300, otherwise("longer than 300 characters", "Shorten it."))
  .transform((path) => encodeURI(decodeURIComponent(path)));
const domain = z
  .string()
  .regex(/^(?:[a-z0-9-]+\.)+[a-z0-9-]+$/i, otherwise("not a domain", "Write it as example.com."))
  .transform((text) => text.toLowerCase());
const truth = z.enum(["true", "false"]).transform((text) => text === "true");

function time<T extends When | Period>(zone: string, read: (text: string, zone: string) => ReadTime<T>) {
  return z.string().transform((text, context): T => {
    const result = read(text.trim(), zone);
    if ("value" in result) return result.value;
    context.issues.push({ code: "custom", input: text, message: result.fault.message, params: { ...result.fault } });
    return z.NEVER;
  });
}

const effects = z
  .record(id, z.enum(EFFECTS))
  .refine((each) => Object.keys(each).length <= MAX_COMPONENTS, tooMany(MAX_COMPONENTS, "components"));

/** Front matter of an incident file; times without an offset are read in `zone`. */
export function entrySchema(zone: string) {
  const when = time(zone, readWhen);
  const day = time(zone, readDay);
  const instant = time(zone, readInstant);
  const promise = time(zone, readInstantOrPeriod);
  return z.strictObject({
    id: eventId.optional(),
    title: line(MAX_TITLE),
    impact: z.enum(IMPACTS).optional(),
    components: z.union([effects, z.array(id).max(MAX_COMPONENTS, tooMany(MAX_COMPONENTS, "components"))]).optional(),
    started: when.optional(),
    detected: when.optional(),
    ended: when.optional(),
    updates: z
      .array(
        z.strictObject({
          id: updateId.optional(),
          at: when,
          status: z.enum([...INCIDENT_STATUSES, ...MAINTENANCE_STATUSES, "update"]),
          body: filled(50_000),
          components: effects.optional(),
          next_update: promise.optional(),
        }),
      )
      .max(MAX_UPDATES, tooMany(MAX_UPDATES, "updates"))
      .optional(),
    next_update: promise.optional(),
    expected_end: when.optional(),
    scheduled: z.strictObject({ start: instant, end: instant }).optional(),
    report: z
      .strictObject({ status: z.enum(["preliminary", "final"]), due: day.optional(), published: when.optional() })
      .optional(),
    actions: z
      .array(
        z.strictObject({
          title: line(MAX_TITLE),
          owner: line(100).optional(),
          due: day.optional(),
          done: day.optional(),
          url: webAddress.optional(),
        }),
      )
      .max(200, tooMany(200, "actions"))
      .optional(),
    tags: z.array(line(50)).max(50, tooMany(50, "tags")).optional(),
    draft: truth.optional(),
    redirects: z.array(formerPath).max(100, tooMany(100, "redirects")).optional(),
  });
}

/** RFC 9116, section 2.5.3: an address with its scheme. */
const securityContact = z
  .string()
  .max(300)
  .regex(
    /^(?:mailto:[^\s@]+@[^\s@]+|tel:\+?[\d-]+|https:\/\/\S+)$/,
    otherwise("not such a contact", "Write it as mailto:security@example.com, tel:+1-201-555-0123, or https://…"),
  );

/** `site.yaml`. */
export const siteSchema = z.strictObject({
  name: line(100),
  url: webAddress,
  description: line(500).optional(),
  timezone: z
    .string()
    .refine(isZone, otherwise("not a time zone", "Write it as Europe/Copenhagen, or UTC."))
    .optional(),
  locale: z.string().refine(isLocale, otherwise("not a language tag", "Write it as en, or pt-BR.")).optional(),
  support: z
    .strictObject({
      email: z.email(otherwise("not an e-mail address", "Write it as help@example.com.")).optional(),
      url: webAddress.optional(),
      phone: line(50).optional(),
    })
    .optional(),
  components: z
    .array(
      z.strictObject({
        id,
        name: line(100),
        group: line(100).optional(),
        former: z.array(id).max(50, tooMany(50, "former ids")).optional(),
        description: line(300).optional(),
        // Read again with the site's zone once that is known.
        since: z
          .string()
          .superRefine((text, context) => {
            const read = readDay(text, "UTC");
            if ("fault" in read)
              context.addIssue({ code: "custom", message: read.fault.message, params: { ...read.fault } });
          })
          .optional(),
      }),
    )
    .max(1000, tooMany(1000, "components"))
    .optional(),
  reports: z
    .strictObject({
      preliminary_within: period().optional(),
      final_within: period().optional(),
      sections: z.array(filled(60)).max(30, tooMany(30, "sections")).optional(),
    })
    .optional(),
  checks: checks().optional(),
  jargon: z.array(filled(60)).max(500, tooMany(500, "words")).optional(),
  alerts: z
    .strictObject({
      component_label: filled(100).optional(),
      components: z.record(z.string(), id).optional(),
      severity_label: filled(100).optional(),
      severity: z.record(z.string(), z.enum(EFFECTS)).optional(),
    })
    .optional(),
  guard: guard().optional(),
  notices: notices().optional(),
  hub: webAddress.optional(),
  former_ids: formerIds().optional(),
  security: z
    .strictObject({
      contact: z.union([securityContact, z.array(securityContact).min(1).max(10)]),
      encryption: webAddress.optional(),
      policy: webAddress.optional(),
      acknowledgments: webAddress.optional(),
    })
    .optional(),
  signup: z
    .strictObject({
      open: truth.optional(),
      domains: z.array(domain).max(500, tooMany(500, "domains")).optional(),
    })
    .optional(),
});

/** Under what programs know what was moved in. */
function formerIds() {
  const former = z
    .string()
    .regex(
      /^[a-z0-9]{12}$/,
      otherwise("not such an id", "Write the twelve letters and digits that the old page gave it."),
    );
  const ids = z.strictObject({
    page: former.optional(),
    host: z
      .string()
      .regex(
        /^[a-z0-9][a-z0-9.-]{0,252}$/,
        otherwise("not a host", "Write the host alone, in small letters, such as status.example.com."),
      )
      .optional(),
    components: z.record(id, former).optional(),
    groups: z.record(z.string(), former).optional(),
  });
  const areDistinct = ({ components = {}, groups = {} }: z.output<typeof ids>) => {
    const all = [...Object.values(components), ...Object.values(groups)];
    return new Set(all).size === all.length;
  };
  return ids.refine(
    areDistinct,
    otherwise("one id for two things", "Leave each id with the component or group that had it."),
  );
}

/** What must not be published. */
function guard() {
  const allowance = z
    .strictObject({ match: id, file: filled(300).optional(), reason: filled(300) })
    .refine(
      ({ match, file }) => file !== undefined || /^(?:fp-[\da-f]{6}|internal-host|private-address)$/.test(match),
      otherwise(
        "too wide",
        "Add the file it is for, or a folder with a closing slash; or match one finding by its fingerprint (fp-…).",
      ),
    );
  const name = filled(100).min(3, otherwise("too short to be looked for", "Write three letters or more."));
  return z.strictObject({
    deny: z.array(name).max(200, tooMany(200, "names")).optional(),
    allow: z.array(allowance).max(200, tooMany(200, "entries")).optional(),
  });
}

/** What subscribers are told, and how carefully. */
function notices() {
  const wholeNumber = z
    .string()
    .regex(/^\d{1,9}$/, otherwise("not a whole number", "Write it in digits, as in 10000."))
    .transform(Number);
  return z.strictObject({
    within: period().optional(),
    remind_before: z.union([period(), z.literal("never").transform(() => 0)]).optional(),
    approve_above: wholeNumber.optional(),
    unclear_above: wholeNumber.optional(),
    failure_limit: z
      .string()
      .regex(/^(?:100|[1-9]?\d)%$/, otherwise("not a share", "Write it as 20%."))
      .transform((text) => Number(text.slice(0, -1)) / 100)
      .optional(),
    repeat_unknown: z.array(z.enum(CHANNELS)).optional(),
  });
}

/** Which rules weigh more or less than usual. */
function checks() {
  const fixed = z
    .string()
    .refine((level) => level === "error", otherwise("always an error", "Remove it: no site can do without this rule."))
    .optional();
  return z.strictObject({
    ...named(SETTABLE_RULES, z.enum(LEVELS).optional()),
    ...named([...FIXED_RULES, ...FAULTS], fixed),
  });
}

/** The same schema under several names. */
function named<N extends string, S>(names: readonly N[], schema: S): Record<N, S> {
  return Object.fromEntries(names.map((name) => [name, schema])) as Record<N, S>;
}

/** A length of time such as `72h` or `14d`, in milliseconds. */
function period() {
  return z
    .string()
    .regex(PERIOD, otherwise("not a length of time", "Write it as 30m, 72h, 14d or 2w."))
    .transform((text) => readPeriod(text)?.ms ?? 0);
}

function isLocale(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}

function isPlainAddress(address: string): boolean {
  return !/[\s<>"\\^`{|}]/.test(address);
}

/** No part of it leads up, hides from a listing, or says something else once it is decoded. */
function isPlainPath(path: string): boolean {
  if (/%(?:2e|2f|5c|25|00)|\\|\/\/|\/\./i.test(path)) return false;
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
