/**
 * What some work gives, and how long the processor was busy with it, in milliseconds: however many others share the
 * machine, that stays the same.
 */
export function timed<T>(work: () => T): { readonly result: T; readonly ms: number } {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return { result, ms: (user + system) / 1000 };
}

/** The same of work that waits in between; nothing else may go on in this process meanwhile. */
export async function timedAsync<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly ms: number }> {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, ms: (user + system) / 1000 };
}
