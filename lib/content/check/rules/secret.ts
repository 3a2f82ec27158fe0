import type { Rule } from "../rule.ts";
import { secretFindings } from "../secrets.ts";

export const secret: Rule = {
  id: "secret",
  severity: "error",
  inDrafts: "warning",
  summary: "Nothing secret is published: no credential, no internal host or address, no name on the deny list.",
  why: `What is published is copied within seconds and cannot be taken back. A credential is found wherever it stands: in a title, a link, a picture's name, a comment, cut in two or written with other characters; no comment silences it. Take it out **and have it revoked**, since whoever reads the repository has it already.

Names that customers must not read stand in site.yaml, and so does what may stand all the same, always with a reason:

    guard:
      deny: [Project Blue Heron]
      allow:
        - { match: internal-host, file: 2026/2026-03-02-name-server.md, reason: The name is part of the public record }
        - { match: fp-1a2b3c, reason: An example from the vendor's manual }

In a draft it is a warning: nothing of it is published before the mark is taken away.

An entry allows a kind in a file or in a folder (with a closing slash), or a single finding by the fingerprint that is shown with it.`,
  check: ({ secrets, config }) => secretFindings(secrets, config.guard),
  examples: {
    good: [
      `
---
title: Requests to the API fail
updates:
  - at: 2026-03-02T10:00Z
    status: resolved
    body: One of our database servers is back. Requests to api.example.com are answered again.
---
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
updates:
  - at: 2026-03-02T10:00Z
    status: resolved
    body: The server db-7.example.internal (10.20.0.7) is back.
---
`,
        "6:22 The name of an internal host stands here as internal-host (fp-68225e).",
        "6:45 A private network address stands here as private-address (fp-47cdb6).",
      ],
    ],
  },
};
