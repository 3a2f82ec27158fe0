import { expect, test } from "vitest";
import { type Announcer, openAnnouncer } from "#lib/publishing/announcer.ts";
import { publish } from "#lib/publishing/publish.ts";
import { ScheduledNotices } from "#lib/publishing/scheduled-notices.ts";
import { databaseOf, type Environment } from "#lib/settings/environment.ts";
import { newLocation, opened, STORES } from "../databases.ts";
import { folderWith, put, SITE } from "../wire/content-folder.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const work = (day: string) =>
  `---\ntitle: A disk is replaced\ncomponents: [api]\nscheduled: { start: ${day}T10:00Z, end: ${day}T12:00Z }\nupdates:\n  - { at: 2026-11-22T11:00Z, status: scheduled, body: We replace a disk. }\n---\n`;

test.each(STORES)(
  "what is published while the clock's news is worked out makes nothing else news, on %s",
  async (kind) => {
    const content = folderWith({ "site.yaml": SITE });
    const environment: Environment = {
      ...{ port: 0, host: "127.0.0.1", content, data: folderWith({}) },
      ...(kind === "postgres" ? { databaseUrl: await newLocation(kind) } : {}),
    };
    const database = await opened(databaseOf(environment));
    await publish(environment, { now: NOW - 60_000, isQuiet: true });
    put(content, "m.md", work("2026-11-25"));
    await publish(environment, { now: NOW });
    expect(await kinds()).toEqual(["maintenance_scheduled"]);

    // Somebody moves the work quietly, after this has read what is published and before it reads what is known.
    const announcer = await openAnnouncer(database, environment);
    let isFirst = true;
    const late: Announcer = {
      ...announcer,
      async prepare(...all) {
        if (isFirst) {
          isFirst = false;
          put(content, "m.md", work("2026-11-27"));
          await publish(environment, { now: NOW + 1_000, isQuiet: true });
        }
        return await announcer.prepare(...all);
      },
    };
    const scheduled = new ScheduledNotices(database, late, () => undefined);
    expect(await scheduled.tell(NOW + 2_000)).toBe(0);
    expect(await scheduled.tell(NOW + 3_000)).toBe(0);
    expect(await kinds()).toEqual(["maintenance_scheduled"]);

    async function kinds() {
      const rows = await database.query.selectFrom("notice").select("kind").orderBy("made_at").execute();
      return rows.map(({ kind }) => kind);
    }
  },
);
