import { setTimeout as sleep } from "node:timers/promises";
import { attacked, type Finding, type Target } from "./target.ts";

const FORMS = 1_500;
const AT_ONCE = 100;

/** One mailbox in many spellings, from as many networks as one /32 of IPv6 has; then an honest reader signs up. */
export function mailBombing(): Promise<Finding> {
  return attacked(bomb);
}

async function bomb(target: Target): Promise<Finding> {
  const signUp = async (address: string, from: string) => {
    const answer = await fetch(`${target.server.url}/subscribe`, {
      method: "POST",
      headers: { "x-forwarded-for": from },
      body: new URLSearchParams({ address, topic: "incidents", impact: "none" }),
    });
    await answer.arrayBuffer();
    return answer.status;
  };
  const statuses: number[] = [];
  for (let from = 0; from < FORMS; from += AT_ONCE) {
    const some = Array.from({ length: AT_ONCE }, (_, n) => from + n);
    const of = (n: number) => signUp(spelled(n), `2001:db8:${(n >> 5).toString(16)}:${(n * 256).toString(16)}::1`);
    statuses.push(...(await Promise.all(some.map(of))));
  }
  const oneNetwork = await Promise.all(
    Array.from({ length: 300 }, (_, n) => signUp(`other${n}@example.com`, `2001:db8:beef:${n.toString(16)}::1`)),
  );
  const honest = await signUp("honest.reader@example.org", "192.0.2.1");
  await sleep(40_000);
  const to = target.mails().map((mail) => /^To: .*$/im.exec(mail)?.[0].toLowerCase() ?? "");
  const bombed = to.filter((line) => /victim/.test(line.replaceAll(".", ""))).length;
  const reached = to.some((line) => line.includes("honest.reader@example.org"));
  const passed = oneNetwork.filter((status) => status === 200).length;
  return {
    counts: {
      forms: FORMS,
      accepted: statuses.filter((status) => status === 200).length,
      "letters to one mailbox": bombed,
      "forms accepted of 300 from one /48": passed,
      "status for an honest reader": honest,
      "honest reader's letters": Number(reached),
    },
    broken: [
      ...(bombed > 5 ? [`${bombed} letters reached one mailbox`] : []),
      ...(passed > 120 ? [`${passed} forms of one /48 were taken`] : []),
      ...(honest === 200 && reached ? [] : [`an honest reader was answered ${honest} and got no letter`]),
    ],
  };
}

/** “victim@example.org” with dots, capitals and tags. */
function spelled(n: number): string {
  const local = [..."victim"].map((letter, at) => ((n >> at) & 1 ? letter.toUpperCase() : letter));
  const dotted = local.map((letter, at) => (at > 0 && (n >> (at + 3)) & 1 ? `.${letter}` : letter)).join("");
  return `${dotted}${n % 3 === 0 ? "" : `+${n}`}@example.org`;
}
