/** Starts `count` pieces of work, `atOnce` of them at a time, and says how many were done in a second. */
export async function rateOf(count: number, atOnce: number, work: (n: number) => Promise<unknown>): Promise<number> {
  let next = 0;
  const began = performance.now();
  const lane = async () => {
    for (let n = next++; n < count; n = next++) await work(n);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return count / ((performance.now() - began) / 1000);
}
