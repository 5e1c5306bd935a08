/** Lookups against a small server that answers well, badly, or not at all. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Lookup } from './lookup.ts';
import { readServices } from './services.ts';

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
      asked.push(`${incoming.method} ${incoming.url} ${body}${incoming.headers.authorization ?? ''}`);
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

interface Asking {
  using?: Lookup;
  host?: string;
  url?: string;
  deadlineMs?: number;
  body?: Record<string, unknown>;
}

async function ask(path: string, asking: Asking = {}) {
  const { using = lookup, host = '127.0.0.1', deadlineMs = 5_000, body = {} } = asking;
  const url = asking.url ?? `http://${host}:${port}${path}`;
  const reasons: string[] = [];
  const method = Object.keys(body).length > 0 ? ('POST' as const) : ('GET' as const);
  const signal = new AbortController().signal;
  const answer = await using.ask({ url, method, body, deadlineMs, signal }, (why) => {
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

describe('a service by its name', () => {
  const folder = mkdtempSync(join(tmpdir(), 'services-'));
  const file = join(folder, 'services.json');
  afterAll(() => rmSync(folder, { recursive: true }));
  const read = (content: string) => {
    writeFileSync(file, content);
    return readServices(file);
  };

  it('is asked where it is, with what lets us in, and nowhere else', async () => {
    const tax = { url: `http://127.0.0.1:${port}/known/`, headers: { authorization: 'Bearer 123' } };
    const services = read(JSON.stringify({ tax, broken: { url: `http://127.0.0.1:${port}/elsewhere` } }));
    const using = new Lookup({ inside: [], services });
    const named = (url: string) => ask('', { using, url });
    expect(await named('service:tax?phone=138')).toEqual({
      answer: { found: { data: { name: '张三' } } },
      reasons: [],
    });
    expect(asked.at(-1)).toBe('GET /known?phone=138 Bearer 123');
    const before = asked.length;
    expect((await named('service:tax/../silent')).reasons).toEqual([expect.stringMatching(/leaves the service/)]);
    expect((await named('service:tax/%2e%2e/silent')).reasons).toEqual([expect.stringMatching(/leaves the service/)]);
    expect((await named('service:none/x')).reasons).toEqual([expect.stringMatching(/no service 'none'/)]);
    expect(asked).toHaveLength(before);
    expect((await named('service:broken')).reasons).toEqual([expect.stringMatching(/302/)]);
    await using.close();
  });

  it.each([
    '{',
    '[]',
    '{"Tax":{"url":"https://a.cn"}}',
    '{"tax":{"url":"ftp://a.cn"}}',
    '{"tax":{"url":"https://a.cn","key":"x"}}',
  ])('is refused at the start: %s', (content) => {
    expect(() => read(content)).toThrow(/^LOOKUP_SERVICES_FILE/);
  });
});
