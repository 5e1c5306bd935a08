/** Refusals: a small set of kinds with stable codes, mapped to HTTP once (contracts/common.ts), with Chinese words for screens. */

import { ORPCError } from '@orpc/server';
import { errorCodes } from '@rexian/contracts';

export type ErrorCode = keyof typeof errorCodes;

/** The error to throw for a refusal; `message` replaces the code's own words when more can be said. */
export function refusal(code: ErrorCode, message?: string): ORPCError<ErrorCode, undefined> {
  const { status, message: standard } = errorCodes[code];
  return new ORPCError(code, { status, message: message ?? standard, defined: true });
}

/** Which promise of the database a statement broke: `unique`, or `reference` (to a row that isn't there, or by rows that still are). */
export function violated(error: unknown): 'unique' | 'reference' | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === '23505' ? 'unique' : code === '23503' ? 'reference' : null;
}

/** Runs a change; what breaks a promise of the database becomes the refusal given for it. */
export async function refusing<T>(
  refusals: { unique?: () => Error; reference?: () => Error },
  change: () => Promise<T>,
): Promise<T> {
  try {
    return await change();
  } catch (error) {
    const broken = violated(error);
    throw (broken && refusals[broken]?.()) ?? error;
  }
}

/** What is told of a fault of ours, which nobody outside can do anything about. No code of the contract. */
export function fault(): ORPCError<'INTERNAL_SERVER_ERROR', undefined> {
  return new ORPCError('INTERNAL_SERVER_ERROR', { status: 500, message: '服务器出错，请稍后再试' });
}
