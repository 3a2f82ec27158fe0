import { quote } from "#lib/content/parse/quote.ts";
import { isForCustomers, said } from "../prose.ts";
import type { Finding, Rule } from "../rule.ts";

/** One of these is in all of them. */
const HINT =
  /k8s|OOM|[45]xx|p9[059]|RCA|SEV|kubelet|etcd|cronjob|set\b|trace|segfault|core dump|[a-z](?:Exception|Error)|ECONN|ETIME|ENOSPC|EMFILE|[PM]R ?[#!]|(?:db|lb|srv|vm|cache|redis|sql|gres|kafka|worker)-?\d|\.(?:internal|corp|lan|intra|svc)|prod-|staging-/;

const JARGON = new RegExp(
  [
    "k8s",
    "OOM(?:[- ]?[Kk]ill(?:ed|er)?)?",
    "[45]xx",
    "p9[059]s?",
    "RCA",
    "SEV-?[0-5]",
    "kubelet|etcd|cronjob|replicaset|daemonset|statefulset",
    "stack ?trace|segfault|core dump",
    "[A-Z][A-Za-z]*(?:Exception|Error)(?=[^A-Za-z])",
    "E(?:CONNREFUSED|CONNRESET|TIMEDOUT|NOSPC|MFILE)",
    String.raw`(?:PR|MR) ?[#!]\d+`,
    // Machines by their names.
    String.raw`(?:db|lb|srv|vm|cache|redis|mysql|postgres|kafka|worker)-?\d{1,3}`,
    String.raw`[a-z][a-z0-9-]{0,60}\.(?:internal|corp|lan|intra|svc)`,
    "(?:prod|staging)-[a-z0-9-]{2,40}",
  ]
    .map((words) => `(?<![\\w.-])(?:${words})(?![\\w-])`)
    .join("|"),
  "g",
);

export const jargon: Rule = {
  id: "jargon",
  severity: "warning",
  summary: "Titles and updates are in the customer's words.",
  why: "A customer in the middle of an outage does not know your servers by name. Say what does not work for them, and leave the rest to the report. Words that your own house uses go into `jargon: [Tycho, blue cell]` in site.yaml; if your customers are engineers who know all these words, `checks: { jargon: off }`.",
  *check({ prose, config }) {
    const texts = prose.filter(isForCustomers);
    yield* found(said(texts, JARGON, HINT));
    if (config.jargon?.length) yield* found(said(texts, ownWords(config.jargon)));
  },
  examples: {
    good: [
      `
---
title: Requests to the API fail
updates:
  - at: 2026-03-02T10:00Z
    status: identified
    body: The API answers with errors. A server has run out of memory.
---

The pods on k8s were OOM-killed.
`,
    ],
    bad: [
      [
        `
---
title: Requests to the API fail
updates:
  - at: 2026-03-02T10:00Z
    status: identified
    body: A pod was OOMKilled on db-03.
---
`,
        "6:21 “OOMKilled” is a word of the house.",
        "6:34 “db-03” is a word of the house.",
      ],
      [
        {
          files: {
            "2026/example.md": `
---
title: Requests to the API fail
updates:
  - at: 2026-03-02T10:00Z
    status: identified
    body: Tycho answers with errors.
---
`,
          },
          site: "jargon: [Tycho]\n",
        },
        "2026/example.md:6:11 “Tycho” is a word of the house.",
      ],
    ],
  },
};

function* found(matches: ReturnType<typeof said>): Generator<Finding> {
  for (const { match, place } of matches) {
    yield {
      place,
      message: `${quote(match[0])} is a word of the house.`,
      remedy: "Say what customers see of it; how it works inside belongs in the report.",
    };
  }
}

/** What was made of a list of words: the list is the same for every file of a site. */
const known = new WeakMap<readonly string[], RegExp>();

function ownWords(words: readonly string[]): RegExp {
  const made =
    known.get(words) ??
    new RegExp(words.map((word) => `(?<!\\w)${word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?!\\w)`).join("|"), "gi");
  known.set(words, made);
  return made;
}
