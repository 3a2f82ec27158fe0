import { messagesIn } from "#lib/messages/messages.ts";
import { IMPACTS } from "#lib/model/incident.ts";
import type { Site } from "#lib/model/site.ts";
import { type Filter, historyOf } from "#lib/site/views/history.ts";

export function isFiltering(filter: Filter): boolean {
  return Boolean(filter.component || filter.impact || filter.kind || filter.tag);
}

/** The form that narrows a history; the browser sends it as a plain query. */
export function Filters({ site, filter }: { readonly site: Site; readonly filter: Filter }) {
  const tags = [...new Set(historyOf(site).events.flatMap((event) => event.tags))].sort();
  const { history, impact: impacts, frame } = messagesIn(site.config.locale);
  return (
    <search className="needs-server">
      <form className="filters" action="/history" aria-label={history.filter}>
        <Choice
          name="component"
          label={history.component}
          any={history.any}
          value={filter.component}
          options={site.config.components.map(({ id, name }) => [id, name])}
        />
        <Choice
          name="impact"
          label={history.impact}
          any={history.any}
          value={filter.impact}
          options={IMPACTS.map((impact) => [impact, impacts[impact]])}
        />
        <Choice
          name="kind"
          label={history.kind}
          any={history.any}
          value={filter.kind}
          options={[
            ["incident", history.incidents],
            ["maintenance", frame.maintenance],
          ]}
        />
        {tags.length > 0 && (
          <Choice
            name="tag"
            label={history.tag}
            any={history.any}
            value={filter.tag}
            options={tags.map((tag) => [tag, tag])}
          />
        )}
        <button className="button" type="submit">
          {history.show}
        </button>
        {isFiltering(filter) && <a href="/history">{history.showAll}</a>}
      </form>
    </search>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly value: string | undefined;
  /** Stands first, and chooses nothing. */
  readonly any: string;
  readonly options: readonly (readonly [string, string])[];
}

function Choice({ name, label, value, any, options }: ChoiceProps) {
  return (
    <label>
      {label}
      <select name={name} defaultValue={value ?? ""}>
        <option value="">{any}</option>
        {options.map(([id, text]) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
