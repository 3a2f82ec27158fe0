/** Work that is done again and again until it is stopped. */
export interface Rounds {
  /** Tells the round under way to end, and waits until it has. */
  stop(): Promise<void>;
}

/** Begins a round every so many milliseconds, unless one is still under way. A round that fails is told of, and the next one comes. */
export function runEvery(
  round: (signal: AbortSignal) => Promise<void>,
  { everyMs, onError }: { readonly everyMs: number; readonly onError: (error: unknown) => void },
): Rounds {
  const ending = new AbortController();
  let going: Promise<void> | undefined;
  const timer = setInterval(() => {
    going ??= round(ending.signal)
      .catch(onError)
      .finally(() => {
        going = undefined;
      });
  }, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      ending.abort();
      await going;
    },
  };
}
