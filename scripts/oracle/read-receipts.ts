import { simpleParser } from "mailparser";
import type { Got } from "./evidence.ts";
import { openPush, type Person, receivedAt } from "./people.ts";
import type { Log, Receipt } from "./receipt.ts";

/** What the receivers wrote down, opened as the recipients would open it. */
export async function readReceipts(
  log: Log,
  people: readonly Person[],
  hosts: readonly string[],
): Promise<readonly Got[]> {
  const owner = new Map(people.map((person) => [receivedAt(person, hosts), person]));
  const all: Got[] = [];
  for (const receipt of log) {
    const person = owner.get(receipt.to);
    const { notice, text } = await opened(receipt, person);
    const { to, startedAt, completeAt, answered } = receipt;
    all.push({ person: person?.number ?? -1, to, startedAt, completeAt, answered, notice, text });
  }
  return all;
}

async function opened(receipt: Receipt, person: Person | undefined): Promise<Pick<Got, "notice" | "text">> {
  const bytes = Buffer.from(receipt.body, "latin1");
  if (person?.channel === "webpush") return { notice: undefined, text: openPush(bytes) };
  if (receipt.to.includes("://")) {
    const id = receipt.headers["webhook-id"];
    return { notice: id?.split(".")[0], text: `${JSON.stringify(receipt.headers)}\n${bytes.toString("utf8")}` };
  }
  const mail = await simpleParser(bytes);
  const headers = mail.headerLines.map(({ line }) => line).join("\n");
  const id = /^<([^.]+)\./.exec(mail.messageId ?? "")?.[1];
  return { notice: id, text: [headers, mail.text ?? "", mail.html || ""].join("\n") };
}
