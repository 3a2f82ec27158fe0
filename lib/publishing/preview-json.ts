import type { Preview } from "./publish.ts";

/** What publishing would change, for a script. */
export function previewJson({
  before,
  entries,
  changes,
  pages,
  problems,
  notices,
  asked,
  isUndecided,
  silence,
  stops,
  notTold,
  unclear,
}: Preview): object {
  const named = ({ slug, title }: { slug: string; title: string }) => ({ slug, title });
  return {
    since: before?.id ?? null,
    entries,
    added: changes.added.map(named),
    changed: changes.changed.map(({ after, parts, updates }) => ({
      ...named(after),
      parts,
      updates: { added: updates.added.length, edited: updates.edited.length, removed: updates.removed.length },
    })),
    removed: changes.removed.map(named),
    settings: changes.isSettingsChange,
    pages,
    problems: [...problems, ...stops],
    notices: notices.map(({ notice, shown, ...told }) => ({
      id: notice.id,
      kind: notice.kind,
      ...named(notice.event),
      ...shown,
      ...told,
    })),
    afterRestore: { isUndecided, asked: asked.map(({ notice }) => ({ kind: notice.kind, ...named(notice.event) })) },
    silence: silence ?? null,
    notTold,
    unclear: unclear.map(({ audience: _, ...one }) => one),
  };
}
