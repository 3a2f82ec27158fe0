import type { ContentFolder, Written } from "#lib/content/folder/content-folder.ts";
import { givenBack } from "#lib/content/folder/given-back.ts";
import { typedSoFar } from "./ask.ts";

/** Runs what writes a text to a file. Unless it was written, the person gets back the text, and every answer that was typed: they may be nowhere else. */
export async function keepingWords(
  contentFolder: ContentFolder,
  text: string,
  write: () => Promise<Written>,
): Promise<Written> {
  const giveBack = () => {
    const kept = typedSoFar();
    const all = kept.includes(text) ? kept : `${text}\n${kept}`;
    process.stderr.write(`What you wrote, to be used again:\n\n${givenBack(all, contentFolder)}\n\n`);
  };
  try {
    const written = await write();
    if (written.kind !== "written") giveBack();
    return written;
  } catch (error) {
    giveBack();
    throw error;
  }
}
