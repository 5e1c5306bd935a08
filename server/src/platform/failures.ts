/** What happens when a route's handler throws: refusals pass, everything else is logged here and nowhere told. */
import { ORPCError } from '@orpc/server';
import { errorCodes } from '@rexian/contracts';
import { refusal } from './errors.ts';
import { refuseUnholdable } from './inputs.ts';
import type { Logger } from './log.ts';

interface Called {
  context: object;
  path: readonly string[];
  input: unknown;
  next(): Promise<unknown>;
}

interface Handled<T> {
  context: object;
  next(): Promise<T>;
}

const CHINESE = /[\u4e00-\u9fff]/;

/** Interceptors of an oRPC handler: `interceptors` around reading the request and calling, `clientInterceptors` around calling. */
export function failureInterceptors(log: Logger) {
  /** Requests that have been read well enough to call the route. */
  const called = new WeakSet<object>();

  const callRoute = async ({ context, path, input, next }: Called) => {
    called.add(context);
    try {
      refuseUnholdable(input);
      return await next();
    } catch (error) {
      throw refusalOf(error, path.join('.'), log);
    }
  };

  const handle = async <T>({ context, next }: Handled<T>): Promise<T> => {
    try {
      return await next();
    } catch (error) {
      // What can't be read is the sender's fault.
      if (!called.has(context)) throw error instanceof ORPCError ? inChinese(error) : refusal('BAD_REQUEST');
      throw error;
    }
  };
  return { interceptors: [handle], clientInterceptors: [callRoute] };
}

function refusalOf(error: unknown, route: string, log: Logger): unknown {
  if (error instanceof ORPCError && error.status < 500) return inChinese(error);
  if (error instanceof ORPCError && error.defined) return error;
  // A page that is closed in the middle of a request has gone, nothing has failed.
  if (error instanceof Error && (error.name === 'AbortError' || error.message === 'aborted')) return error;
  const state = sqlState(error);
  if (state?.startsWith('22')) {
    // Its message repeats the value, which may be somebody's number.
    log.warn({ route, sqlState: state }, 'route let through what the database can not hold');
    return refusal('BAD_REQUEST');
  }
  const cause = error instanceof ORPCError ? (error.cause ?? error) : error;
  log.error({ route, error: String(cause), stack: cause instanceof Error ? cause.stack : undefined }, 'route failed');
  return refusal('INTERNAL_SERVER_ERROR');
}

/** The five characters by which PostgreSQL tells errors apart; class 22 is data exceptions. */
function sqlState(error: unknown): string | null {
  const code = (error as { code?: unknown } | null)?.code;
  return error instanceof Error && typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : null;
}

/** oRPC's own words are English; what the schema says of each field stays in `data`. */
function inChinese(error: ORPCError<string, unknown>): ORPCError<string, unknown> {
  if (error.code !== 'BAD_REQUEST' || CHINESE.test(error.message)) return error;
  const { status, message } = errorCodes.BAD_REQUEST;
  return new ORPCError('BAD_REQUEST', { status, message, data: error.data });
}
