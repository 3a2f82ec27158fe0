"use strict";
/** Lets this browser be told, where it can be: asks for permission only when the button is pressed. */
{
  const canPush = "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;
  const way = document.querySelector("[data-push-way]");
  const form = document.querySelector("form[data-push-key]");
  const say = (words) => {
    form.querySelector("[data-push-said]").textContent = words;
  };
  /** A worker that is being installed cannot subscribe yet. */
  const activated = async () => {
    const registration = await navigator.serviceWorker.register("/assets/push/worker.js");
    const worker = registration.installing ?? registration.waiting;
    if (!registration.active && worker)
      await new Promise((done) => {
        worker.addEventListener("statechange", () => worker.state === "activated" && done());
      });
    return registration;
  };

  /** One made for a former key of the site is of no use any more. */
  const subscription = async ({ pushManager }, key) => {
    const padded = key.replaceAll("-", "+").replaceAll("_", "/");
    const applicationServerKey = Uint8Array.from(atob(padded), (letter) => letter.charCodeAt(0));
    const options = { userVisibleOnly: true, applicationServerKey };
    try {
      return await pushManager.subscribe(options);
    } catch (error) {
      const former = await pushManager.getSubscription();
      if (error.name !== "InvalidStateError" || !former) throw error;
      await former.unsubscribe();
      return await pushManager.subscribe(options);
    }
  };

  const signUp = async () => {
    if ((await Notification.requestPermission()) !== "granted") return say(form.dataset.blocked);
    say(form.dataset.wait);
    const made = await subscription(await activated(), form.dataset.pushKey);
    form.elements.address.value = JSON.stringify(made);
    form.submit();
  };

  if (canPush && way) way.hidden = false;
  if (canPush && form) {
    form.hidden = false;
    document.querySelector("[data-push-missing]").hidden = true;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      signUp().catch((error) => say(form.dataset.failed.replace("{reason}", () => error.message)));
    });
  }
}
