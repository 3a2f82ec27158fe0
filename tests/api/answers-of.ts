import type { Served } from "./server.ts";

/** Everything that stands at an address of its own and is text. */
export async function answersOf(server: Served): Promise<{ path: string; type: string; body: string }[]> {
  const answers: { path: string; type: string; body: string }[] = [];
  for (const path of server.paths()) {
    if (path.endsWith(".png")) continue;
    const answer = await server.get(path);
    answers.push({ path, type: answer.headers.get("content-type") ?? "", body: await answer.text() });
  }
  return answers;
}
