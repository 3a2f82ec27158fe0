import type { ReactNode } from "react";
import { type Messages, messagesIn } from "#lib/messages/messages.ts";
import { siteTitle } from "#lib/messages/naming.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import { chosenInWords } from "#lib/subscribers/forms/chosen.ts";
import type { Own, SubscriberView } from "#lib/subscribers/forms/view.ts";
import { Press } from "../form/form.tsx";
import { InterestFields } from "./interest-fields.tsx";
import { TimingFields } from "./timing-fields.tsx";

interface OwnProps {
  readonly own: Own;
  readonly config: SiteConfig;
}

/** Asks whether a subscription is wanted by who holds the address. */
export function Confirm({ own, config }: OwnProps) {
  const { own: words } = messagesIn(config.locale);
  return (
    <>
      <p className="lead">{words.wouldGo(addressed(own, config))}</p>
      <Deed action={own.path} step="confirm" label={words.yes} />
      <p className="hint apart">{words.notMe}</p>
      <Deed action={own.path} step="erase" label={words.no} kind="other" />
    </>
  );
}

type Managing = Extract<SubscriberView, { readonly kind: "manage" }>;

/** What its owner has chosen, and the form that changes it. */
export function Manage({ view, config }: { readonly view: Managing; readonly config: SiteConfig }) {
  const { faults, own, said } = view;
  const { channel, contact, interest, path, signingSecret } = own;
  const { own: words } = messagesIn(config.locale);
  return (
    <>
      {said !== undefined && (
        <p className="done" role="status">
          {words[said]}
        </p>
      )}
      <p className="lead">{words.goes(addressed(own, config))}</p>
      {contact !== undefined && <p>{words.contact({ address: contact })}</p>}
      <ul className="chosen">
        {chosenInWords(config, channel, interest).map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
      <form className="form" method="post" action={path} acceptCharset="utf-8">
        <InterestFields config={config} interest={interest} faults={faults} />
        <TimingFields config={config} channel={channel} interest={interest} faults={faults} />
        <div>
          <Press step="change">{words.save}</Press>
        </div>
      </form>
      {signingSecret !== undefined && (
        <details className="erase">
          <summary>{words.signatures}</summary>
          <p>{words.signaturesAbout}</p>
          <p>
            <code>{signingSecret}</code>
          </p>
        </details>
      )}
      <h2>{words.leaveHeading}</h2>
      <p>{words.leaveAbout}</p>
      <Deed action={`${path}/leave`} step="leave" label={words.leave} kind="other" />
      <Erasing path={path} words={words} />
    </>
  );
}

/** An address that has failed for long, until its owner says that it works again. */
export function Aside({ own, config }: OwnProps) {
  const { own: words } = messagesIn(config.locale);
  return (
    <>
      <p className="lead">{words.undelivered(addressed(own, config))}</p>
      <p>{words.untilYouSay}</p>
      <Deed action={own.path} step="confirm" label={words.works} />
      <Erasing path={own.path} words={words} />
    </>
  );
}

/** What a link shows that asks to leave: opening it does nothing, as mail programs open links by themselves. */
export function Leave({ own, config }: OwnProps) {
  const { own: words } = messagesIn(config.locale);
  return (
    <>
      <p className="lead">{words.noLonger(addressed(own, config))}</p>
      <Deed action={`${own.path}/leave`} step="leave" label={words.leave} />
      <p className="apart">
        <a href={own.path}>{words.instead}</a>
      </p>
    </>
  );
}

interface LeftProps {
  readonly path: string;
  readonly canRejoin: boolean;
  readonly config: SiteConfig;
}

/** What its owner sees who has just left, or comes back. */
export function Left({ path, canRejoin, config }: LeftProps) {
  const { own: words } = messagesIn(config.locale);
  return (
    <>
      <p className="lead" role="status">
        {words.nothingMore}
      </p>
      {canRejoin ? <Deed action={path} step="rejoin" label={words.undo} kind="other" /> : <Again>{words.again}</Again>}
      <Erasing path={path} words={words} />
    </>
  );
}

/** A link to the form. */
export function Again({ children }: { readonly children: ReactNode }) {
  return (
    <p>
      <a href="/subscribe">{children}</a>
    </p>
  );
}

interface DeedProps {
  readonly action: string;
  readonly step: string;
  readonly label: string;
  readonly kind?: "main" | "other";
}

/** A form with one button, for what is done by pressing it. */
function Deed({ action, step, label, kind = "main" }: DeedProps) {
  return (
    <form method="post" action={action} className="deed">
      <Press step={step} kind={kind}>
        {label}
      </Press>
    </form>
  );
}

function Erasing({ path, words }: { readonly path: string; readonly words: Messages["own"] }) {
  return (
    <details className="erase">
      <summary>{words.erase}</summary>
      <p>{words.eraseAbout}</p>
      <Deed action={path} step="erase" label={words.eraseNow} kind="other" />
    </details>
  );
}

function addressed({ address, channel }: Own, config: SiteConfig) {
  const { choice, own } = messagesIn(config.locale);
  const site = siteTitle(config);
  if (channel === "email") return { site, place: address };
  if (channel === "webpush") return { site, place: own.browser };
  return { site, place: own.place({ channel: choice[channel].name, address }) };
}
