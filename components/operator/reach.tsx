import { messagesIn } from "#lib/messages/messages.ts";
import type { Reach } from "#lib/model/delivery.ts";

interface ReachProps {
  readonly reach: readonly Reach[];
  readonly locale: string;
}

/** Whom a notice has reached, by channel: “email, under way: 12 of 20 received it, 3 cannot.” */
export function ReachList({ reach, locale }: ReachProps) {
  const { delivery: words } = messagesIn(locale).operator;
  return (
    <ul className="reach">
      {reach.map(({ channel, state, why = "", recipients, counts }) => {
        const waiting = counts.queued + counts.sending;
        const parts = partsOf({ recipients, counts }, locale).join(", ");
        return (
          <li key={channel}>
            <strong>{channel}</strong>
            {words.reach({ state: words.state[state], parts, why }).trimEnd()}
            <progress
              value={recipients - waiting}
              max={Math.max(recipients, 1)}
              aria-label={words.settled({ channel })}
            />
          </li>
        );
      })}
    </ul>
  );
}

function partsOf({ recipients, counts }: Pick<Reach, "recipients" | "counts">, locale: string): string[] {
  const { delivery: words } = messagesIn(locale).operator;
  const digits = (count: number) => count.toLocaleString(locale);
  const waiting = counts.queued + counts.sending;
  return [
    words.received({ accepted: digits(counts.accepted), all: digits(recipients) }),
    ...(waiting > 0 ? [words.waiting({ count: digits(waiting) })] : []),
    ...(counts.failed > 0 ? [words.failed({ count: digits(counts.failed) })] : []),
    ...(counts.unknown > 0 ? [words.unknown({ count: digits(counts.unknown) })] : []),
    ...(counts.folded > 0 ? [words.folded({ count: digits(counts.folded) })] : []),
    ...(counts.withdrawn > 0 ? [words.withdrawn({ count: counts.withdrawn })] : []),
  ];
}
