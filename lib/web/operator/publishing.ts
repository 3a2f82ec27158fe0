import { createHash } from "node:crypto";
import { may } from "#lib/model/access.ts";
import type { NoticePreview } from "#lib/publishing/announcer.ts";
import { type Preview, type Publication, type PublishOptions, publish } from "#lib/publishing/publish.ts";
import { rollBack } from "#lib/publishing/rollback.ts";
import type { Answer } from "../http/answer.ts";
import { leadTo, marksOf, type OperatorRequest, sendOnce, show } from "./operator-request.ts";
import type { ProposalView, ToldView } from "./views.ts";

/** A way of changing what readers see: with what is written, or with what they saw before. */
interface Way {
  readonly kind: ProposalView["kind"];
  readonly done: "published" | "rolledBack";
  readonly act: (options: PublishOptions) => Promise<Publication>;
}

export function publishing(request: OperatorRequest): Promise<Answer> {
  return proposing(request, {
    kind: "publish",
    done: "published",
    act: (options) => publish(request.app.environment, options),
  });
}

export function rollingBack(request: OperatorRequest): Promise<Answer> {
  return proposing(request, {
    kind: "rollback",
    done: "rolledBack",
    act: (options) => rollBack(request.app.environment, undefined, options),
  });
}

/** Shows what would change; sent, exactly that is done, or what would change now is shown instead. */
async function proposing(request: OperatorRequest, way: Way): Promise<Answer> {
  const { app, token, step, typed, session, words } = request;
  const isAllowed = may(token.role, "publish");
  const acceptUnclear = typed["accept"] === "yes";
  const propose = async (isWanted: (preview: Preview) => boolean) => {
    let preview: Preview | undefined;
    const approve = (shown: Preview) => {
      preview = shown;
      return Promise.resolve(isWanted(shown));
    };
    const decide = (asked: readonly NoticePreview[]) => Promise.resolve(decisionOf(asked, typed));
    const publication = await way
      .act({ now: app.clock(), token: token.name, approve, decide, acceptUnclear })
      .catch(faultOf);
    return { preview, publication };
  };
  const draw = ({ preview, publication }: Awaited<ReturnType<typeof propose>>, status: number, fault?: string) => {
    const wrong = "fault" in publication ? publication.fault : fault;
    return show(request, status, {
      ...proposalOf(request, way, preview, publication),
      isAllowed,
      ...(wrong === undefined ? {} : { fault: wrong }),
    });
  };
  if (step !== "write") return await draw(await propose(() => false), 200);
  if (!isAllowed) return await draw(await propose(() => false), 403, words.publish.token);
  return await sendOnce(request, async () => {
    const done = await propose((shown) => nameOf(shown) === typed["seen"]);
    const { publication } = done;
    if ("fault" in publication) return await draw(done, 409);
    if (!publication.snapshot || !publication.isChange) {
      return await draw(done, 409, done.preview && words.publish.overtaken);
    }
    session.notice = words.done[way.done]({ id: publication.snapshot.id });
    return leadTo("/operator");
  });
}

function proposalOf(
  request: OperatorRequest,
  { kind }: Way,
  preview: Preview | undefined,
  publication: Publication | { readonly fault: string },
): Omit<ProposalView, "isAllowed" | "fault"> {
  const shown = preview?.before ?? ("snapshot" in publication ? publication.snapshot : undefined);
  const { concerns } = request.words.publish;
  const problems = "problems" in publication ? publication.problems : [];
  const changes = preview && { changes: preview.changes };
  const told = (preview?.notices ?? []).map(toldView);
  return {
    kind,
    ...(shown && { shown }),
    told,
    problems,
    seen: preview ? nameOf(preview) : "",
    asked: askedViews(preview, request.typed),
    marks: marksOf(request),
    notTold: (preview?.notTold ?? []).map(({ title: of, what, why, how }) => ({
      title: of,
      text: [what, why, how ?? ""].join(" ").trimEnd(),
    })),
    unclear: (preview?.unclear ?? []).map(({ title: of, what, how, recipients, isHeld }) => ({
      title: of,
      text: concerns({ what, count: recipients, how }),
      isHeld,
    })),
    ...changes,
    ...(preview?.silence === undefined ? {} : { silence: preview.silence }),
  };
}

/** What was decided of each event that is asked about; nothing as long as one is left. */
function decisionOf(asked: readonly NoticePreview[], typed: OperatorRequest["typed"]): readonly string[] | undefined {
  const slugs = [...new Set(asked.map(({ notice }) => notice.event.slug))];
  const answers = slugs.map((slug) => typed[`tell.${slug}`] ?? "");
  return answers.includes("") ? undefined : slugs.filter((_, index) => answers[index] === "yes");
}

function askedViews(preview: Preview | undefined, typed: OperatorRequest["typed"]): ProposalView["asked"] {
  const bySlug = Map.groupBy(preview?.asked ?? [], ({ notice }) => notice.event.slug);
  return [...bySlug].map(([slug, of]) => ({
    slug,
    subjects: of.map(({ shown }) => shown.subject),
    answer: typed[`tell.${slug}`] ?? "",
  }));
}

function toldView({ notice, shown, recipients, awaitsApproval, components, unusual }: NoticePreview): ToldView {
  const { subject, text } = shown;
  return {
    kind: notice.kind,
    subject,
    text,
    channels: Object.entries(recipients).map(([channel, count]) => ({
      channel,
      count,
      isHeld: awaitsApproval.some((each) => each === channel),
    })),
    parts: components.map(({ name, recipients: count }) => ({ name, count })),
    unusual,
  };
}

/** A name for exactly these changes, and for who would be told exactly what of them, or is asked about. */
function nameOf({ changes, notices, asked }: Preview): string {
  const told = (asked.length > 0 ? asked : notices).map(({ notice, recipients }) => [
    notice.id,
    notice.updates,
    notice.summary,
    recipients,
  ]);
  return createHash("sha256")
    .update(JSON.stringify([changes, told]))
    .digest("hex");
}

/** What a person can do something about, as words. */
function faultOf(error: unknown): { readonly fault: string } {
  const codes = ["OVERTAKEN", "NO_SNAPSHOT", "CLOCK", "UNDECIDED"];
  if (error instanceof Error && "code" in error && codes.includes(String(error.code))) {
    return { fault: error.message };
  }
  throw error;
}
