/** Refusals: a small set of kinds with stable codes, mapped to HTTP once (contracts/common.ts), with Chinese words for screens. */

import { ORPCError } from '@orpc/server';
import { errorCodes } from '@rexian/contracts';

export type ErrorCode = keyof typeof errorCodes;

/** The error to throw for a refusal; `message` replaces the code's own words when more can be said. */
export function refusal(code: ErrorCode, message?: string): ORPCError<ErrorCode, undefined> {
  const { status, message: standard } = errorCodes[code];
  return new ORPCError(code, { status, message: message ?? standard, defined: true });
}
