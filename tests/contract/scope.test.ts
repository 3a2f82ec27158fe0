import { expect } from "vitest";
import { scopeOf } from "#lib/delivery/control.ts";
import { onEach } from "../delivery/each-store.ts";
import { said } from "../notices/world.ts";

onEach(
  "who halts names an incident by as much of its slug as no other has, and nothing that is not there",
  async (open) => {
    const office = await open();
    await office.subscribe("one");
    const told = await office.publish(
      {
        "2026-03-05-sign-in-fails": said("2026-03-05T10:00Z investigating Sign-in fails for many customers."),
        "2026-03-05-slow-search": said("2026-03-05T10:00Z investigating Search is slow for everybody today."),
      },
      "2026-03-05T10:01Z",
    );
    const [fails] = told.filter(({ notice }) => notice.event.slug.endsWith("fails"));
    const { event, id } = fails?.notice ?? { event: { id: "", slug: "" }, id: "" };
    for (const incident of [event.id, event.slug, "sign-in"])
      expect(await scopeOf(office.database, { incident })).toBe(`incident:${event.id}`);
    expect(await scopeOf(office.database, { notice: id })).toBe(`notice:${id}`);
    expect(await scopeOf(office.database, {})).toBe("all");
    await expect(scopeOf(office.database, { incident: "2026" })).rejects.toThrow("several: name one of 2026-03-05-s");
    await expect(scopeOf(office.database, { incident: "%" })).rejects.toThrow("several");
    await expect(scopeOf(office.database, { incident: "billing" })).rejects.toThrow("No notice of “billing”");
    await expect(scopeOf(office.database, { notice: id.slice(1) })).rejects.toThrow("There is no notice");
  },
);
