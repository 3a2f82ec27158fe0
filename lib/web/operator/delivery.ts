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
import type { Answer } from "../serve/exchange.ts";
import { html, leadTo, marksOf, type OperatorRequest, sendOnce } from "./operator-request.ts";
import { deliveryPage, noticePage, type RecipientView, type SealedView } from "./pages/delivery-page.ts";

const PATH = "/operator/-/delivery";
const STILL = `${PATH}/still`;

/** So many lines of the newest notices are shown, and so many recipients of one. */
const MOST = 30;
const MOST_RECIPIENTS = 200;

/** As often as the page looks again by itself while something is under way, in seconds. */
const AGAIN_S = 5;

const DEEDS = ["halt", "resume", "resume-notice", "approve"] as const;

/** Watches over what is being sent, and stops it. */
export async function watching(request: OperatorRequest): Promise<Answer> {
  await using operations = await DeliveryOperations.open(request.app.environment);
  const isAllowed = may(request.token.role, "publish");
  const show = async (status: number, more: { fault?: string; verified?: Verified } = {}) => {
    const reach = await operations.reach({}, MOST);
    const isUnderWay = reach.some(({ state, counts }) => state === "open" && counts.queued + counts.sending > 0);
    const looksAgain = isUnderWay && request.method === "GET" && request.path === PATH;
    const page = html(
      status,
      deliveryPage(request.frame, {
        path: PATH,
        now: request.app.clock(),
        halts: await operations.halts(),
        reach,
        aside: await operations.aside(),
        alarms: await operations.alarms(request.app.clock()),
        marks: marksOf(request),
        isAllowed,
        ...(looksAgain ? { still: STILL } : {}),
        ...more,
      }),
    );
    return looksAgain ? { ...page, headers: { ...page.headers, refresh: String(AGAIN_S) } } : page;
  };
  if (request.step === "verify") return await show(200, { verified: await operations.verify() });
  const deed = DEEDS.find((each) => each === request.step);
  if (deed === undefined) return await show(200);
  if (!isAllowed) return await show(403, { fault: "This takes a token of the role publisher. Nothing was done." });
  try {
    // A halt waits for nobody, and halting twice is harmless: it is neither queued nor kept by its key.
    if (deed === "halt") return await halting(request, operations);
    return await sendOnce(request, () => doing(deed, request, operations));
  } catch (error) {
    return await show(409, { fault: faultOf(error) });
  }
}

async function halting(request: OperatorRequest, operations: DeliveryOperations): Promise<Answer> {
  const why = request.typed["why"]?.trim() || "Halted on the operator's page.";
  const { reach } = await operations.halt(targetOf(request.typed["scope"]), why, orderOf(request));
  const sum = (of: (one: (typeof reach)[number]) => number) => reach.reduce((all, one) => all + of(one), 0);
  const got = sum(({ counts }) => counts.accepted);
  const left = sum(({ counts }) => counts.queued + counts.sending);
  request.session.notice = `Halted. ${got.toLocaleString("en")} received what was under way, ${left.toLocaleString("en")} did not.`;
  return leadTo(PATH);
}

async function doing(
  deed: (typeof DEEDS)[number],
  request: OperatorRequest,
  operations: DeliveryOperations,
): Promise<Answer> {
  const { notice = "", scope } = request.typed;
  const order = orderOf(request);
  if (deed === "approve") {
    const released = await operations.approve(notice, { ...order, by: actorOf(request) });
    request.session.notice = released > 0 ? "Approved: it leaves now." : "Nothing waits for approval there.";
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
  request.session.notice = lifted > 0 ? "It goes on. Nobody gets anything twice." : "Nothing was halted there.";
  return leadTo(PATH);
}

/** One notice, its recipients and its correction. */
export async function watchingNotice(request: OperatorRequest, notice: string): Promise<Answer> {
  const { app, step, typed, frame } = request;
  await using operations = await DeliveryOperations.open(app.environment);
  const path = `${PATH}/${notice}`;
  const reach = await operations.reach({ notice }, CHANNELS.length);
  const [told] = reach;
  if (!told) return leadTo(PATH);
  const isAllowed = may(request.token.role, "publish");
  const correction = {
    notice,
    message: typed["message"]?.trim() ?? "",
    by: actorText(actorOf(request)),
    at: app.clock(),
  };
  const to = step === "show" ? typed["to"]?.trim() || undefined : undefined;
  const show = async (status: number, more: { fault?: string; withPreview?: true } = {}) => {
    const { list, all } = await recipientsOf(operations, notice);
    const { fault, withPreview } = more;
    return html(
      status,
      noticePage(frame, {
        path,
        title: `${told.notice.event.title} (${told.notice.kind.replaceAll("_", " ")})`,
        reach,
        recipients: list,
        more: all - list.length,
        message: correction.message,
        sealed: (await operations.shown(notice, to)).map(sealedView),
        ...(to === undefined ? {} : { to }),
        marks: marksOf(request),
        isAllowed,
        ...(fault === undefined ? {} : { fault }),
        ...(withPreview ? { preview: await previewOf(operations, correction) } : {}),
      }),
    );
  };
  if (step !== "preview" && step !== "write") return await show(200);
  if (!isAllowed)
    return await show(403, { fault: "Correcting takes a token of the role publisher. Nothing was sent." });
  if (correction.message === "") return await show(422, { fault: "Write what they are to know." });
  try {
    if (step === "preview") return await show(200, { withPreview: true });
    return await sendOnce(request, async () => {
      const { sealed } = await operations.correct(correction);
      const all = sealed.reduce((sum, { recipients }) => sum + recipients, 0);
      const waits = sealed.some(({ needsApproval }) => needsApproval) ? " It waits for a second person." : "";
      request.session.notice = `The correction goes to ${all.toLocaleString("en")}.${waits}`;
      return leadTo(PATH);
    });
  } catch (error) {
    return await show(409, { fault: faultOf(error) });
  }
}

async function previewOf(operations: DeliveryOperations, correction: Parameters<DeliveryOperations["correct"]>[0]) {
  const { notice, recipients } = await operations.previewCorrection(correction);
  return { ...shownOf(notice), recipients };
}

async function recipientsOf(
  operations: DeliveryOperations,
  notice: string,
): Promise<{ list: RecipientView[]; all: number }> {
  const list: RecipientView[] = [];
  let all = 0;
  for await (const one of operations.recipients(notice)) {
    all += 1;
    if (list.length < MOST_RECIPIENTS) list.push(viewOf(one));
  }
  return { list, all };
}

function viewOf({ channel, address, subscriber, state, detail }: Seen): RecipientView {
  return { channel, who: address ?? `${subscriber} (erased)`, state, ...(detail === undefined ? {} : { detail }) };
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
