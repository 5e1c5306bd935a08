/** Real files of the common formats, and files that mean no good. */
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultHome, installPrefix } from '@rexian/engines';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AudioRefusal, importAudio } from './audio-file.ts';
import { writePrompt } from './prompt-file.ts';
import { runTool } from './run.ts';

const home = defaultHome();
let folder: string;
let target: string;
beforeAll(async () => {
  await installPrefix({ home });
  folder = await mkdtemp(join(tmpdir(), 'audio-'));
  target = join(folder, 'target.wav');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A file that sox makes of a tone of a second with silence around it. */
async function made(name: string, options: string[], effects: string[] = []): Promise<Buffer> {
  const file = join(folder, name);
  const sound = ['synth', '1', 'sine', '440', 'vol', '0.3', 'pad', '0.5', '0.8'];
  await runTool(home, 'sox', ['-n', ...options, file, ...sound, ...effects]);
  return readFile(file);
}

async function levelOf(file: string): Promise<{ rms: number; peak: number }> {
  const { stderr } = await runTool(home, 'sox', [file, '-n', 'stats']);
  const value = (name: string) => Number(new RegExp(`^${name}\\s+(\\S+)`, 'm').exec(stderr)?.[1]);
  return { rms: value('RMS lev dB'), peak: value('Pk lev dB') };
}

/** A WAV header that claims what it likes. */
function wavOf({ rate, channels, claimed, data }: { rate: number; channels: number; claimed: number; data: Buffer }) {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(0xffffffff, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE((rate * channels * 2) % 2 ** 32, 28);
  header.writeUInt16LE((channels * 2) % 65_536, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(claimed, 40);
  return Buffer.concat([header, data]);
}

describe('importAudio', () => {
  it.each([
    ['a.wav', ['-r', '44100', '-c', '2']],
    ['alaw.wav', ['-r', '8000', '-c', '1', '-e', 'a-law']],
    ['a.mp3', ['-r', '44100', '-c', '2']],
    ['a.ogg', ['-r', '22050', '-c', '1']],
    ['a.flac', ['-r', '48000', '-c', '2', '-b', '24']],
    ['a.aiff', ['-r', '16000', '-c', '1']],
    ['a.amr-nb', ['-r', '8000', '-c', '1']],
  ])('takes %s, without the silence at both ends', async (name, options) => {
    const { durationMs } = await importAudio(home, await made(name, options), target);
    expect(durationMs).toBeGreaterThan(900);
    expect(durationMs).toBeLessThan(1_250);
    const { stdout } = await runTool(home, 'sox', ['--info', target]);
    expect(stdout).toMatch(/Channels\s*: 1\n.*Sample Rate\s*: 16000/s);
  });

  it('takes Opus, as browsers record it', async () => {
    await made('for-opus.wav', ['-r', '48000', '-c', '1', '-b', '16']);
    const opus = join(folder, 'a.opus');
    await runTool(home, 'opusenc', ['--quiet', join(folder, 'for-opus.wav'), opus]);
    expect((await importAudio(home, await readFile(opus), target)).durationMs).toBeGreaterThan(900);
  });

  it('takes AMR-WB, which claims to be AMR', async () => {
    // Frames of 6.6 kbit/s (RFC 4867, 5.3) with anything in them: noise.
    const frames = Array.from({ length: 100 }, (_, n) => [
      0x04,
      ...Array.from({ length: 17 }, (_, i) => (n * 37 + i * 101) % 256),
    ]);
    const bytes = Buffer.concat([Buffer.from('#!AMR-WB\n'), Buffer.from(frames.flat())]);
    expect((await importAudio(home, bytes, target)).durationMs).toBeGreaterThan(1_000);
  });

  it('goes by the content, whatever the name says', async () => {
    const bytes = await made('really.mp3', ['-r', '16000', '-c', '1']);
    await writeFile(join(folder, 'claims.wav'), bytes);
    expect((await importAudio(home, await readFile(join(folder, 'claims.wav')), target)).durationMs).toBeGreaterThan(
      900,
    );
  });

  const zeros = Buffer.alloc(3_200);
  it.each<[string, () => Promise<Buffer> | Buffer, RegExp]>([
    ['nothing', () => Buffer.alloc(0), /不是可识别的音频/],
    ['a text', () => Buffer.from('#EXTM3U\n/etc/passwd\n'), /不是可识别的音频/],
    ['a picture', () => readFile(join(import.meta.dirname, '../../../../docs/console.png')), /不是可识别的音频/],
    ['AAC', () => Buffer.from([0xff, 0xf1, 0x50, 0x80, 0x02, 0x1f, 0xfc, 0, 0, 0]), /不支持 AAC 格式/],
    ['silence', () => wavOf({ rate: 16_000, channels: 1, claimed: zeros.length, data: zeros }), /没有声音/],
    [
      'a header alone',
      () => wavOf({ rate: 16_000, channels: 1, claimed: 0, data: Buffer.alloc(0) }),
      /没有声音|已损坏/,
    ],
    ['no channels', () => wavOf({ rate: 16_000, channels: 0, claimed: 3_200, data: zeros }), /已损坏/],
    ['no rate', () => wavOf({ rate: 0, channels: 1, claimed: 3_200, data: zeros }), /已损坏/],
    ['an absurd rate', () => wavOf({ rate: 0xffffffff, channels: 1, claimed: 3_200, data: zeros }), /没有声音|已损坏/],
    [
      'absurdly many channels',
      () => wavOf({ rate: 16_000, channels: 65_535, claimed: 3_200, data: zeros }),
      /没有声音|已损坏/,
    ],
    [
      'a sample a second',
      () => wavOf({ rate: 1, channels: 1, claimed: 2_000_000, data: Buffer.alloc(2_000_000, 1) }),
      /超过 10 分钟|已损坏/,
    ],
  ])('refuses %s in clear words', async (_, bytes, words) => {
    const refused = importAudio(home, await bytes(), target);
    await expect(refused).rejects.toThrow(AudioRefusal);
    await expect(refused).rejects.toThrow(words);
  });

  it('refuses hours of sound in a few bytes without unpacking them', async () => {
    const file = join(folder, 'bomb.flac');
    await runTool(home, 'sox', ['-n', '-r', '8000', '-c', '1', '-C', '8', file, 'trim', '0', '3000']);
    expect((await stat(file)).size).toBeLessThan(2_000_000);
    await expect(importAudio(home, await readFile(file), target)).rejects.toThrow(/超过 10 分钟/);
  });

  it('refuses a broken file or takes what of it is sound, and never hangs', async () => {
    const whole = await made('whole.mp3', ['-r', '16000', '-c', '1']);
    for (const bytes of [whole.subarray(0, 400), Buffer.concat([whole.subarray(0, 200), Buffer.alloc(20_000, 0x55)])])
      await importAudio(home, bytes, target).catch((error) => expect(error).toBeInstanceOf(AudioRefusal));
  });
});

describe('writePrompt', () => {
  it.each(['0.02', '0.3', '1'])('brings speech at volume %s to one level, with limited peaks', async (volume) => {
    const file = join(folder, 'speech.wav');
    await runTool(home, 'espeak-ng', ['-v', 'cmn-latn-pinyin', '-w', file, 'nin2 hao3 , huan1 ying2 zhi4 dian4']);
    const source = join(folder, 'at-volume.wav');
    await runTool(home, 'sox', [file, source, 'gain', '-n', 'vol', volume]);
    const base = join(folder, `prompt-${volume}`);
    await writePrompt(home, source, base, { padding: { before: 0, after: 0 } });
    const without = join(folder, 'without-pauses.wav');
    await runTool(home, 'sox', [
      '-t',
      'wav',
      `${base}.wav16`,
      without,
      'silence',
      '1',
      '0.05',
      '-45d',
      '-1',
      '0.2',
      '-45d',
    ]);
    const { rms, peak } = await levelOf(without);
    expect(Math.abs(rms + 20)).toBeLessThan(1.5);
    expect(peak).toBeLessThanOrEqual(-0.9);
  });
});
