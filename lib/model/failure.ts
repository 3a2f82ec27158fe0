/** One way to fail that a person is told of. */
interface Kind {
  /** What has happened, whatever the message says of the case. */
  readonly meaning: string;
  /** How a command ends by it; 1 unless it says otherwise. */
  readonly exit?: number;
  /** How the write API answers, and what its caller does then. Where there is none, it is a fault of ours there. */
  readonly answer?: { readonly status: number; readonly name: string; readonly remedy: string };
}

/** The exit code that says: the ledger is another than the one that is known here, and a person has to look first. */
export const LOOK_FIRST = 3;

/**
 * Everything that can go wrong and is no surprise: the one place that names it. The message of each says what happened here,
 * and how to go on; a surprise keeps its stack.
 */
const FAILURES = {
  BACKUP: { meaning: "A file is no backup, or it is damaged." },
  BAD_TOKENS: { meaning: "The file of tokens cannot be read." },
  BUSY: { meaning: "Another process holds what this one needs." },
  CANNOT_EDIT: { meaning: "The front matter is written in a way that cannot be changed in one place." },
  CLOCK: {
    meaning: "There is reason to doubt the clock.",
    answer: { status: 409, name: "clock", remedy: "Set the clock of the server." },
  },
  DAMAGED: { meaning: "What is stored is not what was stored." },
  DATABASE_AWAY: {
    meaning: "The database does not answer.",
    answer: { status: 503, name: "database-away", remedy: "Send it again in a minute." },
  },
  DATABASE_IS_NEWER: { meaning: "A newer version of the program has written the database." },
  DATABASE_LOST: { meaning: "The database is missing or empty beside what it belongs to." },
  DATABASE_UNWRITABLE: { meaning: "The database cannot be written." },
  DATA_IN_USE: { meaning: "Another server has the data folder." },
  FOLDER_TAKEN: { meaning: "The folder to write to holds something." },
  FOREIGN_HEAD: { meaning: "The file beside the ledger was not written with its key.", exit: LOOK_FIRST },
  FOREIGN_LEDGER: { meaning: "The ledger does not end with what a holder of its key has written.", exit: LOOK_FIRST },
  IS_CORRECTED: { meaning: "The notice was corrected in these words before." },
  LEDGER_TURNED: {
    meaning: "The ledger goes on from another entry than the one that is known here.",
    exit: LOOK_FIRST,
  },
  NOTED_MEANWHILE: { meaning: "Somebody else has taken note of something; work it out again." },
  NOTHING_FOUND: { meaning: "There is nothing to move in." },
  NOT_AN_EXPORT: { meaning: "The folder to export to holds something else." },
  NOT_SHOWN: { meaning: "What was sent cannot be shown any more." },
  NO_CONTENT: { meaning: "The content folder is not there." },
  NO_DKIM_KEY: { meaning: "The key for signing mails cannot be read." },
  NO_ERASURES: { meaning: "Nobody knows who has left or was erased since the backup." },
  NO_FILE: { meaning: "A file that was named is not there." },
  NO_MAILDIR: { meaning: "The folder of returned mails is none." },
  NO_NOTICE: { meaning: "There is no such notice." },
  NO_SITE: { meaning: "site.yaml is missing or broken." },
  NO_SNAPSHOT: { meaning: "There is no such publication." },
  NO_WITNESS: { meaning: "The file holds no head of a ledger." },
  OLD_WORKER: { meaning: "A worker runs that was started before the secret was changed." },
  OVERTAKEN: {
    meaning: "Somebody else has published meanwhile.",
    answer: { status: 409, name: "overtaken", remedy: "Look at what they published, then send it again." },
  },
  SAME_PERSON: { meaning: "Nothing proves that this is a second person." },
  SECRET_IN_ENVIRONMENT: { meaning: "The secret is set in the environment, and is changed there." },
  SECRET_LOST: { meaning: "The secret is missing beside what was locked under it." },
  TOKEN: { meaning: "The token is not one of this site, or may not do that." },
  UNDECIDED: {
    meaning: "After a restoration somebody has to decide what is told.",
    answer: {
      status: 409,
      name: "undecided",
      remedy: "Send “tell” with the slugs of those that subscribers are to be told of, an empty list for none.",
    },
  },
  UNPUBLISHED: { meaning: "Nothing was ever published." },
} as const satisfies Record<string, Kind>;

export type FailureCode = keyof typeof FAILURES;

/** An error that is no surprise. */
export interface Failure extends Error {
  readonly code: FailureCode;
}

/** @param message what happened here, and how to go on: whole sentences, with nothing secret in them */
export function failure(code: FailureCode, message: string, options?: ErrorOptions): Failure {
  return Object.assign(new Error(message, options), { code });
}

/** Whether an error is a failure of this kind. It is known by its code: it may have come from another thread. */
export function isFailure(error: unknown, code: FailureCode): error is Failure {
  return error instanceof Error && "code" in error && error.code === code;
}

/** What is known of an error as a failure; undefined of a surprise. */
export function failureKind(error: unknown): Kind | undefined {
  if (!(error instanceof Error && "code" in error)) return undefined;
  const known: Readonly<Record<string, Kind>> = FAILURES;
  return Object.hasOwn(known, String(error.code)) ? known[String(error.code)] : undefined;
}

/** Whether an error says that the ledger is not the one that this machine knows: then nothing more may be done. */
export function isAboutLedger(error: unknown): error is Error {
  return failureKind(error)?.exit === LOOK_FIRST;
}
