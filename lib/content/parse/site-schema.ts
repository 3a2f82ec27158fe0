import { z } from "zod";
import { isZone } from "#lib/calendar/wall-clock.ts";
import { EFFECTS } from "#lib/model/incident.ts";
import { FAULTS, FIXED_RULES, LEVELS, SETTABLE_RULES } from "#lib/model/rule-names.ts";
import { CHANNELS } from "#lib/model/subscription.ts";
import { domain, filled, id, line, otherwise, period, tooMany, truth, webAddress } from "./schema-values.ts";
import { readDay } from "./when.ts";

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
  name: line(100).describe("The name of the product."),
  url: webAddress.describe("The address of the status page; links in feeds and notices begin with it."),
  description: line(500).optional().describe("One sentence about the page."),
  timezone: z
    .string()
    .refine(isZone, otherwise("not a time zone", "Write it as Europe/Copenhagen, or UTC."))
    .optional()
    .describe("The zone of times written without an offset, and of days, as in Europe/Copenhagen."),
  locale: z
    .string()
    .refine(isLocale, otherwise("not a language tag", "Write it as en, or pt-BR."))
    .optional()
    .describe("The language of dates and numbers, as in en or pt-BR."),
  support: z
    .strictObject({
      email: z
        .email(otherwise("not an e-mail address", "Write it as help@example.com."))
        .optional()
        .describe("An address that is read."),
      url: webAddress.optional().describe("A page of help."),
      phone: line(50).optional().describe("A number that is answered."),
    })
    .optional()
    .describe("Where customers find help."),
  components: z
    .array(
      z.strictObject({
        id: id.describe("The name by which incident files refer to it: small letters, digits, hyphens."),
        name: line(100).describe("The name that customers read."),
        group: line(100).optional().describe("The heading under which it is listed."),
        former: z
          .array(id)
          .max(50, tooMany(50, "former ids"))
          .optional()
          .describe("Ids it had before: whoever chose one of them is told of it, and its addresses lead here."),
        description: line(300).optional().describe("What it does, in a few words."),
        // Read again with the site's zone once that is known.
        since: z
          .string()
          .superRefine((text, context) => {
            const read = readDay(text, "UTC");
            if ("fault" in read)
              context.addIssue({ code: "custom", message: read.fault.message, params: { ...read.fault } });
          })
          .optional()
          .describe("The first date for which its state is known."),
      }),
    )
    .max(1000, tooMany(1000, "components"))
    .optional()
    .describe("The parts of the product that customers know by name."),
  regions: z
    .array(
      z.strictObject({
        id: id.describe("The name by which incident files refer to it: small letters, digits, hyphens."),
        name: line(100).describe("The name that customers read."),
      }),
    )
    .max(200, tooMany(200, "regions"))
    .optional()
    .describe("Where the product runs, so that a report can say in which places customers were hurt."),
  reports: z
    .strictObject({
      preliminary_within: period().optional().describe("How soon a preliminary report is there, as in 72h."),
      final_within: period().optional().describe("How soon the final report is there, as in 14d."),
      sections: z
        .array(filled(60))
        .max(30, tooMany(30, "sections"))
        .optional()
        .describe("Words that the headings of a final report must hold."),
    })
    .optional()
    .describe("What is promised of reports."),
  checks: checks().optional().describe("What rules weigh here: off, warning or error. See docs/rules.md."),
  jargon: z
    .array(filled(60))
    .max(500, tooMany(500, "words"))
    .optional()
    .describe("Words of the house that customers do not know."),
  alerts: z
    .strictObject({
      component_label: filled(100).optional().describe("The alert's label that names the component."),
      components: z
        .record(z.string(), id)
        .optional()
        .describe("Values of that label, each with the component it means."),
      severity_label: filled(100).optional().describe("The alert's label that says how bad it is."),
      severity: z
        .record(z.string(), z.enum(EFFECTS))
        .optional()
        .describe("Values of that label, each with the effect it has."),
    })
    .optional()
    .describe("How alerts become drafts."),
  guard: guard().optional().describe("What must not be published."),
  notices: notices().optional().describe("What subscribers are told, and how carefully."),
  hub: webAddress
    .optional()
    .describe("A WebSub hub, which is told when a feed has something new and passes it on at once."),
  former_ids: formerIds().optional().describe("The ids under which programs know what was moved in from another page."),
  security: z
    .strictObject({
      contact: z
        .union([securityContact, z.array(securityContact).min(1).max(10)])
        .describe("One or several, the preferred one first: mailto:…, tel:… or https://…"),
      encryption: webAddress.optional().describe("Where the key for writing to them is."),
      policy: webAddress.optional().describe("Where it says how vulnerabilities are dealt with."),
      acknowledgments: webAddress.optional().describe("Where those who reported some are thanked."),
    })
    .optional()
    .describe("Whom to tell of a vulnerability, as /.well-known/security.txt says (RFC 9116)."),
  signup: z
    .strictObject({
      open: truth.optional().describe("Whether anybody new can."),
      domains: z
        .array(domain)
        .max(500, tooMany(500, "domains"))
        .optional()
        .describe("Domains of the e-mail addresses that may; all when left out."),
    })
    .optional()
    .describe("Who may subscribe by themselves."),
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
    page: former.optional().describe("The page's."),
    host: z
      .string()
      .regex(
        /^[a-z0-9][a-z0-9.-]{0,252}$/,
        otherwise("not a host", "Write the host alone, in small letters, such as status.example.com."),
      )
      .optional()
      .describe("The host of the address that the site had first: ids of feeds and calendars end in it."),
    components: z.record(id, former).optional().describe("Of each component, by its id here."),
    groups: z.record(z.string(), former).optional().describe("Of each group, by its name."),
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
    .strictObject({
      match: id.describe("A kind, as the finding names it, or the fingerprint of a single finding (fp-…)."),
      file: filled(300).optional().describe("The file, or a folder with a closing slash, in which it may stand."),
      reason: filled(300).describe("Why it is no secret."),
    })
    .refine(
      ({ match, file }) => file !== undefined || /^(?:fp-[\da-f]{6}|internal-host|private-address)$/.test(match),
      otherwise(
        "too wide",
        "Add the file it is for, or a folder with a closing slash; or match one finding by its fingerprint (fp-…).",
      ),
    );
  const name = filled(100).min(3, otherwise("too short to be looked for", "Write three letters or more."));
  return z.strictObject({
    deny: z
      .array(name)
      .max(200, tooMany(200, "names"))
      .optional()
      .describe("Names that customers must not read, such as a project's."),
    allow: z
      .array(allowance)
      .max(200, tooMany(200, "entries"))
      .optional()
      .describe("What may stand although it looks like a secret."),
  });
}

/** What subscribers are told, and how carefully. */
function notices() {
  const wholeNumber = z
    .string()
    .regex(/^\d{1,9}$/, otherwise("not a whole number", "Write it in digits, as in 10000."))
    .transform(Number);
  return z.strictObject({
    within: period()
      .optional()
      .describe("Nothing that happened longer ago than this is told; 24h unless said otherwise."),
    remind_before: z
      .union([period(), z.literal("never").transform(() => 0)])
      .optional()
      .describe("How long before a maintenance begins subscribers are reminded, as 24h; or never."),
    approve_above: wholeNumber
      .optional()
      .describe("A notice to more recipients than this on one channel waits for a second person."),
    unclear_above: wholeNumber
      .optional()
      .describe(
        "Where it is not certain what is new, publishing is refused if more recipients than this are concerned; 100 unless said otherwise.",
      ),
    failure_limit: z
      .string()
      .regex(/^(?:100|[1-9]?\d)%$/, otherwise("not a share", "Write it as 20%."))
      .transform((text) => Number(text.slice(0, -1)) / 100)
      .optional()
      .describe("The share of messages that fail, as 20%, at which a notice is stopped."),
    repeat_unknown: z
      .array(z.enum(CHANNELS))
      .optional()
      .describe("Channels on which a message that may have arrived is sent again."),
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
function isLocale(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}
