import { sql } from "kysely";
import type { Migration } from "./migration.ts";

/** Whom to write to when a webhook does not answer: locked, and by its pseudonym, so that one mailbox gets only so much. */
export const contact: Migration = {
  name: "0004-contact",
  async up(transaction) {
    await sql`alter table subscription add column contact text`.execute(transaction);
    await sql`alter table subscription add column contact_key text`.execute(transaction);
  },
};
