import { expect, test } from "vitest";
import { EVERYTHING } from "#lib/subscribers/forms/interest.ts";
import { signUp } from "#lib/subscribers/sign-up.ts";
import { newLocation, opened, STORES } from "#tests/databases.ts";
import { House } from "./reception.ts";

/** One test on every store. */
function onEach(name: string, run: (at: House) => Promise<void>): void {
  for (const kind of STORES) {
    test(`${name} (${kind})`, async () => {
      const at = new House(await opened(await newLocation(kind)));
      await run(at);
      expect(at.errors).toEqual([]);
    });
  }
}

onEach("a mailbox gets five letters a day however its address is spelled; another's do not count", async (at) => {
  const spellings = ["v.ictim", "victim+a", "VICTIM+b", "vic.tim", "victim", "victim+c", "v.i.c.t.i.m+d", "victim+e"];
  for (const [n, local] of spellings.entries()) {
    at.from = `203.0.${n}.1`;
    expect((await at.signUp(`${local}@example.org`)).statusCode).toBe(200);
  }
  await at.signUp("honest@example.org");
  await at.signUp("victim@example.com");
  const written = (await at.letters()).map(({ to }) => to);
  const others = ["honest@example.org", "victim@example.com"];
  expect(written.filter((to) => !others.includes(to))).toHaveLength(5);
  expect(written).toEqual(expect.arrayContaining(others));
});

onEach("a webhook is asked as often as a mailbox, whatever its query says", async (at) => {
  for (let n = 0; n < 8; n += 1) await at.signUp(`https://hooks.example.com/in?n=${n}`, { channel: "webhook" });
  expect(await at.letters()).toHaveLength(5);
});

onEach("what a flood delays leaves late, and is not lost", async (at) => {
  await signUp(at, { channel: "email", address: "late@example.org", interest: EVERYTHING }, at.config, at.now, 60_000);
  at.now += 59_999;
  expect(await at.letters()).toEqual([]);
  at.now += 1;
  expect(await at.letters()).toHaveLength(1);
});
