import { publicId } from "#lib/content/ids/public-id.ts";
import type { Place } from "#lib/model/problem.ts";
import type { Rule } from "../rule.ts";

interface Claim {
  /** Of an update, with its file before it: its id is its own there alone. */
  readonly id: string;
  readonly place: Place;
  /** The file does not state it: it comes from its name. */
  readonly isDerived: boolean;
}

const REMEDY = "Remove the id here, if this is a copy, and the next command that writes here adds another one.";
const OF_ITS_NAME = "This file has it by its name: write an id of its own into it, twelve small letters and digits.";

export const duplicateId: Rule = {
  id: "duplicate-id",
  severity: "error",
  summary: "No two incidents have one id, and no two updates of an incident.",
  why: "By its `id` an incident stays itself, whatever its file is called and whatever it says: with one id two incidents would be one, and subscribers of one would be told of the other. A file that is copied to begin another incident has the id of the first: remove it there, or put another twelve letters and digits in its place. The ids of updates have to differ within their file alone.",
  *note({ entry, parsed }): Generator<Claim> {
    const isDerived = entry.id === undefined;
    yield { id: publicId(entry), place: parsed.placeOf([isDerived ? "title" : "id"]), isDerived };
    // A space is in no id, so that these meet those of the same file alone.
    for (const [index, { id }] of entry.updates.entries()) {
      if (id === undefined) continue;
      yield { id: `${entry.file} ${id}`, place: parsed.placeOf(["updates", index, "id"]), isDerived: false };
    }
  },
  *compare(claims: readonly Claim[]) {
    const first = new Map<string, Claim>();
    for (const claim of claims) {
      const other = first.get(claim.id);
      if (!other) {
        first.set(claim.id, claim);
        continue;
      }
      // Two files of one name, or with one former address, are told of for that.
      if (claim.isDerived && other.isDerived) continue;
      const isUpdate = claim.id.includes(" ");
      yield {
        place: claim.place,
        message: isUpdate ? "Another update has this id." : `Another incident has this id: ${other.place.file}.`,
        remedy: claim.isDerived ? OF_ITS_NAME : REMEDY,
        related: other.place,
      };
    }
  },
  examples: {
    good: [
      {
        files: {
          "2026/one.md": `
---
id: k3x9ta81mq0z
title: Requests to the API fail
updates:
  - { id: b7ka, at: 2026-03-02T10:00Z, status: investigating, body: Requests to the API fail. }
  - { id: m2xe, at: 2026-03-02T11:00Z, status: resolved, body: Requests succeed again since 10:55 UTC. }
---
`,
          "2026/two.md": `
---
id: p0d4ws72hh1c
title: Requests to the API fail
updates:
  - { id: b7ka, at: 2026-03-05T10:00Z, status: investigating, body: Requests to the API fail. }
---
`,
        },
      },
    ],
    bad: [
      [
        {
          files: {
            "2026/one.md": `
---
id: k3x9ta81mq0z
title: Requests to the API fail
started: 2026-03-02T10:00Z
---
`,
            "2026/two.md": `
---
id: k3x9ta81mq0z
title: Pages load slowly
started: 2026-03-05T10:00Z
---
`,
          },
        },
        "2026/two.md:2:5 Another incident has this id: 2026/one.md.",
      ],
      [
        {
          files: {
            "2026/one.md": `
---
title: Requests to the API fail
updates:
  - { id: b7ka, at: 2026-03-02T10:00Z, status: investigating, body: Requests to the API fail. }
  - { id: b7ka, at: 2026-03-02T11:00Z, status: resolved, body: Requests succeed again since 10:55 UTC. }
---
`,
          },
        },
        "2026/one.md:5:11 Another update has this id.",
      ],
    ],
  },
};
