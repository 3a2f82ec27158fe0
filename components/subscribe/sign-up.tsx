import { messagesIn } from "#lib/messages/messages.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import type { ChannelName } from "#lib/model/subscription.ts";
import { HONEYPOT, offeredChannels, type SignUpState } from "#lib/subscribers/forms/view.ts";
import { Choice, Hint, Press } from "../form/form.tsx";
import { FeedLinks } from "./feed-links.tsx";
import { FieldFault, InterestFields } from "./interest-fields.tsx";
import { TimingFields } from "./timing-fields.tsx";

interface SignUpProps {
  readonly config: SiteConfig;
  readonly state: SignUpState;
}

/** The form by which readers subscribe, with what was typed so far. */
export function SignUp({ config, state }: SignUpProps) {
  const { signUp } = messagesIn(config.locale);
  const offered = offeredChannels(config);
  const isLimited = offered.length === 1;
  return (
    <>
      <p className="lead">{signUp.lead({ name: config.name })}</p>
      {isLimited ? (
        <p className="hint">{signUp.limited}</p>
      ) : (
        <nav className="ways" aria-label={signUp.ways}>
          {offered.map((each) => (
            <Way key={each} to={each} config={config} state={state} />
          ))}
        </nav>
      )}
      {state.channel === "webpush" ? (
        <BrowserForm config={config} state={state} />
      ) : (
        <AddressForm config={config} state={state} />
      )}
      <p className="hint">{signUp.privacy}</p>
      <h2>{signUp.feeds}</h2>
      <p>
        <FeedLinks config={config} />
      </p>
      <script src="/assets/zone.js" data-candor="" />
      {!isLimited && <script src="/assets/push/sign-up.js" data-candor="" />}
    </>
  );
}

/** The way that needs script is shown by the script that it needs. */
function Way({ config, state: { channel: here, interest }, to }: SignUpProps & { readonly to: ChannelName }) {
  const query = new URLSearchParams([
    ...(to === "email" ? [] : [["by", to]]),
    ...interest.components.map((id) => ["component", id]),
  ]);
  const href = query.size === 0 ? "/subscribe" : `/subscribe?${query}`;
  const byScript = to === "webpush" && to !== here ? { hidden: true, "data-push-way": "" } : {};
  return (
    <a href={href} aria-current={to === here ? "true" : undefined} {...byScript}>
      {messagesIn(config.locale).choice[to].name}
    </a>
  );
}

function AddressForm({ config, state }: SignUpProps) {
  const { channel, faults, interest } = state;
  const { signUp } = messagesIn(config.locale);
  return (
    <form className="form" method="post" action="/subscribe" acceptCharset="utf-8">
      <input type="hidden" name="channel" value={channel} />
      <AddressField config={config} state={state} />
      {channel === "webhook" && <WebhookFields config={config} state={state} />}
      {/* Nobody sees this field; what fills it in is a program. */}
      <div className="trap" aria-hidden="true">
        <label>
          {signUp.trap} <input type="text" name={HONEYPOT} tabIndex={-1} autoComplete="off" defaultValue="" />
        </label>
      </div>
      <InterestFields config={config} interest={interest} faults={faults} />
      <TimingFields config={config} channel={channel} interest={interest} faults={faults} />
      <div>
        <Press step="subscribe">{signUp.submit}</Press>
      </div>
    </form>
  );
}

/** Nothing can be typed here: the script asks the browser for its address when the button is pressed. */
function BrowserForm({ config, state: { faults, interest, pushKey } }: SignUpProps) {
  const { choice, signUp } = messagesIn(config.locale);
  const words = {
    "data-blocked": signUp.pushBlocked,
    "data-wait": signUp.pushWait,
    "data-failed": signUp.pushFailed({ reason: "{reason}" }),
  };
  return (
    <>
      <p className="apart" data-push-missing="">
        {signUp.pushMissing}
      </p>
      <form
        className="form"
        method="post"
        action="/subscribe"
        acceptCharset="utf-8"
        hidden
        data-push-key={pushKey}
        {...words}
      >
        <input type="hidden" name="channel" value="webpush" />
        <input type="hidden" name="address" value="" />
        <p className="hint">{choice.webpush.hint}</p>
        <FieldFault faults={faults} field="address" />
        <InterestFields config={config} interest={interest} faults={faults} />
        <TimingFields config={config} channel="webpush" interest={interest} faults={faults} />
        <div>
          <Press step="subscribe">{signUp.submitPush}</Press>
          <p className="fault" role="status" data-push-said="" />
        </div>
      </form>
    </>
  );
}

const URL_INPUT = { type: "url", autoComplete: "off", placeholder: "https://" } as const;
// Browsers take none but ASCII letters in a field of the type “email” (HTML, section 4.10.5.1.5).
const MAIL_INPUT = { type: "text", inputMode: "email", autoComplete: "email" } as const;

function AddressField({ config, state: { address, channel, faults } }: SignUpProps) {
  const { hint, label } = messagesIn(config.locale).choice[channel];
  return (
    <div className="field">
      <label htmlFor="address">{label}</label>
      <Hint field="address">{hint}</Hint>
      <FieldFault faults={faults} field="address" />
      <input
        id="address"
        name="address"
        required
        maxLength={2048}
        spellCheck="false"
        autoCapitalize="none"
        {...(channel === "email" ? MAIL_INPUT : URL_INPUT)}
        defaultValue={address}
        {...described("address", faults)}
      />
    </div>
  );
}

/** In which form it wants its messages, and who is to know when it does not answer. */
function WebhookFields({ config, state: { faults, webhook } }: SignUpProps) {
  const { choice } = messagesIn(config.locale);
  return (
    <>
      <Choice
        name="form"
        label={choice.form}
        options={[
          ["standard", choice.formStandard],
          ["statuspage", choice.formStatuspage],
        ]}
        chosen={webhook?.isStatuspage ? "statuspage" : "standard"}
      />
      <div className="field">
        <label htmlFor="contact">{choice.contact}</label>
        <Hint field="contact">{choice.contactHint}</Hint>
        <FieldFault faults={faults} field="contact" />
        <input
          id="contact"
          name="contact"
          {...MAIL_INPUT}
          maxLength={300}
          defaultValue={webhook?.contact ?? ""}
          {...described("contact", faults)}
        />
      </div>
    </>
  );
}

/** Ties a field to its hint, and to what is wrong with it. */
function described(field: "address" | "contact", faults: SignUpState["faults"]) {
  if (!faults.some((fault) => fault.field === field)) return { "aria-describedby": `${field}-hint` };
  return { "aria-describedby": `${field}-hint ${field}-fault`, "aria-invalid": true };
}
