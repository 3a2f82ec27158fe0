import { messagesIn } from "#lib/messages/messages.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import { type SubscriberView, titleOf } from "#lib/subscribers/forms/view.ts";
import { Sentence } from "../sentence/sentence.tsx";
import { FeedLinks } from "./feed-links.tsx";
import { Again, Aside, Confirm, Leave, Left, Manage } from "./own.tsx";
import { SignUp } from "./sign-up.tsx";

interface SubscriberPageProps {
  readonly view: SubscriberView;
  readonly config: SiteConfig;
}

/** A page for one reader: the form, what answers it, or their subscription. */
export function SubscriberPage({ view, config }: SubscriberPageProps) {
  return (
    <>
      <h1>{titleOf(view, messagesIn(config.locale))}</h1>
      <Body view={view} config={config} />
    </>
  );
}

function Body({ view, config }: SubscriberPageProps) {
  const { own, sent, signUp } = messagesIn(config.locale);
  switch (view.kind) {
    case "sign-up":
      return <SignUp config={config} state={view.state} />;
    case "closed":
      return (
        <>
          <p className="lead">{signUp.closed({ name: config.name })}</p>
          <p>{signUp.closedForOthers}</p>
          <h2>{signUp.feeds}</h2>
          <p>
            <FeedLinks config={config} />
          </p>
        </>
      );
    case "refused":
      return (
        <>
          <p className="lead" role="alert">
            {sent[view.reason]}
          </p>
          <Again>{sent.back}</Again>
        </>
      );
    case "sent":
      return view.channel === "webpush" ? (
        <Sent lead={sent.push} next={sent.pushNext} nothing={sent.pushNothing} form="/subscribe?by=webpush" />
      ) : (
        <Sent
          lead={view.channel === "email" ? sent.mail : sent.elsewhere}
          next={sent.next}
          nothing={sent.nothing}
          form="/subscribe"
        />
      );
    case "confirm":
      return <Confirm own={view.own} config={config} />;
    case "manage":
      return <Manage view={view} config={config} />;
    case "aside":
      return <Aside own={view.own} config={config} />;
    case "leave":
      return <Leave own={view.own} config={config} />;
    case "left":
      return <Left path={view.path} canRejoin={view.canRejoin} config={config} />;
    case "erased":
    case "ended":
      return (
        <>
          <p className="lead" role="status">
            {view.kind === "erased" ? own.erasedAbout : own.endedAbout}
          </p>
          <Again>{own.again}</Again>
        </>
      );
    case "unknown":
      return (
        <>
          <p className="lead">{own.unknownWhy}</p>
          <p>
            <Sentence>{own.unknownNext({ again: (inner) => <a href="/subscribe">{inner}</a> })}</Sentence>
          </p>
        </>
      );
  }
}

interface SentProps {
  readonly lead: string;
  readonly next: string;
  readonly nothing: ReturnType<typeof messagesIn>["sent"]["nothing" | "pushNothing"];
  /** Where to try again. */
  readonly form: string;
}

function Sent({ lead, next, nothing, form }: SentProps) {
  return (
    <>
      <p className="lead" role="status">
        {lead}
      </p>
      <p>{next}</p>
      <p>
        <Sentence>{nothing({ again: (inner) => <a href={form}>{inner}</a> })}</Sentence>
      </p>
    </>
  );
}
