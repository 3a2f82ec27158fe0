import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { openVault } from "#lib/access/vault.ts";
import { proofParts, sha256, textBreachOf, verifySeal } from "#lib/delivery/seal-check.ts";
import type { Claimed, Message, Recipient, SealedText } from "#lib/model/delivery.ts";

const vault = openVault(["secret"], randomBytes(32));
const BODY = '{"title":"Sign-in fails"}';
const sealed: SealedText = {
  rendering: { channel: "webhook", body: BODY },
  hash: sha256(BODY),
  audience: { components: [], topic: "incidents", impact: "major" },
};

const ADDRESS = "https://hooks.example.com/a";
const subscriber = vault.pseudonym("webhook", ADDRESS);
const delivery = { notice: "n1", channel: "webhook", subscription: "s1", subscriber } as const;
const claimed: Claimed = {
  ...delivery,
  id: 1,
  proof: vault.proof(...proofParts(delivery, sealed.hash)),
  attempt: 1,
  claimedAt: 0,
  address: "locked",
  signingSecret: null,
  interest: { components: [], topics: ["incidents"], leastImpact: "none" },
  failures: 0,
};
const leaveUrl = `https://status.example.com/subscriptions/${vault.token("s1")}/leave`;
const recipient: Recipient = {
  subscription: "s1",
  channel: "webhook",
  address: ADDRESS,
  manageUrl: leaveUrl.replace("/leave", ""),
  leaveUrl,
};
const message: Message = { channel: "webhook", id: "n1.s1", to: ADDRESS, body: `${BODY} ${leaveUrl}` };

interface Checked {
  readonly claimed: Claimed;
  readonly sealed: SealedText;
  readonly recipient: Recipient;
  readonly message: Message;
}

const check = (changed: Partial<Checked>) => {
  const all = { claimed, sealed, recipient, message, ...changed };
  return verifySeal(all.claimed, all.sealed, all.recipient, all.message, vault);
};

test("what was sealed may leave", () => {
  expect(textBreachOf(sealed)).toBeUndefined();
  expect(check({})).toBeUndefined();
});

const other = "https://hooks.example.com/b";
test.each<[string, Partial<Checked>, string]>([
  [
    "a text of another channel",
    { sealed: { ...sealed, rendering: { channel: "slack", body: BODY } } },
    "The message is for another channel than the one that was sealed.",
  ],
  [
    "a message of another channel",
    { message: { ...message, channel: "email" } },
    "The message is for another channel than the one that was sealed.",
  ],
  [
    "a proof of another delivery",
    { claimed: { ...claimed, proof: vault.proof(...proofParts({ ...delivery, notice: "n2" }, sealed.hash)) } },
    "This delivery is not one that was sealed.",
  ],
  ["a proof that is none", { claimed: { ...claimed, proof: "" } }, "This delivery is not one that was sealed."],
  [
    "a recipient of another subscription",
    { recipient: { ...recipient, subscription: "s2" } },
    "The message is for another subscription.",
  ],
  [
    "an address of another pseudonym",
    { recipient: { ...recipient, address: other }, message: { ...message, to: other } },
    "The address is not the one it was sealed for.",
  ],
  ["a message to another address", { message: { ...message, to: other } }, "The message would go to another address."],
  [
    "a link of another subscription",
    { message: { ...message, body: `${message.body} /subscriptions/${vault.token("s2")}` } },
    "There is a link of another subscription in the message.",
  ],
  [
    "an address of somebody else",
    { message: { ...message, body: `${message.body} other@example.org` } },
    "There is another address in the message.",
  ],
])("%s does not leave", (_what, changed, breach) => {
  expect(check(changed)).toBe(breach);
});

test("a text that is not the one that was sealed does not leave", () => {
  expect(textBreachOf({ ...sealed, rendering: { channel: "webhook", body: `${BODY} ` } })).toBe(
    "The text is not the one that was sealed.",
  );
});
