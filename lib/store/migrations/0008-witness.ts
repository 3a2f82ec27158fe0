import { sql } from "kysely";
import type { Migration } from "./migration.ts";

/**
 * Which day's end of the ledger each witness has. It also keeps programs away that would write behind a ledger without its
 * key: that one is made when the vault is next opened.
 */
export const witness: Migration = {
  name: "0008-witness",
  async up(transaction, { end }) {
    await sql`create table witness (
      target text primary key,
      day text not null
    ) ${end}`.execute(transaction);
  },
};
