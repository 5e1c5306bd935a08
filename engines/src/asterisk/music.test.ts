import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { Controller } from '../testing/controller.ts';
import { asteriskOptions, testAsterisk, testFolder } from '../testing/instances.ts';
import { writeMusic } from './music.ts';

const rate = 8000;

/** How much of a tone there is in any tenth of a second (Goertzel), at most. */
function strongest(samples: Float64Array, hertz: number): number {
  const factor = 2 * Math.cos((2 * Math.PI * hertz) / rate);
  let most = 0;
  for (let start = 0; start + 800 <= samples.length; start += 200) {
    let [s1, s2] = [0, 0];
    for (const x of samples.subarray(start, start + 800)) [s1, s2] = [x + factor * s1 - s2, s1];
    most = Math.max(most, Math.sqrt(s1 * s1 + s2 * s2 - factor * s1 * s2) / 400);
  }
  return most;
}

function read(file: string): Float64Array {
  const bytes = readFileSync(file);
  expect(bytes.toString('latin1', 0, 4)).toBe('RIFF');
  return Float64Array.from({ length: (bytes.length - 44) / 2 }, (_, i) => bytes.readInt16LE(44 + 2 * i) / 32_768);
}

test('music is made once, as loud as speech and no louder', () => {
  const folder = testFolder('music');
  writeMusic(folder);
  const jasmine = join(folder, 'melody/jasmine-1.wav');
  const sound = read(jasmine);
  expect(sound.length / rate).toBeGreaterThan(30);
  const peak = sound.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  expect(peak).toBeCloseTo(0.25, 2);
  // It begins with degree three: E.
  expect(strongest(sound.subarray(0, 4_000), 659.25)).toBeGreaterThan(0.05);
  expect(strongest(sound.subarray(0, 4_000), 523.25)).toBeLessThan(0.02);
  const { mtimeMs } = statSync(jasmine);
  writeMusic(folder);
  expect(statSync(jasmine).mtimeMs).toBe(mtimeMs);
});

test('each class is what Asterisk plays under its name', async () => {
  const dir = testFolder('moh');
  const { url } = await testAsterisk(await asteriskOptions(dir));
  const controller = await Controller.connect(url, 'rexian');
  onTestFinished(() => controller.close());
  const played = async (mohClass: string): Promise<Float64Array> => {
    const [ear, other] = [`${mohClass}-ear`, `${mohClass}-other`];
    const begun = controller.event((e) => e.type === 'StasisStart' && e.channel?.id === other, 10_000);
    // A call within Asterisk: what is played to one end is heard at the other.
    const ids = { channelId: ear, otherChannelId: other };
    await controller.send('POST', '/channels', { endpoint: 'Local/s@rexian-agent', app: 'rexian', ...ids });
    await begun;
    await controller.send('POST', `/channels/${other}/answer`);
    await controller.event((e) => e.type === 'StasisStart' && e.channel?.id === ear, 10_000);
    await controller.send('POST', `/channels/${other}/moh?mohClass=${mohClass}`);
    await controller.send('POST', `/channels/${ear}/record`, { name: mohClass, format: 'wav' });
    await sleep(3_000);
    await controller.send('POST', `/recordings/live/${mohClass}/stop`);
    await controller.send('DELETE', `/channels/${ear}`);
    return read(join(dir, `spool/recording/${mohClass}.wav`));
  };
  const chime = await played('chime');
  for (const hertz of [659.25, 523.25, 587.33]) expect(strongest(chime, hertz)).toBeGreaterThan(0.05);
  expect(strongest(chime, 783.99)).toBeLessThan(0.02);
  // The second note of the song, which the chime has not: degree five, G.
  expect(strongest(await played('melody'), 783.99)).toBeGreaterThan(0.05);
});
