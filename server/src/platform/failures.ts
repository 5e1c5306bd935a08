/** What happens when a route's handler throws: refusals pass, everything else is logged here and nowhere told. */
import { type Context, ORPCError } from '@orpc/server';
import type { StandardHandlerOptions, StandardHandlerPlugin } from '@orpc/server/standard';
import { errorCodes } from '@rexian/contracts';
import { fault, refusal } from './errors.ts';
import { refuseUnholdable } from './inputs.ts';
import type { Logger } from './log.ts';

const CHINESE = /[\u4e00-\u9fff]/;

/** For oRPC's handlers. Comes last of all plugins, so that it stands around what they do to a call. */
export class Failures<T extends Context> implements StandardHandlerPlugin<T> {
  readonly order = Number.MAX_SAFE_INTEGER;
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  init(options: StandardHandlerOptions<T>): void {
    /** Requests that have been read well enough to call the route. */
    const called = new WeakSet<object>();
    options.clientInterceptors ??= [];
    options.clientInterceptors.unshift(async ({ context, path, input, next }) => {
      called.add(context);
      try {
        refuseUnholdable(input);
        return await next();
      } catch (error) {
        throw refusalOf(error, path.join('.'), this.#log);
      }
    });
    options.interceptors ??= [];
    options.interceptors.unshift(async ({ context, next }) => {
      try {
        return await next();
      } catch (error) {
        // What can't be read is the sender's fault.
        if (!called.has(context)) throw error instanceof ORPCError ? inChinese(error) : refusal('BAD_REQUEST');
        throw error;
      }
    });
  }
}

/** What the sender is told of an error that a route threw. */
export function refusalOf(error: unknown, route: string, log: Logger): unknown {
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
  return fault();
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
