import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { keepAlive, type Running } from './keep-alive.ts';
import { Terminal } from './terminal.ts';

function terminal(): { terminal: Terminal; text: () => string } {
  const out = new PassThrough();
  return { terminal: new Terminal(out), text: () => String(out.read() ?? '') };
}

test('what ends is started again, also after a failed try, until the signal', async () => {
  const ending = new AbortController();
  const { terminal: screen, text } = terminal();
  const lasting: Running = { ended: new Promise(() => {}) };
  const starts: number[] = [];
  const begin = Date.now();
  const start = async (): Promise<Running> => {
    starts.push(Date.now() - begin);
    if (starts.length === 1) throw new Error('not yet');
    setTimeout(() => ending.abort(), 100);
    return lasting;
  };
  await keepAlive('数据库', { ended: Promise.resolve('SIGKILL') }, start, screen, ending.signal);
  expect(starts).toHaveLength(2);
  expect(starts[0]).toBeGreaterThanOrEqual(490);
  expect((starts[1] ?? 0) - (starts[0] ?? 0)).toBeGreaterThanOrEqual(990);
  const shown = text();
  for (const part of ['SIGKILL', 'not yet', '已重新启动']) expect(shown).toContain(part);
});

test('a signal during the pause ends it at once', async () => {
  const ending = new AbortController();
  setTimeout(() => ending.abort(), 50);
  const begin = Date.now();
  const never = (): Promise<Running> => Promise.reject(new Error('must not start'));
  await keepAlive('数据库', { ended: Promise.resolve('x') }, never, terminal().terminal, ending.signal);
  expect(Date.now() - begin).toBeLessThan(400);
});
