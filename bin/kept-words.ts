import type { Written } from "#lib/wire/desk.ts";

/** Runs what writes a text to a file. Unless it was written, the person gets the text back: it may be nowhere else. */
export async function keepingWords(text: string, write: () => Promise<Written>): Promise<Written> {
  try {
    const written = await write();
    if (written.kind !== "written") giveBack(text);
    return written;
  } catch (error) {
    giveBack(text);
    throw error;
  }
}

function giveBack(text: string): void {
  process.stderr.write(`What you wrote, to be used again:\n\n${text.trim()}\n\n`);
}
