import { createHash } from "node:crypto";
import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Vault } from "#lib/access/vault.ts";
import type { Environment } from "#lib/settings/environment.ts";
import type { WitnessTarget } from "#lib/settings/witness-targets.ts";
import type { Database } from "#lib/store/dialect.ts";
import { ledgerHead } from "#lib/store/ledger.ts";
import { keepWitnessed, witnessedDay } from "#lib/store/witness.ts";
import { alarmMail } from "../channels/email/alarm.ts";
import { postJson } from "../post-json.ts";
import { type Rounds, runEvery } from "../run-every.ts";
import type { Transports } from "../transports.ts";
import { headLine } from "./heads.ts";

export interface WitnessOptions {
  readonly environment: Pick<Environment, "witness">;
  readonly database: Database;
  readonly vault: Pick<Vault, "ledgerId">;
  readonly transports: Pick<Transports, "by">;
  readonly site: () => { readonly name: string; readonly url: string };
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly onError: (error: unknown) => void;
  readonly onAlarm: (message: string) => void;
}

/** How often it is looked whether a witness lacks this day's, and how long after a failure it is tried again, in milliseconds. */
const LOOK_MS = 60_000;
const AGAIN_MS = 10 * 60_000;

/**
 * Puts each day's end of the ledger on record at every witness that is set. Whoever dies between telling one and noting that
 * it was told tells it twice, which harms nobody: heads that are on record twice say the same.
 */
export function startWitness(options: WitnessOptions): Rounds {
  const notBefore = new Map<string, number>();
  return runEvery((signal) => lookRound(options, notBefore, signal), { everyMs: LOOK_MS, onError: options.onError });
}

async function lookRound(options: WitnessOptions, notBefore: Map<string, number>, signal: AbortSignal): Promise<void> {
  const { environment, database, vault, clock, onAlarm } = options;
  const now = clock();
  const at = new Date(now).toISOString();
  const day = at.slice(0, 10);
  for (const target of environment.witness ?? []) {
    const name = nameOf(target);
    if (now < (notBefore.get(name) ?? 0) || (await witnessedDay(database, name)) === day) continue;
    const line = headLine({ ledger: vault.ledgerId, at, ...(await ledgerHead(database)) });
    const fault = await tell(target, line, options, signal);
    if (fault === undefined) await keepWitnessed(database, name, day);
    else if (!signal.aborted) {
      notBefore.set(name, now + AGAIN_MS);
      onAlarm(`The ledger's end was not witnessed by CANDOR_WITNESS: ${fault}.`);
    }
  }
}

/** A witness's address may hold a secret. */
function nameOf(target: WitnessTarget): string {
  return createHash("sha256").update(JSON.stringify(target)).digest("hex").slice(0, 16);
}

/** @returns what went wrong; nothing secret is in it */
async function tell(
  target: WitnessTarget,
  line: string,
  { transports, site }: WitnessOptions,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (target.kind === "file") return await appendLine(target.file, line);
  const { name, url } = site();
  if (target.kind === "post") {
    const body = {
      type: "ledger_head",
      line,
      site: { name, url },
      text: `${name}: ${line}`,
      content: `${name}: ${line}`,
    };
    return await postJson(target.url, body, "candor-witness", signal);
  }
  const email = transports.by.email;
  if (!email) return "there is no way to send mail";
  const id = `witness.${createHash("sha256").update(line).digest("hex").slice(0, 32)}`;
  const text = `Keep this mail: it shows later whether the ledger was changed.\n\n${line}`;
  const { outcome, detail } = await email.send(
    alarmMail(target.to, text, { name, url }, id, "The ledger's end"),
    signal,
  );
  return outcome === "accepted" ? undefined : detail;
}

/** Behind what is there, on a line of its own. */
async function appendLine(file: string, line: string): Promise<string | undefined> {
  try {
    await mkdir(dirname(file), { recursive: true });
    const before = await readFile(file, "utf8").catch(() => "");
    const gap = before === "" || before.endsWith("\n") ? "" : "\n";
    await appendFile(file, `${gap}${line}\n`, { flush: true });
    return undefined;
  } catch (error) {
    return `${file} could not be written (${(error as NodeJS.ErrnoException).code ?? "unknown"})`;
  }
}
