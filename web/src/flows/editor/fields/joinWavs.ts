/** Recordings one after the other as one, for those that the server makes: WAV, PCM, all of one rate, width and number of channels. */
const HEAD = 12;

interface Parts {
  /** Everything up to the size of the data. */
  before: Uint8Array<ArrayBuffer>;
  data: Uint8Array<ArrayBuffer>;
}

export async function joinWavs(files: readonly Blob[]): Promise<Blob> {
  const [only] = files;
  if (only && files.length === 1) return only;
  const parts = await Promise.all(files.map(async (file) => read(await file.arrayBuffer())));
  const [first] = parts;
  if (!first) throw new Error('nothing to join');
  const size = parts.reduce((sum, { data }) => sum + data.length, 0);
  const head = first.before.slice();
  const view = new DataView(head.buffer);
  view.setUint32(4, head.length + 4 + size - 8, true);
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, size, true);
  return new Blob([head, length, ...parts.map(({ data }) => data)], { type: 'audio/wav' });
}

/** RIFF: chunks of a name, a size and so many bytes, padded to an even number. Throws when there is no data in it. */
function read(file: ArrayBuffer): Parts {
  const view = new DataView(file);
  for (let at = HEAD; at + 8 <= file.byteLength; ) {
    const name = String.fromCharCode(...new Uint8Array(file, at, 4));
    const size = view.getUint32(at + 4, true);
    const end = Math.min(at + 8 + size, file.byteLength);
    if (name === 'data')
      return { before: new Uint8Array(file, 0, at + 4), data: new Uint8Array(file, at + 8, end - at - 8) };
    at += 8 + size + (size % 2);
  }
  throw new Error('no WAV file');
}
