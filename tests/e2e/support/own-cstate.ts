import { join } from "node:path";
import { write } from "./content.ts";

/** Writes a small cState site of our own, for machines without those that others wrote. */
export function writeOwnCstate(folder: string): void {
  write(join(folder, "config.yml"), CONFIG);
  for (const [name, text] of Object.entries(ISSUES)) write(join(folder, "content/issues", `${name}.md`), text);
}

const CONFIG = `title: Harbour lights
baseURL: https://lights.example/status
params:
  categories:
    - name: Water
  systems:
    - name: Lamp
      category: Water
    - name: Horn
      category: Water
`;

const ISSUES = {
  "2021-02-03-lamp-is-dark": `---
title: The lamp is dark
date: 2021-02-03 04:05:00
resolved: true
resolvedWhen: 2021-02-03 06:00:00
severity: down
affected:
  - Lamp
section: issue
---

*Resolved* - It shines again. {{< track "2021-02-03 06:00:00" >}}

*Investigating* - Nobody sees it. {{< track "2021-02-03 04:10:00" >}}
`,
  "2021-03-04-horn-is-hoarse": `---
title: "The horn is hoarse: again"
date: 2021-03-04T05:06:00+01:00
resolved: false
severity: notice
affected: [Horn]
section: issue
---

It coughs.<br /><br />A <b>doctor</b> is on the way, with ~~salt~~ honey.

| Day | Sound |
| --- | ----- |
| one | hoo   |
`,
  "2021-04-05-new-bulbs": `---
title: New bulbs
date: 2021-04-05 06:07:00
informational: true
section: issue
---

- brighter
- longer
`,
};
