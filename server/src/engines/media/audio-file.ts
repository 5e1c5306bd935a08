/** Audio that somebody brings (uploaded, recorded in a browser, sent by a speech service): judged by its content, then made like all others. */
import { randomUUID } from 'node:crypto';
import { rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import { runTool } from './run.ts';

/** What a prompt is kept as: mono, 16 bits. */
const RATE = 16_000;
const BYTES_PER_MS = (RATE * 2) / 1000;
const WAV_HEADER_BYTES = 44;
/** No prompt is longer; of an endless file no more is read. */
const MAX_SECONDS = 600;
const DEADLINE_MS = 30_000;
/** Quieter than this, in dB below full scale, is the silence before and after. */
const SILENCE = ['silence', '1', '0.02', '-55d'];

/** For what resampling adds to the loudest peaks. */
const HEADROOM = '-3dB';

/** sox's name of a format by file-type's. */
const READABLE: Record<string, string> = {
  ...{ wav: 'wav', mp3: 'mp3', ogg: 'vorbis', oga: 'vorbis', opus: 'opus', flac: 'flac', amr: 'amr-nb', aif: 'aiff' },
};
const NAMED: Record<string, string> = {
  m4a: 'M4A',
  mp4: 'MP4',
  aac: 'AAC',
  webm: 'WebM',
  mkv: 'MKV',
  '3gp': '3GP',
  asf: 'WMA',
};

/** Why a file is not taken, in Chinese for whoever sent it. */
export class AudioRefusal extends Error {}

/**
 * Writes the audio as a WAV file (16 kHz, mono, 16 bits) without the silence at both ends to `target`; its loudness is made by
 * `writePrompt`. Returns its length in ms. Throws AudioRefusal for what is no audio, broken, silent or longer than ten minutes.
 */
export async function importAudio(home: string, bytes: Uint8Array, target: string): Promise<{ durationMs: number }> {
  const type = await typeOf(bytes);
  const [source, whole] = ['source', 'whole.wav'].map((name) => join(tmpdir(), `rexian-${randomUUID()}-${name}`)) as [
    string,
    string,
  ];
  // Without dither (-D), whose noise differs each time: the same file becomes the same bytes.
  const output = ['-t', 'wav', '-r', String(RATE), '-b', '16', '-e', 'signed-integer'];
  try {
    await writeFile(source, bytes);
    const limited = ['trim', '0', String(MAX_SECONDS + 1), 'remix', '-', 'vol', HEADROOM];
    await runTool(home, 'sox', ['-D', '-t', type, source, ...output, whole, ...limited], DEADLINE_MS).catch(broken);
    if ((await durationOf(whole)) > MAX_SECONDS * 1000) throw new AudioRefusal('录音超过 10 分钟，请剪短后重试');
    await runTool(
      home,
      'sox',
      ['-D', whole, ...output, target, ...SILENCE, 'reverse', ...SILENCE, 'reverse'],
      DEADLINE_MS,
    );
    const durationMs = await durationOf(target);
    if (durationMs === 0) throw new AudioRefusal('文件中没有声音');
    return { durationMs };
  } finally {
    await Promise.all([source, whole].map((file) => rm(file, { force: true })));
  }
}

async function typeOf(bytes: Uint8Array): Promise<string> {
  const found = (await fileTypeFromBuffer(bytes))?.ext ?? '';
  const type = found === 'amr' && isWide(bytes) ? 'amr-wb' : READABLE[found];
  if (type) return type;
  const what = NAMED[found] ? `不支持 ${NAMED[found]} 格式` : '文件不是可识别的音频';
  throw new AudioRefusal(`${what}，请转换为 WAV 或 MP3 后重试`);
}

/** AMR-WB is known by the rest of its first line alone (RFC 4867, 5). */
const isWide = (amr: Uint8Array): boolean => Buffer.from(amr.subarray(0, 9)).toString('latin1') === '#!AMR-WB\n';

/** Whatever sox says of a file that claims to be audio and isn't. */
function broken(error: unknown): never {
  if (error instanceof Error && 'killed' in error) throw new AudioRefusal('音频文件已损坏，无法读取', { cause: error });
  throw error;
}

const durationOf = async (file: string): Promise<number> =>
  Math.max(0, Math.round(((await stat(file)).size - WAV_HEADER_BYTES) / BYTES_PER_MS));
