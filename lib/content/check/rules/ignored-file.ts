import type { Rule } from "../rule.ts";

export const ignoredFile: Rule = {
  id: "ignored-file",
  severity: "warning",
  summary: "Every incident file ends in `.md`.",
  why: "Only files that end in `.md`, in small letters, are read. An incident in `outage.MD` or `outage.markdown` would be missing without a word.",
  note: () => [],
  *compare(_notes, { paths }) {
    for (const file of paths) {
      if (!/\.(?:markdown|mdown|mkd|mdx|md\.txt|md)$/i.test(file) || file.endsWith(".md")) continue;
      yield {
        place: { file, line: 1, column: 1 },
        message: "The file is not read: its name does not end in “.md”.",
        remedy: "Rename it so that it does; or begin its name with “_” if it is no incident.",
      };
    }
  },
  examples: {
    good: [
      {
        files: {
          "2026/example.md": `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---
`,
          "2026/notes.txt": "",
        },
      },
    ],
    bad: [
      [
        {
          files: {
            "2026/example.md": `
---
title: Requests to the API fail
started: 2026-03-02T10:00Z
---
`,
            "2026/other.markdown": "",
          },
        },
        "2026/other.markdown:1:1 The file is not read: its name does not end in “.md”.",
      ],
    ],
  },
};
