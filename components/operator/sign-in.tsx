import { messagesIn } from "#lib/messages/messages.ts";
import type { OperatorFrame, SignInView } from "#lib/web/operator/views.ts";
import { Hint, Press } from "../form/form.tsx";
import { Fault, Hidden } from "./form.tsx";

interface SignInProps {
  readonly frame: OperatorFrame;
  readonly view: SignInView;
}

/** Asks for a token. What was being sent when the session ended goes along, and comes back in its form. */
export function SignIn({ frame, view: { next, carried, fault } }: SignInProps) {
  const { signIn: words } = messagesIn(frame.config.locale).operator;
  const kept = Object.entries(carried).map(([name, value]) => [`carried.${name}`, value]);
  return (
    <>
      <Fault>{fault}</Fault>
      {kept.length > 0 && <p>{words.carried}</p>}
      <form className="form" method="post" action="/operator/-/sign-in">
        <Hidden fields={{ ...Object.fromEntries(kept), next }} />
        <div className="field">
          <label htmlFor="token">{words.token}</label>
          <Hint field="token">{words.hint}</Hint>
          <input
            id="token"
            name="token"
            type="password"
            required
            autoComplete="current-password"
            aria-describedby="token-hint"
          />
        </div>
        <Press step="sign-in">{words.title}</Press>
      </form>
    </>
  );
}
