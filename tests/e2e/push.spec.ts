import { join } from "node:path";
import { expect, type Page, type Worker } from "@playwright/test";
import { readEnvironment } from "#lib/settings/environment.ts";
import { openDatabase } from "#lib/store/database.ts";
import { SubscriptionStore } from "#lib/store/subscriptions.ts";
import { type Delivering, startDelivery } from "#lib/wire/deliver.ts";
import { claimsOf, type Pushed, type PushService, pushService } from "#tests/push-service.ts";
import { findBrowser } from "../../scripts/browser.ts";
import { violationsOf } from "./support/axe.ts";
import { candor, serve, temporary } from "./support/candor.ts";
import { ago, MINUTE, writeEntry, writeSite } from "./support/content.ts";
import { QUIETLY } from "./support/quietly.ts";
import { test } from "./support/test.ts";

const browser = findBrowser();
// One without a window knows no notifications.
test.use({ launchOptions: { ...(browser === undefined ? {} : { executablePath: browser }), args: [...QUIETLY] } });

const SITE = {
  name: "Example Cloud",
  url: "https://status.example.com",
  timezone: "Europe/Copenhagen",
  components: [
    { id: "api", name: "API" },
    { id: "web", name: "Web app" },
  ],
};

/** Sends what is due as `candor deliver` does, also to this machine. */
async function delivering(data: string): Promise<Delivering & AsyncDisposable> {
  const environment = readEnvironment({ CANDOR_DATA: data, CANDOR_PRIVATE_TARGETS: "allow" });
  const fail = (error: unknown) => {
    throw error;
  };
  const delivery = await startDelivery(environment, {
    clock: Date.now,
    onError: fail,
    onAlarm: fail,
    onTold: () => undefined,
  });
  return { ...delivery, [Symbol.asyncDispose]: () => delivery.stop() };
}

/** A push service cannot be reached from here: in its place the page gets a subscription of this one, with real keys. */
async function subscribeAt(page: Page, { subscription }: PushService): Promise<void> {
  await page.addInitScript((made) => {
    PushManager.prototype.subscribe = function subscribe(options) {
      // An uncompressed point of P-256, as the real one wants it.
      const key = new Uint8Array(options?.applicationServerKey as ArrayBuffer);
      if (key.length !== 65 || key[0] !== 4 || !options?.userVisibleOnly) throw new TypeError("The key is none.");
      return Promise.resolve({ toJSON: () => made } as unknown as PushSubscription);
    };
  }, subscription);
}

/** Hands the browser what its push service got for it. */
async function pushDoor(page: Page, origin: string): Promise<(pushed: Pushed | undefined) => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  let registrationId = "";
  session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
    registrationId = registrations.at(-1)?.registrationId ?? registrationId;
  });
  await session.send("ServiceWorker.enable");
  return async (pushed) => {
    await expect.poll(() => registrationId).not.toBe("");
    const data = JSON.stringify(pushed?.payload);
    await session.send("ServiceWorker.deliverPushMessage", { origin, registrationId, data });
  };
}

/** What there is in a worker. */
interface Scope {
  readonly clients: { openWindow: (url: string) => Promise<null> };
  readonly registration: ServiceWorkerRegistration;
  readonly NotificationEvent: new (type: string, init: object) => Event;
  readonly ExtendableEvent: new (type: string) => Event;
}

/** Presses the newest notification, or one of its buttons. @returns what the worker opens for it */
function pressed(worker: Worker | undefined, title: string, action = ""): Promise<string> | undefined {
  return worker?.evaluate(
    ([named, button]) =>
      new Promise<string>((done) => {
        const scope = globalThis as unknown as Scope;
        // Only a hand may open windows.
        scope.clients.openWindow = (url) => {
          done(url);
          return Promise.resolve(null);
        };
        void scope.registration.getNotifications().then((all) => {
          const notification = all.find((each) => each.title === named);
          dispatchEvent(new scope.NotificationEvent("notificationclick", { notification, action: button }));
        });
      }),
    [title, action] as const,
  );
}

const notificationsOn = (page: Page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration("/assets/push/");
    const all = (await registration?.getNotifications()) ?? [];
    return all.map(({ body, title }) => ({ title, body }));
  });

test("a browser subscribes by its own page, confirms by itself, is told, and leaves", async ({ page, context }) => {
  test.slow();
  using folder = temporary("push");
  const folders = { content: join(folder.path, "content"), data: join(folder.path, "data") };
  writeSite(folders.content, SITE);
  await using server = await serve(folders, { CANDOR_PRIVATE_TARGETS: "allow" });
  await using service = await pushService();
  await context.grantPermissions(["notifications"], { origin: server.url });
  await subscribeAt(page, service);
  await using database = await openDatabase(join(folders.data, "candor.db"));
  const kept = () => new SubscriptionStore(database).all().next();

  await page.goto(`${server.url}/subscribe`);
  await page.getByRole("link", { name: "This browser" }).click();
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
  expect(await violationsOf(page)).toEqual([]);
  const key = (await page.locator("form[data-push-key]").getAttribute("data-push-key")) ?? "";
  const hand = await pushDoor(page, server.url);
  await page.getByLabel("API").check();
  await page.getByLabel("Which incidents").selectOption("major");
  await page.getByRole("button", { name: "Allow and subscribe" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Look for a notification");
  const interest = { components: ["api"], topics: ["incidents", "maintenance", "reports"], leastImpact: "major" };
  expect(await kept()).toMatchObject({ value: { channel: "webpush", state: "pending", interest } });

  await using _delivery = await delivering(folders.data);
  await expect.poll(() => service.pushed.length).toBe(1);
  const [first] = service.pushed;
  expect(first && claimsOf(first, key)).toMatchObject({ sub: "https://status.example.com" });
  await hand(first);
  await expect.poll(() => notificationsOn(page)).toMatchObject([{ title: "Example Cloud: You are subscribed" }]);
  expect(await kept()).toMatchObject({ value: { state: "active" } });

  const update = { at: ago(MINUTE), status: "investigating", body: "We are looking into **errors**." };
  writeEntry(folders.content, "errors", { title: "Errors", impact: "major", components: ["api"], updates: [update] });
  writeEntry(folders.content, "small", { title: "Small", impact: "minor", components: ["api"], updates: [update] });
  expect((await candor(["publish", "--yes"], folders)).code).toBe(0);
  await expect.poll(() => service.pushed.length).toBe(2);
  expect(service.pushed[1]?.headers).toMatchObject({ ttl: "86400", urgency: "high", "content-encoding": "aes128gcm" });
  await hand(service.pushed[1]);
  await expect.poll(async () => (await notificationsOn(page)).length).toBe(2);
  const told = { title: "New incident: Errors", body: "We are looking into errors." };
  expect(await notificationsOn(page)).toContainEqual(told);
  const [worker] = context.serviceWorkers();
  const manage = (await pressed(worker, "Example Cloud: You are subscribed")) ?? "";
  expect(await pressed(worker, told.title)).toBe(`${server.url}/incidents/errors`);

  // The browser takes its address back: whoever relies on it is told.
  await worker?.evaluate(() =>
    dispatchEvent(new (globalThis as never as Scope).ExtendableEvent("pushsubscriptionchange")),
  );
  await expect
    .poll(async () => (await notificationsOn(page)).map(({ title }) => title))
    .toContain("Notifications have stopped");
  expect(await pressed(worker, "Notifications have stopped")).toBe(`${server.url}/subscribe?by=webpush`);

  await page.goto(manage);
  await expect(page.getByText(/go to this browser\./)).toBeVisible();
  await page.getByRole("button", { name: "Unsubscribe" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("You have unsubscribed");
  expect(await kept()).toMatchObject({ value: { state: "ended" } });
});
