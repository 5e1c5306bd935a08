import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exchangeChannels } from './recording.ts';

describe('exchangeChannels', () => {
  it('puts right before left in every frame, however the bytes arrive in pieces, and drops half a frame at the end', async () => {
    const frames = fc.array(fc.tuple(fc.integer({ min: -32768, max: 32767 }), fc.integer({ min: -32768, max: 32767 })));
    const cuts = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(frames, cuts, fc.nat(3), async (list, sizes, tail) => {
        const bytes = Buffer.alloc(list.length * 4 + tail);
        list.forEach(([left, right], i) => {
          bytes.writeInt16LE(left, i * 4);
          bytes.writeInt16LE(right, i * 4 + 2);
        });
        const pieces: Buffer[] = [];
        for (let at = 0, i = 0; at < bytes.length; i += 1) {
          const size = sizes[i % sizes.length] ?? 1;
          pieces.push(bytes.subarray(at, at + size));
          at += size;
        }
        const out = await buffer(Readable.from(pieces).pipe(exchangeChannels()));
        expect(out.length).toBe(list.length * 4);
        list.forEach(([left, right], i) => {
          expect([out.readInt16LE(i * 4), out.readInt16LE(i * 4 + 2)]).toEqual([right, left]);
        });
      }),
    );
  });
});
