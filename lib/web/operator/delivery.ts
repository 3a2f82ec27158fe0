import { channels } from "#lib/delivery/channels/channels.ts";
import { shownOf } from "#lib/delivery/channels/shown.ts";
import type { Target } from "#lib/delivery/control.ts";
import { factsOf, type ShownSeal } from "#lib/delivery/shown-seal.ts";
import type { Verified } from "#lib/delivery/verify.ts";
import { may } from "#lib/model/access.ts";
import { type Actor, actorText } from "#lib/model/actor.ts";
import { LIVE } from "#lib/model/live.ts";
import { CHANNELS } from "#lib/model/subscription.ts";
import { DeliveryOperations, type Seen } from "#lib/publishing/delivery-operations.ts";
import type { Answer } from "../http/answer.ts";
import { leadTo, marksOf, type OperatorRequest, sendOnce, show } from "./operator-request.ts";
import type { RecipientView, SealedView } from "./views.ts";

const PATH = "/operator/-/delivery";
const STILL = `${PATH}/still`;

/** So many lines of the newest notices are shown, and so many recipients of one. */
const MOST = 30;
const MOST_RECIPIENTS = 200;

/** As often as the page looks again by itself while something is under way, in seconds. */
const AGAIN_S = 5;

type Words = OperatorRequest["words"];

const DEEDS = ["halt", "resume", "resume-notice", "approve"] as const;

/** Watches over what is being sent, and stops it. */
export async function watching(request: OperatorRequest): Promise<Answer> {
  await using operations = await DeliveryOperations.open(request.app.environment);
  const isAllowed = may(request.token.role, "publish");
  const { refused } = request.words;
  const draw = async (status: number, more: { fault?: string; verified?: Verified } = {}) => {
    const reach = await operations.reach({}, MOST);
    const isUnderWay = reach.some(({ state, counts }) => state === "open" && counts.queued + counts.sending > 0);
    const looksAgain = isUnderWay && request.method === "GET" && request.path === PATH;
    const page = await show(request, status, {
      kind: "delivery",
      path: PATH,
      halts: await operations.halts(),
      reach,
      aside: await operations.aside(),
      alarms: await operations.alarms(request.app.clock()),
      marks: marksOf(request),
      isAllowed,
      ...(looksAgain ? { still: STILL } : {}),
      ...more,
    });
    return looksAgain ? { ...page, headers: { ...page.headers, refresh: String(AGAIN_S) } } : page;
  };
  if (request.step === "verify") return await draw(200, { verified: await operations.verify() });
  const deed = DEEDS.find((each) => each === request.step);
  if (deed === undefined) return await draw(200);
  if (!isAllowed) return await draw(403, { fault: refused.publisher });
  try {
    // A halt waits for nobody, and halting twice is harmless: it is neither queued nor kept by its key.
    if (deed === "halt") return await halting(request, operations);
    return await sendOnce(request, () => doing(deed, request, operations));
  } catch (error) {
    return await draw(409, { fault: faultOf(error) });
  }
}

async function halting(request: OperatorRequest, operations: DeliveryOperations): Promise<Answer> {
  const { typed, frame, words, session } = request;
  const why = typed["why"]?.trim() || words.done.haltedHere;
  const { reach } = await operations.halt(targetOf(typed["scope"]), why, orderOf(request));
  const sum = (of: (one: (typeof reach)[number]) => number) => reach.reduce((all, one) => all + of(one), 0);
  const got = sum(({ counts }) => counts.accepted);
  const left = sum(({ counts }) => counts.queued + counts.sending);
  const [received, missing] = [got, left].map((count) => count.toLocaleString(frame.config.locale));
  session.notice = words.done.halted({ got: received ?? "", left: missing ?? "" });
  return leadTo(PATH);
}

async function doing(
  deed: (typeof DEEDS)[number],
  request: OperatorRequest,
  operations: DeliveryOperations,
): Promise<Answer> {
  const { notice = "", scope } = request.typed;
  const { done } = request.words;
  const order = orderOf(request);
  if (deed === "approve") {
    const released = await operations.approve(notice, { ...order, by: actorOf(request) });
    request.session.notice = released > 0 ? done.approved : done.nothingWaits;
    return leadTo(PATH);
  }
  // One halt is lifted, not every one there is: another may keep back what must never leave.
  const halt = (await operations.halts()).find((each) => each.scope === scope);
  const lifted =
    deed === "resume-notice"
      ? await operations.resume({ notice }, order)
      : halt
        ? await operations.lift(halt.scope, order)
        : 0;
  request.session.notice = lifted > 0 ? done.resumed : done.nothingHalted;
  return leadTo(PATH);
}

/** One notice, its recipients and its correction. */
export async function watchingNotice(request: OperatorRequest): Promise<Answer> {
  const { app, params, step, typed, words } = request;
  const { notice = "" } = params;
  await using operations = await DeliveryOperations.open(app.environment);
  const path = `${PATH}/${notice}`;
  const reach = await operations.reach({ notice }, CHANNELS.length);
  const [first, ...others] = reach;
  if (!first) return leadTo(PATH);
  const isAllowed = may(request.token.role, "publish");
  const correction = {
    notice,
    message: typed["message"]?.trim() ?? "",
    by: actorText(actorOf(request)),
    at: app.clock(),
  };
  const to = step === "show" ? typed["to"]?.trim() || undefined : undefined;
  const draw = async (status: number, more: { fault?: string; withPreview?: true } = {}) => {
    const { list, all } = await recipientsOf(operations, notice, words);
    const { fault, withPreview } = more;
    return await show(request, status, {
      kind: "notice",
      path,
      reach: [first, ...others],
      recipients: list,
      more: all - list.length,
      message: correction.message,
      sealed: (await operations.shown(notice, to)).map(sealedView),
      ...(to === undefined ? {} : { to }),
      marks: marksOf(request),
      isAllowed,
      ...(fault === undefined ? {} : { fault }),
      ...(withPreview ? { preview: await previewOf(operations, correction) } : {}),
    });
  };
  if (step !== "preview" && step !== "write") return await draw(200);
  if (!isAllowed) return await draw(403, { fault: words.refused.corrector });
  if (correction.message === "") return await draw(422, { fault: words.refused.noMessage });
  try {
    if (step === "preview") return await draw(200, { withPreview: true });
    return await sendOnce(request, async () => {
      const { sealed } = await operations.correct(correction);
      const all = sealed.reduce((sum, { recipients }) => sum + recipients, 0);
      const waits = sealed.some(({ needsApproval }) => needsApproval);
      const said = waits ? words.done.correctedWaits : words.done.corrected;
      request.session.notice = said({ count: all.toLocaleString(request.config.locale) });
      return leadTo(PATH);
    });
  } catch (error) {
    return await draw(409, { fault: faultOf(error) });
  }
}

async function previewOf(operations: DeliveryOperations, correction: Parameters<DeliveryOperations["correct"]>[0]) {
  const { notice, recipients } = await operations.previewCorrection(correction);
  return { ...shownOf(notice), recipients };
}

async function recipientsOf(
  operations: DeliveryOperations,
  notice: string,
  words: Words,
): Promise<{ list: RecipientView[]; all: number }> {
  const list: RecipientView[] = [];
  let all = 0;
  for await (const one of operations.recipients(notice)) {
    all += 1;
    if (list.length < MOST_RECIPIENTS) list.push(viewOf(one, words));
  }
  return { list, all };
}

function viewOf({ channel, address, subscriber, state, detail }: Seen, { delivery }: Words): RecipientView {
  return {
    channel,
    who: address ?? delivery.erased({ name: subscriber }),
    state,
    ...(detail === undefined ? {} : { detail }),
  };
}

function sealedView(seal: ShownSeal): SealedView {
  return { channel: seal.channel, message: seal.message, facts: factsOf(seal) };
}

function actorOf({ token }: OperatorRequest): Actor {
  return { kind: "token", name: token.name };
}

function orderOf({ token, app }: OperatorRequest): { by: string; at: number } {
  return { by: token.name, at: app.clock() };
}

/** What is to be halted; in doubt, everything. */
function targetOf(scope = "all"): Target {
  const [kind, name = ""] = [scope.slice(0, scope.indexOf(":")), scope.slice(scope.indexOf(":") + 1)];
  if (kind === "incident") return { incident: name };
  if (kind === "notice") return { notice: name };
  return kind === "channel" && (Object.hasOwn(channels, name) || name === LIVE) ? { channel: name } : {};
}

/** What a person can do something about, as words. */
function faultOf(error: unknown): string {
  const codes = ["NO_NOTICE", "SAME_PERSON", "UNSAFE", "IS_CORRECTED"];
  if (error instanceof Error && "code" in error && codes.includes(String(error.code))) return error.message;
  throw error;
}
