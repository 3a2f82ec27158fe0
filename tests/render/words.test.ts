import { expect, test } from "vitest";
import { messagesIn } from "#lib/messages/messages.ts";
import { EFFECTS, IMPACTS, INCIDENT_STATUSES, MAINTENANCE_STATUSES } from "#lib/model/incident.ts";
import { componentNames, effectOfEvent, headline, listInWords, percentInWords } from "#lib/site/views/words.ts";
import { onlyEvent, siteOf } from "./site.ts";

const open = (impact: string, components: string) =>
  siteOf({ "a.md": `---\ntitle: A\nimpact: ${impact}\ncomponents: ${components}\nstarted: 2026-11-22T09:00Z\n---\n` });

test("every state has words of its own", () => {
  const { effect, impact, status } = messagesIn("en");
  for (const words of [effect, impact, status].map((each) => Object.values(each))) {
    expect(new Set(words).size).toBe(words.length);
  }
  expect(Object.keys(effect).sort()).toEqual([...EFFECTS].sort());
  expect(Object.keys(impact).sort()).toEqual([...IMPACTS].sort());
  expect(Object.keys(status).sort()).toEqual([...INCIDENT_STATUSES, ...MAINTENANCE_STATUSES, "update"].sort());
});

test.each([
  ["none", "[api]", "All systems operational", "operational"],
  ["minor", "[api]", "Degraded performance", "degraded_performance"],
  ["major", "[api]", "Partial outage", "partial_outage"],
  ["critical", "[api]", "Major outage", "major_outage"],
  ["minor", "{ api: major_outage }", "Major outage", "degraded_performance"],
])("an open incident of impact %s on %s makes the headline “%s”", (impact, components, words, effect) => {
  const site = open(impact, components);
  expect(headline(site)).toBe(words);
  expect(effectOfEvent(onlyEvent(site))).toBe(effect);
});

test("work that is going on is neither well nor ill", () => {
  const site = siteOf({
    "a.md": "---\ntitle: A\ncomponents: [api]\nscheduled: { start: 2026-11-22T11:00Z, end: 2026-11-22T13:00Z }\n---\n",
  });
  expect(headline(site)).toBe("Maintenance in progress");
  expect(effectOfEvent(onlyEvent(site))).toBe("under_maintenance");
});

test("components are named in the order of site.yaml", () => {
  const site = open("minor", "[web, api]");
  expect(componentNames(site, onlyEvent(site))).toEqual(["API", "Web app"]);
});

test("lists read as a sentence", () => {
  expect(listInWords(["API"], "en-GB")).toBe("API");
  expect(listInWords(["API", "Web app", "Mail"], "en-GB")).toBe("API, Web app and Mail");
  expect(listInWords(["API", "Mail"], "de")).toBe("API und Mail");
});

test.each([
  [1, "100.00%"],
  [0.99999, "99.99%"],
  [0.9998, "99.98%"],
  [0.99985, "99.98%"],
  [0.5, "50.00%"],
  [0, "0.00%"],
])("%d is “%s”: never rounded up to what was not reached", (share, words) => {
  expect(percentInWords(share, "en-GB")).toBe(words);
});
