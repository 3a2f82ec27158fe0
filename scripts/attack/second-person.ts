import { appendFileSync, cpSync } from "node:fs";
import { join } from "node:path";
import { candor, ROOT, temporary } from "#tests/e2e/support/candor.ts";
import type { Finding } from "./target.ts";

const ENTRY = `---
title: Everything is slow
impact: major
components: [api]
updates:
  - { at: ${new Date(Date.now() - 60_000).toISOString()}, status: investigating, body: We are looking into it. }
---
`;

const SUBSCRIBERS = "channel,address\nemail,a@example.org\nemail,b@example.org\n";

/** Who has published a large notice tries to approve it: by themselves, by a name that is made up, by no token at all. */
export async function secondPerson(): Promise<Finding> {
  using folder = temporary("attack");
  const folders = { content: join(folder.path, "content"), data: join(folder.path, "data") };
  cpSync(join(ROOT, "incidents"), folders.content, { recursive: true });
  appendFileSync(join(folders.content, "site.yaml"), "\nnotices: { approve_above: 1 }\n");
  const run = async (...words: string[]) => await candor(words, folders);
  await run("publish", "--yes", "--quiet");
  const file = join(folder.path, "subscribers.csv");
  appendFileSync(file, SUBSCRIBERS);
  const imported = await run("subscribers", "import", file);
  appendFileSync(join(folders.content, "slow.md"), ENTRY);
  const published = await run("publish", "--yes");
  const { stdout } = await run("ledger");
  const notice = /^([0-9a-z]{24}) /m.exec(stdout)?.[1] ?? "";
  const tries = [
    ["approve", notice],
    ["approve", notice, "--by", "somebody-else"],
    ["approve", notice, "--token"],
  ];
  const through: string[] = [];
  for (const words of tries) if ((await run(...words)).code === 0) through.push(words.slice(2).join(" "));
  const isReady = published.code === 0 && stdout.includes("waits for a second person");
  return {
    counts: { tries: tries.length, "went through": through.length },
    broken: [
      ...(isReady
        ? []
        : [`there was nothing to approve: ${imported.stderr}${published.stderr}${published.stdout}${stdout}`]),
      ...through.map((how) => `approved by whoever had published (${how || "as they are"})`),
    ],
  };
}
