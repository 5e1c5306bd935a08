/** Channels that we make: Asterisk answers that they are there before the application has them. */
import { setTimeout as sleep } from 'node:timers/promises';

const TRIES = 40;
const WAIT_MS = 50;

/** Asks for something that only a channel of ours can do until it is done; null: it wasn't within two seconds, or `signal` came. */
export async function onceOurs<T>(ask: () => Promise<T | null>, signal?: AbortSignal): Promise<T | null> {
  for (let left = TRIES; left > 0 && !signal?.aborted; left -= 1) {
    const answer = await ask();
    if (answer !== null) return answer;
    await sleep(WAIT_MS);
  }
  return null;
}
