import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { publish } from "#lib/publishing/publish.ts";
import type { Environment } from "#lib/settings/environment.ts";
import { startDelivery } from "#lib/wire/deliver.ts";
import { HANGS } from "#tests/hang-guard.ts";
import { folderWith, put, SITE } from "./content-folder.ts";
import { subscribe } from "./subscribers.ts";

test("a worker that runs sends in the name that the site has by now", async () => {
  const root = folderWith({ "content/site.yaml": SITE });
  const [content, data] = [join(root, "content"), join(root, "data")];
  const environment: Environment = { port: 0, host: "127.0.0.1", content, data };
  await publish(environment, { now: Date.now() });
  await subscribe(environment, ["ada@example.com"], Date.now());
  let made = 0;
  const tell = async () => {
    made += 1;
    const at = new Date(Date.now() - 60_000).toISOString();
    const update = `  - { at: ${at}, status: investigating, body: We look into it. }`;
    put(
      content,
      `event-${made}.md`,
      `---\ntitle: Event ${made}\nstarted: ${at}\nimpact: major\ncomponents: [api]\nupdates:\n${update}\n---\n`,
    );
    await publish(environment, { now: Date.now() });
  };
  const senders = () => {
    // What is being written has another name.
    const whole = readdirSync(join(data, "mail")).filter((name) => name.endsWith(".eml"));
    const mails = whole.map((name) => readFileSync(join(data, "mail", name), "utf8"));
    return mails.flatMap((mail) => /^From: (.*?)\r?\n/m.exec(mail)?.[1] ?? []);
  };
  const delivering = await startDelivery(environment, {
    clock: Date.now,
    onError: (error) => expect(error).toBeUndefined(),
    onAlarm: () => undefined,
    onTold: () => undefined,
  });
  onTestFinished(() => delivering.stop());
  await tell();
  await vi.waitFor(() => expect(senders()).toHaveLength(1), HANGS);
  expect(senders()).toStrictEqual(["Tidewater Parcels <notices@status.tidewater.example>"]);

  const moved = SITE.replaceAll("status.tidewater.example", "tidewater-status.test");
  put(content, "site.yaml", moved.replace("Tidewater Parcels", "Tidewater Letters"));
  await publish(environment, { now: Date.now() });
  // The worker looks for what was published every few seconds; what is told until then may leave in the old name.
  for (;;) {
    await tell();
    await vi.waitFor(() => expect(senders()).toHaveLength(made), HANGS);
    if (senders().includes("Tidewater Letters <notices@tidewater-status.test>")) break;
  }
});
