import { expect, test } from "vitest";
import { newLocation, opened, STORES } from "#tests/databases.ts";
import { House, pathIn } from "./reception.ts";

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

const CHOSEN = {
  detail: "ends",
  every: "30",
  quiet_from: "22:00",
  quiet_to: "07:00",
  maintenance: "weekly",
  zone: "Asia/Tokyo",
};

onEach("how often and when is chosen at sign-up, said in plain words, and changed on one's own page", async (at) => {
  await at.signUp("anna@example.org", CHOSEN);
  const [letter] = await at.letters();
  const path = pathIn(letter);
  await at.post(path, { step: "confirm" });
  expect((await at.kept())[0]?.interest).toMatchObject({
    isEndsOnly: true,
    everyMinutes: 30,
    quiet: { from: 22 * 60, to: 7 * 60 },
    isWeekly: true,
    zone: "Asia/Tokyo",
  });
  const page = (await at.get(path)).payload;
  for (const words of [
    "when it begins and when it ends",
    "one message in 30 minutes at most",
    "From 22:00 to 07:00 (Asia/Tokyo) only what is critical is sent",
    "comes on Monday morning",
    '<option value="Asia/Tokyo" selected="">',
  ]) {
    expect(page).toContain(words);
  }
  const half = await at.post(path, {
    step: "change",
    topic: "incidents",
    every: "60",
    quiet_from: "22:00",
    quiet_to: "",
  });
  expect(half.statusCode).toBe(422);
  expect(half.payload).toContain("two different times of day");
  expect((await at.kept())[0]?.interest.everyMinutes).toBe(30);
  await at.post(path, { step: "change", topic: "incidents" });
  expect((await at.kept())[0]?.interest).toEqual({ components: [], topics: ["incidents"], leastImpact: "none" });
});

onEach("a webhook is told at once, whatever else a form says, and is offered nothing else", async (at) => {
  await at.signUp("https://hooks.example.com/in", { channel: "webhook", ...CHOSEN });
  expect((await at.kept())[0]?.interest).toEqual({
    components: [],
    topics: ["incidents"],
    leastImpact: "none",
    isEndsOnly: true,
  });
  const page = (await at.get("/subscribe?by=webhook")).payload;
  expect(page).toContain('name="detail"');
  for (const name of ["every", "quiet_from", "zone"]) expect(page).not.toContain(`name="${name}"`);
});
