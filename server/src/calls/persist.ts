/** Keeps a call's bookkeeping alive while PostgreSQL is away for a moment: the talk goes on, the ledger catches up. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../platform/log.ts';

const GIVE_UP_AFTER_MS = 120_000;
/** Connection failures of libpq's class 08, 57P0x (shutdown, starting up) and 53300 (too many connections). */
const TRANSIENT = /^(08|57P0|53300|ECONN|EPIPE|ETIMEDOUT)/;
/** What the driver says of a connection that broke; the last when the rollback failed after the statement that broke it. */
const BROKEN = /Connection terminated|timeout exceeded when trying to connect|connection error and is not queryable/i;

export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return TRANSIENT.test(code) || BROKEN.test(error.message);
}

/** Runs a guarded statement, again and again while the store can't be reached. Other errors are the caller's. */
export async function persist<T>(log: Logger, work: () => Promise<T>): Promise<T> {
  const started = Date.now();
  for (let wait = 100; ; wait = Math.min(wait * 2, 2_000)) {
    try {
      return await work();
    } catch (error) {
      if (!isTransient(error) || Date.now() - started > GIVE_UP_AFTER_MS) throw error;
      log.warn({ error: String(error) }, 'store is away, trying again');
      await sleep(wait);
    }
  }
}
