import { messagesIn } from "#lib/messages/messages.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import { EFFECTS, IMPACTS, INCIDENT_STATUSES, MAINTENANCE_STATUSES } from "#lib/model/incident.ts";
import type { Typed } from "#lib/web/operator/views.ts";
import { Select, TextArea, TextField, YesBox } from "./form.tsx";

interface FieldsProps {
  readonly config: SiteConfig;
  readonly typed: Typed;
}

/** The fields of a new incident. */
export function DeclarationFields({ config, typed }: FieldsProps) {
  const { field } = messagesIn(config.locale).operator;
  return (
    <>
      <TextField name="title" label={field.title} hint={field.titleHint} typed={typed} />
      <TextArea name="message" label={field.message} hint={field.messageHint} typed={typed} />
      <EffectFields config={config} typed={typed} unchanged={field.notAffected} isOpen />
      <NextUpdateField config={config} typed={typed} />
      <details className="field" open={SELDOM.some((name) => (typed[name] ?? "") !== "")}>
        <summary>{field.seldom}</summary>
        <SeldomFields config={config} typed={typed} />
      </details>
    </>
  );
}

/** What a first report at night seldom needs; folded until something of it was typed. */
const SELDOM = ["expectedEnd", "impact", "status", "at", "started", "draft"];

function SeldomFields({ config, typed }: FieldsProps) {
  const {
    impact,
    status,
    operator: { field },
  } = messagesIn(config.locale);
  return (
    <>
      <TextField
        name="expectedEnd"
        label={field.expectedEnd}
        hint={field.expectedEndHint}
        typed={typed}
        isNeeded={false}
      />
      <Select
        name="impact"
        label={field.impact}
        options={[["", field.impactOfComponents], ...IMPACTS.map((each) => [each, impact[each]] as const)]}
        typed={typed}
      />
      <Select
        name="status"
        label={field.status}
        options={INCIDENT_STATUSES.map((each) => [each, status[each]])}
        typed={typed}
      />
      <TextField name="at" label={field.at} hint={field.atHint} typed={typed} isNeeded={false} />
      <TextField name="started" label={field.started} hint={field.startedHint} typed={typed} isNeeded={false} />
      <YesBox name="draft" label={field.draft} hint={field.draftHint} typed={typed} />
    </>
  );
}

/** The fields of new maintenance. */
export function PlanFields({ config, typed }: FieldsProps) {
  const { field } = messagesIn(config.locale).operator;
  return (
    <>
      <TextField name="title" label={field.title} hint={field.titleHint} typed={typed} />
      <TextArea name="message" label={field.message} hint={field.planHint} typed={typed} />
      <TextField name="start" label={field.start} hint={field.startHint} typed={typed} />
      <TextField name="end" label={field.end} typed={typed} />
      <fieldset className="field">
        <legend>{field.components}</legend>
        {config.components.map(({ id, name }) => (
          <YesBox key={id} name={`component.${id}`} label={name} typed={typed} />
        ))}
      </fieldset>
    </>
  );
}

/** The fields of another window. */
export function MoveFields({ config, typed, hasBegun }: FieldsProps & { readonly hasBegun: boolean }) {
  const { field } = messagesIn(config.locale).operator;
  return (
    <>
      {!hasBegun && (
        <TextField name="start" label={field.newStart} hint={field.newStartHint} typed={typed} isNeeded={false} />
      )}
      <TextField
        name="end"
        label={field.newEnd}
        hint={hasBegun ? field.laterEndHint : field.newEndHint}
        typed={typed}
        isNeeded={hasBegun}
      />
      <TextArea name="message" label={field.message} hint={field.moveHint} typed={typed} />
    </>
  );
}

/** The field of a corrected text. */
export function CorrectionFields({ config, typed }: FieldsProps) {
  const { field } = messagesIn(config.locale).operator;
  return <TextArea name="message" label={field.message} hint={field.correctHint} typed={typed} />;
}

/** The fields of an update of an incident or a maintenance. */
export function UpdateFields({ config, typed, kind }: FieldsProps & { readonly kind: "incident" | "maintenance" }) {
  const {
    status,
    operator: { field },
  } = messagesIn(config.locale);
  const statuses = kind === "incident" ? INCIDENT_STATUSES : MAINTENANCE_STATUSES;
  return (
    <>
      <Select
        name="status"
        label={field.status}
        options={[...statuses.map((each) => [each, status[each]] as const), ["update", field.asBefore]]}
        typed={typed}
      />
      <TextArea name="message" label={field.message} hint={field.messageHint} typed={typed} />
      <NextUpdateField config={config} typed={typed} />
      <TextField
        name="expectedEnd"
        label={field.expectedEnd}
        hint={field.expectedEndKept}
        typed={typed}
        isNeeded={false}
      />
      <EffectFields
        config={config}
        typed={typed}
        unchanged={field.asBefore}
        isOpen={config.components.some(({ id }) => (typed[`effect.${id}`] ?? "") !== "")}
      />
      <TextField name="at" label={field.at} hint={field.atHint} typed={typed} isNeeded={false} />
    </>
  );
}

function NextUpdateField({ config, typed }: FieldsProps) {
  const { field } = messagesIn(config.locale).operator;
  return (
    <TextField name="nextUpdate" label={field.nextUpdate} hint={field.nextUpdateHint} typed={typed} isNeeded={false} />
  );
}

interface EffectFieldsProps extends FieldsProps {
  readonly unchanged: string;
  readonly isOpen: boolean;
}

function EffectFields({ config, typed, unchanged, isOpen }: EffectFieldsProps) {
  const { effect, operator } = messagesIn(config.locale);
  const effects = EFFECTS.filter((each) => each !== "under_maintenance").map((each) => [each, effect[each]] as const);
  return (
    <details className="field" open={isOpen}>
      <summary>{operator.field.components}</summary>
      {config.components.map(({ id, name }) => (
        <Select key={id} name={`effect.${id}`} label={name} options={[["", unchanged], ...effects]} typed={typed} />
      ))}
    </details>
  );
}
