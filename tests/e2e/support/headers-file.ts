/** The rules of a `_headers` file: a pattern of paths, and what is said of them. */
export type HeaderRules = readonly (readonly [RegExp, Readonly<Record<string, string>>])[];

/** Reads a `_headers` file as the hosts do that know it. */
export function headerRules(text: string): HeaderRules {
  return text.split(/\n(?=\/)/).map((rule) => {
    const [path = "", ...lines] = rule.trimEnd().split("\n");
    const pattern = path
      .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replace(/:[a-z]+/g, "[^/]+");
    const headers = lines.map((line) => {
      const at = line.indexOf(":");
      return [line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()] as const;
    });
    return [new RegExp(`^${pattern}$`), Object.fromEntries(headers)];
  });
}

/** What is said of one path. @throws when something is said twice: some hosts send both, some either */
export function headersFor(path: string, rules: HeaderRules): Readonly<Record<string, string>> {
  const told: Record<string, string> = {};
  for (const [pattern, headers] of rules) {
    if (!pattern.test(path)) continue;
    for (const [name, value] of Object.entries(headers)) {
      if (name in told) throw new Error(`${name} of ${path} is told twice`);
      told[name] = value;
    }
  }
  return told;
}

/** The type that every host gives a file by its ending. */
export function hostType(path: string): string {
  if (path.endsWith(".svg")) return "image/svg+xml";
  if (path.endsWith(".ico")) return "image/x-icon";
  if (path.endsWith(".png")) return "image/png";
  if (path.endsWith(".txt")) return "text/plain; charset=utf-8";
  return path.endsWith(".xml") ? "application/xml; charset=utf-8" : "application/json; charset=utf-8";
}
