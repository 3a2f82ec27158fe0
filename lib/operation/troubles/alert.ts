import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { alarmMail } from "#lib/delivery/channels/email/alarm.ts";
import type { Transport } from "#lib/delivery/channels/transport.ts";
import { postJson } from "#lib/delivery/post-json.ts";
import type { AlertTarget } from "#lib/settings/alert-url.ts";

export interface AlertSettings {
  readonly target: AlertTarget | undefined;
  /** Whose alarm it is; as it is when the alarm is raised. */
  readonly site: () => { readonly name: string; readonly url: string };
  /** Sends mails; what it says of itself is not repeated when the mail server is the trouble. */
  readonly email: () => Transport | undefined;
  /** The alarm could not be told: said where somebody may still see it. */
  readonly onFailure: (message: string) => void;
}

/** Tells operators of alarms outside of the page. */
export interface Alerts {
  send(alarm: string): void;
  /** Waits for what is on its way, not longer than some seconds. */
  close(): Promise<void>;
}

/** The pauses before it is tried again, in milliseconds. */
const PAUSES_MS = [1_000, 5_000];

/** Opens the operators' own channel. The address is theirs: it may lead anywhere, also into a private network. */
export function openAlerts({ target, site, email, onFailure }: AlertSettings): Alerts {
  const ending = new AbortController();
  const under = new Set<Promise<void>>();
  const attempt = async (alarm: string, at: number): Promise<string | undefined> =>
    target?.kind === "mail"
      ? await mail(target.to, alarm, site(), email(), ending.signal)
      : await post((target as { url: string }).url, alarm, { site: site(), at }, ending.signal);
  const tell = async (alarm: string) => {
    const at = Date.now();
    let fault = await attempt(alarm, at);
    for (const pause of PAUSES_MS) {
      if (fault === undefined || ending.signal.aborted) break;
      await sleep(pause, undefined, { signal: ending.signal }).catch(() => undefined);
      fault = await attempt(alarm, at);
    }
    if (fault !== undefined) onFailure(`This alarm could not be told by CANDOR_ALERT_URL (${fault}): ${alarm}`);
  };
  return {
    send(alarm) {
      if (!target) return;
      const telling = tell(alarm).finally(() => under.delete(telling));
      under.add(telling);
    },
    async close() {
      const limit = setTimeout(() => ending.abort(), 3_000);
      await Promise.all(under);
      clearTimeout(limit);
    },
  };
}

async function mail(
  to: string,
  alarm: string,
  site: { readonly name: string; readonly url: string },
  email: Transport | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (!email) return "there is no way to send mail";
  const { outcome, detail } = await email.send(alarmMail(to, alarm, site, `alarm.${randomUUID()}`), signal);
  return outcome === "accepted" || outcome === "unknown" ? undefined : detail;
}

/** What the request holds is read by chat programs (`text`, `content`) and by programs of one's own. @returns what went wrong; the address is not in it */
async function post(
  url: string,
  alarm: string,
  { site, at }: { readonly site: { readonly name: string; readonly url: string }; readonly at: number },
  signal: AbortSignal,
): Promise<string | undefined> {
  const text = `${site.name}: ${alarm}`;
  const body = {
    text,
    content: text.slice(0, 2_000),
    type: "alarm",
    message: alarm,
    site,
    at: new Date(at).toISOString(),
  };
  return await postJson(url, body, "candor-alarm", signal);
}
