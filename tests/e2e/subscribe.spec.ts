import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { type AddressObject, type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { vaultOf } from "#lib/access/open-vault.ts";
import { readSecrets } from "#lib/access/secret.ts";
import { openTransports } from "#lib/delivery/transports.ts";
import { readEnvironment } from "#lib/settings/environment.ts";
import { openDatabase } from "#lib/store/database.ts";
import { openSnapshots } from "#lib/store/snapshots.ts";
import { sendLetters } from "#lib/subscribers/letters.ts";
import { violationsOf } from "./support/axe.ts";
import { candor, ROOT, serve, temporary } from "./support/candor.ts";
import { complaintsOf } from "./support/markup.ts";
import { test } from "./support/test.ts";

const ANNA = "anna@customer.example";

/** A mail server that keeps what it gets. */
async function mailServer() {
  const mails: ParsedMail[] = [];
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    logger: false,
    onData: (stream, _session, done) => {
      simpleParser(stream).then((mail) => {
        mails.push(mail);
        done();
      }, done);
    },
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.server.address() as AddressInfo;
  return {
    mails,
    url: `smtp://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () => new Promise<void>((done) => server.close(() => done())),
  };
}

/** Sends the letters that wait, through real SMTP. */
async function sendMail(data: string, smtpUrl: string): Promise<void> {
  const environment = readEnvironment({ CANDOR_DATA: data, SMTP_URL: smtpUrl });
  await using database = await openDatabase(join(data, "candor.db"));
  const snapshots = openSnapshots(database);
  const { id = 0 } = (await snapshots.latest()) ?? {};
  const { config } = await snapshots.content(id);
  const vault = await vaultOf(database, await readSecrets(environment));
  const transports = openTransports(environment, { site: () => config });
  const dependencies = {
    database,
    vault,
    mailFolder: join(data, "mail"),
    config,
    send: (...[message, signal]: Parameters<NonNullable<typeof transports.by.email>["send"]>) =>
      transports.by[message.channel]?.send(message, signal) ?? Promise.reject(new Error("There is no such channel.")),
    isHalted: () => false,
    clock: Date.now,
  };
  while ((await sendLetters(dependencies, new AbortController().signal)) > 0);
  await transports.close();
}

test.describe("without its script", () => {
  test.use({ javaScriptEnabled: false });

  test("somebody subscribes, confirms from the mail, changes, leaves by one click, takes it back and is erased", async ({
    page,
    request,
  }) => {
    // Five processes one after the other.
    test.slow();
    using folder = temporary("subscribe");
    const folders = { content: join(ROOT, "incidents"), data: folder.path };
    await using server = await serve(folders);
    await using post = await mailServer();
    const list = async () => (await candor(["subscribers", "list", "--reveal"], folders)).stdout;

    await page.goto(`${server.url}/`);
    await page.getByRole("link", { name: "Subscribe" }).click();
    // It could do nothing here.
    await expect(page.getByRole("link", { name: "This browser" })).toBeHidden();
    await page.getByLabel("E-mail address").fill(ANNA);
    await page.getByLabel("TV routing").check();
    await page.getByLabel("Maintenance", { exact: true }).uncheck();
    await page.getByRole("button", { name: "Subscribe" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("One more step");

    await sendMail(folder.path, post.url);
    const [mail] = post.mails;
    expect((mail?.to as AddressObject | undefined)?.text).toBe(ANNA);
    const link = /\/subscriptions\/[\w-]+/.exec(mail?.text ?? "")?.[0] ?? "";
    await page.goto(server.url + link);
    await page.getByRole("button", { name: "Yes, subscribe" }).click();
    await expect(page.getByRole("status")).toContainText("You are subscribed");
    await expect(page.getByLabel("TV routing")).toBeChecked();
    await expect(page.getByLabel("API")).not.toBeChecked();
    expect(await list()).toMatch(/active +anna@customer\.example +tv-routing: incidents, reports/);

    await page.getByLabel("API").check();
    await page.getByLabel("Which incidents").selectOption("major");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("status")).toHaveText("Saved.");
    expect(await list()).toMatch(/api, tv-routing: incidents, reports, major and worse/);

    // As a mail program does it (RFC 8058): one POST, nothing looked at.
    const left = await request.post(`${server.url}${link}/leave`, { form: { "List-Unsubscribe": "One-Click" } });
    expect(left.status()).toBe(200);
    expect(await list()).toMatch(/ended +anna@/);
    await page.goto(server.url + link);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByRole("status")).toContainText("subscribed again");

    await page.getByRole("button", { name: "Unsubscribe" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("You have unsubscribed");
    await page.getByText("Erase my address").click();
    await page.getByRole("button", { name: "Erase it for good" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Erased");
    expect(await list()).not.toContain("anna");
    expect(post.mails).toHaveLength(1);
  });
});

test("the forms are sound and accessible, and pictured on a telephone and on a desk, light and dark", async ({
  page,
}) => {
  test.slow();
  using folder = temporary("subscribe-look");
  const folders = { content: join(ROOT, "incidents"), data: folder.path };
  await using server = await serve(folders);
  await using post = await mailServer();
  await page.request.post(`${server.url}/subscribe`, { form: { address: ANNA, topic: "incidents" } });
  await sendMail(folder.path, post.url);
  const link = server.url + (/\/subscriptions\/[\w-]+/.exec(post.mails[0]?.text ?? "")?.[0] ?? "");
  const look = async (name: string) => {
    expect(await violationsOf(page)).toEqual([]);
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        const path = join(ROOT, `artifacts/screenshots/${name}-${width}-${colorScheme}.png`);
        await page.screenshot({ path, fullPage: true });
      }
    }
  };
  for (const url of [...["email", "webhook", "webpush"].map((by) => `${server.url}/subscribe?by=${by}`), link])
    expect(await complaintsOf(await (await page.request.get(url)).text())).toEqual([]);
  await page.goto(`${server.url}/subscribe`);
  await look("subscribe");
  await page.goto(`${server.url}/subscribe?by=teams`);
  await page.locator("form").evaluate((form: HTMLFormElement) => form.setAttribute("novalidate", ""));
  await page.getByLabel("Address of a workflow").fill("not an address");
  await page.getByRole("button", { name: "Subscribe" }).click();
  await look("subscribe-mistake");
  await page.goto(link);
  await look("subscription-confirm");
  await page.getByRole("button", { name: "Yes, subscribe" }).click();
  await look("subscription");
  await page.goto(`${link}/leave`);
  await look("subscription-leave");
  await page.getByRole("button", { name: "Unsubscribe" }).click();
  await look("subscription-left");
});
