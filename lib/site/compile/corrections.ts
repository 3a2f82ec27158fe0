import { timeForMachines } from "#lib/calendar/words.ts";
import type { PublishedCorrection, Update } from "#lib/model/site.ts";
import { earliest, type When } from "#lib/model/time.ts";

/**
 * The updates with what corrects them among them, in the order of time: whoever reads the timeline reads what subscribers
 * were told. A correction leaves the state as it was.
 */
export function withCorrections(
  updates: readonly Update[],
  corrections: readonly PublishedCorrection[] | undefined,
  ended: When | undefined,
): readonly Update[] {
  if (!corrections) return updates;
  const correctedBy = new Map<string, string>();
  const made = corrections.map(({ at, message, corrects: key }, index): Update => {
    const wrong = updates.find(({ writtenId, at }) => writtenId === key || timeForMachines(at) === key);
    const id = `correction-${index + 1}`;
    if (wrong) correctedBy.set(wrong.id, id);
    return {
      id,
      at,
      status: "update",
      body: message,
      changes: [],
      isAfterEnd: ended !== undefined && earliest(ended) < at.at,
      isReopening: false,
      isCorrection: true,
      ...(wrong ? { corrects: wrong.id } : {}),
    };
  });
  const marked = updates.map((update) => {
    const by = correctedBy.get(update.id);
    return by === undefined ? update : { ...update, correctedBy: by };
  });
  return [...marked, ...made].sort((a, b) => earliest(a.at) - earliest(b.at));
}
