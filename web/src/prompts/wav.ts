/** WAV as the server takes it: RIFF, PCM 16 bit little-endian, mono (Microsoft/IBM «Multimedia Programming Interface», 1991). */
const HEAD = 44;
const BYTES = 2;

/** `samples`: -1…1; what lies beyond is cut. `rate`: samples a second. */
export function encodeWav(samples: Float32Array, rate: number): Uint8Array<ArrayBuffer> {
  const size = samples.length * BYTES;
  const bytes = new Uint8Array(HEAD + size);
  const view = new DataView(bytes.buffer);
  const word = (at: number, text: string) => bytes.set(new TextEncoder().encode(text), at);
  word(0, 'RIFF');
  view.setUint32(4, HEAD - 8 + size, true);
  word(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * BYTES, true);
  view.setUint16(32, BYTES, true);
  view.setUint16(34, 8 * BYTES, true);
  word(36, 'data');
  view.setUint32(40, size, true);
  for (const [index, sample] of samples.entries()) {
    const cut = Math.max(-1, Math.min(1, sample));
    view.setInt16(HEAD + index * BYTES, Math.round(cut * (cut < 0 ? 0x8000 : 0x7fff)), true);
  }
  return bytes;
}

/** Quietest that the meter shows, in dB below full scale. */
const FLOOR_DB = 50;

/** How loud samples are (-1…1), as a meter shows it: 0 for silence, 1 for full scale, in equal steps of dB between. */
export function levelOf(samples: Float32Array): number {
  if (samples.length === 0) return 0;
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  const db = 10 * Math.log10(power || Number.MIN_VALUE);
  return Math.max(0, Math.min(1, 1 + db / FLOOR_DB));
}
