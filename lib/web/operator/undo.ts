import { relative } from "node:path";
import { authorOf } from "#lib/access/tokens.ts";
import { lastChange, undoLast } from "#lib/content/folder/undo.ts";
import { may } from "#lib/model/access.ts";
import type { Answer } from "../http/answer.ts";
import { commitWords } from "./change-page.ts";
import { leadTo, marksOf, type OperatorRequest, sendOnce, show } from "./operator-request.ts";
import type { TakeBackView } from "./views.ts";

/** Takes the last change of a file back. */
export async function undoing(request: OperatorRequest): Promise<Answer> {
  const { app, token, typed, words } = request;
  const last = await lastChange(app.environment.data);
  if (!last) return await show(request, 200, { kind: "take-back" });
  const file = relative(app.environment.content, last.file);
  const isAllowed = may(token.role, "write");
  const page: TakeBackView = {
    kind: "take-back",
    last: { file, isNew: last.before === undefined, at: last.at },
    ...(isAllowed ? { marks: marksOf(request) } : {}),
  };
  if (request.step !== "write" || !isAllowed) return await show(request, 200, page);
  return await sendOnce(request, async () => {
    const isSame = (await lastChange(app.environment.data))?.at === Number(typed["at"]);
    const done = isSame ? await undoLast(app.environment.data) : undefined;
    if (!done?.isUndone) return await show(request, 409, { ...page, fault: words.takeBack.overtaken });
    const commit = await app.writer.commit(file, `Take back the last change to ${file}`, authorOf(token));
    request.session.notice = words.done.takenBack({ file, commit: commitWords(commit, words) });
    return leadTo("/operator");
  });
}
