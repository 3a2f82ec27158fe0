import { expect } from "vitest";
import { scopeOf } from "#lib/delivery/control.ts";
import { answers } from "#lib/delivery/ledger.ts";
import { reachOf } from "#lib/store/reach.ts";
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

onEach("a renamed incident is known by every slug and id that it ever had", async (open) => {
  const office = await open();
  await office.subscribe("one");
  const text = "2026-03-05T10:00Z investigating Sign-in fails for many customers.";
  const named = (slug: string) => ({ [slug]: `id: k3vq8w2m5x7z\n${said(text)}` });
  const [told] = await office.publish(named("sign-in-fails"), "2026-03-05T10:01Z");
  const event = told?.notice.event.id ?? "";
  await office.publish(named("no-sign-in-in-europe"), "2026-03-05T10:02Z");
  await office.publish(named("sign-in-was-down"), "2026-03-05T10:03Z");
  for (const incident of [
    "sign-in-fails",
    "in-europe",
    "no-sign-in-in-europe",
    "sign-in-was-down",
    "k3vq8w2m5x7z",
    event,
  ])
    expect(await scopeOf(office.database, { incident })).toBe(`incident:${event}`);
  const noted: unknown[] = [];
  for await (const { notice } of answers(office.database, office.vault, { incident: "no-sign-in-in-europe" }))
    noted.push(notice);
  expect(noted).toContain(told?.notice.id);

  // Another takes the old name: whoever has it now is meant.
  const other = "2026-03-09T08:00Z investigating Nobody can register by telephone.";
  const [second] = await office.publish(
    { ...named("sign-in-was-down"), "sign-in-fails": `id: aa11bb22cc33\n${said(other)}` },
    "2026-03-09T08:01Z",
  );
  expect(second?.notice.event.id).not.toBe(event);
  expect(await scopeOf(office.database, { incident: "sign-in-fails" })).toBe(`incident:${second?.notice.event.id}`);
});

onEach("what waits is listed before what is done, however old it is", async (open) => {
  const office = await open();
  await office.subscribe("one");
  const told: string[] = [];
  for (const minute of [1, 2, 3]) {
    const text = `2026-03-05T10:0${minute}Z investigating ${"api web mail".split(" ")[minute - 1]} is slow for many customers.`;
    const [one] = await office.publish({ [`incident-${minute}`]: said(text) }, `2026-03-05T10:0${minute}:30Z`);
    told.push(one?.notice.id ?? "");
  }
  const [first = "", second = "", third = ""] = told;
  const done = office.database.query.updateTable("seal").set({ state: "done" });
  await done.where("notice", "in", [second, third]).execute();
  const reach = await reachOf(office.database, { most: 2 });
  expect(reach.map(({ notice }) => notice.id)).toEqual([first, third]);
});
