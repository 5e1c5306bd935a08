/**
 * The contract under random and boundary input: whatever is sent, the server answers with what it has or says in 4xx what is wrong; never a
 * 5xx, never without an answer, never with its own insides.
 */
import { errorCodes } from '@rexian/contracts';
import type { FuzzPeople } from './fuzz-people.ts';
import { brokenRequest, type FuzzRequest, requestOf } from './fuzz-requests.ts';
import { Dice, type FuzzRoute, fuzzRoutes, type KnownIds, plausible, worsened } from './fuzz-values.ts';

export interface FuzzOptions {
  url: string;
  people: FuzzPeople;
  seconds: number;
  /** Goes on until so many were sent, however long that takes. */
  atLeast?: number;
  /** The first request's; each one after it has the next. */
  seed: number;
  parallel?: number;
  /** Only routes whose name begins so. */
  only?: string;
  onFault?: (fault: FuzzFault) => void;
}

export interface FuzzFault {
  route: string;
  seed: number;
  what: string;
  /** Method, path and the beginning of the body. */
  request: string;
}

export interface FuzzReport {
  requests: number;
  /** Answers by status. */
  statuses: Record<number, number>;
  faults: FuzzFault[];
  /** Routes that took an input at least once: the fuzz came past their checks. */
  served: string[];
  refused: string[];
}

const DEADLINE_MS = 30_000;
/** Requests after which people are signed in again, whatever has become of them. */
const REVIVE_AFTER = 300;
/** Nobody outside is told how it looks inside. */
const INSIDES = /\/server\/src\/|node_modules|\n\s+at |syntax error at|violates [\w-]+ constraint|invalid input syntax/;
/** Codes of the contract that are no failure although they are 5xx: busy, or no voice engine. */
const ALLOWED = new Set(Object.entries(errorCodes).flatMap(([code, { status }]) => (status >= 500 ? [code] : [])));

export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const { people, seconds, atLeast = 0, only = '', parallel = 2 } = options;
  const routes = fuzzRoutes().filter(({ name }) => name.startsWith(only));
  const end = Date.now() + seconds * 1_000;
  const report = { requests: 0, statuses: {} as Record<number, number>, faults: [] as FuzzFault[] };
  const served = new Set<string>();
  let locked = false;
  let reviving: Promise<void> | null = null;
  const revive = () => {
    locked = false;
    reviving ??= people.revive().finally(() => {
      reviving = null;
    });
    return reviving;
  };
  const worker = async () => {
    while (Date.now() < end || report.requests < atLeast) {
      const index = report.requests;
      report.requests += 1;
      if (index % REVIVE_AFTER === REVIVE_AFTER - 1 || locked) await revive();
      await reviving;
      const route = routes[index % routes.length];
      if (!route) throw new Error(`no route begins with '${only}'`);
      const answer = await once(options, route, options.seed + index);
      if (!answer) continue;
      // The fuzz has shut itself out: a password reset, a role taken, a unit closed.
      locked ||= answer.lockedOut;
      report.statuses[answer.status] = (report.statuses[answer.status] ?? 0) + 1;
      if (answer.status >= 200 && answer.status < 300) served.add(route.name);
      if (answer.fault) {
        report.faults.push(answer.fault);
        options.onFault?.(answer.fault);
      }
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  const names = routes.map(({ name }) => name);
  return {
    ...report,
    served: names.filter((name) => served.has(name)),
    refused: names.filter((name) => !served.has(name)),
  };
}

interface Answer {
  status: number;
  fault: FuzzFault | null;
  /** The administrator was sent away as if nobody. */
  lockedOut: boolean;
}

/** One request; null when the input could not be sent. */
async function once({ url, people }: FuzzOptions, route: FuzzRoute, seed: number): Promise<Answer | null> {
  const dice = new Dice(seed);
  const request = draw(route, dice, people.ids);
  if (!request) return null;
  const asking = request.by === 'page' ? people.pages : people.partners;
  const index = dice.chance(0.6) ? 0 : dice.below(asking.length);
  const faultOf = (what: string | null): FuzzFault | null =>
    what === null ? null : { route: route.name, seed, what, request: described(request) };
  try {
    const response = await send(url, request, asking[index] ?? {}, dice);
    const { status } = response;
    const text = await response.text();
    const code = /"code":"(\w+)"/.exec(text)?.[1] ?? '';
    const isAdmin = index === 0 && request.by === 'page' && route.access !== 'public';
    const lockedOut = isAdmin && (code === 'DUE' || code === 'UNAUTHORIZED');
    return { status, fault: faultOf(wrongWith(status, code, text)), lockedOut };
  } catch (error) {
    const { name, message, cause } = error as Error;
    // The server may hang up on a body that is too large before it has read all of it.
    if (/EPIPE|ECONNRESET|other side closed/.test(String(cause)) && sizeOf(request) > 1e6) return null;
    return { status: 0, fault: faultOf(`no answer: ${name} ${message} ${String(cause ?? '')}`), lockedOut: false };
  }
}

function wrongWith(status: number, code: string, text: string): string | null {
  if (status >= 500 && !ALLOWED.has(code)) return `HTTP ${status}: ${text.slice(0, 300)}`;
  return INSIDES.test(text) ? `HTTP ${status} tells insides: ${text.slice(0, 300)}` : null;
}

const sizeOf = ({ body }: FuzzRequest) => (typeof body === 'string' ? body.length : 0);
const described = ({ method, path, body }: FuzzRequest) =>
  `${method} ${path.slice(0, 600)} ${typeof body === 'string' ? body.slice(0, 600) : (body?.constructor.name ?? '')}`;

function draw(route: FuzzRoute, dice: Dice, ids: KnownIds): FuzzRequest | null {
  if (dice.chance(0.12)) return brokenRequest(route, dice);
  const value = route.input
    ? plausible(route.input, dice, ids, route.path[0] ?? '')
    : dice.chance(0.5)
      ? undefined
      : {};
  return requestOf(route, dice.chance(0.35) ? value : worsened(value, dice), dice);
}

/** From ever another address (the server is told to believe X-Forwarded-For): limits for one address are not what is tried here. */
function send(
  url: string,
  { method, path, headers, body }: FuzzRequest,
  who: Record<string, string>,
  dice: Dice,
): Promise<Response> {
  const address = `10.${dice.below(256)}.${dice.below(256)}.${dice.below(256)}`;
  return fetch(`${url}${path}`, {
    method,
    headers: { ...headers, 'x-forwarded-for': address, ...who },
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
}
