import { expect, test, vi } from "vitest";
import { messagesIn } from "#lib/messages/messages.ts";
import type { Reach } from "#lib/model/delivery.ts";
import { NOTICE_KINDS, type NoticeKind } from "#lib/model/notice.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { FormState, OperatorFrame, OperatorPage } from "#lib/web/operator/views.ts";
import { noticeOf } from "../channels/notice.ts";
import { drawn } from "../drawn.ts";
import { busySite, NOW } from "./foreign-site.ts";
import { hardCodedIn, spokenIn } from "./spoken.ts";

// The operator's pages speak a language that nobody does: whatever is in plain letters was written into the code.
vi.mock("#lib/messages/en.ts", async (original) => {
  const { pseudo } = await import("./pseudo.ts");
  const { EN } = await original<typeof import("#lib/messages/en.ts")>();
  return { EN: pseudo(EN) };
});

const SITE = busySite();
const MARKS = { csrf: "1", key: "2" };
const PERSON = { name: "Άννα", role: "publisher", csrf: "1", notice: "Έγινε." } as const;
const FRAME: OperatorFrame = { config: SITE.config, now: NOW, person: PERSON };

const PROBLEM: Problem = {
  rule: "1",
  severity: "error",
  place: { file: "1.2", line: 3, column: 1 },
  message: "Λάθος.",
  remedy: "Διόρθωσε.",
};
const PROBLEMS = [PROBLEM, { ...PROBLEM, severity: "warning" }] as const;

const [incident] = SITE.incidents.filter(({ updates }) => updates.length > 1);
const [work] = SITE.maintenances.filter(({ isOver }) => !isOver);
if (!incident || !work) throw new Error("The busy site is not busy.");

const [update] = incident.updates;
if (!update) throw new Error("Nobody has said anything.");

const STATE: FormState = {
  marks: MARKS,
  typed: { version: "1" },
  problems: PROBLEMS,
  changed: { file: "1.2", diff: "-1\n+2\n 3" },
};
const PREVIEW: FormState = {
  ...STATE,
  changed: { file: "1.2" },
  preview: { site: SITE, event: incident, update, warnings: PROBLEMS },
};

function reach(kind: NoticeKind, state: Reach["state"]): Reach {
  const notice = noticeOf(kind);
  return {
    notice: { ...notice, id: "1".repeat(24), event: { ...notice.event, title: "Τίτλος" } },
    channel: "1",
    state,
    recipients: 9,
    counts: { queued: 1, sending: 1, accepted: 1, failed: 1, unknown: 1, folded: 1, withdrawn: 1 },
  } as unknown as Reach;
}

const REACH = NOTICE_KINDS.flatMap((kind) =>
  (["awaiting_approval", "open", "stopped", "done"] as const).map((state) => reach(kind, state)),
) as [Reach, ...Reach[]];

const TOLD = { kind: "report_final", subject: "Θέμα", text: "Λόγια", unusual: ["Πολλοί."] } as const;
const CHANGES = {
  added: [{ slug: "1", title: "Νέο" }],
  changed: [
    {
      after: { slug: "2", title: "Άλλο" },
      parts: [],
      updates: { added: [1], edited: [1], removed: [1] },
    },
  ],
  removed: [{ slug: "3", title: "Παλιό" }],
  isSettingsChange: true,
} as unknown as NonNullable<Extract<OperatorPage, { readonly kind: "publish" }>["changes"]>;

const PROPOSAL = {
  shown: { id: 1, publishedAt: NOW, publishedBy: "Άννα" },
  changes: CHANGES,
  told: [
    { ...TOLD, channels: [{ channel: "1", count: 2, isHeld: true }], parts: [{ name: "Άλφα", count: 2 }] },
    { ...TOLD, channels: [], parts: [] },
  ],
  asked: [{ slug: "1", subjects: ["Θέμα"], answer: "" }],
  silence: "Κανείς.",
  notTold: Array.from({ length: 60 }, () => ({ title: "Τίτλος", text: "Λόγια." })),
  unclear: [{ title: "Τίτλος", text: "Λόγια.", isHeld: true }],
  problems: PROBLEMS,
  seen: "1",
  marks: MARKS,
  isAllowed: true,
} as const;

const DELIVERY = {
  kind: "delivery",
  path: "/operator/-/delivery",
  halts: [
    { scope: "all", why: "Γιατί", by: "Άννα", at: NOW },
    { scope: "notice:1", why: "Γιατί", by: "Άννα", at: 0 },
  ],
  reach: REACH,
  alarms: ["Κάτι."],
  marks: MARKS,
  isAllowed: true,
  still: "/operator/-/delivery/still",
  aside: 2,
  verified: { faults: ["Λάθος."], notes: [], entries: 3 },
} as const;

const REPORT = { kind: "report", path: "/operator/1/report", site: SITE, templates: ["1"], marks: MARKS } as const;

const PAGES: Readonly<Record<string, OperatorPage>> = {
  "sign in": { kind: "sign-in", next: "/operator", carried: { title: "Τίτλος" } },
  overview: {
    kind: "overview",
    site: SITE,
    drafts: new Set([incident.slug]),
    problems: Array.from({ length: 7 }, () => PROBLEM),
    lastChange: { file: "1.2", at: NOW },
    troubles: ["Ένα.", "Δύο."],
    clock: { doubt: "Ίσως.", marks: MARKS },
  },
  "an empty overview": {
    kind: "overview",
    site: { ...SITE, incidents: [], maintenances: [] },
    drafts: new Set(),
    problems: [PROBLEM],
    troubles: ["Ένα."],
    clock: { doubt: "Ίσως." },
  },
  declare: { kind: "declare", state: STATE },
  maintain: { kind: "maintain", state: PREVIEW },
  move: { kind: "move", path: "/operator/1/move", event: work, state: STATE },
  correct: { kind: "correct", path: "/operator/1/correct/1", event: incident, state: STATE },
  incident: { kind: "event", site: SITE, event: incident, isDraft: true, hasReport: true, state: STATE },
  maintenance: { kind: "event", site: SITE, event: work, isDraft: false, hasReport: false, state: PREVIEW },
  "a report to begin": {
    ...REPORT,
    event: { ...incident, file: "1.2" },
    version: "1",
    isAllowed: true,
    isBegun: false,
    problems: PROBLEMS,
  },
  "take back": { kind: "take-back", last: { file: "1.2", isNew: true, at: NOW }, marks: MARKS, fault: "Όχι." },
  "nothing to take back": { kind: "take-back" },
  missing: { kind: "missing", problems: [] },
  "a broken file": { kind: "missing", problems: PROBLEMS },
  publish: { kind: "publish", ...PROPOSAL },
  rollback: { kind: "rollback", ...PROPOSAL, isAllowed: false },
  "nothing to publish": { kind: "publish", ...{ ...PROPOSAL, changes: undefined as never, problems: [] } },
  delivery: DELIVERY,
  "no delivery": { ...DELIVERY, halts: [], reach: [], aside: 1, isAllowed: false },
  "a whole ledger": { ...DELIVERY, verified: { faults: [], notes: ["Εντάξει."], entries: 3 } },
  notice: {
    kind: "notice",
    path: "/operator/-/delivery/1",
    reach: REACH,
    recipients: [{ channel: "1", who: "2", state: "3", detail: "4" }],
    more: 5,
    message: "Λόγια",
    sealed: [{ channel: "1", message: { subject: "Θέμα", text: "Λόγια", html: "Λόγια" }, facts: ["Ναι."] }],
    to: "1",
    preview: { subject: "Θέμα", text: "Λόγια", recipients: 2 },
    marks: MARKS,
    isAllowed: true,
  },
  "an empty notice": {
    kind: "notice",
    path: "/operator/-/delivery/1",
    reach: REACH,
    recipients: [],
    more: 0,
    message: "",
    sealed: [],
    marks: MARKS,
    isAllowed: true,
  },
};

/** Ids of components, channels and roles, the names of zones and languages, and times that English alone is understood in. */
const NAMES =
  /\b(?:email|webhook|slack|discord|teams|webpush|publisher|HTML|notice: 1|site\.yaml|Asia\/Tokyo|report)\b(?=[^a-z]|$)/g;

test.each(Object.entries(PAGES))("the operator's page %s says nothing that is not in the catalogue", (_name, page) => {
  const html = drawn({ path: "/operator", view: { frame: FRAME, page } }, SITE.config);
  const said = spokenIn(html).map((text) => text.replace(NAMES, ""));
  expect(said.length).toBeGreaterThan(10);
  expect(said.filter((text) => hardCodedIn(text).length > 0)).toEqual([]);
});

test("what was done, and why not, is said in no other words", () => {
  const { done, refused } = messagesIn("en").operator;
  const all = [...Object.values(done), ...Object.values(refused)].filter((each) => typeof each === "string");
  expect(all.length).toBeGreaterThan(20);
  expect(all.filter((text) => hardCodedIn(text).length > 0)).toEqual([]);
});
