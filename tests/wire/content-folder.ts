import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

export const SITE =
  "name: Tidewater Parcels\nurl: https://status.tidewater.example\ncomponents: [{ id: api, name: API }]\n";

/** A folder of its own for one test, with some files. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), "candor-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [path, content] of Object.entries(files)) put(folder, path, content);
  return folder;
}

export function put(folder: string, path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

/** An incident file. */
export function incident(title: string, keys = "", body = ""): string {
  return `---\ntitle: ${title}\nstarted: 2026-03-02T10:00Z\nended: 2026-03-02T11:00Z\n${keys}\n---\n${body}`;
}
