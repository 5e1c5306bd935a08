/** Ids: uuid version 7 (RFC 9562): time-ordered, so that an index on them is also an index on time. */
import { createHmac, randomBytes } from 'node:crypto';

/** Twelve bits after the time count within a millisecond, from somewhere in their lower half (RFC 9562, 6.2, method 1). */
const COUNTER_BITS = 12;
let last = { now: -1, counter: 0 };

/** What one process makes one after the other is in that order, also within a millisecond; past some 2,000 in one it isn't. */
export function newId(now = Date.now()): string {
  const bytes = randomBytes(16);
  const counter = now === last.now ? last.counter + 1 : bytes.readUInt16BE(6) >> (16 - COUNTER_BITS + 1);
  last = { now, counter };
  bytes.writeUIntBE(now, 0, 6);
  bytes.writeUInt16BE(0x7000 | (counter & 0x0fff), 6);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The smallest id that can have been made at `at`: ids in a range of time are a range of ids. */
export function firstIdAt(at: Date): string {
  const hex = Math.max(0, at.getTime()).toString(16).padStart(12, '0').slice(-12);
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/** A secret derived from the installation's own: nothing to store, the same after a restart. */
export function derivedSecret(secret: string, purpose: string): string {
  return createHmac('sha256', secret).update(purpose).digest('base64url');
}
