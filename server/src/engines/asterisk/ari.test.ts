import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../../platform/log.ts';
import { Ari, AriError, AriUnavailable } from './ari.ts';

/** What Asterisk answers next; as 22.10 was seen to. */
let answer: { status: number; body: string };
const server = createServer((_, response) => response.writeHead(answer.status).end(answer.body));
let ari: Ari;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  ari = new Ari({ url: `http://rexian:x@127.0.0.1:${port}`, app: 'rexian', log: createLogger({ level: 'silent' }) });
});
afterAll(async () => {
  await ari.close();
  server.close();
});

const channelId = 'one';
const json = (message: string) => JSON.stringify({ message });

describe('what Asterisk answers', () => {
  it.each([
    [404, '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\r\n<html><head>\r\n<title>404 Not Found</title>'],
    [503, json('Asterisk not booted')],
  ])('while it starts (%i) says nothing about channels', async (status, body) => {
    answer = { status, body };
    await expect(ari.request('channels.get', { channelId })).rejects.toBeInstanceOf(AriUnavailable);
    await expect(ari.attempt('channels.get', { channelId })).rejects.toBeInstanceOf(AriUnavailable);
  });

  it.each([
    [404, json('Channel not found')],
    [409, json('Channel not in a Stasis application')],
    [412, json('Channel is not in the expected state')],
  ])('of a channel that has gone (%i) is an answer', async (status, body) => {
    answer = { status, body };
    expect(await ari.attempt('channels.get', { channelId })).toBeNull();
    await expect(ari.request('channels.get', { channelId })).rejects.toMatchObject({ status });
  });

  it('when it fails is an error', async () => {
    answer = { status: 500, body: json('Allocation failed') };
    await expect(ari.attempt('channels.get', { channelId })).rejects.toBeInstanceOf(AriError);
  });
});
