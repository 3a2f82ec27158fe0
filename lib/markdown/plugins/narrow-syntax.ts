import { combineExtensions } from "micromark-util-combine-extensions";
import type { Construct, Extension } from "micromark-util-types";
import type { Processor } from "unified";

const COLON = 58;
const UNDERSCORE = 95;

/**
 * Takes away what the extensions before it read and no text of ours means, and puts the rest into one, so that this is
 * not done for each text.
 * - Directives inside a line: `:name` would swallow the likes of “10:30am” and “error:timeout”.
 * - Directives around blocks, `:::name`: none means anything here, and those inside others take time that grows with the
 *   square of their number. Only `::name` on a line of its own is left.
 * - Addresses of mail that begin with an underscore: in `_help@example.com_` it is a mark, and where it is none, the
 *   address is found all the same.
 */
export function remarkNarrowSyntax(this: Processor): void {
  const data = this.data();
  const { text, flow, ...rest } = combineExtensions(data.micromarkExtensions ?? []);
  const narrowed: Extension = {
    ...rest,
    text: without(
      without(text, COLON, () => true),
      UNDERSCORE,
      ({ name }) => name === "emailAutolink",
    ),
    // Only the container may go on over several lines.
    flow: without(flow, COLON, ({ concrete }) => concrete === true),
  };
  data.micromarkExtensions = [narrowed];
}

/** What may begin with a character, less some of it. */
function without(
  map: Extension["text"],
  code: number,
  isUnwanted: (construct: Construct) => boolean,
): Record<number, Construct[]> {
  return { ...map, [code]: [map?.[code] ?? []].flat().filter((construct) => !isUnwanted(construct)) };
}
