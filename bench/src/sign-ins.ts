/** People who sign in at a steady rate, every other one with a wrong password, each from an address of their own. */
import { setTimeout as sleep } from 'node:timers/promises';
import { RPC_PATH } from '@rexian/contracts';
import { agentLogin, PASSWORD } from './seed.ts';

export interface SignInCounts {
  /** Right passwords that came in, and wrong ones that were refused for what they were. */
  admitted: number;
  refused: number;
  /** Sent away without a look at the password. */
  busy: number;
  /** Anything else. */
  odd: number;
  /** Time to the answer of those that were looked at. */
  ms: number[];
}

export class SignIns {
  readonly counts: SignInCounts = { admitted: 0, refused: 0, busy: 0, odd: 0, ms: [] };
  readonly #url: string;
  readonly #agents: number;
  readonly #leaving = new AbortController();
  readonly #open = new Set<Promise<void>>();
  readonly #running: Promise<void>;

  /** `url`: of a platform that believes X-Forwarded-For. */
  constructor(url: string, agents: number, aSecond: number) {
    this.#url = url;
    this.#agents = agents;
    this.#running = this.#run(1_000 / aSecond);
  }

  /** Resolves when the last answer has come. */
  async stop(): Promise<SignInCounts> {
    this.#leaving.abort();
    await this.#running;
    await Promise.all(this.#open);
    return this.counts;
  }

  async #run(gapMs: number): Promise<void> {
    const begin = performance.now();
    for (let serial = 0; !this.#leaving.signal.aborted; serial += 1) {
      await sleep(Math.max(0, begin + serial * gapMs - performance.now()));
      const one = this.#one(serial).finally(() => this.#open.delete(one));
      this.#open.add(one);
    }
  }

  async #one(serial: number): Promise<void> {
    const right = serial % 2 === 0;
    // Nobody is locked out: those who err do so once.
    const login = right ? agentLogin(serial % this.#agents) : `nobody${serial}`;
    const begin = performance.now();
    const code = await this.#ask(login, right ? PASSWORD : 'a wrong password', serial).catch((error) => String(error));
    if (code === 'BUSY') this.counts.busy += 1;
    else if (code !== (right ? 'done' : 'BAD_CREDENTIALS')) this.counts.odd += 1;
    else {
      this.counts[right ? 'admitted' : 'refused'] += 1;
      this.counts.ms.push(performance.now() - begin);
    }
  }

  async #ask(login: string, password: string, serial: number): Promise<string> {
    const address = `10.${(serial >> 16) & 255}.${(serial >> 8) & 255}.${serial & 255}`;
    const response = await fetch(`${this.#url}${RPC_PATH}/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-csrf-token': 'orpc', 'x-forwarded-for': address },
      body: JSON.stringify({ json: { login, password } }),
      signal: AbortSignal.timeout(30_000),
    });
    const { json } = (await response.json()) as { json: { step?: string; code?: string } };
    return json.step ?? json.code ?? `HTTP ${response.status}`;
  }
}
