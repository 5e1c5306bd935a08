import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { Controller } from '../testing/controller.ts';
import { asteriskOptions, testAsterisk, testFolder } from '../testing/instances.ts';
import { inviteOverWebSocket } from '../testing/sip-socket.ts';
import type { AsteriskOptions } from './options.ts';

async function start(name: string, change: Partial<AsteriskOptions> = {}) {
  const options = await asteriskOptions(testFolder(name), change);
  const { url } = await testAsterisk(options);
  const connect = async (): Promise<Controller> => {
    const controller = await Controller.connect(url, options.app);
    onTestFinished(() => controller.close());
    return controller;
  };
  return { ...options, url, connect };
}

test.each(['127.0.0.1', '0.0.0.0'])(
  'a call on the trunk (SIP on %s) reaches the controller with number and caller',
  async (bindSip) => {
    const rexian = await start('trunk', { bindSip });
    const controller = await rexian.connect();
    const carrier = await (await start('carrier', { app: 'carrier' })).connect();
    const endpoint = `PJSIP/trunk/sip:12366@127.0.0.1:${rexian.ports.sip}`;
    await carrier.send('POST', '/channels', { endpoint, app: 'carrier', callerId: '13800000000' });
    const event = await controller.event((e) => e.type === 'StasisStart');
    expect(event.args).toEqual(['inbound', '12366', 'trunk']);
    expect(event.channel?.caller.number).toBe('13800000000');
  },
);

test('without a controller the caller hears ringing, and is handed over as soon as one connects', async () => {
  const rexian = await start('late');
  const carrier = await (await start('carrier', { app: 'carrier' })).connect();
  const endpoint = `PJSIP/trunk/sip:12366@127.0.0.1:${rexian.ports.sip}`;
  await carrier.send('POST', '/channels', { endpoint, app: 'carrier', channelId: 'call' });
  await sleep(2_000);
  expect(await carrier.send('GET', '/channels/call')).toMatchObject({ state: 'Ringing' });
  const controller = await rexian.connect();
  expect((await controller.event((e) => e.type === 'StasisStart', 3_000)).args?.[0]).toBe('inbound');
});

test('while none connects the caller rings, is answered and hears music, for a minute at least', async () => {
  const rexian = await start('nobody');
  const own = await start('carrier', { app: 'carrier' });
  const carrier = await own.connect();
  mkdirSync(join(own.dir, 'spool/recording'), { recursive: true });
  const endpoint = `PJSIP/trunk/sip:12366@127.0.0.1:${rexian.ports.sip}`;
  const begin = Date.now();
  await carrier.send('POST', '/channels', { endpoint, app: 'carrier', channelId: 'call' });
  await carrier.event((e) => e.type === 'StasisStart', 20_000);
  expect(Date.now() - begin).toBeGreaterThan(11_000);
  await carrier.send('POST', '/channels/call/record', { name: 'heard', format: 'sln', maxDurationSeconds: 3 });
  await carrier.event((e) => e.type === 'RecordingFinished', 10_000);
  const heard = new Int16Array(await carrier.download('/recordings/stored/heard/file'));
  expect(heard.length).toBeGreaterThan(16_000);
  expect(Math.max(...heard.map(Math.abs))).toBeGreaterThan(500);
  await carrier.event((e) => e.type === 'StasisEnd', 100_000);
  expect(Date.now() - begin).toBeGreaterThan(60_000);
  expect(Date.now() - begin).toBeLessThan(100_000);
}, 130_000);

test('one that connects late takes the call while it hears music', async () => {
  const rexian = await start('later');
  const carrier = await (await start('carrier', { app: 'carrier' })).connect();
  const endpoint = `PJSIP/trunk/sip:12366@127.0.0.1:${rexian.ports.sip}`;
  await carrier.send('POST', '/channels', { endpoint, app: 'carrier' });
  await carrier.event((e) => e.type === 'StasisStart', 20_000);
  await sleep(2_000);
  const controller = await rexian.connect();
  const taken = await controller.event((e) => e.type === 'StasisStart', 3_000);
  expect(taken).toMatchObject({ args: ['inbound', '12366', 'trunk'], channel: { state: 'Up' } });
}, 40_000);

test.each(['127.0.0.1', '0.0.0.0'])(
  'a browser can neither pass as the trunk (SIP on %s) nor call without the trial password',
  async (bindSip) => {
    const rexian = await start('stranger', { trialPassword: 'right', bindSip });
    const controller = await rexian.connect();
    const call = (from: string, via: string, plain: boolean): Promise<number> =>
      inviteOverWebSocket(rexian.ports.http, { from, to: '12366', via, plain });
    for (const from of ['trunk', 'anyone', '13800000000']) {
      expect(await call(from, 'WS', true)).toBeGreaterThanOrEqual(400);
      expect(await call(from, 'UDP', true).catch(() => 499)).toBeGreaterThanOrEqual(400);
    }
    expect(await call('trial', 'WS', false)).toBe(401);
    expect(controller.events).toEqual([]);
  },
);

test('a trial call reaches the controller with the number its page chose, reduced to digits', async () => {
  const rexian = await start('trial', { trialPassword: 'right' });
  const controller = await rexian.connect();
  const headers = ['X-Rexian-Caller: +86 138-0000 0000; 9999999'];
  void inviteOverWebSocket(rexian.ports.http, { from: 'trial', to: '12366', headers, password: 'right' }).catch(
    () => {},
  );
  const event = await controller.event((e) => e.type === 'StasisStart');
  expect(event.args).toEqual(['inbound', '12366', 'trial']);
  expect(event.channel?.caller.number).toBe('861380000000099');
});
