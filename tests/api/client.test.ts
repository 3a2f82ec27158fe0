import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { expect, test } from "vitest";
import { CandorError, candorClient } from "#lib/client/candor-client.ts";
import { withTypes } from "../../scripts/write-client.ts";
import { EVERY_KIND, file, SITE, update } from "./every-kind.ts";
import { served } from "./server.ts";

const open = () => served(EVERY_KIND, { site: SITE });

/** Without what a formatter may change. */
const bare = (text: string) => text.replace(/\s+/g, "").replace(/([:=(])\|/g, "$1");

test("the client's types are those of the description (otherwise run scripts/write-client.ts)", () => {
  const client = readFileSync("lib/client/candor-client.ts", "utf8");
  expect(bare(withTypes(client)) === bare(client)).toBe(true);
  expect(client).not.toMatch(/^import /m);
});

test("every answer is as it is described", async () => {
  const server = await open();
  const description = (await server.json("/api/openapi.json")) as {
    openapi: string;
    paths: Record<string, { get: { responses: { 200: { content: { "application/json": { schema: object } } } } } }>;
    components: object;
  };
  expect(description.openapi).toBe("3.1.1");
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  formats(ajv);
  const [incident] = (await server.json("/api/v2/incidents.json"))["incidents"] as { id: string }[];
  for (const [path, { get }] of Object.entries(description.paths)) {
    const { schema } = get.responses[200].content["application/json"];
    const answer = await server.json(path.replace("{id}", incident?.id ?? "").replace("{slug}", "reported"));
    ajv.validate({ ...schema, components: description.components }, answer);
    expect(ajv.errors, path).toBeNull();
  }
  expect(Object.keys(description.paths)).toHaveLength(10);
});

test("the client asks for everything there is", async () => {
  const server = await open();
  const client = candorClient(`${server.url}/`);
  expect((await client.status()).status.description).toBe("Partial System Outage");
  expect((await client.summary()).components).toHaveLength(6);
  expect((await client.components()).page.name).toBe("Lumen");
  const { incidents } = await client.incidents();
  expect((await client.unresolvedIncidents()).incidents.map(({ name }) => name)).toEqual([
    "Requests fail",
    "Odd colours",
  ]);
  expect((await client.incident(incidents[0]?.id ?? ""))?.incident.name).toBe("Requests fail");
  expect((await client.document("reported"))?.report?.status).toBe("final");
  expect((await client.scheduledMaintenances()).scheduled_maintenances).toHaveLength(4);
  expect((await client.upcomingMaintenances()).scheduled_maintenances).toHaveLength(1);
  expect((await client.activeMaintenances()).scheduled_maintenances).toHaveLength(1);
});

test("what is not there is undefined, and what goes wrong is an error with its status", async () => {
  const server = await open();
  const client = candorClient(server.url);
  expect(await client.incident("aaaaaaaaaaaa")).toBeUndefined();
  expect(await client.document("draft")).toBeUndefined();
  const away = candorClient("https://away.example", {
    fetch: () => Promise.resolve(new Response("", { status: 503 })),
  });
  await expect(away.status()).rejects.toThrow(new CandorError("https://away.example/api/v2/status.json", 503));
});

test("a second question is answered without a body, until there is something new", async () => {
  const server = await open();
  const seen: number[] = [];
  const client = candorClient(server.url, {
    async fetch(...request) {
      const response = await fetch(...request);
      seen.push(response.status);
      return response;
    },
  });
  const first = await client.status();
  expect(await client.status()).toEqual(first);
  server.show({ "a.md": file({ title: "A", updates: [update("2026-01-01", "resolved", "x")] }) });
  expect((await client.status()).status.indicator).toBe("none");
  expect(seen).toEqual([200, 304, 200]);
});
