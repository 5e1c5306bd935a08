/**
 * Asks a source about a taxpayer. A system that fails several times in a row isn't asked for a while, so that calls don't wait for its
 * deadline one after the other; then one question tries it again.
 */
import {
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  circuitBreaker,
  handleAll,
  isBrokenCircuitError,
} from 'cockatiel';
import type { Lookup, LookupFault } from '../engines/lookup/lookup.ts';
import type { Logger } from '../platform/log.ts';
import type { Vault } from '../platform/vault.ts';
import { demoAnswer } from './demo.ts';
import { type KnownTaxpayer, knownFrom } from './facts.ts';
import type { StoredSource } from './sources.ts';
import { type TaxpayerQuestion, type WireTaxpayer, wireAnswer } from './wire.ts';

export type Asking = { taxpayers: KnownTaxpayer[] } | { failure: string };
/** The parts of a source that matter to a question. */
export type AskedSource = Pick<StoredSource, 'adapter' | 'url' | 'key' | 'deadlineMs'>;

const FAILURES = 3;
const PAUSE_MS = 30_000;
/** Sources whose failures are remembered. */
const REMEMBERED = 200;

/** What kept an answer away, told in Chinese. */
class Unanswered extends Error {}

export class TaxpayerAsking {
  readonly #parts: { lookup: Lookup; vault: Vault; log: Logger };
  /** By version of the source: a changed one begins anew. */
  readonly #breakers = new Map<string, CircuitBreakerPolicy>();

  constructor(parts: { lookup: Lookup; vault: Vault; log: Logger }) {
    this.#parts = parts;
  }

  async ask(source: AskedSource & Pick<StoredSource, 'version'>, question: TaxpayerQuestion): Promise<Asking> {
    return told(() => this.#breakerOf(source.version).execute(() => this.#answer(source, question)));
  }

  /** However often it has failed. */
  async test(source: AskedSource, question: TaxpayerQuestion): Promise<Asking> {
    return told(() => this.#answer(source, question));
  }

  async #answer(source: AskedSource, question: TaxpayerQuestion): Promise<KnownTaxpayer[]> {
    const wire = source.adapter === 'demo' ? demoAnswer(question) : await this.#fetch(source, question);
    return wire.map((each) => knownFrom(question, each));
  }

  async #fetch({ url, key, deadlineMs }: AskedSource, question: TaxpayerQuestion): Promise<WireTaxpayer[]> {
    const { lookup, vault, log } = this.#parts;
    let failure = '';
    const headers = key ? { authorization: `Bearer ${vault.open('source_key', key)}` } : {};
    const signal = new AbortController().signal;
    const answer = await lookup.ask(
      { url, method: 'POST', body: question, deadlineMs, signal, headers },
      (reason, fault) => {
        log.warn({ reason }, 'facts about a taxpayer');
        failure = wordsFor(fault, deadlineMs);
      },
    );
    if (answer === 'failed') throw new Unanswered(failure);
    if (answer === 'not_found') return [];
    const read = wireAnswer.safeParse(answer.found);
    if (read.success) return read.data.taxpayers;
    const [issue] = read.error.issues;
    log.warn({ reason: `${issue?.path.join('.')}: ${issue?.message}` }, 'facts about a taxpayer');
    throw new Unanswered(`返回的内容不符合约定${issue?.path.length ? `（${issue.path.join('.')}）` : ''}`);
  }

  #breakerOf(version: string): CircuitBreakerPolicy {
    const known = this.#breakers.get(version);
    if (known) return known;
    const breaker = circuitBreaker(handleAll, {
      halfOpenAfter: PAUSE_MS,
      breaker: new ConsecutiveBreaker(FAILURES),
    });
    const [oldest] = this.#breakers.keys();
    if (this.#breakers.size >= REMEMBERED && oldest !== undefined) this.#breakers.delete(oldest);
    this.#breakers.set(version, breaker);
    return breaker;
  }
}

async function told(ask: () => Promise<KnownTaxpayer[]>): Promise<Asking> {
  try {
    return { taxpayers: await ask() };
  } catch (error) {
    if (error instanceof Unanswered) return { failure: error.message };
    if (isBrokenCircuitError(error)) return { failure: '接口连续出错，暂停查询半分钟' };
    throw error;
  }
}

function wordsFor(fault: LookupFault, deadlineMs: number): string {
  switch (fault) {
    case 'late':
      return `接口在 ${deadlineMs / 1_000} 秒内没有应答`;
    case 'unreachable':
      return '无法连接接口';
    case 'denied':
      return '接口拒绝访问，请检查密钥';
    case 'state':
      return '接口返回错误';
    case 'rubbish':
      return '接口返回的内容无法识别';
    case 'too_large':
      return '接口返回的内容过多';
    case 'refused':
      return '接口地址不允许访问，请联系系统管理员';
  }
}
