import type { Command } from "commander";

/** Every verb, in the order of the help. Loading all of them takes a second, so only the wanted one is loaded. */
export const VERBS: Readonly<Record<string, () => Promise<Command>>> = {
  check: async () => (await import("./commands/check.ts")).checkCommand(),
  new: async () => (await import("./commands/new.ts")).newCommand(),
  update: async () => (await import("./commands/update.ts")).updateCommand(),
  resolve: async () => (await import("./commands/update.ts")).resolveCommand(),
  maintain: async () => (await import("./commands/maintain.ts")).maintainCommand(),
  report: async () => (await import("./commands/report.ts")).reportCommand(),
  action: async () => (await import("./commands/action.ts")).actionCommand(),
  undo: async () => (await import("./commands/undo.ts")).undoCommand(),
  preview: async () => (await import("./commands/preview.ts")).previewCommand(),
  publish: async () => (await import("./commands/publish.ts")).publishCommand(),
  snapshots: async () => (await import("./commands/snapshots.ts")).snapshotsCommand(),
  rollback: async () => (await import("./commands/rollback.ts")).rollbackCommand(),
  serve: async () => (await import("./commands/serve.ts")).serveCommand(),
  deliver: async () => (await import("./commands/deliver.ts")).deliverCommand(),
  halt: async () => (await import("./commands/halt.ts")).haltCommand(),
  resume: async () => (await import("./commands/resume.ts")).resumeCommand(),
  approve: async () => (await import("./commands/resume.ts")).approveCommand(),
  withdraw: async () => (await import("./commands/resume.ts")).withdrawCommand(),
  correct: async () => (await import("./commands/correct.ts")).correctCommand(),
  ledger: async () => (await import("./commands/ledger.ts")).ledgerCommand(),
  wallboard: async () => (await import("./commands/wallboard.ts")).wallboardCommand(),
  export: async () => (await import("./commands/export.ts")).exportCommand(),
  import: async () => (await import("./commands/import.ts")).importCommand(),
  doctor: async () => (await import("./commands/doctor.ts")).doctorCommand(),
  backup: async () => (await import("./commands/backup.ts")).backupCommand(),
  restore: async () => (await import("./commands/backup.ts")).restoreCommand(),
  tokens: async () => (await import("./commands/tokens.ts")).tokensCommand(),
  subscribers: async () => (await import("./commands/subscribers.ts")).subscribersCommand(),
  secret: async () => (await import("./commands/secret.ts")).secretCommand(),
};

/** Under which headings the help lists them, in the order in which they are needed. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  "Write:": ["check", "new", "update", "resolve", "maintain", "report", "action", "undo"],
  "Publish:": ["preview", "publish", "snapshots", "rollback", "export", "import"],
  "Run:": ["serve", "deliver", "doctor", "backup", "restore", "wallboard"],
  "Deliver:": ["halt", "resume", "approve", "withdraw", "correct", "ledger"],
  "People and keys:": ["subscribers", "tokens", "secret"],
};

/** The heading under which the help lists a verb. */
export function groupOf(load: (typeof VERBS)[string]): string {
  const verb = Object.keys(VERBS).find((name) => VERBS[name] === load) ?? "";
  return Object.keys(GROUPS).find((group) => GROUPS[group]?.includes(verb)) ?? "More:";
}
