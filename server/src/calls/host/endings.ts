/** Ends of things in the engine (recordings) that somebody waits for, by their names. */
export class Endings<Ending> {
  readonly #waiting = new Map<string, (ending: Ending) => void>();

  /** The engine reports an end. Nobody may be waiting for it. */
  ended(name: string, ending: Ending): void {
    this.#waiting.get(name)?.(ending);
  }

  /** Waits from now on. The promise gives null once `signal` has been aborted, or the deadline been over, for `graceMs`. */
  of(name: string, options: { signal: AbortSignal; deadlineMs: number; graceMs: number }): Promise<Ending | null> {
    const { signal, deadlineMs, graceMs } = options;
    const { promise, resolve } = Promise.withResolvers<Ending | null>();
    let timer = setTimeout(() => resolve(null), deadlineMs + graceMs);
    const hurry = () => {
      clearTimeout(timer);
      timer = setTimeout(() => resolve(null), graceMs);
    };
    this.#waiting.set(name, resolve);
    if (signal.aborted) hurry();
    else signal.addEventListener('abort', hurry, { once: true });
    return promise.finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', hurry);
      this.#waiting.delete(name);
    });
  }
}
