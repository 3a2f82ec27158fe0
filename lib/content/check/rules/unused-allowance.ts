import { allowanceFor } from "#lib/content/secrets/allow.ts";
import type { FolderRule } from "../rule.ts";

const EXAMPLE = `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---

The server db-7.example.internal was full.
`;

/** Notes are the indices of the entries that were needed. */
export const unusedAllowance: FolderRule<number> = {
  id: "unused-allowance",
  severity: "warning",
  summary: "What site.yaml allows although it looks secret is there.",
  why: "An entry of `guard.allow` under which nothing stands any more waits to allow what nobody meant. Remove it; or, if the file was renamed or the text changed, mend its `file` or its `match`.",
  note({ secrets, config }) {
    const allow = config.guard?.allow ?? [];
    return secrets.map((secret) => allowanceFor(secret, secret.place.file, allow)).filter((index) => index !== -1);
  },
  *compare(notes, { config, siteSecrets }) {
    const allow = config.guard?.allow ?? [];
    const used = new Set(notes);
    for (const secret of siteSecrets ?? []) used.add(allowanceFor(secret, secret.place.file, allow));
    for (const [index, { match, place }] of allow.entries()) {
      if (used.has(index)) continue;
      yield {
        place,
        message: `The allow entry for ${match} matches nothing.`,
        remedy: "Remove it, or mend its file or its match.",
      };
    }
  },
  examples: {
    good: [
      {
        files: { "2026/example.md": EXAMPLE },
        site: "guard: { allow: [{ match: internal-host, file: 2026/, reason: Known to all }] }",
      },
    ],
    bad: [
      [
        {
          files: { "2026/example.md": EXAMPLE },
          site: `guard:
  allow:
    - { match: internal-host, reason: Known to all }
    - { match: private-address, reason: Known to all }`,
        },
        "site.yaml:10:7 The allow entry for private-address matches nothing.",
      ],
    ],
  },
};
