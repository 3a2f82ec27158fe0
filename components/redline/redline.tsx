import { languageOfContent, type Messages, messagesIn } from "#lib/messages/messages.ts";
import type { PreliminaryReport, Site } from "#lib/model/site.ts";
import { type Redline, type RedlineBlock, type Run, redline } from "#lib/site/views/redline.ts";
import { Sentence } from "../sentence/sentence.tsx";
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
  const { locale } = site.config;
  const words = messagesIn(locale).redline;
  const time = <Time when={preliminary.published} site={site} />;
  return (
    <details className="redline">
      <summary>
        {words.summary} <span className="redline-counts">{countsInWords(changes, words)}</span>
      </summary>
      <p className="redline-about">
        <Sentence>{isSame ? words.comparedSame({ time }) : words.compared({ time })}</Sentence>
      </p>
      {!isSame &&
        stretches(changes.blocks).map((stretch) =>
          stretch.length > 1 ? (
            <p key={stretch[0]?.at} className="redline-same">
              {words.unchanged({ count: stretch.length })}
            </p>
          ) : (
            stretch.map(({ at, block }) => <Block key={at} block={block} locale={locale} />)
          ),
        )}
    </details>
  );
}

interface BlockProps {
  readonly block: RedlineBlock;
  readonly locale: string;
}

function Block({ block: { kind, is, runs }, locale }: BlockProps) {
  const Element = kind === "code" ? "pre" : "p";
  return (
    <Element
      className={`redline-${kind} is-${is}`}
      tabIndex={kind === "code" ? 0 : undefined}
      dir="auto"
      lang={languageOfContent(locale)}
    >
      {runs.map((run, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the runs of a block never change their places
        <Words key={index} run={run} words={messagesIn(locale).redline} />
      ))}
    </Element>
  );
}

interface WordsProps {
  readonly run: Run;
  readonly words: Messages["redline"];
}

/** The words say aloud what their look says to the eye; few screen readers speak of `ins` and `del` by themselves. */
function Words({ run: { is, text }, words }: WordsProps) {
  if (is === "same") return text;
  const Element = is === "added" ? "ins" : "del";
  return (
    <Element>
      <span className="sr-only">{words[is]}</span>
      {text}
      <span className="sr-only">{words.end}</span>
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

function countsInWords({ added, removed, changed }: Redline, words: Messages["redline"]): string {
  const parts = [
    [added, words.passagesAdded, words.passagesAdded],
    [changed, words.passagesChanged, words.alsoChanged],
    [removed, words.passagesRemoved, words.alsoRemoved],
  ] as const;
  const said = parts
    .filter(([count]) => count > 0)
    .map(([count, first, further], index) => (index === 0 ? first({ count }) : further({ count })));
  return said.join(", ") || words.nothing;
}
