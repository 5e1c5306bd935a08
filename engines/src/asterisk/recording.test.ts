import { createSocket } from 'node:dgram';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { Controller } from '../testing/controller.ts';
import { asteriskOptions, testAsterisk, testFolder } from '../testing/instances.ts';

const rate = 8000;

/** The strength of one frequency in samples (Goertzel), comparable between signals of the same length. */
function strength(samples: Float64Array, hertz: number): number {
  const factor = 2 * Math.cos((2 * Math.PI * hertz) / rate);
  let [s1, s2] = [0, 0];
  for (const x of samples) [s1, s2] = [x + factor * s1 - s2, s1];
  return Math.sqrt(s1 * s1 + s2 * s2 - factor * s1 * s2) / samples.length;
}

function sides(raw: Buffer): [Float64Array, Float64Array] {
  const frames = Math.floor(raw.length / 4);
  const side = (offset: number): Float64Array =>
    Float64Array.from({ length: frames }, (_, i) => raw.readInt16LE(4 * i + offset));
  return [side(0), side(2)];
}

/** A second Asterisk as the far end: whoever is called answers and sounds the frequency of his number. */
async function startPeer(tones: Record<string, number>): Promise<{ port: number; hangUp(): Promise<unknown> }> {
  const options = await asteriskOptions(testFolder('peer'), { app: 'peer' });
  const { url } = await testAsterisk(options);
  const controller = await Controller.connect(url, 'peer');
  onTestFinished(() => controller.close());
  let called = '';
  const serve = async (number: string, hertz: number): Promise<void> => {
    const { channel } = await controller.event((e) => e.type === 'StasisStart' && e.args?.[1] === number, 30_000);
    called = channel?.id ?? '';
    await controller.send('POST', `/channels/${called}/answer`);
    if (hertz > 0) await controller.send('POST', `/channels/${called}/play`, { media: `tone:${hertz}` });
  };
  for (const [number, hertz] of Object.entries(tones)) void serve(number, hertz);
  return { port: options.ports.sip, hangUp: () => controller.send('DELETE', `/channels/${called}`) };
}

/** Calls 1001 at the peer as an agent whose leg is recorded. */
const callAgent = (controller: Controller, port: number, file: string) =>
  controller.send('POST', '/channels', {
    endpoint: `PJSIP/trunk/sip:1001@127.0.0.1:${port}`,
    context: 'rexian-agent',
    extension: 's',
    priority: 1,
    channelId: 'agent',
    variables: { REXIAN_RECORDING: file, REXIAN_CONTACT: 'contact-1', REXIAN_LEG: 'agent-1' },
  });

test('an agent leg records itself on the left and the caller on the right, and its end is in the journal', async () => {
  const peer = await startPeer({ '1001': 440, '1002': 1000 });
  const dir = testFolder('recording');
  const options = await asteriskOptions(dir);
  const { url } = await testAsterisk(options);
  const controller = await Controller.connect(url, 'rexian');
  onTestFinished(() => controller.close());
  const started = (id: string) => controller.event((e) => e.type === 'StasisStart' && e.channel?.id === id);
  const file = join(options.recordingsDir, 'talk.raw');

  const caller = { endpoint: `PJSIP/trunk/sip:1002@127.0.0.1:${peer.port}`, app: 'rexian', channelId: 'caller' };
  await controller.send('POST', '/channels', caller);
  await started('caller');
  await controller.send('POST', '/bridges', { type: 'mixing,dtmf_events', bridgeId: 'talk' });
  await controller.send('POST', '/bridges/talk/addChannel', { channel: 'caller' });
  await callAgent(controller, peer.port, file);

  expect((await started('agent')).args).toEqual(['agent', 'contact-1', 'agent-1']);
  await controller.send('POST', '/bridges/talk/addChannel', { channel: 'agent' });
  await sleep(3000);
  const before = Date.now() / 1000;
  await controller.send('DELETE', '/channels/agent');
  await controller.event((e) => e.type === 'StasisEnd' && e.channel?.id === 'agent');
  await sleep(300);

  const bytes = statSync(file).size;
  expect(bytes / 4 / rate).toBeGreaterThan(2.7);
  expect(bytes / 4 / rate).toBeLessThan(4);
  const [left, right] = sides(readFileSync(file));
  expect(strength(left, 440)).toBeGreaterThan(20 * strength(left, 1000));
  expect(strength(right, 1000)).toBeGreaterThan(20 * strength(right, 440));

  const journal = readFileSync(join(options.journalDir, 'hangups.csv'), 'utf8');
  const row = journal.split('\n').find((line) => line.includes('HANGUP') && line.startsWith('"agent"')) ?? '';
  expect(Number(row.split('","')[5])).toBeGreaterThan(before - 0.1);
});

/** A platform whose caller sounds a frequency (0: is silent) and is being recorded as a message. */
async function startMessage(hertz: number, limits: Record<string, unknown>) {
  const peer = await startPeer({ '1002': hertz });
  const options = await asteriskOptions(testFolder('message'));
  const { url } = await testAsterisk(options);
  const controller = await Controller.connect(url, 'rexian');
  onTestFinished(() => controller.close());
  const caller = { endpoint: `PJSIP/trunk/sip:1002@127.0.0.1:${peer.port}`, app: 'rexian', channelId: 'caller' };
  await controller.send('POST', '/channels', caller);
  await controller.event((e) => e.type === 'StasisStart');
  await controller.send('POST', '/channels/caller/record', { name: 'message-1', format: 'sln', ...limits });
  return { peer, url, controller, file: join(options.recordingsDir, 'message-1.sln') };
}

test('a message goes on without its controller until the hang-up, and lies where the talks lie', async () => {
  const { peer, controller, file } = await startMessage(1000, { maxSilenceSeconds: 5, terminateOn: '#' });
  await sleep(1000);
  controller.close();
  await sleep(1500);
  await peer.hangUp();
  await sleep(500);
  const raw = readFileSync(file);
  expect(raw.length / 2 / rate).toBeGreaterThan(2.2);
  expect(raw.length / 2 / rate).toBeLessThan(3.5);
  const samples = Float64Array.from({ length: raw.length / 2 }, (_, i) => raw.readInt16LE(2 * i));
  expect(strength(samples, 1000)).toBeGreaterThan(20 * strength(samples, 440));
});

test.each([
  [1000, { maxDurationSeconds: 2, maxSilenceSeconds: 5 }, 2],
  [0, { maxDurationSeconds: 20, maxSilenceSeconds: 2 }, 0],
])('a message of %i Hz says how much of it was speech', async (hertz, limits, talked) => {
  const { controller } = await startMessage(hertz, limits);
  const { recording } = await controller.event((e) => e.type === 'RecordingFinished');
  expect(recording).toMatchObject({ name: 'message-1', talking_duration: talked });
});

/** Somebody who sends A-law over RTP from a socket of the test's own: 20 ms a packet, numbered as the test says. */
async function startSender(controller: Controller) {
  const socket = createSocket('udp4');
  onTestFinished(() => void socket.close());
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  for (const module of ['res_rtp_multicast.so', 'chan_rtp.so'])
    await controller.send('POST', `/asterisk/modules/${module}`);
  const external = { app: 'rexian', channelId: 'caller', external_host: `127.0.0.1:${socket.address().port}` };
  await controller.send('POST', '/channels/externalMedia', { ...external, format: 'alaw' });
  await controller.event((e) => e.type === 'StasisStart' && e.channel?.id === 'caller');
  const local = await controller.send('GET', '/channels/caller/variable?variable=UNICASTRTP_LOCAL_PORT');
  const port = Number((local as { value: string }).value);
  let sent = 0;
  return async (first: number, seconds: number): Promise<void> => {
    for (let i = 0; i < seconds * 50; i += 1, sent += 1) {
      const packet = Buffer.alloc(12 + 160);
      packet.writeUInt8(0x80, 0);
      packet.writeUInt8(8, 1);
      packet.writeUInt16BE(first + i, 2);
      packet.writeUInt32BE(160 * sent, 4);
      packet.writeUInt32BE(first, 8);
      for (let n = 0; n < 160; n += 1) packet[12 + n] = Math.floor(n / 4) % 2 === 0 ? 0x25 : 0xa5;
      socket.send(packet, port, '127.0.0.1');
      await sleep(20);
    }
  };
}

test('a caller whose packets are numbered anew goes on being recorded', async () => {
  const peer = await startPeer({ '1001': 440 });
  const options = await asteriskOptions(testFolder('renumbered'));
  const { url } = await testAsterisk(options);
  const controller = await Controller.connect(url, 'rexian');
  onTestFinished(() => controller.close());
  const file = join(options.recordingsDir, 'talk.raw');
  await callAgent(controller, peer.port, file);
  await controller.event((e) => e.type === 'StasisStart' && e.channel?.id === 'agent');
  const send = await startSender(controller);
  await controller.send('POST', '/bridges', { type: 'mixing,dtmf_events', bridgeId: 'talk' });
  await controller.send('POST', '/bridges/talk/addChannel', { channel: ['agent', 'caller'] });
  await send(100, 1);
  // More than half of all numbers ahead: taken for a packet that comes late.
  await send(60_000, 1);
  await controller.send('DELETE', '/channels/agent');
  await controller.event((e) => e.type === 'StasisEnd' && e.channel?.id === 'agent');
  await sleep(300);
  const [, right] = sides(readFileSync(file));
  const end = right.subarray(right.length - rate / 2, right.length - rate / 8);
  expect(strength(end, 1000)).toBeGreaterThan(100 * strength(end, 440));
}, 30_000);
