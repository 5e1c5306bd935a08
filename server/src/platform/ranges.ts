/** Stored files in answers: whole, or the one range of bytes that was asked for (RFC 9110, 14). */
import type { FastifyReply, FastifyRequest } from 'fastify';
import parseRange from 'range-parser';
import type { Storage } from './storage.ts';

/** Bytes `start`…`end`, both included. */
export interface ByteRange {
  start: number;
  end: number;
  /** The whole was asked for, or has to be sent. */
  whole: boolean;
}

/** What a request wants of `size` bytes; null: nothing that is there. */
export function rangeOf(request: FastifyRequest, size: number): ByteRange | null {
  const ranges = request.headers.range ? parseRange(size, request.headers.range, { combine: true }) : null;
  if (ranges === -1) return null;
  // Several ranges in one answer are allowed to be refused (RFC 9110, 14.2): the whole is sent then.
  const [range] = Array.isArray(ranges) && ranges.type === 'bytes' && ranges.length === 1 ? ranges : [];
  return range ? { start: range.start, end: range.end, whole: false } : { start: 0, end: size - 1, whole: true };
}

export function sendRange(
  reply: FastifyReply,
  { storage, key, size, range }: { storage: Storage; key: string; size: number; range: ByteRange | null },
): FastifyReply {
  reply.header('accept-ranges', 'bytes');
  if (!range) return reply.code(416).header('content-range', `bytes */${size}`).send();
  const { start, end, whole } = range;
  if (!whole) reply.code(206).header('content-range', `bytes ${start}-${end}/${size}`);
  return reply.header('content-length', end - start + 1).send(storage.read(key, { start, end }));
}
