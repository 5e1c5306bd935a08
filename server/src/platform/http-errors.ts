/** What HTTP answers when something is refused or fails: a status, a stable code and Chinese words; never what the fault was. */
import { ORPCError } from '@orpc/server';
import { type ErrorCode, fault, refusal } from './errors.ts';

export interface HttpRefusal {
  status: number;
  code: string;
  message: string;
}

/** Statuses that fastify, its plugins and node's HTTP parser refuse with. */
const codes: Record<number, ErrorCode> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  408: 'TIMEOUT',
  413: 'TOO_LARGE',
  415: 'UNSUPPORTED_TYPE',
  429: 'TOO_MANY_REQUESTS',
};

/** Our own refusals say what they say; of everything else only the status is kept, for its words are not for readers. */
export function httpRefusal(error: unknown): HttpRefusal {
  if (error instanceof ORPCError) return told(error);
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  if (typeof status !== 'number' || status < 400 || status >= 500) return told(fault());
  return { ...told(refusal(codes[status] ?? 'BAD_REQUEST')), status };
}

const told = ({ status, code, message }: ORPCError<string, unknown>): HttpRefusal => ({ status, code, message });
