import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { defaultHome, endProcess, ensureFolder, installPrefix } from '@rexian/engines';
import { expect, onTestFinished, test } from 'vitest';
import { root } from './settings.ts';

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return String(typeof address === 'object' ? address?.port : address);
}

/** A home of the test's own that borrows the installed prefix, and ports of its own. */
async function environment(): Promise<NodeJS.ProcessEnv> {
  await installPrefix({ home: defaultHome() });
  ensureFolder(join(defaultHome(), 'test'));
  const home = mkdtempSync(join(defaultHome(), 'test', 'up '));
  chmodSync(home, 0o755);
  symlinkSync(join(defaultHome(), 'prefix'), join(home, 'prefix'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
  return {
    ...process.env,
    REXIAN_HOME: home,
    HTTP_PORT: await freePort(),
    POSTGRES_PORT: await freePort(),
    ASTERISK_HTTP_PORT: await freePort(),
    ASTERISK_SIP_PORT: await freePort(),
    ASTERISK_SIP_BIND: '127.0.0.1',
    ASTERISK_RTP_PORTS: '31000-31099',
  };
}

type Run = { child: ChildProcess; output: () => string; ended: Promise<number> };

function rexian(env: NodeJS.ProcessEnv, ...args: string[]): Run {
  const child = spawn(join(root, 'rexian'), args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (text += chunk));
  const ended = once(child, 'exit').then(([code]) => Number(code));
  return { child, output: () => text, ended };
}

/** Starts `up` and waits for its addresses. */
async function start(env: NodeJS.ProcessEnv): Promise<Run> {
  const run = rexian(env, 'up');
  onTestFinished(async () => {
    run.child.kill('SIGTERM');
    await run.ended;
  });
  await expect.poll(run.output, { timeout: 90_000, interval: 100 }).toMatch(/按 Ctrl-C 停止|✗/);
  expect(run.output()).not.toContain('✗');
  return run;
}

async function status(env: NodeJS.ProcessEnv): Promise<string[]> {
  const run = rexian(env, 'status');
  await run.ended;
  return run.output().trim().split('\n');
}

async function processes(env: NodeJS.ProcessEnv): Promise<(number | null)[]> {
  const lines = await status(env);
  return lines.map((line) => Number(/进程 (\d+)/.exec(line)?.[1] ?? 0) || null);
}

/** Which of the processes serves the calls. */
const leaders = async (env: NodeJS.ProcessEnv) =>
  (await status(env)).filter((line) => line.includes('正在处理通话')).map((line) => line.slice(0, 4));
const nothing = [null, null, null, null, null];

test('up serves, refuses a second one, recovers from kill -9 of its parts and of itself, and stops cleanly', async () => {
  const env = await environment();
  const first = await start(env);
  const page = await fetch(`http://127.0.0.1:${env.HTTP_PORT}/`);
  expect(page.status).toBe(200);

  const second = rexian(env, 'up');
  expect(await second.ended).toBe(1);
  expect(second.output()).toContain(`http://localhost:${env.HTTP_PORT}/`);

  await expect.poll(async () => (await processes(env))[2], { timeout: 20_000 }).not.toBeNull();
  const [, control, standby, asterisk, postgres] = await processes(env);
  expect(await leaders(env)).toEqual(['控制进程']);
  process.kill(control ?? 0, 'SIGKILL');
  await expect.poll(first.output, { timeout: 20_000 }).toContain('控制进程已重新启动');
  expect(await leaders(env)).toEqual(['备用进程']);
  process.kill(standby ?? 0, 'SIGKILL');
  await expect.poll(first.output, { timeout: 20_000 }).toContain('备用进程已重新启动');
  expect(await leaders(env)).toEqual(['控制进程']);
  process.kill(asterisk ?? 0, 'SIGKILL');
  await expect.poll(first.output, { timeout: 20_000 }).toContain('语音引擎已重新启动');

  first.child.kill('SIGKILL');
  await first.ended;
  const third = await start(env);
  expect((await processes(env))[4]).toBe(postgres);
  expect(third.output()).toContain('数据库仍在运行');

  const stop = rexian(env, 'stop');
  expect(await stop.ended).toBe(0);
  expect(await third.ended).toBe(0);
  expect(await processes(env)).toEqual(nothing);
}, 240_000);

test('a taken web port is told before anything starts', async () => {
  const env = await environment();
  const server = createServer().listen(Number(env.HTTP_PORT), '127.0.0.1');
  onTestFinished(() => void server.close());
  const run = rexian(env, 'up');
  expect(await run.ended).toBe(1);
  for (const part of [String(env.HTTP_PORT), String(process.pid), 'HTTP_PORT']) expect(run.output()).toContain(part);
  expect(await processes(env)).toEqual(nothing);
}, 60_000);

test('an interrupted start leaves nothing running', async () => {
  const env = await environment();
  const run = rexian(env, 'up');
  await expect.poll(() => processes(env).then((pids) => pids[4]), { timeout: 60_000 }).not.toBeNull();
  run.child.kill('SIGINT');
  expect(await run.ended).toBe(130);
  const left = await processes(env);
  for (const pid of left) if (pid) await endProcess(pid, [['SIGKILL', 5_000]]);
  expect(left).toEqual(nothing);
}, 90_000);

test('an unknown command shows the help and fails', async () => {
  const run = rexian(process.env, 'nonsense');
  expect(await run.ended).toBe(2);
  expect(run.output()).toContain('用法');
});
