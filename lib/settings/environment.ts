import { resolve } from "node:path";
import { z } from "zod";
import { type AlertTarget, alertUrl } from "./alert-url.ts";
import {
  CHANNEL_VARIABLES,
  type ChannelEnvironment,
  channelEnvironment,
  missingVariables,
} from "./channel-environment.ts";
import { type WitnessTarget, witnesses } from "./witness-targets.ts";

/** What the surroundings say of how Candor is to run. */
export interface Environment {
  /** TCP port the server listens on. */
  readonly port: number;
  /** Address the server listens on. */
  readonly host: string;
  /** Absolute path of the content folder. */
  readonly content: string;
  /** Absolute path of the data folder. */
  readonly data: string;
  /** Address of a PostgreSQL database, in place of the SQLite file in the data folder. Holds a password: never shown. */
  readonly databaseUrl?: string;
  /** Under which addresses are kept; one is made and kept in the data folder where none is set. Never shown. */
  readonly secret?: string;
  /** What the secret was before: what is kept under them can still be read. Never shown. */
  readonly formerSecrets?: readonly string[];
  /** To whom the operator's page answers: this machine alone unless told otherwise. */
  readonly operator?: "public" | "off";
  /** Who commits: the page and the API alone unless told otherwise; the commands as well; nobody. */
  readonly git?: "commit" | "off";
  /** The machine's clock is held against the time that passes and against the store, and doubted where they disagree. */
  readonly watchesClock?: true;
  /** Where operators want to be told of alarms. May hold a secret: never shown. */
  readonly alerts?: AlertTarget;
  /** Where each day's end of the ledger is put on record. They may hold secrets: never shown. */
  readonly witness?: readonly WitnessTarget[];
  /** How subscribers are reached; absent when nothing is said of it. */
  readonly channels?: ChannelEnvironment;
}

const schema = z.object({
  PORT: z
    .string()
    .regex(/^\d+$/, { error: "is not a number" })
    .transform(Number)
    .refine((port) => port <= 65_535, { error: "is larger than 65535" })
    .default(3000),
  HOST: z.string().min(1).default("0.0.0.0"),
  CANDOR_CONTENT: z.string().min(1).default("incidents"),
  CANDOR_DATA: z.string().min(1).default("data"),
  DATABASE_URL: z
    .string()
    .refine(isPostgres, { error: "is not of the form postgres://user:password@host:5432/database" })
    .optional(),
  CANDOR_SECRET: z.string().min(16, { error: "is shorter than 16 characters" }).optional(),
  CANDOR_SECRET_FORMER: z
    .string()
    .transform((text) => text.split(/\s+/).filter(Boolean))
    .optional(),
  CANDOR_OPERATOR: z
    .enum(["loopback", "public", "off"], { error: "is not loopback, public or off" })
    .default("loopback"),
  CANDOR_GIT: z.enum(["page", "commit", "off"], { error: "is not page, commit or off" }).default("page"),
  CANDOR_CLOCK: z.enum(["watch", "trust"], { error: "is not watch or trust" }).default("watch"),
  CANDOR_ALERT_URL: alertUrl,
  CANDOR_WITNESS: witnesses,
  ...CHANNEL_VARIABLES,
});

/**
 * Reads the environment variables.
 * @throws {EnvironmentError} naming each wrong one; values are not repeated, as some may be secret
 */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>> = process.env): Environment {
  const known = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, variables[name] || undefined]));
  const result = schema.safeParse(known);
  const faults = result.success
    ? [...missingVariables(result.data), ...mailFaults(result.data)]
    : result.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
  if (!result.success || faults.length > 0) {
    throw new EnvironmentError(`Wrong environment: ${faults.join("; ")}. Correct it and start again.`);
  }
  const { PORT, HOST, CANDOR_CONTENT, CANDOR_DATA, DATABASE_URL, CANDOR_OPERATOR, CANDOR_GIT } = result.data;
  const { CANDOR_ALERT_URL: alerts, CANDOR_WITNESS: witness } = result.data;
  const { CANDOR_SECRET: secret, CANDOR_SECRET_FORMER: formerSecrets } = result.data;
  const channels = channelEnvironment(result.data);
  return {
    port: PORT,
    host: HOST,
    content: resolve(CANDOR_CONTENT),
    data: resolve(CANDOR_DATA),
    ...(DATABASE_URL === undefined ? {} : { databaseUrl: DATABASE_URL }),
    ...(secret === undefined ? {} : { secret }),
    ...(formerSecrets === undefined ? {} : { formerSecrets }),
    ...(CANDOR_OPERATOR === "loopback" ? {} : { operator: CANDOR_OPERATOR }),
    ...(CANDOR_GIT === "page" ? {} : { git: CANDOR_GIT }),
    ...(result.data.CANDOR_CLOCK === "watch" ? { watchesClock: true } : {}),
    ...(alerts === undefined ? {} : { alerts }),
    ...(witness === undefined ? {} : { witness }),
    ...(Object.keys(channels).length === 0 ? {} : { channels }),
  };
}

/** Where an environment keeps everything that is not content: what `openDatabase` takes. */
export function databaseOf({ data, databaseUrl }: Environment): string {
  return databaseUrl ?? resolve(data, "candor.db");
}

/** Mails that would go into files, where nobody looks for them. */
function mailFaults({ CANDOR_ALERT_URL, CANDOR_WITNESS = [], SMTP_URL }: z.infer<typeof schema>): string[] {
  if (SMTP_URL !== undefined) return [];
  const mailed = { CANDOR_ALERT_URL: [CANDOR_ALERT_URL], CANDOR_WITNESS };
  return Object.entries(mailed).flatMap(([name, targets]) => {
    const isMailed = targets.some((target) => target?.kind === "mail");
    return isMailed ? [`${name} has a mailto: address, and SMTP_URL, by which it would be reached, is not set`] : [];
  });
}

function isPostgres(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && /^postgres(?:ql)?:$/.test(url.protocol) && url.pathname.length > 1;
}

class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
}
