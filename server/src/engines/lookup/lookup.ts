/**
 * Asks other systems for flows, adapters and exchanges: one JSON question, one JSON answer, or a file, within a deadline, and only where they
 * may ask.
 */
import { lookup as resolveName } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { LookupAnswer, LookupRequest } from '@rexian/flows/host.ts';
import ipaddr from 'ipaddr.js';
import { Agent, type Dispatcher, request } from 'undici';
import { isFrom } from '../../platform/networks.ts';
import { type LookupServices, serviceOf } from './services.ts';

/** Of an answer, in bytes. */
const MAX_ANSWER = 64 * 1024;
const DENIALS: ReadonlySet<number> = new Set([401, 403]);
/** To each system. */
const CONNECTIONS = 32;

/**
 * What kept an answer away: the deadline; nobody there; they don't let us in (401, 403); another state than success, a redirect included; no
 * JSON; more of it than is taken; an address that may not be asked, or isn't one.
 */
export type LookupFault = 'late' | 'unreachable' | 'denied' | 'state' | 'rubbish' | 'too_large' | 'refused';

/** Why nothing was asked, or what was answered is no answer. */
export class Unusable extends Error {
  readonly fault: LookupFault;

  constructor(fault: LookupFault, message: string) {
    super(message);
    this.fault = fault;
  }
}

export interface LookupQuestion extends Omit<LookupRequest, 'node'> {
  /** Beside those of a named service. */
  headers?: Record<string, string>;
}

export class Lookup {
  readonly #inside: readonly string[];
  readonly #services: LookupServices;
  readonly #agent: Agent;
  /** For services: whoever set them up says where they are. */
  readonly #trusting: Agent;
  /** Without TLS: inside only. */
  readonly #plain: Agent;

  /** `inside`: addresses or networks that may be asked beside public ones. */
  constructor({ inside, services = new Map() }: { inside: readonly string[]; services?: LookupServices }) {
    this.#inside = inside;
    this.#services = services;
    this.#agent = new Agent({
      connections: CONNECTIONS,
      connect: { lookup: resolving((address) => this.#mayAsk(address)) },
    });
    this.#plain = new Agent({
      connections: CONNECTIONS,
      connect: { lookup: resolving((address) => this.#isInside(address)) },
    });
    this.#trusting = new Agent({ connections: CONNECTIONS });
  }

  /**
   * 404 and 204, and an empty answer (`null`, `{}`, `[]`), mean that nothing is known. `reason` is told of all that isn't an answer:
   * the deadline, other states, redirects, what isn't JSON, too much of it, an address that may not be asked.
   */
  async ask(question: LookupQuestion, reason: (why: string, fault: LookupFault) => void): Promise<LookupAnswer> {
    const { url, method, body, deadlineMs, signal } = question;
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]);
    try {
      const service = serviceOf(this.#services, url);
      if (!service) checkLiteral(new URL(url).hostname, (address) => this.#mayAsk(address));
      const json = { accept: 'application/json', ...(method === 'POST' ? { 'content-type': 'application/json' } : {}) };
      const response = await request(service?.url ?? url, {
        method,
        dispatcher: service ? this.#trusting : this.#agent,
        signal: deadline,
        headers: { ...json, ...question.headers, ...service?.headers },
        body: method === 'POST' ? JSON.stringify(body) : null,
      });
      const text = await textOf(response.body);
      const { statusCode } = response;
      if (statusCode === 404 || statusCode === 204) return 'not_found';
      if (statusCode < 200 || statusCode > 299)
        throw new Unusable(DENIALS.has(statusCode) ? 'denied' : 'state', `answered with ${statusCode}`);
      const found: unknown = JSON.parse(text);
      const empty = found === null || (typeof found === 'object' && Object.keys(found).length === 0);
      return empty ? 'not_found' : { found };
    } catch (error) {
      reason(...whyOf(error));
      return 'failed';
    }
  }

  /**
   * Says something to a system that answers it one way or the other: `status` and text of the answer. Only over TLS, but inside.
   * Throws Unusable.
   */
  async post(
    url: string,
    { body, headers, deadlineMs }: { body: string; headers: Record<string, string>; deadlineMs: number },
  ): Promise<{ status: number; text: string }> {
    try {
      const response = await request(url, {
        method: 'POST',
        dispatcher: this.#wayTo(url),
        signal: AbortSignal.timeout(deadlineMs),
        headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
        body,
      });
      return { status: response.statusCode, text: await textOf(response.body) };
    } catch (error) {
      throw unusable(error);
    }
  }

  /**
   * Fetches a file from where `post` may say things: its content as it arrives when the answer is 200, otherwise the answer's text. Each wait for
   * more has a deadline, and the whole. Throws Unusable, reading on as well.
   */
  async fetch(
    url: string,
    { headers, deadlineMs, wholeMs }: { headers: Record<string, string>; deadlineMs: number; wholeMs: number },
  ): Promise<{ status: 200; content: AsyncIterable<Buffer> } | { status: number; text: string }> {
    try {
      const { statusCode, body } = await request(url, {
        dispatcher: this.#wayTo(url),
        signal: AbortSignal.timeout(wholeMs),
        headersTimeout: deadlineMs,
        bodyTimeout: deadlineMs,
        headers,
      });
      return statusCode === 200
        ? { status: 200, content: arriving(body) }
        : { status: statusCode, text: await textOf(body) };
    } catch (error) {
      throw unusable(error);
    }
  }

  /** Connections that stay open between questions. */
  async close(): Promise<void> {
    await Promise.all([this.#agent.destroy(), this.#plain.destroy(), this.#trusting.destroy()]);
  }

  /** Without TLS inside only. */
  #wayTo(url: string): Dispatcher {
    const { hostname, protocol } = new URL(url);
    const isPlain = protocol === 'http:';
    checkLiteral(hostname, (address) => (isPlain ? this.#isInside(address) : this.#mayAsk(address)));
    return isPlain ? this.#plain : this.#agent;
  }

  #isInside(address: string): boolean {
    return this.#inside.length > 0 && isFrom(this.#inside, address);
  }

  #mayAsk(address: string): boolean {
    return this.#isInside(address) || ipaddr.process(address).range() === 'unicast';
  }
}

type Permits = (address: string) => boolean;

/** Addresses in the URL itself are never resolved. */
function checkLiteral(hostname: string, mayAsk: Permits): void {
  const address = hostname.replace(/^\[|\]$/g, '');
  if (ipaddr.isValid(address) && !mayAsk(address)) throw new Unusable('refused', `${address} may not be asked`);
}

/** Resolves a name for the very connection that is made then: it can't become another address meanwhile. */
const resolving =
  (mayAsk: Permits): LookupFunction =>
  (hostname, options, done) => {
    resolveName(hostname, { ...options, all: true }, (error, addresses) => {
      const allowed = error ? [] : addresses.filter(({ address }) => mayAsk(address));
      const [first] = allowed;
      if (error) done(error, '', 0);
      else if (!first) done(new Unusable('refused', `${hostname} may not be asked`), '', 0);
      else if (options.all) done(null, allowed);
      else done(null, first.address, first.family);
    });
  };

async function textOf(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    // Leaving the loop closes the connection.
    if (bytes > MAX_ANSWER) throw new Unusable('too_large', `answered with more than ${MAX_ANSWER} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function* arriving(content: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  try {
    yield* content;
  } catch (error) {
    throw unusable(error);
  }
}

function unusable(error: unknown): Unusable {
  if (error instanceof Unusable) return error;
  const [why, fault] = whyOf(error);
  return new Unusable(fault, why);
}

const LATE_CODES = ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT'];

function whyOf(error: unknown): [why: string, fault: LookupFault] {
  if (error instanceof Unusable) return [error.message, error.fault];
  if (error instanceof SyntaxError) return ['answered with something that is not JSON', 'rubbish'];
  if (!(error instanceof Error)) return [String(error), 'unreachable'];
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  if (error.name === 'TimeoutError' || (code !== null && LATE_CODES.includes(code))) return [error.message, 'late'];
  // What the network says has a code; what we say of addresses hasn't, or is a TypeError.
  return [error.message, code !== null && !(error instanceof TypeError) ? 'unreachable' : 'refused'];
}
