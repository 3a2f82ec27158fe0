import type { KeyObject } from "node:crypto";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import {
  CompiledQuery,
  type DatabaseConnection,
  type Insertable,
  Kysely,
  type Transaction as KyselyTransaction,
  PostgresDialect,
  type QueryResult,
  type RawBuilder,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type SqliteStatement,
  sql,
  type TransactionSettings,
} from "kysely";
import { LRUCache } from "lru-cache";
import { failure } from "#lib/model/failure.ts";
import { insertMany } from "./insert-many.ts";
import type { Tables } from "./schema.ts";

/** How long a writer waits for another before it gives up, in milliseconds. */
const BUSY_MS = 10_000;

/** Work in progress that is kept whole or not at all. */
export type Transaction = KyselyTransaction<Tables>;

/** An open database: the queries are the same on SQLite and on PostgreSQL, and every difference is in this file. */
export interface Database extends AsyncDisposable {
  readonly kind: "sqlite" | "postgres";
  /** Queries outside any transaction. Inside of one, use only what it hands you: SQLite has one connection. */
  readonly query: Kysely<Tables>;
  /** All of the work or none of it, on the disk when this returns. On SQLite one writer at a time gets in. */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** Inserts any number of rows, which all have the same columns, as fast as the database takes them. */
  insertMany<T extends keyof Tables & string>(
    transaction: Transaction,
    table: T,
    rows: readonly Insertable<Tables[T]>[],
  ): Promise<void>;
  /** Keeps every other transaction that takes the lock of this name waiting until this one has ended. */
  lock(transaction: Transaction, name: string): Promise<void>;
  /** The rows of a table, some thousands at a time, as they were when the transaction began. */
  rowsOf(transaction: Transaction, table: string): AsyncGenerator<readonly Row[]>;
  /** After rows came with numbers of their own: the next number is one that none of them has. */
  countOn(transaction: Transaction, table: string): Promise<void>;
  /** Whether anybody but this connection has the database open. */
  isShared(): Promise<boolean>;
  /** What the ledger is keyed with; set once the vault is open. Without it a ledger that is keyed cannot be written. */
  ledgerKey?: KeyObject;
  /** Where the file is, for a database that is one. */
  readonly file?: string;
  /** What has to be said differently. */
  readonly words: Words;
  close(): Promise<void>;
}

/** A row of any table. */
export type Row = Readonly<Record<string, unknown>>;

/** As many rows are read at a time. */
const FETCHED = 2_000;

/** SQL words that differ between the two. */
export interface Words {
  /** Type of a primary key that counts up and never uses a number twice. */
  readonly id: RawBuilder<unknown>;
  /** Type of a whole number up to 2^53. */
  readonly whole: RawBuilder<unknown>;
  readonly bytes: RawBuilder<unknown>;
  /** Ends a `create table`. */
  readonly end: RawBuilder<unknown>;
  /** Ends a query for rows that nobody else is just taking. */
  readonly skipLocked: RawBuilder<unknown>;
  /** A table whose column `value` has the elements of a list: many values as one, so that a statement's text is always the same. */
  elements(list: readonly unknown[]): RawBuilder<unknown>;
}

/** Connects to a `postgres://` address, or to an SQLite file (or `:memory:`), which is made when it is not there. */
export async function connect(location: string): Promise<Database> {
  return /^postgres(?:ql)?:\/\//.test(location) ? await connectPostgres(location) : connectSqlite(location);
}

function connectSqlite(file: string): Database {
  if (file !== ":memory:") mkdirSync(dirname(file), { recursive: true });
  const sqlite = new DatabaseSync(file, { timeout: 0, enableForeignKeyConstraints: true });
  const query = new Kysely<Tables>({
    dialect: {
      createDriver: () => new SharedFileDriver(sqlite, file),
      createQueryCompiler: () => new SqliteQueryCompiler(),
      createAdapter: () => new SqliteAdapter(),
      createIntrospector: (any) => new SqliteIntrospector(any),
    },
  });
  return {
    ...common(query, () => "?"),
    kind: "sqlite",
    // “begin immediate” has let nobody else in.
    lock: () => Promise.resolve(),
    async *rowsOf(transaction, table) {
      let rows: Row[] = [];
      for await (const row of transaction
        .selectFrom(table as "meta")
        .selectAll()
        .stream()) {
        rows.push(row as unknown as Row);
        if (rows.length < FETCHED) continue;
        yield rows;
        rows = [];
      }
      yield rows;
    },
    countOn: () => Promise.resolve(),
    // Only the last one who has it open can leave the journal that several share.
    isShared: () => Promise.resolve(!setJournal(sqlite, "delete") || !setJournal(sqlite, "wal")),
    ...(file === ":memory:" ? {} : { file }),
    words: {
      id: sql`integer primary key autoincrement`,
      whole: sql`integer`,
      bytes: sql`blob`,
      end: sql`strict`,
      skipLocked: sql``,
      elements: (list) => sql`json_each(${JSON.stringify(list)})`,
    },
  };
}

async function connectPostgres(url: string): Promise<Database> {
  const { default: pg } = await import("pg");
  const types = new pg.TypeOverrides();
  types.setTypeParser(pg.types.builtins.INT8, Number);
  const name = `candor ${crypto.randomUUID()}`;
  const pool = new pg.Pool({
    connectionString: url,
    application_name: name,
    connectionTimeoutMillis: BUSY_MS,
    keepAlive: true,
    types,
  });
  // An idle connection that breaks is replaced; the next query says what is wrong, if anything still is.
  pool.on("error", () => undefined);
  const query = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    ...common(query, (number) => `$${number}`),
    kind: "postgres",
    async lock(transaction, name) {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`candor ${name}`}, 0))`.execute(transaction);
    },
    async *rowsOf(transaction, table) {
      await sql`declare copied no scroll cursor for select * from ${sql.table(table)}`.execute(transaction);
      for (;;) {
        const { rows } = await sql<Row>`fetch ${sql.lit(FETCHED)} from copied`.execute(transaction);
        if (rows.length === 0) break;
        yield rows;
      }
      await sql`close copied`.execute(transaction);
    },
    async countOn(transaction, table) {
      const { rows } = await sql<{ name: string }>`select attname as name from pg_attribute
        where attrelid = ${table}::regclass and attidentity <> ''`.execute(transaction);
      for (const { name: column } of rows) {
        const next = sql`(select coalesce(max(${sql.ref(column)}), 0) + 1 from ${sql.table(table)})`;
        await sql`select setval(pg_get_serial_sequence(${table}, ${column}), ${next}, false)`.execute(transaction);
      }
    },
    async isShared() {
      const { rows } = await sql`select 1 from pg_stat_activity where datname = current_database()
        and application_name like 'candor %' and application_name <> ${name}`.execute(query);
      return rows.length > 0;
    },
    words: {
      id: sql`bigint generated by default as identity primary key`,
      whole: sql`bigint`,
      bytes: sql`bytea`,
      end: sql``,
      skipLocked: sql`for update skip locked`,
      elements: (list) => sql`json_array_elements(cast(${JSON.stringify(list)} as json))`,
    },
  };
}

/** @returns whether that is the journal now */
function setJournal(sqlite: DatabaseSync, mode: "delete" | "wal"): boolean {
  try {
    return sqlite.prepare(`pragma journal_mode = ${mode}`).get()?.["journal_mode"] === mode;
  } catch (error) {
    if (codeOf(error) === BUSY) return false;
    throw error;
  }
}

function common(query: Kysely<Tables>, parameter: (number: number) => string) {
  const close = () => query.destroy();
  const transaction: Database["transaction"] = (work) => query.transaction().execute(work);
  const insert: Database["insertMany"] = (...into) => insertMany(parameter, ...into);
  return {
    query,
    transaction,
    insertMany: insert,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Kysely's driver for SQLite, with connections and transactions that several processes can have at once. */
class SharedFileDriver extends SqliteDriver {
  readonly #sqlite: DatabaseSync;
  readonly #file: string;
  #connection: DatabaseConnection | undefined;

  constructor(sqlite: DatabaseSync, file: string) {
    super({ database: preparing(sqlite) });
    this.#sqlite = sqlite;
    this.#file = file;
  }

  override async init(): Promise<void> {
    await super.init();
    const connection = await this.acquireConnection();
    // Readers see the last commit while somebody writes, and a commit is on the disk.
    for (const setting of ["journal_mode = wal", "synchronous = full", "wal_autocheckpoint = 8000"]) {
      await connection.executeQuery(CompiledQuery.raw(`pragma ${setting}`));
    }
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    this.#connection ??= patient(await super.acquireConnection(), this.#sqlite, this.#file);
    return this.#connection;
  }

  /** A writer waits for its turn at the beginning: one that has read already could only fail. */
  override async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings = {}): Promise<void> {
    const begin = settings.accessMode === "read only" ? "begin" : "begin immediate";
    await connection.executeQuery(CompiledQuery.raw(begin));
  }

  /** SQLite has already rolled back after some failures, a full disk among them; the failure is the news. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#sqlite.isTransaction) await super.rollbackTransaction(connection);
  }
}

/**
 * A connection that tries again while another one writes. SQLite's own waiting would hold up the whole process, and for
 * ever if the other one is of the same process.
 */
function patient(connection: DatabaseConnection, sqlite: DatabaseSync, file: string): DatabaseConnection {
  return {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      for (let waited = 0, pause = 1; ; waited += pause, pause = Math.min(2 * pause, 25)) {
        try {
          return await connection.executeQuery<R>(query);
        } catch (error) {
          if (codeOf(error) !== BUSY || sqlite.isTransaction || waited > BUSY_MS) throw inWords(error, file);
          await sleep(pause);
        }
      }
    },
    streamQuery: (query, size) => connection.streamQuery(query, size),
  };
}

/** SQLite's result code, without what says which form of it. */
function codeOf(error: unknown): number | undefined {
  return error instanceof Error && "errcode" in error ? Number(error.errcode) & 0xff : undefined;
}

const BUSY = 5;

/** READONLY, IOERR and FULL: what the place of the file is to blame for. */
const UNWRITABLE = [8, 10, 13];

/** A failure as an operator can use it. */
function inWords(error: unknown, file: string): unknown {
  const code = codeOf(error);
  if (!(error instanceof Error) || code === undefined || ![BUSY, ...UNWRITABLE].includes(code)) return error;
  const message =
    code === BUSY
      ? `Somebody else has been writing to the database ${file} for ${BUSY_MS / 1_000} seconds. Try again when that is done.`
      : `The database ${file} could not be written: ${error.message}. What was there before is unharmed. Look at the free space and the permissions of its folder.`;
  return failure("DATABASE_UNWRITABLE", message, { cause: error });
}

/** `node:sqlite` as Kysely expects it. Statements are kept, as preparing one takes longer than most of them run. */
function preparing(sqlite: DatabaseSync) {
  const kept = new LRUCache<string, SqliteStatement>({ max: 200 });
  return {
    close: () => sqlite.close(),
    prepare(text: string): SqliteStatement {
      const known = kept.get(text);
      if (known) return known;
      const statement = sqlite.prepare(text);
      const made: SqliteStatement = {
        reader: statement.columns().length > 0,
        all: (values) => statement.all(...(values as SQLInputValue[])),
        run: (values) => statement.run(...(values as SQLInputValue[])),
        // One of its own: while rows are taken from it, the kept one may be asked for something else.
        iterate: (values) => sqlite.prepare(text).iterate(...(values as SQLInputValue[])),
      };
      kept.set(text, made);
      return made;
    },
  };
}
