import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import type { Progress } from '../report.ts';
import { home, testFolder } from '../testing/instances.ts';
import { type ToolName, tool } from '../tools.ts';
import { installPrefix } from './install.ts';

afterEach(() => vi.unstubAllEnvs());

const packages = ['opus-tools'];
const options = { name: 'prefix-test', packages };

test('a broken stamp or a half-finished folder is redone, a finished one is left alone', async () => {
  const own = testFolder('with space');
  const path = join(own, 'prefix-test');
  mkdirSync(join(`${path}.part`, 'rubbish'), { recursive: true });
  const steps: Progress[] = [];
  expect(await installPrefix({ ...options, home: own, report: (step) => steps.push(step) })).toMatchObject({
    fresh: true,
  });
  expect(steps.some(({ step, percent }) => step.startsWith('解压') && percent === 100)).toBe(true);
  const { command, args } = tool(own, 'opusenc');
  expect(execFileSync(command, [...args, '--version'], { encoding: 'utf8' })).toContain('opusenc');
  expect(await installPrefix({ ...options, home: own })).toMatchObject({ fresh: false });
  writeFileSync(join(path, '.rexian-stamp'), 'unsta');
  expect(await installPrefix({ ...options, home: own })).toMatchObject({ fresh: true });
  expect(existsSync(`${path}.part`) || existsSync(`${path}.lock`)).toBe(false);
}, 120_000);

test('two processes that install at once do it once; a lock left by a dead one does not matter', async () => {
  const own = testFolder('lock');
  writeFileSync(join(own, 'prefix-test.lock'), '999999999 1');
  const both = await Promise.all([installPrefix({ ...options, home: own }), installPrefix({ ...options, home: own })]);
  expect(both.map(({ fresh }) => fresh).sort()).toEqual([false, true]);
}, 120_000);

test('an unreachable mirror is told as such and leaves nothing behind', async () => {
  vi.stubEnv('REXIAN_DEBIAN_MIRROR', 'http://127.0.0.1:9/debian');
  vi.stubEnv('http_proxy', '');
  const own = testFolder('offline');
  await expect(installPrefix({ ...options, home: own })).rejects.toMatchObject({ code: 'no-network' });
  rmSync(join(own, 'prefix-test.part'), { recursive: true, force: true });
  expect(existsSync(join(own, 'prefix-test'))).toBe(false);
}, 60_000);

test('a missing apt-get is told as such', async () => {
  vi.stubEnv('PATH', testFolder('empty'));
  await expect(installPrefix({ ...options, home: testFolder('no-apt') })).rejects.toMatchObject({ code: 'no-apt' });
});

test('an unknown package is told as such', async () => {
  const wrong = { ...options, packages: ['no-such-package-rexian'], home: testFolder('wrong') };
  await expect(installPrefix(wrong)).rejects.toMatchObject({ code: 'no-package' });
}, 60_000);

test('the installed speech and sound tools work', async () => {
  await installPrefix({ home });
  const own = testFolder('speech');
  const run = (name: ToolName, ...rest: string[]): string => {
    const { command, args } = tool(home, name);
    return execFileSync(command, [...args, ...rest], { encoding: 'utf8' });
  };
  run('espeak-ng', '-v', 'cmn-latn-pinyin', '-w', join(own, 'a.wav'), 'ni3 hao3');
  run('sox', join(own, 'a.wav'), '-r', '8000', '-c', '1', join(own, 'b.wav'));
  run('opusenc', '--quiet', join(own, 'b.wav'), join(own, 'c.opus'));
  expect(run('opusdec', '--quiet', join(own, 'c.opus'), join(own, 'd.wav'))).toBe('');
  expect(existsSync(join(own, 'd.wav'))).toBe(true);
}, 60_000);
