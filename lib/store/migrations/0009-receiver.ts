import { sql } from "kysely";
import type { Migration } from "./migration.ts";

/** Which mailbox or receiver a letter went to, by a pseudonym: what one of them gets in a day is counted by it. */
export const receiver: Migration = {
  name: "0009-receiver",
  async up(transaction) {
    await sql`alter table letter add column receiver text`.execute(transaction);
    await sql`create index letter_receiver on letter (receiver, made_at)`.execute(transaction);
  },
};
