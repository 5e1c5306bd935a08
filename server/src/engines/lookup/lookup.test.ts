/** Lookups against a small server that answers well, badly, or not at all. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Lookup } from './lookup.ts';

const json = (value: unknown) => (response: ServerResponse) => response.end(JSON.stringify(value));
const state =
  (code: number, headers = {}) =>
  (response: ServerResponse) =>
    response.writeHead(code, headers).end('{}');
const ANSWERS: Record<string, (response: ServerResponse) => unknown> = {
  '/known': json({ data: { name: '张三' } }),
  '/nothing': json([]),
  '/null': json(null),
  '/gone': state(404),
  '/empty': state(204),
  '/broken': state(500),
  '/elsewhere': state(302, { location: '/known' }),
  '/rubbish': (response) => response.end('<html>'),
  '/huge': (response) => response.end(JSON.stringify('x'.repeat(100_000))),
  '/silent': () => undefined,
  '/half': (response) => response.writeHead(200, { 'content-length': '100' }).write('{"a":'),
};

let server: Server;
let port: number;
const asked: string[] = [];
const lookup = new Lookup({ inside: ['127.0.0.0/8'] });
const strict = new Lookup({ inside: [] });

beforeAll(async () => {
  server = createServer((incoming, response) => {
    let body = '';
    incoming.on('data', (chunk) => {
      body += chunk;
    });
    incoming.on('end', () => {
      asked.push(`${incoming.method} ${incoming.url} ${body}`);
      ANSWERS[new URL(incoming.url ?? '/', 'http://x').pathname]?.(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(async () => {
  await lookup.close();
  await strict.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function ask(path: string, { using = lookup, host = '127.0.0.1', deadlineMs = 5_000, body = {} } = {}) {
  const reasons: string[] = [];
  const method = Object.keys(body).length > 0 ? ('POST' as const) : ('GET' as const);
  const signal = new AbortController().signal;
  const answer = await using.ask({ url: `http://${host}:${port}${path}`, method, body, deadlineMs, signal }, (why) => {
    reasons.push(why);
  });
  return { answer, reasons };
}

describe('a lookup', () => {
  it('gives what was answered, and sends what is asked', async () => {
    expect(await ask('/known')).toEqual({ answer: { found: { data: { name: '张三' } } }, reasons: [] });
    await ask('/known?a=1', { body: { phone: '138' } });
    expect(asked.at(-1)).toBe('POST /known?a=1 {"phone":"138"}');
  });

  it.each(['/nothing', '/null', '/gone', '/empty'])('knows of nothing: %s', async (path) => {
    expect(await ask(path)).toEqual({ answer: 'not_found', reasons: [] });
  });

  it.each([
    ['/broken', /500/],
    ['/elsewhere', /302/],
    ['/rubbish', /not JSON/],
    ['/huge', /more than/],
  ])('fails with a reason: %s', async (path, why) => {
    const { answer, reasons } = await ask(path);
    expect(answer).toBe('failed');
    expect(reasons).toEqual([expect.stringMatching(why)]);
  });

  it.each(['/silent', '/half'])('waits no longer than it may: %s', async (path) => {
    expect(await ask(path, { deadlineMs: 200 })).toMatchObject({
      answer: 'failed',
      reasons: [expect.stringMatching(/timeout|aborted/i)],
    });
  });

  it.each(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '0x7f.1', '2130706433'])(
    'asks nobody inside who was not named: %s',
    async (host) => {
      const before = asked.length;
      const { answer, reasons } = await ask('/known', { using: strict, host });
      expect(answer).toBe('failed');
      expect(reasons).toEqual([expect.stringMatching(/may not/)]);
      expect(asked).toHaveLength(before);
    },
  );

  it('refuses what is no address', async () => {
    expect((await ask('/known', { host: 'a b' })).answer).toBe('failed');
  });
});
