import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { InterestFields } from "#components/subscribe/interest-fields.tsx";
import type { Interest } from "#lib/model/subscription.ts";
import { publish } from "#lib/publishing/publish.ts";
import type { Environment } from "#lib/settings/environment.ts";
import { EVERYTHING, readInterest } from "#lib/subscribers/forms/interest.ts";
import { CONFIG } from "#tests/compile/site-of.ts";
import { newLocation, STORES } from "../databases.ts";
import { folderWith, incident, put } from "./content-folder.ts";
import { replayWorld } from "./replay-world.ts";

const HOUR = 3_600_000;
const NOW = Date.parse("2026-11-22T12:00:00Z");
const site = (components: string) => `name: A\nurl: https://a.example\ncomponents: [${components}]\n`;
const trouble = (component: string, at: string) =>
  incident(
    "Trouble",
    `components: { ${component}: major_outage }\nupdates: [{ at: ${at}, status: investigating, body: It is slow. }]`,
  );

test.each(STORES)("on %s whoever chose a component hears of it under its new id, and of no other", async (kind) => {
  const content = folderWith({
    "site.yaml": site("{ id: api, name: API }, { id: web, name: Web }"),
    "old.md": trouble("api", "2026-11-20T10:00Z"),
  });
  const environment: Environment = {
    port: 0,
    host: "127.0.0.1",
    secret: "a secret of sixteen or more",
    content,
    data: folderWith({}),
    channels: { allowPrivateTargets: true },
    ...(kind === "postgres" ? { databaseUrl: await newLocation(kind) } : {}),
  };
  await publish(environment, { now: NOW - HOUR });
  const world = await replayWorld(environment, NOW - HOUR, ["api"]);
  put(content, "site.yaml", site("{ id: rest, name: API, former: [api] }, { id: web, name: Web }"));
  put(content, "old.md", trouble("rest", "2026-11-20T10:00Z"));
  put(content, "web.md", trouble("web", "2026-11-22T11:30Z"));
  await publish(environment, { now: NOW });
  expect(await world.deliver(NOW)).toEqual({});
  put(content, "new.md", trouble("rest", "2026-11-22T11:40Z"));
  await publish(environment, { now: NOW + 1 });
  expect(await world.deliver(NOW + 1)).toEqual({ email: 1, webhook: 1, slack: 1, discord: 1, teams: 1, webpush: 1 });
});

const RENAMED = {
  ...CONFIG,
  components: [
    { id: "rest", name: "API", former: ["api"] },
    { id: "web", name: "Web" },
  ],
};

/** What the page of a subscription sends when only the least impact is changed on it. */
function sent(interest: Interest): URLSearchParams {
  const html = renderToStaticMarkup(createElement(InterestFields, { config: RENAMED, interest, faults: [] }));
  const ticked = [...html.matchAll(/type="checkbox" name="(\w+)" checked="" value="([\w-]+)"/g)];
  return new URLSearchParams([...ticked.map(([, name = "", value = ""]) => [name, value]), ["impact", "critical"]]);
}

test.each([
  ["renamed", ["api"], ["rest"]],
  ["gone", ["paper"], ["paper"]],
  ["one renamed, one gone", ["api", "paper"], ["rest", "paper"]],
  ["all", [], []],
])("changing anything else keeps what was chosen: %s", (_, chosen, kept) => {
  const interest = { ...EVERYTHING, components: chosen };
  const read = readInterest(sent(interest), RENAMED, "email", interest);
  expect(read).toEqual({ interest: { ...interest, components: kept, leastImpact: "critical" }, faults: [] });
});

test("a page that was opened before a rename may be sent after it, and one with made-up choices may not", () => {
  const chosen = { ...EVERYTHING, components: ["api"] };
  const form = (component: string) =>
    new URLSearchParams([
      ["component", component],
      ["topic", "incidents"],
    ]);
  expect(readInterest(form("api"), RENAMED, "email", chosen).interest.components).toEqual(["rest"]);
  expect(readInterest(form("paper"), RENAMED, "email", chosen).faults).toMatchObject([{ field: "components" }]);
});
