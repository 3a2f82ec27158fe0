import { ChannelHealth } from "#lib/delivery/channel-health.ts";
import type { Transport } from "#lib/delivery/channels/transport.ts";
import type { Rounds } from "#lib/delivery/run-every.ts";
import type { Environment } from "#lib/settings/environment.ts";
import type { Database } from "#lib/store/dialect.ts";
import type { Fact } from "#lib/store/facts.ts";
import { appendFacts } from "#lib/store/ledger.ts";
import { openAlerts } from "./alert.ts";
import type { Found } from "./find.ts";
import { watchTroubles } from "./watch.ts";

/** Whose alarms they are. */
type Site = () => { readonly name: string; readonly url: string };

/** What raises alarms in one process. */
export interface Alarms {
  /** Says it on the console, keeps it in the ledger for whoever looks at the operator's page later, and tells it outside. */
  readonly onAlarm: (message: string) => void;
  /** What becomes of every attempt of this process. */
  readonly health: ChannelHealth;
  /** Begins to look for troubles, once it is known whose they are and how mails leave. */
  watch(known: {
    readonly site: Site;
    readonly email: Transport | undefined;
    readonly own?: () => readonly Found[];
  }): void;
  /** Stops looking. */
  stop(): Promise<void>;
  /** Waits until what was raised is written down and, for some seconds, told. */
  close(): Promise<void>;
}

/** Whose alarm it is as long as nothing was ever published. */
const UNNAMED = { name: "Candor", url: "http://localhost" };

export function openAlarms(
  database: Database,
  { alerts: target, data }: Pick<Environment, "alerts" | "data">,
  {
    clock,
    onAlarm: onConsole,
    onError,
  }: {
    readonly clock: () => number;
    readonly onAlarm: (message: string) => void;
    readonly onError: (error: unknown) => void;
  },
): Alarms {
  let site: Site = () => UNNAMED;
  let email: Transport | undefined;
  let watching: Rounds | undefined;
  let noting: Promise<void> = Promise.resolve();
  const alerts = openAlerts({ target, site: () => site(), email: () => email, onFailure: onConsole });
  const health = new ChannelHealth(() => performance.now());
  const onAlarm = (message: string) => {
    onConsole(message);
    alerts.send(message);
    const fact: Fact = { at: clock(), kind: "alarm", data: { message } };
    const note = () => database.transaction((transaction) => appendFacts(database, transaction, [fact]));
    noting = noting.then(note).catch(onError);
  };
  return {
    onAlarm,
    health,
    watch(known) {
      ({ email, site } = known);
      watching = watchTroubles({
        database,
        data,
        clock,
        health,
        onAlarm,
        onError,
        ...(known.own ? { own: known.own } : {}),
      });
    },
    stop: async () => await watching?.stop(),
    async close() {
      await alerts.close();
      await noting;
    },
  };
}
