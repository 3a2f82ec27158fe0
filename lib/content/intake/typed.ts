/** Forms send every field, the empty ones too. */

/** A field that was left empty was left out. */
export function filled(value: string | undefined): string | undefined {
  return value?.trim() ? value : undefined;
}

/** The fields of components, whose names begin with `prefix`, by the components' ids; those left empty are left out. */
export function typedComponents(typed: Readonly<Record<string, string>>, prefix: string): Record<string, string> {
  const named = Object.entries(typed).filter(([name, value]) => name.startsWith(prefix) && value !== "");
  return Object.fromEntries(named.map(([name, value]) => [name.slice(prefix.length), value]));
}
