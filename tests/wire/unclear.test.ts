import { join } from "node:path";
import { expect, test } from "vitest";
import { type Preview, publish } from "#lib/publishing/publish.ts";
import type { Environment } from "#lib/settings/environment.ts";
import { folderWith, incident, put } from "./content-folder.ts";
import { replayWorld } from "./replay-world.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const OLD = "{ at: 2026-11-22T11:00Z, status: investigating, body: Sign-in fails for many customers in Europe. }";
const TYPO = OLD.replace("many", "many of our");
const AGAIN = OLD.replace("11:00", "11:40").replace("fails", "failed");
const ALL = { email: 1, webhook: 1, slack: 1, discord: 1, teams: 1, webpush: 1 };

const trouble = (...updates: string[]) =>
  incident("Trouble", `components: { api: major_outage }\nupdates: [${updates.join(", ")}]`);

test.each([
  [5, true],
  [6, false],
])(
  "what is not certain is refused above a number of recipients (%i of 6: %s), until it is accepted",
  async (above, isHeld) => {
    const root = folderWith({
      "content/site.yaml": `name: A\nurl: https://a.example\ncomponents: [{ id: api, name: API }]\nnotices: { unclear_above: ${above} }\n`,
    });
    const environment: Environment = {
      port: 0,
      host: "127.0.0.1",
      secret: "a secret of sixteen or more",
      content: join(root, "content"),
      data: join(root, "data"),
      channels: { allowPrivateTargets: true },
    };
    await publish(environment, { now: NOW - 3_600_000 });
    const world = await replayWorld(environment, NOW - 3_600_000);
    put(root, "content/a.md", trouble(OLD));
    await publish(environment, { now: NOW - 1_000 });
    expect(await world.deliver(NOW - 1_000)).toEqual(ALL);

    put(root, "content/a.md", trouble(TYPO, AGAIN));
    let preview: Preview | undefined;
    const approve = (shown: Preview) => {
      preview = shown;
      return Promise.resolve(true);
    };
    const result = await publish(environment, { now: NOW, approve });
    expect(preview?.unclear).toMatchObject([{ slug: "a", recipients: 6, isHeld }]);
    expect(preview?.notTold).toMatchObject([
      { slug: "a", what: "The words of the update of 2026-11-22 11:00 UTC changed." },
    ]);
    expect(result.isChange).toBe(!isHeld);
    expect(result.problems.filter(({ severity }) => severity === "error")).toMatchObject(
      isHeld
        ? [{ rule: "unclear-identity", place: { file: "a.md" }, remedy: expect.stringContaining("--accept-unclear") }]
        : [],
    );
    expect(await world.deliver(NOW)).toEqual(isHeld ? {} : ALL);

    expect((await publish(environment, { now: NOW + 1, acceptUnclear: true })).isChange).toBe(isHeld);
    expect(await world.deliver(NOW + 1)).toEqual(isHeld ? ALL : {});
  },
);

test("whoever publishes reads that an update written ahead is told when its time has come", async () => {
  const root = folderWith({
    "content/site.yaml": "name: A\nurl: https://a.example\ncomponents: [{ id: api, name: API }]\n",
    "content/a.md": trouble(OLD),
  });
  const environment = { port: 0, host: "", content: join(root, "content"), data: join(root, "data") } as Environment;
  await publish(environment, { now: NOW });
  put(root, "content/a.md", trouble(OLD, "{ at: 2026-11-22T12:04Z, status: update, body: The next step begins. }"));
  let preview: Preview | undefined;
  const approve = (shown: Preview) => {
    preview = shown;
    return Promise.resolve(false);
  };
  await publish(environment, { now: NOW, approve });
  expect(preview?.notTold).toMatchObject([
    { slug: "a", what: "The update of 2026-11-22 12:04 UTC is new.", why: "It is told when its time has come." },
  ]);
});
