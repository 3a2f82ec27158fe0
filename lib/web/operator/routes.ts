import type { Answer } from "../http/answer.ts";
import type { Handle, Route } from "../http/route.ts";
import { formBody } from "../http/steps.ts";
import type { OpenRoutes } from "../open-front.ts";
import type { AppContext } from "../write-api.ts";
import { ContentView } from "./content-view.ts";
import { watching, watchingNotice } from "./delivery.ts";
import { declaring, notThere, ofEntry, planning } from "./entries.ts";
import { correcting, moving } from "./entry-changes.ts";
import { gateOf } from "./gate.ts";
import type { OperatorRequest } from "./operator-request.ts";
import { overview } from "./overview.ts";
import { publishing, rollingBack } from "./publishing.ts";
import { reportPage } from "./report-page.ts";
import { Sessions } from "./sessions.ts";
import { type OperatorContext, plain, signedIn, signIn, signOut } from "./sign-in.ts";
import { undoing } from "./undo.ts";

const MOST_BYTES = 256 * 1024;

const ENTRY = String.raw`/operator/:slug(^[A-Za-z0-9][\w.-]{0,119}$)`;

/** Every page of the operator's, by its path. Slugs begin with a letter or a digit, so none is “-”. */
const PAGES: Readonly<Record<string, (request: OperatorRequest) => Promise<Answer>>> = {
  "/operator": overview,
  "/operator/-/declare": declaring,
  "/operator/-/maintain": planning,
  "/operator/-/publish": publishing,
  "/operator/-/rollback": rollingBack,
  "/operator/-/undo": undoing,
  "/operator/-/delivery": watching,
  "/operator/-/delivery/still": watching,
  "/operator/-/delivery/:notice(^[a-z\\d]{24}$)": watchingNotice,
  [ENTRY]: ofEntry,
  [`${ENTRY}/report`]: reportPage,
  [`${ENTRY}/move`]: moving,
  [String.raw`${ENTRY}/correct/:update(^[\w-]{1,60}$)`]: correcting,
  "/operator/*": (request) => notThere(request),
};

/** The operator's page: for people who have a browser and no shell. */
export function operatorRoutes(app: AppContext): OpenRoutes {
  const known = {
    app,
    sessions: new Sessions(app.database, app.tokens),
    view: new ContentView(app.environment.content),
  };
  return (pageSource) => {
    const context: OperatorContext = { ...known, pageSource };
    const gate: NonNullable<Route["gate"]> = (request) => {
      const found = gateOf(request, app.environment.operator);
      return typeof found === "string" ? found : plain(403, found.refused);
    };
    const post = (path: string, handle: typeof signIn | typeof signOut): Route => ({
      path,
      gate,
      on: { POST: formBody(MOST_BYTES, handle(context)) },
    });
    const pages = Object.entries(PAGES).map(([path, page]): Route => {
      const GET: Handle = signedIn(context, page);
      return { path, gate, on: { GET, POST: formBody(MOST_BYTES, GET) } };
    });
    return [post("/operator/-/sign-in", signIn), post("/operator/-/sign-out", signOut), ...pages];
  };
}
