/** Asks other systems on behalf of flows: one JSON question, one JSON answer, within a deadline, and only where flows may ask. */
import { lookup as resolveName } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { LookupAnswer, LookupRequest } from '@rexian/flows/host.ts';
import ipaddr from 'ipaddr.js';
import { Agent, request } from 'undici';
import { isFrom } from '../../platform/networks.ts';
import { type LookupServices, serviceOf } from './services.ts';

/** Of an answer, in bytes. */
const MAX_ANSWER = 64 * 1024;
/** To each system. */
const CONNECTIONS = 32;

/** Why nothing was asked, or what was answered is no answer. */
class Unusable extends Error {}

export class Lookup {
  readonly #inside: readonly string[];
  readonly #services: LookupServices;
  readonly #agent: Agent;
  /** For services: whoever set them up says where they are. */
  readonly #trusting: Agent;

  /** `inside`: addresses or networks that may be asked beside public ones. */
  constructor({ inside, services = new Map() }: { inside: readonly string[]; services?: LookupServices }) {
    this.#inside = inside;
    this.#services = services;
    this.#agent = new Agent({ connections: CONNECTIONS, connect: { lookup: this.#resolve } });
    this.#trusting = new Agent({ connections: CONNECTIONS });
  }

  /**
   * 404 and 204, and an empty answer (`null`, `{}`, `[]`), mean that nothing is known. `reason` is told of all that isn't an answer:
   * the deadline, other states, redirects, what isn't JSON, too much of it, an address that may not be asked.
   */
  async ask(question: Omit<LookupRequest, 'node'>, reason: (why: string) => void): Promise<LookupAnswer> {
    const { url, method, body, deadlineMs, signal } = question;
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]);
    try {
      const service = serviceOf(this.#services, url);
      if (!service) this.#checkLiteral(new URL(url).hostname);
      const json = { accept: 'application/json', ...(method === 'POST' ? { 'content-type': 'application/json' } : {}) };
      const response = await request(service?.url ?? url, {
        method,
        dispatcher: service ? this.#trusting : this.#agent,
        signal: deadline,
        headers: { ...json, ...service?.headers },
        body: method === 'POST' ? JSON.stringify(body) : null,
      });
      const text = await textOf(response.body);
      const { statusCode } = response;
      if (statusCode === 404 || statusCode === 204) return 'not_found';
      if (statusCode < 200 || statusCode > 299) throw new Unusable(`answered with ${statusCode}`);
      const found: unknown = JSON.parse(text);
      const empty = found === null || (typeof found === 'object' && Object.keys(found).length === 0);
      return empty ? 'not_found' : { found };
    } catch (error) {
      reason(whyOf(error));
      return 'failed';
    }
  }

  /** Connections that stay open between questions. */
  async close(): Promise<void> {
    await Promise.all([this.#agent.destroy(), this.#trusting.destroy()]);
  }

  /** Addresses in the URL itself are never resolved. */
  #checkLiteral(hostname: string): void {
    const address = hostname.replace(/^\[|\]$/g, '');
    if (ipaddr.isValid(address) && !this.#mayAsk(address)) throw new Unusable(`${address} may not be asked`);
  }

  /** Resolves a name for the very connection that is made then: it can't become another address meanwhile. */
  readonly #resolve: LookupFunction = (hostname, options, done) => {
    resolveName(hostname, { ...options, all: true }, (error, addresses) => {
      const allowed = error ? [] : addresses.filter(({ address }) => this.#mayAsk(address));
      const [first] = allowed;
      if (error) done(error, '', 0);
      else if (!first) done(new Unusable(`${hostname} lies where flows may not ask`), '', 0);
      else if (options.all) done(null, allowed);
      else done(null, first.address, first.family);
    });
  };

  #mayAsk(address: string): boolean {
    if (this.#inside.length > 0 && isFrom(this.#inside, address)) return true;
    return ipaddr.process(address).range() === 'unicast';
  }
}

async function textOf(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    // Leaving the loop closes the connection.
    if (bytes > MAX_ANSWER) throw new Unusable(`answered with more than ${MAX_ANSWER} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function whyOf(error: unknown): string {
  if (error instanceof SyntaxError) return 'answered with something that is not JSON';
  return error instanceof Error ? error.message : String(error);
}
