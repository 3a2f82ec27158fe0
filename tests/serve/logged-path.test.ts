import { expect, test } from "vitest";
import { loggedPath } from "#lib/web/serve/logged-path.ts";

test.each([
  ["/history?page=2", "/history"],
  ["/subscriptions/9e60f517-Npz0ErfLkhTY", "/subscriptions/…"],
  ["/subscriptions/9e60f517-Npz0ErfLkhTY/leave?x=1", "/subscriptions/…/leave"],
  ["//subscriptions//9e60f517-Npz0ErfLkhTY", "//subscriptions//…"],
  ["/incidents/subscriptions", "/incidents/subscriptions"],
  [undefined, ""],
])("of %s a log says %s", (url, logged) => {
  expect(loggedPath(url)).toBe(logged);
});
