import type { Guidance } from "./rule.ts";

/** What authors are told of faults that are found before any rule looks at a file: in bytes, YAML and shapes. */
export const FAULT_GUIDANCE: readonly Guidance[] = [
  {
    id: "bad-time",
    severity: "error",
    summary: "A time is one that the calendar and the clock have.",
    why: "Times are `2017-08-23T11:05:14+02:00`, with or without seconds and offset; a date alone is fine where the hour is not known, two of them with a slash between say “at some moment from … to …”, and `~` says “about”. Nothing is rolled over or guessed.",
    examples: {
      good: [
        `
---
title: Requests to the API fail
started: ~2026-03-02T10:00+01:00
---
`,
        `
---
title: Requests to the API fail
started: 2026-03-02/2026-03-03
---
`,
      ],
      bad: [
        [
          `
---
title: Requests to the API fail
started: 2026-02-29
---
`,
          "3:10 The calendar has no 2026-02-29.",
        ],
        [
          `
---
title: Requests to the API fail
started: yesterday at noon
---
`,
          "3:10 “yesterday at noon” is not a time.",
        ],
      ],
    },
  },
  {
    id: "duplicate-component",
    severity: "error",
    summary: "Every component has an id of its own.",
    why: "Incidents refer to components by id, so two with the same id cannot be told apart.",
    examples: {
      good: [
        {
          files: {
            "site.yaml": `
name: Example
url: https://status.example.com
components:
  - { id: api, name: API }
  - { id: web, name: Web app }
`,
          },
        },
      ],
      bad: [
        [
          {
            files: {
              "site.yaml": `
name: Example
url: https://status.example.com
components:
  - { id: api, name: API }
  - { id: api, name: Web app }
`,
            },
          },
          "site.yaml:5:11 Two components have the id “api”.",
        ],
      ],
    },
  },
  {
    id: "front-matter-fence",
    severity: "error",
    summary: "The front matter stands between two lines of `---`.",
    why: "An incident file begins with a line `---`, its keys, and a line `---`; the report follows below.",
    examples: {
      good: [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---
`,
      ],
      bad: [
        [
          `
title: Requests to the API fail
started: 2026-03-02
`,
          "1:1 The file has no front matter.",
        ],
      ],
    },
  },
  {
    id: "front-matter-language",
    severity: "error",
    summary: "Front matter is YAML.",
    why: "Some programs run the front matter as code if a language is named behind `---`. Here it is always YAML, and anything else is refused.",
    examples: {
      good: [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---
`,
      ],
      bad: [
        [
          `
---json
{ "title": "Requests to the API fail" }
---
`,
          "1:1 The front matter begins with “---json”.",
        ],
      ],
    },
  },
  {
    id: "conflict-marker",
    severity: "error",
    summary: "A file holds one version, and no marks of a merge that was not finished.",
    why: "Where git could not put two changes together it writes both, between marks, and leaves it to a person to choose. Published, readers would see both and the marks.",
    examples: {
      good: [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---
`,
      ],
      bad: [
        [
          `
---
title: Requests to the API fail
<<<<<<< HEAD
started: 2026-03-02T10:00Z
=======
started: 2026-03-02T10:05Z
>>>>>>> later
---
`,
          "3:1 The file holds two versions side by side: a merge of git was not finished.",
        ],
      ],
    },
  },
  {
    id: "hidden-character",
    severity: "error",
    summary: "A text holds no invisible characters that change how it is read.",
    why: "Control characters and marks that turn the direction of writing can make a text look like another one. Browsers find the direction of a script themselves.",
    examples: {
      good: [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---
`,
      ],
      bad: [
        [
          `
---
title: Requests to the API fail
tags: ["a\u202eb"]
---
`,
          "3:10 The character U+202E is invisible and changes how the text is read.",
        ],
      ],
    },
  },
  {
    id: "image-file",
    severity: "warning",
    summary: "A picture file is a picture, of at most 5 MB, without script.",
    why: "A picture that is none, is very large, or is a drawing with script in it is not shown. For a graph, 200 KB is plenty.",
    examples: {
      good: [],
      bad: [],
    },
  },
  {
    id: "missing-key",
    severity: "error",
    summary: "Every key that must be there is there.",
    why: "An incident needs a `title`; an update needs `at`, `status` and `body`; a window needs `start` and `end`.",
    examples: {
      good: [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---
`,
      ],
      bad: [
        [
          `
---
started: 2026-03-02
---
`,
          "2:1 The file has no “title”.",
        ],
      ],
    },
  },
  {
    id: "no-site",
    severity: "error",
    summary: "The content folder has a site.yaml.",
    why: "`site.yaml` says what the site is called and where it lives; it needs `name` and `url` at least. The name is spelled exactly so.",
    examples: {
      good: [],
      bad: [],
    },
  },
  {
    id: "not-utf8",
    severity: "error",
    summary: "A file is UTF-8 text.",
    why: "Other encodings turn letters into other letters on the way. Every editor can save as UTF-8.",
    examples: {
      good: [],
      bad: [],
    },
  },
  {
    id: "too-large",
    severity: "error",
    summary: "A file is at most 1 MB, its front matter at most 300,000 characters.",
    why: "Such a file is a log or a dump. Keep it elsewhere and link to it.",
    examples: {
      good: [],
      bad: [],
    },
  },
  {
    id: "unknown-key",
    severity: "error",
    summary: "Every key is one that means something.",
    why: "A misspelt key would be ignored without a word: an impact that is not there, an end that never comes. So every key that is not known is an error.",
    examples: {
      good: [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
impact: minor
---
`,
      ],
      bad: [
        [
          `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
impct: minor
---
`,
          "4:1 “impct” is not a key of the file.",
        ],
      ],
    },
  },
  {
    id: "unknown-value",
    severity: "error",
    summary: "Where there is a choice, the value is one of the choices.",
    why: "The message lists what can stand there.",
    examples: {
      good: [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
impact: minor
---
`,
      ],
      bad: [
        [
          `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
impact: huge
---
`,
          "4:9 “impact” is “huge”.",
        ],
      ],
    },
  },
  {
    id: "unreadable-file",
    severity: "error",
    summary: "Candor may read every file of the folder.",
    why: "The account that runs Candor has no right to read the file, or the disk does not give it. Everything else is checked all the same.",
    examples: {
      good: [],
      bad: [],
    },
  },
  {
    id: "wrong-type",
    severity: "error",
    summary: "A list is written where a list is meant, a text where a text is meant.",
    why: "In YAML a list has `- ` before each item or stands in brackets; a mapping has `key: value` on each line or stands in braces; a text that begins with a bracket or a brace needs quotes.",
    examples: {
      good: [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
tags: [database]
---
`,
      ],
      bad: [
        [
          `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
tags: database
---
`,
          "4:7 “tags” is a text, not a list.",
        ],
      ],
    },
  },
  {
    id: "wrong-value",
    severity: "error",
    summary: "A value has the form that its key asks for.",
    why: "Addresses begin with `https://`, ids are small letters, digits and hyphens, texts are neither empty nor endless.",
    examples: {
      good: [
        `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
actions: [{ title: Raise the limit, url: https://example.com/1 }]
---
`,
      ],
      bad: [
        [
          `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
actions: [{ title: Raise the limit, url: tickets/1 }]
---
`,
          "4:42 “url” of action 1 is not a web address: “tickets/1”.",
        ],
      ],
    },
  },
  {
    id: "yaml-alias",
    severity: "error",
    summary: "The YAML has no anchors, aliases or tags.",
    why: "An incident needs none of them, and aliases are how a small file becomes a huge one. Mostly they are an accident: a text that begins with `*`, `&` or `!` needs quotes.",
    examples: {
      good: [
        `
---
title: Requests to the API fail
tags: ["*.example.com"]
started: 2026-03-02T10:00Z
---
`,
      ],
      bad: [
        [
          `
---
title: Requests to the API fail
tags: [*.example.com]
started: 2026-03-02T10:00Z
---
`,
          "3:8 “*.example.com” is read as a YAML alias, because of the asterisk.",
        ],
      ],
    },
  },
  {
    id: "yaml-syntax",
    severity: "error",
    summary: "The YAML holds together.",
    why: "The usual causes: a text with a colon and a space in it needs quotes; lines that belong together begin in the same column; indent with spaces, never with tabs; close what you open.",
    examples: {
      good: [
        `
---
title: "Booking: errors"
started: 2026-03-02T10:00Z
---
`,
      ],
      bad: [
        [
          `
---
title: Booking: errors
started: 2026-03-02T10:00Z
---
`,
          "2:8 A second colon makes this line ambiguous.",
        ],
      ],
    },
  },
];
