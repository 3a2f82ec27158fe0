import { describe, expect, test } from "vitest";
import { type BounceMarks, readBounce as read } from "#lib/delivery/channels/bounce.ts";

const readBounce = (raw: string, marks: BounceMarks) => read(Buffer.from(raw), marks);

const MARKS: BounceMarks = { host: "status.example.com", bounces: "bounces@example.com" };

const ORIGINAL = `From: Example Cloud <notices@status.example.com>
To: customer@example.org
Subject: [Example Cloud] An outage
Message-ID: <delivery-77@status.example.com>
`;

/** A report in the form of RFC 3464, as its makers arrange it. */
function report(status: string, how: { original?: string; to?: string; returned?: string } = {}): string {
  const { original = ORIGINAL, returned = "message/rfc822", to = "notices@status.example.com" } = how;
  return `From: Mail Delivery System <MAILER-DAEMON@mx.example.org>
To: ${to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="edge"

--edge
Content-Type: text/plain; charset=us-ascii

The mail could not be delivered. Our apologies.

--edge
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

${status}

--edge
Content-Type: ${returned}

${original}
--edge--
`.replaceAll("\n", "\r\n");
}

describe("a report", () => {
  test.each([
    [
      "of a user unknown, as Postfix writes it",
      "Final-Recipient: rfc822; customer@example.org\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 <customer@example.org>: Recipient\n    address rejected: User unknown",
      { kind: "gone", status: "5.1.1" },
    ],
    [
      "whose status says less than what the other server answered, as Exchange writes it",
      "Final-Recipient: RFC822; customer@example.org\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found",
      { kind: "gone", status: "5.1.10" },
    ],
    [
      "of a full mailbox",
      "Action: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 Mailbox full",
      { kind: "failed", status: "5.2.2" },
    ],
    ["of a mail taken for spam", "Action: failed\nStatus: 5.7.1", { kind: "failed", status: "5.7.1" }],
    [
      "of an attempt that goes on",
      "Action: delayed\nStatus: 4.4.1\nDiagnostic-Code: X-Local; connection timed out",
      { kind: "delayed", status: "4.4.1" },
    ],
    ["of a server that gave up", "Action: failed\nStatus: 4.4.7", { kind: "failed", status: "4.4.7" }],
    ["about our own address", "Action: failed\nStatus: 5.1.8", { kind: "failed", status: "5.1.8" }],
    ["without a status", "Action: failed\nDiagnostic-Code: smtp; 550 no such user here", { kind: "gone" }],
  ])("%s", async (_what, fields, bounce) => {
    const bounced = await readBounce(report(fields), MARKS);
    expect(bounced).toMatchObject({ about: { message: "delivery-77" }, ...bounce });
    expect(bounced?.detail).not.toContain("customer@example.org");
  });

  test("with the headers alone is enough", async () => {
    const raw = report("Action: failed\nStatus: 5.1.1", { returned: "text/rfc822-headers" });
    expect(await readBounce(raw, MARKS)).toMatchObject({ about: { message: "delivery-77" } });
  });

  test("with nothing of ours in it is known by the address it was sent to", async () => {
    const raw = report("Action: failed\nStatus: 5.1.1", {
      original: "Subject: x\n",
      to: "bounces+delivery-78@example.com",
    });
    expect(await readBounce(raw, MARKS)).toMatchObject({ about: { returnedTo: "delivery-78" }, kind: "gone" });
  });

  test("about somebody else's mail is none of ours", async () => {
    const original = ORIGINAL.replace("@status.example.com>\n", "@elsewhere.example.com>\n").replace(
      "delivery-77@status",
      "x@elsewhere",
    );
    expect(await readBounce(report("Action: failed\nStatus: 5.1.1", { original }), MARKS)).toBeUndefined();
  });
});

const words = (headers: string, text: string) =>
  `${headers}\nSubject: failure notice\n\n${text}\n`.replaceAll("\n", "\r\n");

test("words alone, as qmail sends them, are understood", async () => {
  const raw = words(
    "From: MAILER-DAEMON@mx.example.org\nTo: notices@status.example.com",
    `Hi. This is the mail program at mx.example.org.\n\n<customer@example.org>:\n192.0.2.1 does not like the recipient.\nRemote host said: 550 5.1.1 no such user\n\n--- Below this line is a copy of the message.\n\n${ORIGINAL}`,
  );
  expect(await readBounce(raw, MARKS)).toMatchObject({
    about: { message: "delivery-77" },
    kind: "gone",
    status: "5.1.1",
  });
});

test.each([
  [
    "an absence",
    "From: customer@example.org\nAuto-Submitted: auto-replied\nReturn-Path: <>",
    `I am away.\n> ${ORIGINAL}`,
  ],
  [
    "a person's answer",
    "From: customer@example.org",
    "Thanks!\n> Message-ID: <delivery-77@status.example.com>\n> 550 5.1.1",
  ],
  ["nothing", "", ""],
])("%s is no bounce", async (_what, headers, text) =>
  expect(await readBounce(words(headers, text), MARKS)).toBeUndefined(),
);

test.each([
  [
    "nested a thousand times",
    Array.from({ length: 1000 }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\n\n--b${n}\n`).join(""),
  ],
  ["of a million lines", `From: MAILER-DAEMON@mx.example.org\n\n${"\n".repeat(490_000)}`],
  ["of a megabyte", `From: MAILER-DAEMON@mx.example.org\n\n${ORIGINAL}${"x".repeat(1_000_000)}`],
  ["of bytes without sense", Array.from({ length: 100_000 }, (_, n) => String.fromCharCode((n * 7919) % 256)).join("")],
])("what is %s is no bounce", async (_what, raw) => expect(await readBounce(raw, MARKS)).toBeUndefined());
