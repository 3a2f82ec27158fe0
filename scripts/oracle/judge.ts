import type { Evidence, Fault, Got, Halted, Recorded } from "./evidence.ts";
import { judgeMissing } from "./judge-missing.ts";
import { markersIn, type Notice, namedIn, noticesOf, told } from "./match.ts";
import { ADDRESS } from "./people.ts";

/** “Within a second”, and what it takes to note a byte. */
const GRACE_MS = 2_500;

/** A machine on which the command itself takes long is as slow with everything else. */
const graceOf = ({ from, until }: Halted) => GRACE_MS + 4 * (until - from);

/** Holds what receivers got against what the program says and what the documents want. @returns everything that is wrong */
export function judge(evidence: Evidence): readonly Fault[] {
  const notices = noticesOf(evidence);
  const which = told(evidence, notices);
  const faults: Fault[] = [];
  if (evidence.verified !== "") faults.push({ rule: "ledger-whole", what: evidence.verified });
  judgeEach(evidence, notices, which, faults);
  for (const got of evidence.got) judgeMessage(got, which.get(got), evidence, notices, faults);
  judgeApproval(evidence, which, faults);
  for (const halt of evidence.halts) judgeHalt(halt, evidence, notices, which, faults);
  judgeMissing(evidence, notices, faults);
  return faults;
}

/** For every message: received exactly as recorded. */
function judgeEach(
  evidence: Evidence,
  notices: readonly Notice[],
  which: ReadonlyMap<Got, string | undefined>,
  faults: Fault[],
): void {
  const number = new Map(evidence.people.map((each) => [each.subscription, each.number]));
  const came = Map.groupBy(evidence.got, (got) => `${which.get(got) ?? "nothing"} ${got.person}`);
  const left = new Set(came.keys());
  for (const one of evidence.recorded) {
    const key = `${one.notice} ${number.get(one.subscription) ?? "nobody"}`;
    left.delete(key);
    judgeOne(one, came.get(key) ?? [], faults);
  }
  for (const key of left) {
    const kinds = notices.filter(({ notice }) => key.startsWith(notice)).map(({ kind }) => kind);
    const first = came.get(key)?.[0];
    const what = `${first?.to ?? ""} got ${kinds.join() || "something"} (${key}), of which there is no record: ${first?.text.slice(0, 300) ?? ""}`;
    faults.push({ rule: "recorded", what });
  }
}

function judgeOne(one: Recorded, came: readonly Got[], faults: Fault[]): void {
  const said = (outcome: string) => one.attempts.filter((each) => each.outcome === outcome).length;
  const [taken, nothing, refused] = (["taken", "nothing", "refused"] as const).map(
    (answered) => came.filter((got) => got.answered === answered).length,
  ) as [number, number, number];
  const unknown = said("unknown");
  const failed = said("deferred") + said("refused") + said("gone");
  const record = `${one.notice}.${one.subscription} (${one.channel}) is ${one.state} after ${one.attempts.map(({ outcome }) => outcome).join(", ") || "no attempt"}; taken ${taken} times, refused ${refused} times, ${nothing} times without an answer`;
  const times = came.map(({ startedAt, completeAt }) => `${startedAt}–${completeAt}`).join(", ");
  const fault = (rule: string) => faults.push({ rule, what: `${record}; came at ${times}` });
  if (said("accepted") > taken) fault("accepted-was-received");
  const surplus = taken - said("accepted") + nothing + Math.max(0, refused - failed);
  if (surplus > unknown) fault(one.state === "accepted" ? "received-once" : "unsent-did-not-arrive");
  const last = one.attempts.at(-1)?.outcome;
  if (one.state === "accepted" && said("accepted") === 0) fault("state-as-attempted");
  if (one.state === "unknown" && last !== "unknown") fault("state-as-attempted");
  if (said("accepted") > 1) fault("accepted-once");
}

/** To the right address, with nobody else's address, token or news in it. */
function judgeMessage(
  got: Got,
  notice: string | undefined,
  { entries, people }: Evidence,
  notices: readonly Notice[],
  faults: Fault[],
): void {
  const fault = (rule: string, what: string) => faults.push({ rule, what: `${got.to}, ${notice ?? "?"}: ${what}` });
  const own = people.find(({ number }) => number === got.person);
  if (!own) return void fault("right-address", "nobody has subscribed this");
  const others = [...got.text.matchAll(ADDRESS)].filter(
    ({ groups }) => Number(groups?.["hook"] ?? groups?.["mailbox"]) !== got.person,
  );
  if (others.length > 0) fault("nobody-elses-address", others.map(([address]) => address).join(", "));
  const tokens = [...got.text.matchAll(/subscriptions\/([0-9a-f]{20})/g)].map(([, id]) => id);
  if (tokens.some((id) => id !== own.subscription)) fault("nobody-elses-token", tokens.join(", "));
  if (own.leftAt !== undefined && got.startedAt > own.leftAt + GRACE_MS) fault("nothing-after-leaving", "it has left");
  const sealed = notices.find((each) => each.notice === notice);
  const about = namedIn(got.text, entries);
  if (about.length > 1 || (sealed?.entry !== undefined && about.some(({ entry }) => entry !== sealed.entry))) {
    fault("one-event", `it tells of ${about.map(({ entry }) => entry).join(", ")}, and is of ${sealed?.entry}`);
  }
  const markers = new Set(markersIn(got.text));
  // A push has no room for what is new; its title and its address are all it tells.
  const lacks = own.channel === "webpush" ? [] : (sealed?.markers ?? []).filter((each) => !markers.has(each));
  if (lacks.length > 0) fault("tells-what-is-new", `${lacks.join(", ")} is not in it`);
}

/** What was halted did not arrive until it was resumed. */
function judgeHalt(
  halt: Halted,
  evidence: Evidence,
  notices: readonly Notice[],
  which: ReadonlyMap<Got, string | undefined>,
  faults: Fault[],
): void {
  const byId = new Map(notices.map((each) => [each.notice, each]));
  for (const got of evidence.got) {
    const notice = which.get(got);
    const person = evidence.people.find(({ number }) => number === got.person);
    const isIn =
      halt.scope === "all" ||
      (halt.scope === "channel" && person?.channel === halt.channel) ||
      (halt.scope === "notice" && notice === halt.notice) ||
      (halt.scope === "incident" && byId.get(notice ?? "")?.entry === halt.entry);
    if (!isIn || got.completeAt > halt.liftedAt) continue;
    const message = `${notice ?? "?"}.${person?.subscription ?? "?"}`;
    const late = got.completeAt - halt.from;
    if (got.completeAt > halt.until + graceOf(halt)) {
      faults.push({
        rule: "halt-holds",
        what: `${message} came to ${got.to} ${late} ms after the halt of ${halt.scope}`,
      });
    } else if (got.completeAt > halt.askedAt + 2 * (halt.until - halt.from) && halt.waiting.has(message)) {
      faults.push({ rule: "halt-lists", what: `${message} was said to wait and came ${late} ms after the halt` });
    }
  }
}

/** What is for more than one person alone may tell did not leave before a second one had said so. */
function judgeApproval(
  { approveAbove = Number.POSITIVE_INFINITY, approved, recorded, got, people }: Evidence,
  which: ReadonlyMap<Got, string | undefined>,
  faults: Fault[],
): void {
  const channels = Map.groupBy(recorded, ({ notice, channel }) => `${notice} ${channel}`);
  for (const one of got) {
    const channel = people.find(({ number }) => number === one.person)?.channel;
    const notice = which.get(one) ?? "";
    const recipients = channels.get(`${notice} ${channel}`)?.length ?? 0;
    if (recipients <= approveAbove || one.startedAt >= (approved.get(notice) ?? Number.POSITIVE_INFINITY)) continue;
    faults.push({ rule: "approved-first", what: `${notice} came to ${one.to} before a second person had approved it` });
  }
}
