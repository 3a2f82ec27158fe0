import { createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { email } from "#lib/delivery/channels/email/email.ts";
import type { Mail } from "#lib/delivery/channels/email/mail.ts";
import { openEmail } from "#lib/delivery/channels/email/transport.ts";
import type { Answer } from "#lib/model/delivery.ts";
import { NEVER_MS, SILENCE_MS } from "#tests/hang-guard.ts";
import { noticeOf, recipientOf } from "./notice.ts";

/** What a server of our own says to each command; `drop` ends the connection, `hush` says nothing. */
type Script = Readonly<Record<string, string | ((time: number) => string)>>;

const GOOD: Script = {
  CONNECT: "220 ready",
  EHLO: "250-here\r\n250 SIZE 1000000",
  MAIL: "250 ok",
  RCPT: "250 ok",
  DATA: "354 go on",
  END: "250 taken",
  RSET: "250 ok",
  QUIT: "221 bye",
};

const servers: (() => void)[] = [];
afterEach(() => {
  for (const close of servers.splice(0)) close();
});

/** A server that keeps to a script, and how often it got a whole content. */
async function serve(script: Script) {
  const sockets = new Set<Socket>();
  let contents = 0;
  const commands: string[] = [];
  const connectedAt: number[] = [];
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    connectedAt.push(performance.now());
    let isContent = false;
    let text = "";
    const say = (step: string) => {
      const said = script[step] ?? GOOD[step] ?? "500 what?";
      const words = typeof said === "function" ? said(contents) : said;
      if (words === "drop") socket.destroy();
      else if (words !== "hush") socket.write(`${words}\r\n`);
      isContent = step === "DATA" && words.startsWith("354");
    };
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      text += String(chunk);
      for (;;) {
        const end = text.indexOf(isContent ? "\r\n.\r\n" : "\r\n");
        if (end < 0) return;
        const line = text.slice(0, end);
        text = text.slice(end + (isContent ? 5 : 2));
        if (isContent) contents += 1;
        else commands.push(line);
        say(isContent ? "END" : line.slice(0, 4).toUpperCase());
      }
    });
    say("CONNECT");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  servers.push(() => {
    drop();
    server.close();
  });
  return {
    port: (server.address() as { port: number }).port,
    contents: () => contents,
    commands,
    connections: () => connectedAt.length,
    connectedAt,
    pause: () => {
      for (const socket of sockets) socket.pause();
    },
    drop,
  };
}

function openTo(port: number, timeoutMs = NEVER_MS, maxConnections = 2) {
  const transport = openEmail({
    smtpUrl: `smtp://127.0.0.1:${port}`,
    folder: "unused",
    from: () => ({ name: "", address: "notices@status.example.com" }),
    maxConnections,
    timeoutMs,
    now: () => 0,
  });
  const rendering = email.render(noticeOf("incident_updated"));
  servers.push(() => void transport.close());
  return (n = 1, signal = new AbortController().signal, more = ""): Promise<Answer> => {
    const message = email.compose(rendering, recipientOf("email", `customer${n}@example.org`, n), `delivery${n}`);
    const mail = JSON.parse(message.body) as Mail;
    const body = more === "" ? message.body : JSON.stringify({ ...mail, text: `${mail.text}${more}` });
    return transport.send({ ...message, body }, signal);
  };
}

test("an address in another script goes to a server that takes it, and to no other", async () => {
  const rendering = email.render(noticeOf("incident_updated"));
  const message = email.compose(rendering, recipientOf("email", "gräfin@bücher.example"), "delivery1");
  const sentTo = async (extensions: string) => {
    const server = await serve({ EHLO: `250-here\r\n${extensions}250 SIZE 1000000` });
    const transport = openEmail({
      smtpUrl: `smtp://127.0.0.1:${server.port}`,
      folder: "unused",
      from: () => ({ name: "", address: "notices@status.example.com" }),
      timeoutMs: NEVER_MS,
      now: () => 0,
    });
    servers.push(() => void transport.close());
    const { outcome, detail } = await transport.send(message, new AbortController().signal);
    return { outcome, detail, mails: server.commands.filter((line) => /^(?:MAIL|RCPT)/.test(line)) };
  };
  const taken = await sentTo("250-SMTPUTF8\r\n");
  expect([taken.outcome, taken.mails.length]).toEqual(["accepted", 2]);
  expect(taken.mails[0]).toContain(" SMTPUTF8");
  expect(taken.mails[1]).toContain("gräfin@");
  const refused = await sentTo("");
  expect(refused).toMatchObject({ outcome: "refused", mails: [], detail: expect.stringContaining("address") });
});

describe("each answer of a mail server", () => {
  test.each([
    ["taken", {}, "accepted"],
    ["421 at the greeting", { CONNECT: "421 too busy" }, "deferred"],
    ["554 at the greeting", { CONNECT: "554 not you" }, "deferred"],
    ["a greeting that drops", { CONNECT: "drop" }, "deferred"],
    ["421 to the recipient", { RCPT: "421 4.3.2 shutting down" }, "deferred"],
    ["450 mailbox busy", { RCPT: "450 4.2.1 mailbox busy" }, "deferred"],
    ["550 no such user", { RCPT: "550 5.1.1 no such user" }, "gone"],
    ["550 in words", { RCPT: "550 Requested action not taken: mailbox unavailable, user unknown" }, "gone"],
    ["550 for policy", { RCPT: "550 5.7.1 blocked" }, "refused"],
    ["550 without a reason", { RCPT: "550 no" }, "refused"],
    ["550 to the sender", { MAIL: "550 5.1.1 no such user" }, "refused"],
    ["552 too large", { MAIL: "552 5.3.4 too large" }, "refused"],
    ["a size that is too small for us", { EHLO: "250-here\r\n250 SIZE 100" }, "refused"],
    [
      "a size it then does not keep",
      { EHLO: "250-here\r\n250 SIZE 99999999", END: "552 5.3.4 too large after all" },
      "refused",
    ],
    ["451 to DATA", { DATA: "451 later" }, "deferred"],
    ["a drop at DATA", { DATA: "drop" }, "deferred"],
    ["421 to the content", { END: "421 4.3.0 closing" }, "deferred"],
    ["554 to the content", { END: "554 5.6.0 spam" }, "refused"],
    ["a user found missing late", { END: "550 5.1.1 no such user" }, "gone"],
    ["a drop after the content", { END: "drop" }, "unknown"],
    ["silence after the content", { END: "hush" }, "unknown"],
    ["silence before the content", { RCPT: "hush" }, "deferred"],
    ["nonsense", { RCPT: "cheese" }, "deferred"],
  ] as const)("%s", async (_what, script, outcome) => {
    const { contents, port } = await serve(script);
    const isSilent = Object.values<unknown>(script).includes("hush");
    const answer = await openTo(port, isSilent ? SILENCE_MS : NEVER_MS)();
    expect(answer).toMatchObject({ outcome });
    expect(contents()).toBeLessThanOrEqual(1);
    expect(answer.detail).not.toContain("@example.org");
  });

  test("a door that is closed", async () => {
    const { port } = await serve({});
    for (const close of servers.splice(0)) close();
    const send = openTo(port);
    const answers = await Promise.all([1, 2, 3, 4, 5].map((n) => send(n)));
    for (const answer of answers) expect(answer).toMatchObject({ outcome: "deferred", retryAfterMs: 10_000 });
  });

  test.each([
    ["450 4.7.1 Greylisted for 300 seconds", 300_000],
    ["451 4.7.0 Try again in 5 minutes", 300_000],
    ["450 wait 2h", 7_200_000],
  ])("%s is a hint when to come back", async (RCPT, retryAfterMs) => {
    const { port } = await serve({ RCPT });
    expect(await openTo(port)()).toMatchObject({ outcome: "deferred", retryAfterMs });
  });
});

test("a content that was dropped is never sent again, however many wait behind it", async () => {
  const { contents, port } = await serve({ END: "drop" });
  const send = openTo(port, NEVER_MS);
  const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => send(n)));
  expect(answers.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 20 }, () => "unknown"));
  expect(contents()).toBe(20);
});

test("nor when it was dropped on a connection that had carried others before", async () => {
  const { contents, port } = await serve({ END: (time) => (time === 2 ? "drop" : "250 taken") });
  const send = openTo(port);
  expect(await send(1)).toMatchObject({ outcome: "accepted" });
  expect(await send(2)).toMatchObject({ outcome: "unknown" });
  expect(await send(3)).toMatchObject({ outcome: "accepted" });
  expect(contents()).toBe(3);
});

test("a connection carries many mails, a refused one does not end it", async () => {
  const { connections, port } = await serve({ RCPT: "550 5.1.1 no such user" });
  const send = openTo(port);
  for (let n = 0; n < 10; n += 1) await send(n);
  expect(connections()).toBe(1);
});

test("a connection that the server ended while idle costs no mail, and repeats none", async () => {
  const { connections, contents, drop, port } = await serve({});
  const send = openTo(port);
  expect(await send(1)).toMatchObject({ outcome: "accepted" });
  drop();
  // At once, so that we learn of the end only by sending into it, and then after a while.
  expect(await send(2)).toMatchObject({ outcome: "accepted" });
  drop();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await send(3)).toMatchObject({ outcome: "accepted" });
  expect([contents(), connections()]).toEqual([3, 3]);
});

test("a mail that waits for a server that does not greet is stopped at once, unsent", async () => {
  const { port } = await serve({ CONNECT: "hush" });
  const halt = new AbortController();
  const sending = openTo(port, NEVER_MS)(1, halt.signal);
  setTimeout(() => halt.abort(), 100);
  expect(await sending).toMatchObject({ outcome: "unsent" });
});

test("a server that closes its connections (421) is asked ever more seldom, and what waits has not been tried", async () => {
  const { connectedAt, port } = await serve({ RCPT: "421 4.3.2 too busy" });
  const send = openTo(port, NEVER_MS, 1);
  const halt = new AbortController();
  const sending = Array.from({ length: 20 }, (_, n) => send(n, halt.signal));
  await expect.poll(() => connectedAt.length).toBe(3);
  halt.abort();
  const outcomes = (await Promise.all(sending)).map(({ outcome }) => outcome);
  const tried = outcomes.filter((outcome) => outcome === "deferred").length;
  expect(tried).toBeGreaterThanOrEqual(2);
  expect(tried).toBeLessThanOrEqual(3);
  expect(outcomes.filter((outcome) => outcome === "unsent")).toHaveLength(20 - tried);
  const [first = 0, second = 0, third = 0] = connectedAt;
  // Timers may come a little early by this clock, never by much.
  expect(second - first).toBeGreaterThan(900);
  expect(third - second).toBeGreaterThan(1_900);
});

test("a mail that is stopped in the middle of its content is tried again, and one that waits was not tried", async () => {
  const asked = Promise.withResolvers<void>();
  const DATA = () => {
    asked.resolve();
    return "354 go on";
  };
  const { contents, pause, port } = await serve({ EHLO: "250-here\r\n250 SIZE 99999999", DATA });
  const send = openTo(port, NEVER_MS, 1);
  const halt = new AbortController();
  // Its end does not leave: that is more than the network takes by itself.
  const large = send(1, halt.signal, "x".repeat(30_000_000));
  await asked.promise;
  pause();
  const waiting = send(2, halt.signal);
  await new Promise((done) => setTimeout(done, 200));
  halt.abort();
  expect(await waiting).toMatchObject({ outcome: "unsent" });
  expect(await large).toMatchObject({ outcome: "deferred", isOurs: true });
  expect(contents()).toBe(0);
});

test("one mail that hangs does not hold up the others", async () => {
  const { port } = await serve({ END: "hush" });
  const other = await serve({});
  const [hang, send] = [openTo(port, NEVER_MS), openTo(other.port)];
  const hanging = hang();
  for (let n = 0; n < 5; n += 1) {
    expect(await Promise.race([hanging, send(n)])).toMatchObject({ outcome: "accepted" });
  }
});
