import { expect, it } from 'vitest';
import { joinWavs } from './joinWavs.ts';

/** 16 kHz, mono, 16 bit; with a chunk before the data, as some writers put there. */
function wav(...samples: number[]): Blob {
  const bytes = new ArrayBuffer(54 + samples.length * 2);
  const view = new DataView(bytes);
  const word = (at: number, text: string) => new Uint8Array(bytes, at).set(new TextEncoder().encode(text));
  word(0, 'RIFF');
  view.setUint32(4, bytes.byteLength - 8, true);
  word(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  word(36, 'LIST');
  view.setUint32(40, 1, true);
  word(46, 'data');
  view.setUint32(50, samples.length * 2, true);
  for (const [index, sample] of samples.entries()) view.setInt16(54 + index * 2, sample, true);
  return new Blob([bytes]);
}

it('puts one after the other', async () => {
  const joined = await joinWavs([wav(1, 2), wav(3), wav()]);
  expect(new Uint8Array(await joined.arrayBuffer())).toEqual(new Uint8Array(await wav(1, 2, 3).arrayBuffer()));
});

it('leaves a single one alone and refuses what is none', async () => {
  const one = wav(1);
  expect(await joinWavs([one])).toBe(one);
  await expect(joinWavs([new Blob(['{}']), one])).rejects.toThrow('no WAV file');
});
