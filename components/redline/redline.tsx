import type { PreliminaryReport, Site } from "#lib/model/site.ts";
import { type Redline, type RedlineBlock, type Run, redline } from "#lib/site/views/redline.ts";
import { Time } from "../time/time.tsx";

interface RedlineProps {
  readonly preliminary: PreliminaryReport;
  /** The final report, as Markdown. */
  readonly final: string;
  readonly site: Site;
}

/** What changed between the preliminary and the final report, folded away until a reader wants it. */
export function ReportChanges({ preliminary, final, site }: RedlineProps) {
  const changes = redline(preliminary.body, final);
  const isSame = changes.added + changes.removed + changes.changed === 0;
  return (
    <details className="redline">
      <summary>
        What changed since the preliminary report <span className="redline-counts">{countsInWords(changes)}</span>
      </summary>
      <p className="redline-about">
        Compared with the preliminary report as published <Time when={preliminary.published} site={site} />.
        {isSame ? " Its text has become final as it stood." : " What was removed is struck through."}
      </p>
      {!isSame &&
        stretches(changes.blocks).map((stretch) =>
          stretch.length > 1 ? (
            <p key={stretch[0]?.at} className="redline-same">
              {stretch.length} passages without a change
            </p>
          ) : (
            stretch.map(({ at, block }) => <Block key={at} block={block} />)
          ),
        )}
    </details>
  );
}

function Block({ block: { kind, is, runs } }: { readonly block: RedlineBlock }) {
  const Element = kind === "code" ? "pre" : "p";
  return (
    <Element className={`redline-${kind} is-${is}`} tabIndex={kind === "code" ? 0 : undefined} dir="auto">
      {runs.map((run, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the runs of a block never change their places
        <Words key={index} run={run} />
      ))}
    </Element>
  );
}

/** The words say aloud what their look says to the eye; few screen readers speak of `ins` and `del` by themselves. */
function Words({ run: { is, text } }: { readonly run: Run }) {
  if (is === "same") return text;
  const Element = is === "added" ? "ins" : "del";
  return (
    <Element>
      <span className="sr-only">[{is}: </span>
      {text}
      <span className="sr-only">]</span>
    </Element>
  );
}

interface Placed {
  readonly at: number;
  readonly block: RedlineBlock;
}

/** Blocks that nothing was done to stand together; every other, and every heading, stands by itself. */
function stretches(blocks: readonly RedlineBlock[]): Placed[][] {
  const found: Placed[][] = [];
  const isQuiet = ({ block }: Placed) => block.is === "same" && block.kind !== "heading";
  for (const [at, block] of blocks.entries()) {
    const placed = { at, block };
    const last = found.at(-1);
    if (last?.every(isQuiet) && isQuiet(placed)) last.push(placed);
    else found.push([placed]);
  }
  return found;
}

function countsInWords({ added, removed, changed }: Redline): string {
  const parts = [
    [added, "added"],
    [changed, "changed"],
    [removed, "removed"],
  ] as const;
  const said = parts
    .filter(([number]) => number > 0)
    .map(([number, word], index) => {
      const noun = index > 0 ? "" : number === 1 ? " passage" : " passages";
      return `${number}${noun} ${word}`;
    });
  return said.join(", ") || "nothing";
}
