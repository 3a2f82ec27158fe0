import { join } from "node:path";
import { ago, DAY, dayAgo, HOUR, MINUTE, noonAgo, write, writeEntry, writeSite, ZONE } from "./content.ts";
import { writeStrange } from "./strange-entries.ts";

/** How many small old incidents there are: more than a page of a filtered history holds. */
export const ROUTINE = 60;

export const LONG_NAME =
  "Regional processing, storage and retrieval of customers’ archived documents and their signed drafts";

/** Writes a site on which everything that can be shown is there at once. */
export function writeFullSite(folder: string): void {
  writeSite(folder, {
    name: "Lumen",
    url: "https://status.lumen.example",
    description: "What works at Lumen, and what does not",
    timezone: ZONE,
    locale: "en-GB",
    support: { email: "help@lumen.example", url: "https://lumen.example/help", phone: "+45 00 11 22 33" },
    components: [
      { id: "sign-in", name: "Sign-in" },
      { id: "checkout", name: "Checkout", group: "Shop", description: "Paying for what is in the basket" },
      { id: "search", name: "Search", group: "Shop", since: dayAgo(400) },
      { id: "uploads", name: "Uploads", group: "Shop", since: dayAgo(400) },
      { id: "archive", name: LONG_NAME, group: "Documents, their archives, and whatever else a company has to keep" },
      {
        id: "unbroken",
        name: "Donaudampfschifffahrt".repeat(4),
        group: "Documents, their archives, and whatever else a company has to keep",
      },
      { id: "network", name: "Network", group: "Foundations" },
      { id: "previews", name: "Previews", group: "Foundations", since: dayAgo(9) },
    ],
    reports: { preliminary_within: "72h", final_within: "14d" },
  });
  writeGoingOn(folder);
  writeMaintenance(folder);
  writePast(folder);
  writeUploads(folder);
  writeStrange(folder);
}

function writeGoingOn(folder: string): void {
  writeEntry(folder, "payments-fail", {
    title: "Payments fail at checkout",
    impact: "critical",
    components: { checkout: "major_outage", "sign-in": "partial_outage" },
    started: ago(3 * HOUR),
    detected: ago(170 * MINUTE),
    updates: [
      { at: ago(165 * MINUTE), status: "investigating", body: "No card is accepted. We are looking for the cause." },
      { at: ago(2 * HOUR), status: "identified", body: "Our payment provider refuses our certificate." },
      {
        at: ago(HOUR),
        status: "update",
        components: { "sign-in": "operational" },
        body: "Signing in works again. Payments do not.",
      },
      {
        at: ago(20 * MINUTE),
        status: "monitoring",
        body: "A new certificate is in place, and the **first payments** arrive. See [our shop’s help](https://lumen.example/help/pay).",
      },
    ],
    tags: ["certificates"],
  });
  writeEntry(folder, "slow-search", {
    title: "Search is slow",
    impact: "minor",
    components: ["search"],
    started: `~${ago(5 * HOUR)}`,
    updates: [{ at: ago(4 * HOUR), status: "investigating", body: "Results take up to ten seconds." }],
  });
  writeEntry(folder, "unpublished", {
    title: "A draft that nobody may see",
    impact: "critical",
    components: ["network"],
    started: ago(HOUR),
    updates: [{ at: ago(HOUR), status: "investigating", body: "Secret." }],
    draft: true,
  });
}

function writeMaintenance(folder: string): void {
  writeEntry(folder, "cable-work", {
    title: "New cables in the second hall",
    components: ["network"],
    scheduled: { start: ago(HOUR), end: ago(-2 * HOUR) },
    updates: [
      { at: ago(3 * DAY), status: "scheduled", body: "We lay new cables. Nothing should stop." },
      { at: ago(58 * MINUTE), status: "in_progress", body: "The first cable is unplugged." },
    ],
  });
  writeEntry(folder, "disk-swap", {
    title: "Disks are replaced",
    components: ["archive"],
    scheduled: { start: ago(5 * HOUR), end: ago(HOUR) },
    updates: [{ at: ago(5 * HOUR), status: "in_progress", body: "Disks are replaced one by one." }],
  });
  writeEntry(folder, "router-swap", {
    title: "The edge routers are replaced",
    components: ["network", "checkout"],
    scheduled: { start: ago(-3 * DAY), end: ago(-3 * DAY - 90 * MINUTE) },
    updates: [{ at: ago(2 * DAY), status: "scheduled", body: "Connections break once, for a few seconds." }],
  });
  writeEntry(folder, "older-kernel", {
    title: "New kernels",
    components: ["network"],
    scheduled: { start: noonAgo(12), end: noonAgo(12, 60) },
    updates: [
      { at: noonAgo(15), status: "scheduled", body: "Every machine restarts once." },
      { at: noonAgo(12), status: "in_progress", body: "It has begun." },
      { at: noonAgo(12, 45), status: "completed", body: "All machines are back." },
    ],
  });
}

function writePast(folder: string): void {
  writeEntry(folder, "lost-mail", {
    title: "Receipts were lost",
    impact: "major",
    components: ["checkout"],
    started: noonAgo(2),
    updates: [{ at: noonAgo(2, 50), status: "resolved", body: "Receipts are sent again." }],
  });
  writeEntry(
    folder,
    "stale-cache",
    {
      title: "Old pages were shown",
      impact: "major",
      components: ["previews"],
      started: noonAgo(4),
      updates: [{ at: noonAgo(4, 30), status: "resolved", body: "The cache is cleared." }],
      report: { status: "preliminary", due: dayAgo(1), published: noonAgo(3) },
    },
    "## What happened\n\nA cache kept pages too long.\n",
  );
  writeEntry(folder, "date-only", {
    title: "Invoices were late",
    impact: "minor",
    components: ["archive"],
    started: `${dayAgo(21)}/${dayAgo(20)}`,
    ended: dayAgo(19),
    updates: [{ at: dayAgo(19), status: "resolved", body: "All invoices are out." }],
  });
  writeEntry(folder, "came-back", {
    title: "Sign-in failed twice",
    components: { "sign-in": "partial_outage" },
    started: noonAgo(30),
    updates: [
      { at: noonAgo(30, 10), status: "investigating", body: "Some cannot sign in." },
      { at: noonAgo(30, 20), status: "resolved", body: "Everybody can sign in." },
      { at: noonAgo(30, 40), status: "investigating", body: "It is back." },
      { at: noonAgo(30, 70), status: "resolved", body: "It is over for good." },
    ],
  });
  for (let index = 0; index < ROUTINE; index += 1) {
    writeEntry(folder, `routine/short-break-${index + 1}`, {
      title: `Short break no. ${index + 1}`,
      impact: "minor",
      components: ["search"],
      started: noonAgo(50 + index * 6),
      updates: [{ at: noonAgo(50 + index * 6, 15), status: "resolved", body: `Break ${index + 1} is over.` }],
      tags: ["routine"],
    });
  }
}

const DRAWING = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 80" width="200" height="80"><rect width="200" height="80" fill="#eee"/><path d="M0 70 60 60 90 10 140 60 200 65" fill="none" stroke="#b00"/></svg>`;

/** A picture of one pixel. */
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

function writeUploads(folder: string): void {
  write(join(folder, "uploads-lost", "lost.svg"), DRAWING);
  write(join(folder, "uploads-lost", "one pixel.png"), PIXEL);
  writeEntry(
    folder,
    "uploads-lost/uploads-lost",
    {
      title: "Uploads were lost",
      impact: "major",
      components: { uploads: "partial_outage" },
      started: noonAgo(6),
      detected: noonAgo(6, 4),
      ended: noonAgo(6, 74),
      updates: [
        { at: noonAgo(6, 9), status: "investigating", body: "Some uploads do not arrive." },
        { at: noonAgo(6, 40), status: "identified", body: "One of three stores is full." },
        { at: noonAgo(6, 80), status: "resolved", body: "All stores take uploads again." },
        {
          at: noonAgo(5),
          status: "update",
          body: "Lost files are back from the copies.[^1]\n\n[^1]: All 204 of them.",
        },
      ],
      report: { status: "final", published: noonAgo(4) },
      actions: [
        { title: "Watch the free space of every store", owner: "Storage team", due: dayAgo(3), done: dayAgo(4) },
        {
          title: "Refuse uploads before a store is full",
          owner: "Storage team",
          due: dayAgo(-30),
          url: "https://lumen.example/todo/2",
        },
        { title: "Ask the vendor for larger disks", due: dayAgo(1) },
        { title: "Write down what a full store looks like" },
      ],
      tags: ["storage", "data loss"],
      redirects: ["/issues/lost-uploads/", "/störung/verlorene-dateien", "/incidents/uploads-missing"],
    },
    REPORT,
  );
}

const REPORT = `## Summary of impact

Between noon and a quarter past one, **one upload in three** was lost.[^count]

[^count]: 204 files of 57 customers.

![A line that rises steeply and falls again](lost.svg)

![One pixel](<one pixel.png>)

## Timeline

::timeline

## Root cause

> [!WARNING]
> A store that is full answers as if it had kept the file.

| Store | Size | Free when it began | Free when it was over | Speicherverwaltungsprotokolldateien |
| ----- | ---: | -----------------: | --------------------: | ----------------------------------: |
| one   | 4 TB | 0                  | 1 TB                  | 204                                 |
| two   | 4 TB | 1 TB               | 1 TB                  | 0                                   |

\`\`\`json
{ "stored": true, "reason": "the disk is full, and this line is far too long to be shown on a telephone without scrolling" }
\`\`\`

### The second cause

Nobody [watched](/issues/lost-uploads/). See also [what failed at checkout](../payments-fail.md) and [the mail](../lost-mail.md#updates).

## Next steps

- [x] Free space is watched
- [ ] Stores refuse in time

A very long address: https://lumen.example/${"a-path-that-does-not-end/".repeat(8)}
`;
