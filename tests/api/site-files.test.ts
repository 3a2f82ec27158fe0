import { expect, test } from "vitest";
import { pageMetadata } from "#components/frame/metadata.ts";
import { siteOf } from "../render/site.ts";
import { EVERY_KIND, SITE } from "./every-kind.ts";
import { served } from "./server.ts";

const SECURITY = `
security:
  contact: [mailto:security@lumen.example, https://lumen.example/report]
  policy: https://lumen.example/policy
`;

test("security.txt says whom to tell, and until when it may be believed; without anybody there is none", async () => {
  const server = await served(EVERY_KIND, { site: SITE + SECURITY });
  const answer = await server.get("/.well-known/security.txt");
  expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  // RFC 9116: Contact and Expires are a must, and Expires is less than a year ahead.
  expect(await answer.text()).toBe(
    [
      "Contact: mailto:security@lumen.example",
      "Contact: https://lumen.example/report",
      "Expires: 2027-02-20T00:00:00Z",
      "Policy: https://lumen.example/policy",
      "Preferred-Languages: en-GB, en",
      "Canonical: https://status.lumen.example/.well-known/security.txt",
      "",
    ].join("\n"),
  );
  const without = await served(EVERY_KIND, { site: SITE });
  expect((await without.get("/.well-known/security.txt")).status).toBe(404);
  expect(without.paths()).not.toContain("/.well-known/security.txt");
  await expect(served({}, { site: `${SITE}\nsecurity: { contact: security@lumen.example }\n` })).rejects.toThrow(
    /mailto:/,
  );
});

test("the site has marks for tabs and phones, of the state of the whole, and says so in its manifest", async () => {
  const server = await served(EVERY_KIND, { site: SITE });
  const bytes = async (path: string) => Buffer.from(await (await server.get(path)).arrayBuffer());
  const icon = await bytes("/favicon.ico");
  expect([...icon.subarray(0, 8)]).toEqual([0, 0, 1, 0, 1, 0, 32, 32]);
  expect(icon.readUInt32LE(14)).toBe(icon.length - 22);
  const sizeOf = (png: Buffer) => [png.toString("latin1", 1, 4), png.readUInt32BE(16), png.readUInt32BE(20)];
  expect(sizeOf(icon.subarray(22))).toEqual(["PNG", 32, 32]);
  expect(sizeOf(await bytes("/apple-touch-icon.png"))).toEqual(["PNG", 180, 180]);
  const manifest = await server.get("/site.webmanifest");
  expect(manifest.headers.get("content-type")).toBe("application/manifest+json; charset=utf-8");
  const told = (await manifest.json()) as { icons: { src: string; type: string }[] };
  expect(told).toMatchObject({ name: "Lumen status", short_name: "Lumen", start_url: "./" });
  for (const { src, type } of told.icons.filter((each) => each.type === "image/png")) {
    expect((await server.get(src.slice(1))).headers.get("content-type")).toBe(type);
  }
});

test("a name that says “status” is not told to be a status once more", async () => {
  const server = await served(EVERY_KIND, { site: SITE.replace("name: Lumen", "name: Lumen Status") });
  for (const path of ["/history.atom", "/feed.json", "/llms.txt", "/embed", "/api/openapi.json", "/site.webmanifest"]) {
    const text = await (await server.get(path)).text();
    expect(text, path).toContain("Lumen Status");
    expect(text, path).not.toMatch(/Status status/i);
  }
});

test("the description of the API says that nothing asks for a key", async () => {
  expect(await (await served(EVERY_KIND, { site: SITE })).json("/api/openapi.json")).toMatchObject({ security: [] });
});

test("every page has an address, a title, a description and a picture of its own for programs", () => {
  const site = siteOf({});
  expect(pageMetadata(site, { path: "/history", title: "History" })).toMatchObject({
    title: "History",
    description: "Status, incidents and incident reports of Lumen",
    alternates: { canonical: "/history" },
    openGraph: { url: "/history", title: "History", siteName: "Lumen status", type: "website" },
  });
});
