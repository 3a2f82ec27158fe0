import type { Desk, Written } from "#lib/content/folder/content-folder.ts";
import { givenBack } from "#lib/content/folder/given-back.ts";

/** Runs what writes a text to a file. Unless it was written, the person gets the text back: it may be nowhere else. */
export async function keepingWords(desk: Desk, text: string, write: () => Promise<Written>): Promise<Written> {
  const giveBack = () => process.stderr.write(`What you wrote, to be used again:\n\n${givenBack(text, desk)}\n\n`);
  try {
    const written = await write();
    if (written.kind !== "written") giveBack();
    return written;
  } catch (error) {
    giveBack();
    throw error;
  }
}
