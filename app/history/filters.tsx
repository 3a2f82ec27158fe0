import { IMPACTS } from "#lib/model/incident.ts";
import type { Site } from "#lib/model/site.ts";
import { type Filter, historyOf } from "#lib/site/views/history.ts";
import { IMPACT_WORDS } from "#lib/site/views/words.ts";

export function isFiltering(filter: Filter): boolean {
  return Boolean(filter.component || filter.impact || filter.kind || filter.tag);
}

/** The form that narrows a history; the browser sends it as a plain query. */
export function Filters({ site, filter }: { readonly site: Site; readonly filter: Filter }) {
  const tags = [...new Set(historyOf(site).events.flatMap((event) => event.tags))].sort();
  return (
    <search className="needs-server">
      <form className="filters" action="/history" aria-label="Filter">
        <Choice
          name="component"
          label="Component"
          value={filter.component}
          options={site.config.components.map(({ id, name }) => [id, name])}
        />
        <Choice
          name="impact"
          label="Impact"
          value={filter.impact}
          options={IMPACTS.map((impact) => [impact, IMPACT_WORDS[impact]])}
        />
        <Choice
          name="kind"
          label="Kind"
          value={filter.kind}
          options={[
            ["incident", "Incidents"],
            ["maintenance", "Maintenance"],
          ]}
        />
        {tags.length > 0 && (
          <Choice name="tag" label="Tag" value={filter.tag} options={tags.map((tag) => [tag, tag])} />
        )}
        <button className="button" type="submit">
          Show
        </button>
        {isFiltering(filter) && <a href="/history">Show everything</a>}
      </form>
    </search>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly value: string | undefined;
  readonly options: readonly (readonly [string, string])[];
}

function Choice({ name, label, value, options }: ChoiceProps) {
  return (
    <label>
      {label}
      <select name={name} defaultValue={value ?? ""}>
        <option value="">Any</option>
        {options.map(([id, text]) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
