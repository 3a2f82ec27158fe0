"use strict";
/**
 * Shows what the site pushes to this browser, and opens the page it is about. It stands between no page and the network:
 * it answers no requests, and no page lies within its scope.
 */

/** An address of this site as this browser knows it, whatever host the message names. */
const here = (url) => {
  const { pathname, search, hash } = new URL(url, globalThis.location.origin);
  return globalThis.location.origin + pathname + search + hash;
};

/** The first message confirms the subscription by itself: only this browser can have read it. */
const confirm = async (url) => {
  const answer = await fetch(here(url), { method: "POST", body: new URLSearchParams({ step: "confirm" }) });
  return answer.ok;
};

const show = async (message) => {
  const { body, confirmed, manage, tag, title, url } = message;
  const isConfirmed = confirmed && (await confirm(url).catch(() => false));
  const words = isConfirmed ? confirmed : { title, body };
  await globalThis.registration.showNotification(words.title, {
    body: words.body,
    tag,
    // A newer message about the same event takes the place of the older one, and is heard.
    renotify: true,
    data: { url, manage },
    actions: manage ? [{ action: "manage", title: "Change or leave" }] : [],
  });
};

const open = async (url) => {
  const all = await globalThis.clients.matchAll({ type: "window", includeUncontrolled: true });
  const found = all.find((each) => each.url === url);
  return found ? found.focus() : globalThis.clients.openWindow(url);
};

globalThis.addEventListener("push", (event) => event.waitUntil(show(event.data.json())));

globalThis.addEventListener("notificationclick", (event) => {
  const { data, close } = event.notification;
  close.call(event.notification);
  event.waitUntil(open(here(event.action === "manage" ? data.manage : data.url)));
});

/** The browser has taken its address back: nothing would arrive any more, and nobody would know. */
globalThis.addEventListener("pushsubscriptionchange", (event) =>
  event.waitUntil(
    globalThis.registration.showNotification("Notifications have stopped", {
      body: "This browser has ended the subscription. Press here to subscribe again.",
      tag: "subscription",
      data: { url: "/subscribe?by=webpush" },
    }),
  ),
);
