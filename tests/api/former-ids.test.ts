import { expect, test } from "vitest";
import { EVERY_KIND, SITE } from "./every-kind.ts";
import type { AnyIncident } from "./schemas.ts";
import { served } from "./server.ts";

interface Answer {
  readonly page: { readonly id: string };
  readonly components: readonly (Readonly<Record<string, unknown>> & { readonly name: string })[];
  readonly incidents: readonly AnyIncident[];
}

test("what was moved in keeps the ids that programs know it by, everywhere it is named", async () => {
  const ids = { page: "page00000001", components: { api: "comp00000001" }, groups: { Platform: "grup00000001" } };
  const site = `${SITE}\nformer_ids: ${JSON.stringify(ids)}\n`;
  const server = await served(EVERY_KIND, { site });
  const { page, components, incidents } = (await server.json("/api/v2/summary.json")) as unknown as Answer;
  expect(page.id).toBe("page00000001");
  const byName = Object.fromEntries(components.map((each) => [each.name, each]));
  expect(byName["API"]).toMatchObject({ id: "comp00000001", group_id: "grup00000001", page_id: "page00000001" });
  expect(byName["Platform"]).toMatchObject({
    id: "grup00000001",
    components: ["comp00000001", byName["Jobs"]?.["id"]],
  });
  expect(incidents[0]).toMatchObject({ page_id: "page00000001", components: [{ id: "comp00000001" }, {}] });
  expect(incidents[0]?.incident_updates[0]?.affected_components?.[0]?.code).toBe("comp00000001");
  const twice = { components: { api: "same00000001", web: "same00000001" } };
  await expect(served({}, { site: `${SITE}\nformer_ids: ${JSON.stringify(twice)}\n` })).rejects.toThrow(
    /one id for two/,
  );
});
