import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { publish } from "#lib/publishing/publish.ts";
import type { Environment } from "#lib/settings/environment.ts";
import { startDelivery } from "#lib/wire/deliver.ts";
import { folderWith, put, SITE } from "./content-folder.ts";
import { subscribe } from "./subscribers.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");

const incident = (...updates: readonly string[]) =>
  `---\ntitle: Labels fail\nstarted: 2026-11-22T11:50Z\nimpact: major\ncomponents: [api]\nupdates:\n${updates.join("")}---\n`;
const FIRST = "  - { at: 2026-11-22T11:50Z, status: investigating, body: We look into it. }\n";
const SECOND = "  - { at: 2026-11-22T11:58Z, status: identified, body: A disk is full. }\n";

test("mails about one incident stay one thread, and one list, when the site moves to another address meanwhile", async () => {
  const root = folderWith({ "content/site.yaml": SITE });
  const environment: Environment = {
    port: 0,
    host: "127.0.0.1",
    content: join(root, "content"),
    data: join(root, "data"),
  };
  await publish(environment, { now: NOW });
  await subscribe(environment, ["ada@example.com"], NOW);
  put(environment.content, "labels.md", incident(FIRST));
  await publish(environment, { now: NOW });
  put(environment.content, "site.yaml", SITE.replace("status.tidewater.example", "tidewater-status.test"));
  await publish(environment, { now: NOW + 1 });
  put(environment.content, "labels.md", incident(FIRST, SECOND));
  await publish(environment, { now: NOW + 2 });

  const delivering = await startDelivery(environment, {
    clock: () => NOW + 3,
    onError: (error) => expect(error).toBeUndefined(),
    onAlarm: () => undefined,
    onTold: () => undefined,
  });
  onTestFinished(() => delivering.stop());
  await delivering.idle();
  const folder = join(environment.data, "mail");
  const mails = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8").replace(/\r\n[ \t]+/g, " "));
  expect(mails).toHaveLength(2);
  const headers = (name: string) => mails.map((mail) => new RegExp(`^${name}: (.*)`, "im").exec(mail)?.[1]?.trim());
  expect(new Set(headers("In-Reply-To")).size).toBe(1);
  expect(new Set(headers("List-ID"))).toStrictEqual(new Set(['"Tidewater Parcels" <status.tidewater.example>']));
  for (const id of headers("Message-ID")) expect(id).toMatch(/@status\.tidewater\.example>$/);
  expect(mails.filter((mail) => mail.includes("https://tidewater-status.test/incidents/labels"))).toHaveLength(1);
});
