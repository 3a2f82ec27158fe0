import fc from "fast-check";
import { IsolationWorld, nothing } from "#tests/delivery/isolation.ts";
import { plans } from "#tests/delivery/isolation-plans.ts";
import { openPost } from "#tests/delivery/post.ts";
import { openReceivers } from "#tests/delivery/receivers.ts";

/**
 * `npm run soak -- isolation [worlds] [seed]`: random worlds of subscribers, news and crashes against a real mail server
 * and a real web server; each message must have reached exactly the one it was for. A failure prints what repeats it.
 */
const BATCH = 500;
const worlds = Number(process.argv[2] ?? 10_000);
const first = Number(process.argv[3] ?? Date.now() % 1_000_000);
const sum = nothing();
for (let done = 0; done < worlds; done += BATCH) {
  await using receivers = await openReceivers();
  await using post = openPost(receivers);
  const seed = first + done;
  const property = fc.asyncProperty(plans, (plan) => IsolationWorld.run(post, plan, sum));
  await fc.assert(property, { numRuns: Math.min(BATCH, worlds - done), seed });
  process.stdout.write(`Seed ${seed}: ${JSON.stringify(sum)}\n`);
}
// The workers that died in these worlds are still waiting for answers that never come.
process.exit();
