import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { endProcess, isAlive } from '../system/processes.ts';
import { asteriskOptions, testAsterisk, testFolder } from '../testing/instances.ts';
import { startAndKillStarter } from '../testing/orphan.ts';
import { startAsterisk } from './start.ts';

test('a start complains of nothing, a stop leaves nothing', async () => {
  const options = await asteriskOptions(testFolder('with space 热线'), { trialPassword: 'x' });
  const running = await testAsterisk(options);
  const log = readFileSync(join(options.dir, 'log/messages.log'), 'utf8');
  expect(log.split('\n').filter((line) => /WARNING|ERROR/.test(line))).toEqual([]);
  await running.stop();
  expect(isAlive(running.pid)).toBe(false);
}, 30_000);

test('one whose starter was killed is reused, and restarted when its configuration changes or it hangs', async () => {
  const options = await asteriskOptions(testFolder('ast'));
  const first = await startAndKillStarter('asterisk', options);
  expect(await testAsterisk(options)).toMatchObject({ pid: first.pid, reused: true, url: first.url });
  const second = await testAsterisk({ ...options, trunkAllow: ['127.0.0.2'] });
  expect(second.reused).toBe(false);
  expect(isAlive(first.pid)).toBe(false);
  process.kill(second.pid, 'SIGSTOP');
  const third = await testAsterisk({ ...options, trunkAllow: ['127.0.0.2'] });
  expect(third.reused).toBe(false);
  expect(isAlive(second.pid)).toBe(false);
}, 60_000);

test('one whose starter was killed before it kept a record is still found, and replaced', async () => {
  const options = await asteriskOptions(testFolder('ast'));
  const first = await testAsterisk(options);
  rmSync(join(options.dir, 'run/started.json'));
  expect((await testAsterisk(options)).reused).toBe(false);
  expect(isAlive(first.pid)).toBe(false);
}, 30_000);

test('after kill -9 it starts anew', async () => {
  const options = await asteriskOptions(testFolder('ast'));
  const first = await testAsterisk(options);
  await endProcess(first.pid, [['SIGKILL', 5_000]]);
  expect((await testAsterisk(options)).reused).toBe(false);
}, 30_000);

test('a taken SIP port is named with the process that holds it and the variable that moves it', async () => {
  const options = await asteriskOptions(testFolder('ast'));
  const socket = createSocket('udp4').bind(options.ports.sip, '127.0.0.1');
  await once(socket, 'listening');
  onTestFinished(() => void socket.close());
  const error = await startAsterisk(options).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'port-taken' });
  for (const part of [String(options.ports.sip), String(process.pid), 'ASTERISK_SIP_PORT']) {
    expect(String(error)).toContain(part);
  }
}, 30_000);

test('a folder Asterisk cannot name is refused, a deep one is not', async () => {
  const options = await asteriskOptions(testFolder('ast'));
  await expect(startAsterisk({ ...options, promptsDir: join(options.dir, 'a,b') })).rejects.toMatchObject({
    code: 'bad-path',
  });
  const deep = await testAsterisk({ ...options, dir: join(options.dir, 'x'.repeat(100)) });
  expect(deep.reused).toBe(false);
}, 30_000);
