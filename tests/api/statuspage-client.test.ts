import { Statuspage } from "statuspage.io";
import { expect, test } from "vitest";
import { EVERY_KIND, SITE } from "./every-kind.ts";
import { served } from "./server.ts";

/** The newest version of this client that was published with its code in it is 3.3.8; those after have none. */
test("the client “statuspage.io” from npm reads everything, unchanged", async () => {
  const server = await served(EVERY_KIND, { site: SITE });
  const client = new Statuspage("aaaabbbbcccc");
  client.setApiUrl(server.url);
  const names = (events: readonly { name: string }[]) => events.map(({ name }) => name);
  expect(await client.api.getStatus()).toMatchObject({
    page: { name: "Lumen" },
    status: { indicator: "major", description: "Partial System Outage" },
  });
  const summary = await client.api.getSummary();
  expect(names(summary.incidents)).toEqual(["Requests fail", "Odd colours"]);
  expect((await client.api.getComponents()).components).toHaveLength(6);
  expect(names((await client.api.incidents.getAll()).incidents)).toHaveLength(4);
  expect(names((await client.api.incidents.getUnresolved()).incidents)).toEqual(["Requests fail", "Odd colours"]);
  // This version asks for what is to come whichever of the three is called.
  for (const name of ["getAll", "getActive", "getUpcoming"] as const) {
    const { scheduled_maintenances: planned } = await client.api.scheduledMaintenances[name]();
    expect(names(planned)).toEqual(["New database"]);
  }
});
