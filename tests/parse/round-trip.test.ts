import fc from "fast-check";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { parseEntry } from "#lib/content/parse/entry.ts";
import { readWhen } from "#lib/content/parse/when.ts";
import { EFFECTS, IMPACTS, INCIDENT_STATUSES } from "#lib/model/incident.ts";
import { earliest, type When } from "#lib/model/time.ts";

const ZONES = ["UTC", "Europe/Copenhagen", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Kiritimati"];

/** A text that front matter keeps as it is: what is cut from its ends, other line breaks than one's own, and characters that are refused, are not in it. */
const words = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 60 })
  .filter((text) => text.trim() === text && text !== "" && text !== "~" && text !== "null")
  .filter((text) => !/[\p{Cc}\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/u.test(text));
const lines = fc.array(words, { minLength: 1, maxLength: 3 }).map((each) => each.join("\n"));
const day = fc
  .date({ min: new Date("1970-01-02"), max: new Date("2998-12-30"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const offset = fc
  .tuple(fc.constantFrom("+", "-"), fc.nat(13), fc.nat(59))
  .map(
    ([sign, hours, minutes]) =>
      `${hours + minutes === 0 ? "+" : sign}${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`,
  );
const clock = fc
  .tuple(fc.nat(23), fc.nat(59), fc.option(fc.nat(59), { nil: undefined }))
  .map((parts) => parts.flatMap((part) => (part === undefined ? [] : [String(part).padStart(2, "0")])).join(":"));
const instant = fc.tuple(day, clock, offset).map(([on, at, zone]) => `${on}T${at}${zone}`);

const front = fc.record(
  {
    title: words,
    impact: fc.constantFrom(...IMPACTS),
    components: fc.dictionary(fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,10}$/), fc.constantFrom(...EFFECTS), {
      maxKeys: 5,
    }),
    started: fc.oneof(day, instant),
    updates: fc.array(
      fc.record({ at: fc.oneof(day, instant), status: fc.constantFrom(...INCIDENT_STATUSES, "update"), body: lines }),
      { minLength: 1, maxLength: 5 },
    ),
    tags: fc.array(
      words.filter((tag) => tag.length <= 50),
      { maxLength: 4 },
    ),
    actions: fc.array(fc.record({ title: words, due: day }, { requiredKeys: ["title"] }), { maxLength: 3 }),
  },
  { requiredKeys: ["title", "updates"] },
);

test("front matter that was generated is read as what it was generated from", () => {
  fc.assert(
    fc.property(
      front,
      fc.constantFrom("PLAIN", "QUOTE_DOUBLE", "QUOTE_SINGLE", "BLOCK_LITERAL", "BLOCK_FOLDED"),
      (values, type) => {
        // The stringifier folds lines between the halves of a letter.
        const lineWidth = /[\ud800-\udfff]/.test(JSON.stringify(values)) ? 0 : 40;
        const yaml = stringify(values, { schema: "failsafe", defaultStringType: type as "PLAIN", lineWidth });
        const { entry, problems } = parseEntry("a.md", new TextEncoder().encode(`---\n${yaml}---\n`), "UTC");
        expect(problems).toEqual([]);
        expect(entry?.title).toBe(values.title);
        expect(entry?.impact).toBe(values.impact);
        expect({ ...entry?.components }).toEqual({ ...values.components });
        expect(entry?.tags).toEqual(values.tags ?? []);
        expect(entry?.updates.map(({ status, body }) => ({ status, body }))).toEqual(
          values.updates.map(({ status, body }) => ({ status, body })),
        );
        expect(entry?.updates.map(({ at }) => written(at))).toEqual(values.updates.map(({ at }) => at));
        expect(entry?.actions.map(({ title, due }) => [title, due?.on])).toEqual(
          (values.actions ?? []).map(({ title, due }) => [title, due]),
        );
      },
    ),
    { numRuns: 400 },
  );
});

/** A time as its author would have written it. */
function written(when: When): string {
  const tilde = when.approximate ? "~" : "";
  if (when.kind === "span")
    return `${tilde}${written({ ...when.from, approximate: false })}/${written({ ...when.to, approximate: false })}`;
  if (when.kind === "day") return `${tilde}${when.on}`;
  const local = new Date(when.at + when.offset * 60_000).toISOString();
  const length = { minute: 16, second: 19, millisecond: 23 }[when.precision];
  const [hours, minutes] = [Math.floor(Math.abs(when.offset) / 60), Math.abs(when.offset) % 60];
  const zone = `${when.offset < 0 ? "-" : "+"}${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
  return `${tilde}${local.slice(0, length)}${zone}`;
}

test("any text is a time or is not, and a time that is written again is the same", () => {
  const digits = fc.string({ unit: fc.constantFrom(..."0123456789-:TZ+/~ .".split("")), maxLength: 40 });
  const near = fc
    .tuple(fc.oneof(instant, day), fc.nat(30), fc.string({ maxLength: 2 }))
    .map(([text, at, insert]) => text.slice(0, at) + insert + text.slice(at + 1));
  const local = fc.tuple(day, clock).map((parts) => parts.join(" "));
  const span = fc.tuple(fc.oneof(instant, day), fc.oneof(instant, day)).map((parts) => parts.join("/"));
  fc.assert(
    fc.property(fc.oneof(fc.string(), digits, near, local, span, instant), fc.constantFrom(...ZONES), (text, zone) => {
      const read = readWhen(text, zone);
      const isTime = "value" in read;
      expect(isTime ? readWhen(written(read.value), zone) : read).toEqual(read);
      expect(isTime ? Number.isSafeInteger(earliest(read.value)) : read.fault.remedy.endsWith(".")).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

test("a date that the calendar lacks is always refused, and no other is", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1970, max: 2999 }),
      fc.integer({ min: 0, max: 14 }),
      fc.integer({ min: 0, max: 32 }),
      (y, m, d) => {
        const text = `${y}-${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}`;
        const days = [
          31,
          y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0) ? 29 : 28,
          31,
          30,
          31,
          30,
          31,
          31,
          30,
          31,
          30,
          31,
        ];
        const exists = m >= 1 && m <= 12 && d >= 1 && d <= (days[m - 1] ?? 0);
        expect("value" in readWhen(text, "UTC")).toBe(exists);
        expect("value" in readWhen(`${text}T10:00+02:00`, "UTC")).toBe(exists);
        expect("value" in readWhen(`${text}T10:00`, "Europe/Copenhagen")).toBe(exists);
      },
    ),
    { numRuns: 2000 },
  );
});

test("an offset is kept as it was written, whatever the site's zone", () => {
  fc.assert(
    fc.property(day, clock, offset, fc.constantFrom(...ZONES), (on, at, zone, site) => {
      const read = readWhen(`${on}T${at}${zone}`, site);
      const minutes = (zone.startsWith("-") ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4)));
      expect(read).toMatchObject({ value: { kind: "instant", offset: minutes === 0 ? 0 : minutes } });
    }),
  );
});
