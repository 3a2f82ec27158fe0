import { messagesIn } from "#lib/messages/messages.ts";
import type { OperatorFrame, OperatorPage, OperatorView } from "#lib/web/operator/views.ts";
import { Delivery } from "./delivery.tsx";
import { ChangePage, DeclarePage, EventPage, MissingPage, ReportPage, TakeBackPage } from "./entry-pages.tsx";
import { Hidden } from "./form.tsx";
import { Notice } from "./notice.tsx";
import { Overview } from "./overview.tsx";
import { Proposal } from "./proposal.tsx";
import { SignIn } from "./sign-in.tsx";

/** The parts of the operator's page, in the order of the menu, each by its kind of page. Slugs begin with a letter or a digit, so none is “-”. */
const PARTS = [
  ["/operator", "overview"],
  ["/operator/-/declare", "declare"],
  ["/operator/-/maintain", "maintain"],
  ["/operator/-/publish", "publish"],
  ["/operator/-/delivery", "delivery"],
] as const;

/** A page of the operator's, whole. It works without script. */
export function OperatorsPage({ view: { frame, page } }: { readonly view: OperatorView }) {
  const { config, person } = frame;
  const { frame: readers, operator } = messagesIn(config.locale);
  return (
    <div className="operator">
      <a className="skip" href="#main">
        {readers.skip}
      </a>
      <header className="header">
        <a className="header-name" href={person ? "/operator" : "/"}>
          {operator.name({ site: config.name })}
        </a>
        {person && (
          <>
            <nav aria-label={operator.main}>
              {PARTS.map(([path, kind]) => (
                <a key={path} href={path} aria-current={kind === page.kind ? "page" : undefined}>
                  {operator.part[kind]}
                </a>
              ))}
            </nav>
            <form className="person" method="post" action="/operator/-/sign-out">
              <Hidden fields={{ csrf: person.csrf }} />
              <span>{operator.person({ name: person.name, role: person.role })}</span>
              <button className="link" type="submit">
                {operator.signOut}
              </button>
            </form>
          </>
        )}
      </header>
      <main id="main">
        {person?.notice !== undefined && (
          <p className="notice" role="status">
            {person.notice}
          </p>
        )}
        <h1>{headingOf(page, config.locale)}</h1>
        <Body frame={frame} page={page} />
      </main>
    </div>
  );
}

/** As the browser's tab shows it. */
export function operatorTitle({ frame: { config }, page }: OperatorView): string {
  return messagesIn(config.locale).operator.title({ page: headingOf(page, config.locale), site: config.name });
}

function headingOf(page: OperatorPage, locale: string): string {
  const { notice, operator: words } = messagesIn(locale);
  switch (page.kind) {
    case "sign-in":
      return words.signIn.title;
    case "declare":
      return words.overview.declare;
    case "maintain":
      return words.overview.maintain;
    case "overview":
    case "publish":
    case "delivery":
      return words.part[page.kind];
    case "move":
      return words.event.moveTitle;
    case "correct":
      return words.event.correctTitle;
    case "event":
      return page.event.title;
    case "report":
      return words.event.report;
    case "take-back":
      return words.takeBack.title;
    case "missing":
      return words.missing.title;
    case "rollback":
      return words.publish.rollback;
    case "notice": {
      const [{ notice: told }] = page.reach;
      return words.delivery.noticeTitle({ title: told.event.title, kind: notice.kind[told.kind] });
    }
  }
}

function Body({ frame, page }: { readonly frame: OperatorFrame; readonly page: OperatorPage }) {
  switch (page.kind) {
    case "sign-in":
      return <SignIn frame={frame} view={page} />;
    case "overview":
      return <Overview frame={frame} view={page} />;
    case "declare":
    case "maintain":
      return <DeclarePage frame={frame} view={page} />;
    case "move":
    case "correct":
      return <ChangePage frame={frame} view={page} />;
    case "event":
      return <EventPage frame={frame} view={page} />;
    case "report":
      return <ReportPage frame={frame} view={page} />;
    case "take-back":
      return <TakeBackPage frame={frame} view={page} />;
    case "missing":
      return <MissingPage frame={frame} view={page} />;
    case "publish":
    case "rollback":
      return <Proposal frame={frame} view={page} />;
    case "delivery":
      return <Delivery frame={frame} view={page} />;
    case "notice":
      return <Notice frame={frame} view={page} />;
  }
}
