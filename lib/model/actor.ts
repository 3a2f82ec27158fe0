/** Who acts, by what proves it: a token, or the account that a command runs under. */
export interface Actor {
  readonly kind: "token" | "account";
  readonly name: string;
  /** Whom an account says that it acts for: nothing proves it. */
  readonly for?: string | undefined;
}

/** As the tables and the ledger have it: “token anna”, “account deploy”, “account deploy for ben”. */
export function actorText({ kind, name, for: other }: Actor): string {
  return other === undefined || other === name ? `${kind} ${name}` : `${kind} ${name} for ${other}`;
}

/** Reads what `actorText` wrote; nothing of what the clock made, or an older version wrote. */
export function actorIn(text: string): Actor | undefined {
  const token = /^token (.+)$/.exec(text);
  if (token) return { kind: "token", name: token[1] ?? "" };
  const account = /^account (\S+)(?: for (.+))?$/.exec(text);
  return account ? { kind: "account", name: account[1] ?? "", for: account[2] } : undefined;
}
