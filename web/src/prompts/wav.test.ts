import { expect, it } from 'vitest';
import { encodeWav, levelOf } from './wav.ts';

it('writes what a WAV file says of itself, and its samples', () => {
  const bytes = encodeWav(Float32Array.of(0, 1, -1, 0.5, 7, -7), 16_000);
  const view = new DataView(bytes.buffer);
  const word = (at: number) => new TextDecoder().decode(bytes.subarray(at, at + 4));
  expect([word(0), word(8), word(12), word(36)]).toEqual(['RIFF', 'WAVE', 'fmt ', 'data']);
  expect([view.getUint32(4, true), bytes.length, view.getUint32(40, true)]).toEqual([48, 56, 12]);
  // PCM, mono, samples and bytes a second, bytes a sample, bits.
  expect([20, 22].map((at) => view.getUint16(at, true))).toEqual([1, 1]);
  expect([24, 28].map((at) => view.getUint32(at, true))).toEqual([16_000, 32_000]);
  expect([32, 34].map((at) => view.getUint16(at, true))).toEqual([2, 16]);
  const samples = Array.from({ length: 6 }, (_, index) => view.getInt16(44 + 2 * index, true));
  expect(samples).toEqual([0, 32_767, -32_768, 16_384, 32_767, -32_768]);
});

it('is a file without samples too', () => {
  expect(encodeWav(new Float32Array(), 16_000)).toHaveLength(44);
});

it('shows silence as nothing and full scale as all', () => {
  expect(levelOf(new Float32Array(100))).toBe(0);
  expect(levelOf(new Float32Array())).toBe(0);
  expect(levelOf(new Float32Array(100).fill(1))).toBe(1);
  // -20 dB.
  expect(levelOf(new Float32Array(100).fill(0.1))).toBeCloseTo(0.6);
});
