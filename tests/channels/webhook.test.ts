import { Webhook } from "standardwebhooks";
import { afterEach, describe, expect, test } from "vitest";
import type { HttpRequest, HttpSender } from "#lib/delivery/channels/http/sender.ts";
import { openWebhook, webhook } from "#lib/delivery/channels/webhook/webhook.ts";
import { noticeOf, recipientOf } from "./notice.ts";

const RULES = { allowPrivateTargets: false };

const sent: HttpRequest[] = [];
afterEach(() => void sent.splice(0));

/** A sender that keeps what it is given. */
const sender = {
  post: (request: HttpRequest) => {
    sent.push(request);
    return Promise.resolve({ kind: "answered", status: 200, headers: {}, text: "" });
  },
} as unknown as HttpSender;

describe("a signature", () => {
  const recipient = recipientOf("webhook", "https://hooks.example.com/candor");
  const message = webhook.compose(webhook.render(noticeOf("incident_updated")), recipient, "delivery1");

  test("is one that the Standard Webhooks library accepts, under the same id each time", async () => {
    const transport = openWebhook(sender, Date.now);
    for (const _ of [1, 2]) await transport.send(message, new AbortController().signal);
    expect(sent).toHaveLength(2);
    for (const { body, headers } of sent) {
      expect(headers["webhook-id"]).toBe("delivery1");
      const verified = new Webhook(recipient.signingSecret ?? "").verify(String(body), { ...headers });
      expect(verified).toMatchObject({ type: "incident.updated", data: { incident: { id: "tvwrong00001" } } });
      expect(() => new Webhook(recipient.signingSecret ?? "").verify(`${body} `, { ...headers })).toThrow();
    }
  });

  test("is of the time of the attempt, not of the notice", async () => {
    await openWebhook(sender, () => 1_700_000_000_000).send(message, new AbortController().signal);
    expect(sent[0]?.headers["webhook-timestamp"]).toBe("1700000000");
  });

  test("cannot be left out", () => {
    const { signingSecret: _, ...without } = recipient;
    expect(() => webhook.compose(webhook.render(noticeOf("incident_updated")), without, "d")).toThrow(TypeError);
  });
});

describe("a payload", () => {
  const payload = (address: string, kind: Parameters<typeof noticeOf>[0]) => {
    const message = webhook.compose(webhook.render(noticeOf(kind)), recipientOf("webhook", address), "delivery1");
    return JSON.parse(message.body.split("\n")[1] ?? "");
  };

  test("has a type, a timestamp and data", () => {
    expect(payload("https://hooks.example.com/a", "maintenance_moved")).toMatchSnapshot();
    expect(payload("https://hooks.example.com/a", "correction")).toMatchSnapshot();
  });

  test("has Statuspage's form for who asked for it", () => {
    expect(payload("https://hooks.example.com/a statuspage", "incident_resolved")).toMatchSnapshot();
  });
});

test("Statuspage's form names the page and its components by the ids they had before they were moved in", () => {
  const notice = noticeOf("incident_updated");
  const former = {
    ...notice,
    site: { ...notice.site, formerId: "page00000001" },
    components: notice.components.map((component) => ({ ...component, formerId: "comp00000001" })),
  };
  const recipient = recipientOf("webhook", "https://hooks.example.com/a statuspage");
  const message = webhook.compose(webhook.render(former), recipient, "delivery1");
  expect(JSON.parse(message.body.split("\n")[1] ?? "")).toMatchObject({
    page: { id: "page00000001" },
    incident: { page_id: "page00000001", components: notice.components.map(() => ({ id: "comp00000001" })) },
  });
});

describe("an address", () => {
  test.each([
    ["https://Hooks.Example.com", "https://hooks.example.com/"],
    [" https://hooks.example.com/a?b=c#d ", "https://hooks.example.com/a?b=c"],
    ["https://hooks.example.com/a Statuspage", "https://hooks.example.com/a statuspage"],
  ])("%s is kept as %s", (typed, value) => expect(webhook.readAddress(typed, RULES)).toEqual({ value }));

  test.each(["", "hooks.example.com", "http://example.com", "https://127.0.0.1/", "https://a:b@example.com/"])(
    "%j is none",
    (typed) => expect(webhook.readAddress(typed, RULES)).toMatchObject({ fault: expect.any(String) }),
  );

  test("is shown to an operator without what is secret", () => {
    expect(webhook.mask("https://hooks.example.com/T000/B000/secret statuspage")).toBe("hooks.example.com/…et");
  });
});
