/** Prompts with the real tools: spoken by whichever engine can, kept, recorded. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultHome, installPrefix } from '@rexian/engines';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLogger } from '../../platform/log.ts';
import { diskStorage, type Storage } from '../../platform/storage.ts';
import { AudioRefusal } from '../media/audio-file.ts';
import { runTool } from '../media/run.ts';
import { espeak } from './espeak.ts';
import { PromptStore } from './prompts.ts';
import { resting } from './resting.ts';
import type { SpeechEngine } from './speech.ts';

const home = defaultHome();
const log = createLogger({ level: 'silent' });
let folder: string;
let storage: Storage;
let fails: boolean;
const asked: string[] = [];

beforeAll(() => installPrefix({ home }));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prompts-'));
  storage = diskStorage(join(folder, 'storage'));
  fails = false;
  asked.length = 0;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Speaks as espeak-ng does, as long as it doesn't fail. */
const neural: SpeechEngine = {
  ...espeak(home),
  name: 'http',
  version: 'neural',
  async synthesize(text, target) {
    asked.push(text);
    if (fails) throw new Error('out of order');
    await espeak(home).synthesize(text, target);
  },
};
const store = (...engines: SpeechEngine[]) =>
  new PromptStore({ home, folder: join(folder, 'out'), engines, storage, log });

describe('spoken prompts', () => {
  it('are given to the engine as they are read, and spoken once', async () => {
    const prompts = store(neural, espeak(home));
    const [first, again] = await Promise.all([prompts.media('请按1'), prompts.media('请按1')]);
    expect(again).toBe(first);
    expect(await store(neural, espeak(home)).media('请按1')).toBe(first);
    expect(asked).toEqual(['请按一']);
    expect((await readdir(join(folder, 'out'))).length).toBe(2);
  });

  it('are spoken by espeak-ng when the engine fails, which then rests; what it said before is still there', async () => {
    let now = 0;
    const prompts = store(
      resting(neural, log, () => now),
      espeak(home),
    );
    const kept = await prompts.media('您好');
    fails = true;
    expect((await prompts.listen('再见')).engine).toBe('espeak-ng');
    const spare = await prompts.media('再见');
    expect(asked).toEqual(['您好', '再见']);
    expect(await prompts.media('您好')).toBe(kept);
    // Better again after a minute, and with its own voice: the next time, for nobody waits for it.
    fails = false;
    now = 60_000;
    expect(await prompts.media('再见')).toBe(spare);
    await vi.waitFor(async () => expect(await prompts.media('再见')).not.toBe(spare), { timeout: 10_000 });
    expect((await prompts.listen('再见')).engine).toBe('http');
  });

  it('are made again when somebody has deleted them', async () => {
    const prompts = store(espeak(home));
    const base = (await prompts.media('您好')).replace('sound:', '');
    await rm(`${base}.alaw`);
    expect(await prompts.media('您好')).toBe(`sound:${base}`);
    expect((await readFile(`${base}.alaw`)).length).toBeGreaterThan(1_000);
  });

  it('are no prompts when there is nothing to say, without asking any engine', async () => {
    await expect(store(neural).media('……')).rejects.toThrow(/nothing to speak/);
    expect(asked).toEqual([]);
  });

  it('can be listened to without leaving anything', async () => {
    const { wav } = await store(espeak(home)).listen('您好');
    expect(wav.subarray(0, 4).toString()).toBe('RIFF');
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('recorded prompts', () => {
  const recording = async () => {
    const file = join(folder, 'mine.mp3');
    await runTool(home, 'sox', ['-n', '-r', '44100', '-c', '1', file, 'synth', '1', 'sine', '440']);
    return readFile(file);
  };

  it('are kept by content, played and listened to', async () => {
    const prompts = store(espeak(home));
    const bytes = await recording();
    const { key, durationMs } = await prompts.keep(bytes);
    expect(durationMs).toBeGreaterThan(900);
    expect((await prompts.keep(bytes)).key).toBe(key);
    const media = await prompts.recorded(key);
    expect(await prompts.recorded(key)).toBe(media);
    expect((await readFile(`${media.replace('sound:', '')}.alaw`)).length).toBeGreaterThan(7_000);
    expect((await prompts.listenRecorded(key)).length).toBeGreaterThan(28_000);
    await expect(prompts.recorded('prompts/none.wav')).rejects.toThrow(/not in storage/);
  });

  it('leave nothing behind when they are refused', async () => {
    const prompts = store(espeak(home));
    await writeFile(join(folder, 'x'), '');
    await expect(prompts.keep(Buffer.from('no sound'))).rejects.toThrow(AudioRefusal);
    expect(await readdir(join(folder, 'storage', '.work'))).toEqual([]);
  });
});
