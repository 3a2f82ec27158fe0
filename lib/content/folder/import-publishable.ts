import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Document } from "yaml";
import type { Problem } from "#lib/model/problem.ts";
import type { Remark } from "#lib/model/remark.ts";
import { keepAsDraft } from "../author/lift-draft.ts";

/** Names and addresses of machines: readers of the old site have read them already, and they open nothing by themselves. */
const MAY_STAND = /\bas (?:internal-host|private-address) \((?<fingerprint>fp-[0-9a-f]{6})\)/;
const REASON = "It stood on the site that was moved in";

/** What was done so that an imported folder can be published, and what of its problems is left. */
interface Publishable {
  readonly remarks: readonly Remark[];
  readonly problems: readonly Problem[];
}

/**
 * Sees to it that what an import wrote can be published at once: the names of internal machines are allowed in
 * site.yaml with a reason, and an entry with a credential becomes a draft, which is published nowhere.
 */
export async function makePublishable(folder: string, problems: readonly Problem[]): Promise<Publishable> {
  const secrets = problems.filter(({ rule, severity }) => rule === "secret" && severity === "error");
  const allowed = secrets.filter(({ message }) => MAY_STAND.test(message));
  const files = new Set(secrets.filter((each) => !allowed.includes(each)).map(({ place }) => place.file));
  files.delete("site.yaml");
  const remarks: Remark[] = [];
  if (allowed.length > 0) await allow(join(folder, "site.yaml"), allowed);
  for (const { place, message } of allowed) {
    const reason = "allowed in site.yaml under guard, with a reason; take it out of both if nobody is to read it";
    remarks.push({ kind: "noted", file: place.file, line: place.line, what: message, reason });
  }
  for (const file of files) {
    const path = join(folder, file);
    await writeFile(path, keepAsDraft(await readFile(path, "utf8")));
    const reason = "carried as a draft: take the secret out, have it revoked, and remove the draft mark";
    remarks.push({ kind: "changed", file, what: "something secret", reason });
  }
  const isMended = (problem: Problem) =>
    allowed.includes(problem) || (secrets.includes(problem) && files.has(problem.place.file));
  return { remarks, problems: problems.filter((problem) => !isMended(problem)) };
}

async function allow(site: string, secrets: readonly Problem[]): Promise<void> {
  const entries = secrets.map(({ place, message }) => ({
    match: MAY_STAND.exec(message)?.groups?.["fingerprint"] ?? "",
    file: place.file,
    reason: REASON,
  }));
  const unique = [...new Map(entries.map((entry) => [`${entry.match} ${entry.file}`, entry])).values()];
  const guard = new Document({ guard: { allow: unique } }).toString({ lineWidth: 0 });
  await writeFile(site, `${await readFile(site, "utf8")}\n${guard}`);
}
