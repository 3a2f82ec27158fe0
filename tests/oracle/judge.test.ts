import { expect, test } from "vitest";
import type { Evidence, Got, Recorded } from "../../scripts/oracle/evidence.ts";
import { judge } from "../../scripts/oracle/judge.ts";

/**
 * A world as it has to be: one incident, told to two webhooks and a chat, with a correction and a halt. Each test breaks it
 * as a faulty program would, in what the receivers have or in what is on record, and the judge has to say so.
 */
const id = (number: number) => String(number).repeat(20);
const at = 1_000_000;

function got(person: number, change: Partial<Got> = {}): Got {
  const text = `Qxbababake is slow. Qxbababali. https://status.example.com/subscriptions/${id(person)}-token http://127.0.0.1:1/p${person}z`;
  const to = `http://127.0.0.1:1/p${person}z`;
  return { person, to, startedAt: at + 10, completeAt: at + 20, answered: "taken", notice: "n1", text, ...change };
}

function recorded(person: number, change: Partial<Recorded> = {}): Recorded {
  const attempts = [{ outcome: "accepted", startedAt: at + 5, at: at + 30 }];
  const subscription = id(person);
  return { notice: "n1", subscription, channel: "webhook", state: "accepted", attempts, ...change };
}

const lawful: Evidence = {
  people: [1, 2, 3].map((number) => ({ number, subscription: id(number), channel: "webhook", saysGone: false })),
  entries: [
    {
      entry: "e1",
      kind: "incident",
      title: "Qxbababake is slow",
      markers: ["Qxbababali"],
      windows: [],
      mayClock: new Set(),
      mustClock: new Set(),
    },
  ],
  expected: [
    {
      entry: "e1",
      topic: "incidents",
      markers: ["Qxbababali"],
      must: new Set([1, 2]),
      may: new Set([1, 2]),
      from: at - 10,
      until: at + 10,
    },
  ],
  corrected: [],
  halts: [],
  got: [got(1), got(2)],
  sealed: [{ notice: "n1", kind: "incident_opened", at, entry: "e1" }],
  recorded: [recorded(1), recorded(2)],
  verified: "",
  isSettled: true,
  mailIsShut: false,
  approved: new Map(),
};

const rules = (change: Partial<Evidence>) => [...new Set(judge({ ...lawful, ...change }).map(({ rule }) => rule))];
const unsent = { state: "withdrawn", attempts: [{ outcome: "unsent", startedAt: at + 5, at: at + 30 }] };
const halt = {
  scope: "all",
  channel: "webhook",
  entry: "e1",
  notice: undefined,
  from: at - 9_000,
  until: at - 8_500,
} as const;

test("a world as it has to be has no fault", () => {
  expect(judge(lawful)).toEqual([]);
});

test("a chat's message, which has no id, is known by what it tells", () => {
  expect(rules({ got: [got(1), got(2, { notice: undefined })] })).toEqual([]);
});

test.each<readonly [rule: string, broken: string, change: Partial<Evidence>]>([
  ["received-once", "a message is sent twice", { got: [got(1), got(2), got(2)] }],
  ["received-once", "one without an answer is sent again", { got: [got(1), got(2, { answered: "nothing" }), got(2)] }],
  ["accepted-was-received", "a message is dropped", { got: [got(1)] }],
  ["unsent-did-not-arrive", "one declared unsent arrives", { recorded: [recorded(1), recorded(2, unsent)] }],
  ["recorded", "a message goes to another", { got: [got(1), got(3)] }],
  ["right-address", "a message goes to a stranger", { got: [got(1), got(2), got(4)] }],
  ["nobody-elses-token", "another's link stands in it", { got: [got(1), got(2, { text: got(1).text })] }],
  [
    "nobody-elses-address",
    "another's address stands in it",
    { got: [got(1), got(2, { text: `${got(2).text} p1z@example.org` })] },
  ],
  ["tells-what-is-new", "the news is not in it", { got: [got(1), got(2, { text: "Qxbababake is slow" })] }],
  ["nobody-missed", "somebody was forgotten", { got: [got(1)], recorded: [recorded(1)] }],
  [
    "only-whom-it-concerns",
    "somebody gets it who did not ask",
    { got: [...lawful.got, got(3)], recorded: [...lawful.recorded, recorded(3)] },
  ],
  ["nothing-missing", "a notice was never made", { got: [], sealed: [], recorded: [] }],
  ["nothing-old", "a notice was made of nothing", { expected: [] }],
  ["ledger-whole", "the ledger was changed", { verified: "Entry 3 is not what was written." }],
  [
    "halt-holds",
    "something leaves after a halt",
    { halts: [{ ...halt, liftedAt: at + 9_000, waiting: new Set(), askedAt: at - 7_000 }] },
  ],
  [
    "halt-lists",
    "what was said to wait arrives",
    {
      halts: [
        {
          ...halt,
          from: at - 1_500,
          until: at - 1_000,
          liftedAt: at + 9_000,
          waiting: new Set([`n1.${id(2)}`]),
          askedAt: at - 1_200,
        },
      ],
    },
  ],
  [
    "everything-ends",
    "something is never tried again",
    { isSettled: false, got: [got(1)], recorded: [recorded(1), recorded(2, { state: "queued", attempts: [] })] },
  ],
  ["approved-first", "nobody approved it", { approveAbove: 1 }],
  ["approved-first", "it leaves before it is approved", { approveAbove: 1, approved: new Map([["n1", at + 15]]) }],
  [
    "state-as-attempted",
    "what nobody took is called accepted",
    { got: [got(1)], recorded: [recorded(1), recorded(2, { attempts: [] })] },
  ],
  [
    "nothing-after-leaving",
    "somebody who left is written to",
    { people: lawful.people.map((each) => ({ ...each, leftAt: at - 60_000 })) },
  ],
])("%s is found broken when %s", (rule, _broken, change) => {
  expect(rules(change)).toContain(rule);
});
