import type { z } from "zod";
import { componentId, groupId, pageId } from "#lib/content/ids/api-ids.ts";
import { worst } from "#lib/model/course.ts";
import type { ComponentHistory, Group, Site } from "#lib/model/site.ts";
import { earliest } from "#lib/model/time.ts";
import type { Component } from "./shape.ts";
import { apiTime } from "./time.ts";

export type ApiComponent = z.infer<typeof Component>;

const known = new WeakMap<Site, readonly ApiComponent[]>();

/** Every component and every group, by position. */
export function componentsOf(site: Site): readonly ApiComponent[] {
  const found = known.get(site) ?? listed(site);
  known.set(site, found);
  return found;
}

function listed(site: Site): readonly ApiComponent[] {
  const changes = lastChanges(site);
  const all: ApiComponent[] = [];
  let place = 0;
  for (const group of site.groups) {
    const id = group.name === undefined ? null : groupId(site.config, group.name);
    const members = group.components.map((component, index) =>
      componentOf(component, { position: id ? index + 1 : place + index + 1, group: id, changes, site }),
    );
    if (id) {
      place += 1;
      all.push(groupOf(group, members, { id, position: place, site }));
    } else place += members.length;
    all.push(...members);
  }
  return all.sort((a, b) => a.position - b.position);
}

interface Placing {
  readonly position: number;
  readonly group: string | null;
  readonly changes: ReadonlyMap<string, Changes>;
  readonly site: Site;
}

function componentOf(component: ComponentHistory, { position, group, changes, site }: Placing): ApiComponent {
  const { timezone } = site.config;
  const { first, last } = changes.get(component.id) ?? { first: 0, last: 0 };
  const created = component.since?.startsAt ?? first;
  return {
    id: componentId(site.config, component.id),
    name: component.name,
    status: component.effect,
    created_at: apiTime(created, timezone),
    updated_at: apiTime(Math.max(created, last), timezone),
    position,
    description: component.description ?? null,
    showcase: true,
    start_date: component.since?.on ?? null,
    group_id: group,
    page_id: pageId(site.config),
    group: false,
    only_show_if_degraded: false,
  };
}

function groupOf(
  { name = "" }: Group,
  members: readonly ApiComponent[],
  { id, position, site }: { readonly id: string; readonly position: number; readonly site: Site },
): ApiComponent {
  const times = (key: "created_at" | "updated_at") => members.map((member) => Date.parse(member[key]));
  const { timezone } = site.config;
  return {
    id,
    name,
    status: worst(members.map(({ status }) => status)),
    created_at: apiTime(Math.min(...times("created_at")), timezone),
    updated_at: apiTime(Math.max(...times("updated_at")), timezone),
    position,
    description: null,
    showcase: false,
    start_date: null,
    group_id: null,
    page_id: pageId(site.config),
    group: true,
    only_show_if_degraded: false,
    components: members.map((member) => member.id),
  };
}

interface Changes {
  readonly first: number;
  readonly last: number;
}

/** When each component was first and last touched by an event, up to now. */
function lastChanges(site: Site): ReadonlyMap<string, Changes> {
  const found = new Map<string, Changes>();
  for (const { started, ended, effects, updates } of [...site.incidents, ...site.maintenances]) {
    const times = [started, ...(ended ? [ended] : []), ...updates.map(({ at }) => at)].map(earliest);
    const past = times.filter((at) => at <= site.now);
    if (past.length === 0) continue;
    const [from, to] = [Math.min(...past), Math.max(...past)];
    for (const { component } of effects) {
      const { first, last } = found.get(component) ?? { first: from, last: to };
      found.set(component, { first: Math.min(first, from), last: Math.max(last, to) });
    }
  }
  return found;
}

/** “Group - Component”. */
export function fullName(site: Site, id: string): string {
  const component = site.config.components.find((each) => each.id === id);
  if (!component) return id;
  return component.group ? `${component.group} - ${component.name}` : component.name;
}
