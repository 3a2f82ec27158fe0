import { messagesIn } from "#lib/messages/messages.ts";
import type { ChannelName, Interest } from "#lib/model/subscription.ts";
import { tellingRules } from "#lib/subscribers/forms/telling-rules.ts";
import { clockText } from "#lib/subscribers/forms/timing-text.ts";
import { Choice, Tick } from "../form/form.tsx";
import { FieldFault, type InterestProps } from "./interest-fields.tsx";

const PACES = [0, 15, 30, 60, 120, 240] as const;

/** How often and when somebody is told. For a webhook only how much: a program has no nights. */
export function TimingFields({ channel, ...props }: InterestProps & { readonly channel: ChannelName }) {
  const { config, faults, interest } = props;
  const { choice } = messagesIn(config.locale);
  const isOpen = isChosen(interest) || faults.some(({ field }) => field === "quiet" || field === "zone");
  return (
    <details className="more" open={isOpen}>
      <summary>{choice.timing}</summary>
      <div className="form">
        <Choice
          name="detail"
          label={choice.detail}
          options={[
            ["all", choice.detailAll],
            ["ends", choice.detailEnds],
          ]}
          chosen={interest.isEndsOnly ? "ends" : "all"}
        />
        {channel !== "webhook" && <PersonFields {...props} />}
        <Rules locale={config.locale} />
      </div>
    </details>
  );
}

function PersonFields({ config, interest, faults }: InterestProps) {
  const { choice } = messagesIn(config.locale);
  const { everyMinutes = 0, isWeekly = false, quiet } = interest;
  const paces = [...new Set([...PACES, everyMinutes])].sort((a, b) => a - b);
  const paceWords = (minutes: number) => {
    if (minutes === 0) return choice.everyUpdate;
    return minutes % 60 === 0 ? choice.everyHours({ hours: minutes / 60 }) : choice.everyMinutes({ minutes });
  };
  return (
    <>
      <Choice
        name="every"
        label={choice.every}
        options={paces.map((each) => [String(each), paceWords(each)])}
        chosen={String(everyMinutes)}
      />
      <fieldset className="field">
        <legend>{choice.quiet}</legend>
        <p className="hint">{choice.quietHint}</p>
        <FieldFault faults={faults} field="quiet" />
        <div className="from-to">
          <TimeOfDay name="quiet_from" label={choice.from} minute={quiet?.from} />
          <TimeOfDay name="quiet_to" label={choice.to} minute={quiet?.to} />
        </div>
      </fieldset>
      <fieldset className="field">
        <legend>{choice.maintenance}</legend>
        <Tick name="maintenance" value="weekly" label={choice.weekly} checked={isWeekly} />
      </fieldset>
      <ZoneField config={config} interest={interest} faults={faults} />
    </>
  );
}

function ZoneField({ config: { locale, timezone }, interest: { zone = "" }, faults }: InterestProps) {
  const { choice } = messagesIn(locale);
  const zones = Intl.supportedValuesOf("timeZone");
  const all = zone === "" || zones.includes(zone) ? zones : [zone, ...zones];
  return (
    <Choice
      name="zone"
      label={choice.zone}
      hint={choice.zoneHint}
      options={[
        ["", choice.zoneOfSite({ zone: timezone })],
        ...all.map((each) => [each, each.replaceAll("_", " ")] as const),
      ]}
      chosen={zone}
    >
      <FieldFault faults={faults} field="zone" />
    </Choice>
  );
}

interface TimeOfDayProps {
  readonly name: string;
  readonly label: string;
  readonly minute: number | undefined;
}

function TimeOfDay({ name, label, minute }: TimeOfDayProps) {
  return (
    <label>
      <span>{label}</span>
      <input type="time" name={name} defaultValue={minute === undefined ? "" : clockText(minute)} />
    </label>
  );
}

function Rules({ locale }: { readonly locale: string }) {
  const { choice: words } = messagesIn(locale);
  return (
    <details className="rules">
      <summary>{words.rules}</summary>
      <dl>
        {tellingRules(locale).map(({ choice, effect }) => (
          <div key={choice}>
            <dt>{choice}</dt>
            <dd>{effect}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function isChosen({ everyMinutes, isEndsOnly, isWeekly, quiet, zone }: Interest): boolean {
  return Boolean(everyMinutes ?? isEndsOnly ?? isWeekly ?? quiet ?? zone);
}
