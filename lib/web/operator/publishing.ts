import { createHash } from "node:crypto";
import { ageInWords } from "#lib/calendar/words.ts";
import { may } from "#lib/model/access.ts";
import type { NoticePreview } from "#lib/publishing/announcer.ts";
import { type Preview, type Publication, type PublishOptions, publish } from "#lib/publishing/publish.ts";
import { rollBack } from "#lib/publishing/rollback.ts";
import type { Snapshot } from "#lib/store/snapshots.ts";
import type { Answer } from "../serve/exchange.ts";
import { html, leadTo, marksOf, type OperatorRequest, sendOnce } from "./operator-request.ts";
import { type Proposal, proposalPage, type ToldView } from "./pages/publish-page.ts";

/** A way of changing what readers see: with what is written, or with what they saw before. */
interface Way {
  readonly title: string;
  readonly path: string;
  readonly send: string;
  readonly done: string;
  readonly act: (options: PublishOptions) => Promise<Publication>;
}

export function publishing(request: OperatorRequest): Promise<Answer> {
  return proposing(request, {
    title: "Publish",
    path: "/operator/-/publish",
    send: "Publish this",
    done: "Published",
    act: (options) => publish(request.app.environment, options),
  });
}

export function rollingBack(request: OperatorRequest): Promise<Answer> {
  return proposing(request, {
    title: "Go back",
    path: "/operator/-/rollback",
    send: "Show this again",
    done: "Readers see what they saw before",
    act: (options) => rollBack(request.app.environment, undefined, options),
  });
}

/** Shows what would change; sent, exactly that is done, or what would change now is shown instead. */
async function proposing(request: OperatorRequest, way: Way): Promise<Answer> {
  const { app, token, step, typed, session, frame } = request;
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
  const show = ({ preview, publication }: Awaited<ReturnType<typeof propose>>, status: number, fault?: string) => {
    const wrong = "fault" in publication ? publication.fault : fault;
    return html(
      status,
      proposalPage(frame, {
        ...proposalOf(request, way, preview, publication),
        isAllowed,
        ...(wrong === undefined ? {} : { fault: wrong }),
      }),
    );
  };
  if (step !== "write") return show(await propose(() => false), 200);
  if (!isAllowed) return show(await propose(() => false), 403, "Publishing takes a token of the role publisher.");
  return await sendOnce(request, async () => {
    const done = await propose((shown) => nameOf(shown) === typed["seen"]);
    const { publication } = done;
    if ("fault" in publication) return show(done, 409);
    if (!publication.snapshot || !publication.isChange) {
      return show(done, 409, done.preview && "This has changed since you looked. Nothing was published: look again.");
    }
    session.notice = `${way.done}: snapshot ${publication.snapshot.id}.`;
    return leadTo("/operator");
  });
}

function proposalOf(
  request: OperatorRequest,
  { title, path, send }: Way,
  preview: Preview | undefined,
  publication: Publication | { readonly fault: string },
): Omit<Proposal, "isAllowed" | "fault"> {
  const shown = preview?.before ?? ("snapshot" in publication ? publication.snapshot : undefined);
  const now = shown ? shownWords(shown, request.app.clock()) : "";
  const problems = "problems" in publication ? publication.problems : [];
  const changes = preview && { changes: preview.changes };
  const told = (preview?.notices ?? []).map(toldView);
  return {
    title,
    path,
    send: sendWords(send, preview),
    now,
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
      text: `${what} That concerns ${recipients.toLocaleString("en")} recipient${recipients === 1 ? "" : "s"}. ${how}`,
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

function askedViews(preview: Preview | undefined, typed: OperatorRequest["typed"]): Proposal["asked"] {
  const bySlug = Map.groupBy(preview?.asked ?? [], ({ notice }) => notice.event.slug);
  return [...bySlug].map(([slug, of]) => ({
    slug,
    subjects: of.map(({ shown }) => shown.subject),
    answer: typed[`tell.${slug}`] ?? "",
  }));
}

/** “12 by email, 3 by webhook (a second person has to agree); API 12, Labels 8”. */
function toldView({ notice, shown, recipients, awaitsApproval, components, unusual }: NoticePreview): ToldView {
  const numbers = Object.entries(recipients).map(([channel, number]) => {
    const held = awaitsApproval.some((each) => each === channel) ? " (a second person has to agree)" : "";
    return `${number.toLocaleString("en")} by ${channel}${held}`;
  });
  const parts = components.map(({ name, recipients: number }) => `${name} ${number.toLocaleString("en")}`);
  const by = parts.length > 0 ? `; ${parts.join(", ")}` : "";
  const { subject, text } = shown;
  return {
    kind: notice.kind.replaceAll("_", " "),
    subject,
    text,
    to: `${numbers.join(", ") || "nobody"}${by}`,
    unusual,
  };
}

/** “Publish this, and tell 1,204 subscribers”. */
function sendWords(send: string, preview: Preview | undefined): string {
  const told = (preview?.notices ?? []).flatMap(({ recipients }) => Object.values(recipients));
  const all = told.reduce((sum, each) => sum + each, 0);
  return all === 0 ? send : `${send}, and tell ${all.toLocaleString("en")} subscriber${all === 1 ? "" : "s"}`;
}

function shownWords({ id, publishedAt, publishedBy }: Snapshot, now: number): string {
  return `Readers see snapshot ${id}, published ${ageInWords(publishedAt, now, "en")} by ${publishedBy}.`;
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
