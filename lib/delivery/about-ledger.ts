const CODES = ["FOREIGN_LEDGER", "FOREIGN_HEAD", "LEDGER_TURNED"];

/** Whether an error says that the ledger is not the one that this machine knows: then nothing more may be done. */
export function isAboutLedger(error: unknown): error is Error {
  return error instanceof Error && "code" in error && CODES.includes(String(error.code));
}
