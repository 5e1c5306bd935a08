/** Flows whose surroundings fail: other systems, queues, sub-flows, stored documents, prompts, speech. Their callers hear something all the time. */
import { mkdtempSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ContactDetail } from '@rexian/contracts';
import type { FlowDocument } from '@rexian/flows/graph.ts';
import { type DbHandle, openDb } from '@rexian/server/platform/db.ts';
import { newId } from '@rexian/server/platform/ids.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heardIn, longestSilence } from './hearing.ts';
import { endedContact, voiceSuite } from './support.ts';

/** Seconds; what silence is measured in. */
const STRETCH = 0.1;
const END = { type: 'hang_up', config: {}, next: {} };
/** Of this file alone: some of it is deleted. */
const PROMPTS = mkdtempSync(join(tmpdir(), 'prompts-'));

/** How another system fails. */
const FAILURES: Record<string, (response: ServerResponse) => unknown> = {
  hangs: () => undefined,
  rubbish: (response) => response.end('<html>维护中'),
  redirects: (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
  huge: (response) => response.end(JSON.stringify('x'.repeat(1_000_000))),
};

/** Speaks every text as the same tone, until it hangs. */
const speech = { hangs: false };
const server = createServer((request, response) => {
  request.resume();
  const path = (request.url ?? '').slice(1);
  if (path !== 'speech') FAILURES[path]?.(response);
  else if (!speech.hangs) response.end(tone());
});
const port = await listening(server);

// Before the suite's own, so that it comes after it: the process still makes prompts.
afterAll(() => rm(PROMPTS, { recursive: true, force: true }));
const suite = voiceSuite('voice-flow-faults', { base: 20_490, rtp: 52_000 }, '133', {
  env: {
    LOOKUP_NETWORKS: '127.0.0.1',
    SPEECH_ENGINE: 'http',
    SPEECH_HTTP_URL: `http://127.0.0.1:${port}/speech`,
    SPEECH_VOICE: 'tone',
    PROMPTS_DIR: PROMPTS,
  },
});
let store: DbHandle;
beforeAll(() => {
  store = openDb(suite.voice.stack.databaseUrl, { max: 1 });
});
afterAll(async () => {
  await store.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function listening(on: Server): Promise<number> {
  await new Promise<void>((resolve) => on.listen(0, '127.0.0.1', resolve));
  return (on.address() as AddressInfo).port;
}

/** One second of 440 Hz: WAV, 16 kHz, mono, 16 bits. */
function tone(): Buffer {
  const [rate, header] = [16_000, Buffer.alloc(44)];
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + rate * 2, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(rate * 2, 40);
  const wave = Int16Array.from({ length: rate }, (_, n) => 8_000 * Math.sin((2 * Math.PI * 440 * n) / rate));
  return Buffer.concat([header, Buffer.from(wave.buffer)]);
}

let serial = 0;

/** Publishes documents, the first of them behind a number of its own. */
async function publish(...flows: { id?: string; document: unknown }[]): Promise<string> {
  const { db } = store;
  const { unit_id } = await db
    .selectFrom('service_numbers')
    .select('unit_id')
    .where('number', '=', '12366')
    .executeTakeFirstOrThrow();
  const number = `12399${String(++serial).padStart(3, '0')}`;
  const rows = flows.map(({ id = newId(), document }) => ({ id, graph: JSON.stringify(document) }));
  for (const [index, { id, graph }] of rows.entries()) {
    await db
      .insertInto('flows')
      .values({ id, unit_id, name: `${number}-${index}` })
      .execute();
    await db.insertInto('flow_versions').values({ flow_id: id, version: 1, graph }).execute();
  }
  await db
    .insertInto('service_numbers')
    .values({ number, unit_id, name: number, flow_id: rows[0]?.id ?? '' })
    .execute();
  return number;
}

/** A call from the answer to its end: what the ledger has of it, and what was heard. */
async function experience(number: string) {
  const from = suite.newCaller();
  const call = await suite.dial(from, number);
  const ear = await call.hear();
  await call.ended;
  const heard = await heardIn(await ear.stop(), STRETCH);
  const contact = await endedContact(suite.voice, from);
  return {
    contact,
    path: pathOf(contact),
    heard: heard.filter(Boolean).length * STRETCH,
    silence: longestSilence(heard) * STRETCH,
  };
}

const pathOf = (contact: ContactDetail) =>
  contact.events.filter(({ type }) => type === 'node_entered').map(({ data }) => data.node);
const faultsOf = (contact: ContactDetail) =>
  contact.events.filter(({ type }) => type === 'fault').map(({ data }) => String(data.error ?? data.reason));

const saying = (node: object): FlowDocument => ({
  start: 'it',
  nodes: {
    it: node as FlowDocument['nodes'][string],
    sorry: { type: 'play', config: { text: `暂时无法办理${++serial}` }, next: { done: 'end' } },
    end: END,
  },
});

describe('a lookup', () => {
  const lookup = (path: string) =>
    saying({
      type: 'lookup',
      config: { url: `http://127.0.0.1:${port}/${path}`, deadlineMs: 8_000 },
      next: { found: 'end', not_found: 'end', failed: 'sorry' },
    });

  it('that hangs: the caller is asked for patience, and goes on when its time is up', async () => {
    const { contact, path, heard, silence } = await experience(await publish({ document: lookup('hangs') }));
    expect(path).toEqual(['it', 'sorry', 'end']);
    expect(contact).toMatchObject({ endReason: 'flow_ended', endedBy: 'system' });
    expect(heard).toBeGreaterThan(2.5);
    expect(silence).toBeLessThan(4);
  }, 40_000);

  it.each(['rubbish', 'redirects', 'huge'])('that gives %s leads to the exit for it', async (path) => {
    const told = await experience(await publish({ document: lookup(path) }));
    expect(told.path).toEqual(['it', 'sorry', 'end']);
    expect(told.silence).toBeLessThan(2);
  });
});

describe('a flow', () => {
  it('goes on where its queue has been deleted', async () => {
    const gone = saying({ type: 'queue', config: { queueId: newId() }, next: { served: 'end', timeout: 'sorry' } });
    const { contact, path, silence } = await experience(await publish({ document: gone }));
    expect(path).toEqual(['it', 'sorry', 'end']);
    expect(faultsOf(contact)).toEqual(['技能组不存在']);
    expect(silence).toBeLessThan(2);
  });

  it('goes on when the person it calls lets the phone ring for as long as its node says', async () => {
    const agent = await suite.agentReady('8001');
    agent.phone.answering = { kind: 'ignores' };
    const { id } = await store.db
      .selectFrom('people')
      .select('id')
      .where('login', '=', '8001')
      .executeTakeFirstOrThrow();
    const next = { served: 'end', unavailable: 'sorry' };
    const calling = saying({ type: 'agent', config: { personId: id, ringSeconds: 6 }, next });
    const { contact, path, silence } = await experience(await publish({ document: calling }));
    expect(path).toEqual(['it', 'sorry', 'end']);
    expect(contact.legs).toMatchObject([{ outcome: 'no_answer' }]);
    // Without it: 25 seconds.
    expect(contact.ringingMs).toBeLessThan(15_000);
    expect(silence).toBeLessThan(2);
  }, 40_000);

  it('that goes into itself by another one is cut off, with an apology', async () => {
    const [first, second] = [newId(), newId()];
    const into = (flowId: string) => saying({ type: 'sub_flow', config: { flowId }, next: { done: 'sorry' } });
    const number = await publish({ id: first, document: into(second) }, { id: second, document: into(first) });
    const { contact, path, heard, silence } = await experience(number);
    expect(path.length).toBeLessThan(15);
    expect(contact).toMatchObject({ endReason: 'failed', endedBy: 'system' });
    expect(faultsOf(contact).join()).toMatch(/flows inside each other/);
    expect(heard).toBeGreaterThan(0.5);
    expect(silence).toBeLessThan(2);
  });

  it.each([
    ['nothing of a flow', { hello: 1 }],
    ['a node that nobody knows', { start: 'a', nodes: { a: { type: 'teleport', config: {}, next: {} } } }],
    [
      'an exit that leads nowhere',
      { start: 'a', nodes: { a: { type: 'play', config: { text: '您好' }, next: { done: 'b' } } } },
    ],
  ])('whose stored document is %s: an apology, and the call is booked as failed', async (_, document) => {
    const { contact, heard, silence } = await experience(await publish({ document }));
    expect(contact).toMatchObject({ endReason: 'failed', endedBy: 'system' });
    expect(faultsOf(contact).join()).toMatch(/flow is not valid/);
    expect(heard).toBeGreaterThan(0.5);
    expect(silence).toBeLessThan(2);
  });
});

describe('a prompt', () => {
  const playing = () => saying({ type: 'play', config: { text: `今天的第${++serial}条通知` }, next: { done: 'end' } });

  it('whose sound was deleted from the disk is made again', async () => {
    const before = new Set(await readdir(PROMPTS));
    const number = await publish({ document: playing() });
    expect((await experience(number)).heard).toBeGreaterThan(0.5);
    for (const file of await readdir(PROMPTS)) if (!before.has(file)) await rm(join(PROMPTS, file));
    expect((await experience(number)).heard).toBeGreaterThan(0.5);
  }, 40_000);

  it('that the speech service never gives: patience, then the other voice', async () => {
    speech.hangs = true;
    const { contact, path, heard, silence } = await experience(await publish({ document: playing() }));
    expect(contact.endReason).toBe('flow_ended');
    expect(path).toEqual(['it', 'end']);
    expect(heard).toBeGreaterThan(2.5);
    expect(silence).toBeLessThan(4);
  }, 40_000);
});
