import { expect, test } from 'vitest';
import { parsePort, readSettings } from './settings.ts';

test('without variables everything stays on this machine', () => {
  const settings = readSettings({});
  expect(settings.http).toEqual({ host: '127.0.0.1', port: 12366 });
  expect(settings.trunkAllow).toEqual(['127.0.0.1']);
  expect([settings.databaseUrl, settings.asteriskUrl]).toEqual([null, null]);
});

test('the port of the command line goes before the variable', () => {
  expect(readSettings({ HTTP_PORT: '8000' }, 9000).http.port).toBe(9000);
  expect(readSettings({ HTTP_PORT: '8000' }).http.port).toBe(8000);
});

test.each(['abc', '0', '65536', '-1', '1.5', ''])('port %j is refused with the name of its variable', (text) => {
  expect(() => parsePort(text, 'HTTP_PORT')).toThrow(/HTTP_PORT/);
});

test('a media range must be a range and wide enough', () => {
  expect(readSettings({ ASTERISK_RTP_PORTS: '20000-20100' }).rtp).toEqual({ start: 20000, end: 20100 });
  for (const text of ['20000', '20100-20000', '20000-20004']) {
    expect(() => readSettings({ ASTERISK_RTP_PORTS: text })).toThrow(/ASTERISK_RTP_PORTS/);
  }
});
