/** Prompts of the 语音库 that a flow names: heard as they are at the moment, and never silence when one has gone. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FlowDocument } from '@rexian/contracts';
import { defaultHome } from '@rexian/engines';
import { runTool } from '@rexian/server/engines/media/run.ts';
import { openDb } from '@rexian/server/platform/db.ts';
import { beforeAll, expect, it } from 'vitest';
import { endedContact, level, voiceSuite } from './support.ts';
import { tonesIn } from './tones.ts';

const suite = voiceSuite('voice-prompt-library', { base: 20_520, rtp: 41_000 }, '151');
const TONE = 700;
const OTHER = 1_100;
const NUMBER = '077112366';

const flow: FlowDocument = {
  start: 'hello',
  nodes: {
    hello: { type: 'play', config: { text: '{{提示音}}' }, next: { done: 'menu' } },
    menu: {
      type: 'menu',
      config: { text: '{{菜单}}', items: [{ key: '1', label: '结束' }], timeoutSeconds: 8 },
      next: { key_1: 'end', exhausted: 'end' },
    },
    end: { type: 'hang_up', config: {}, next: {} },
  },
};

async function humming(hertz: number): Promise<File> {
  const file = join(suite.voice.stack.dir, `${hertz}.wav`);
  await runTool(defaultHome(), 'sox', ['-n', '-r', '16000', '-c', '1', file, 'synth', '2', 'sine', String(hertz)]);
  return new File([new Uint8Array(await readFile(file))], 'tone.wav', { type: 'audio/wav' });
}

let nanning: string;
beforeAll(async () => {
  const { api } = suite.voice.admin;
  const units = new Map((await api.units.tree()).map(({ path, id }) => [path, id]));
  nanning = units.get('gx.nanning') ?? '';
  const province = units.get('gx') ?? '';
  const shared = await api.prompts.create({ unitId: province, name: '提示音', text: '提示' });
  await api.prompts.upload({ id: shared.id, revision: 1, file: await humming(TONE) });
  await api.prompts.create({ unitId: nanning, name: '菜单', text: '结束请按1。' });
  const [own] = (await api.flows.list({ unitId: nanning })).rows;
  const { id, revision } = await api.flows.get({ id: own?.id ?? '' });
  const saved = await api.flows.saveDraft({ id, revision, document: flow });
  await api.flows.publish({ id, revision: saved.revision, note: '' });
}, 60_000);

/** Calls, listens to the first prompt, and presses 1 in the menu. */
async function call() {
  const from = suite.newCaller();
  const caller = await suite.dial(from, NUMBER);
  const first = await caller.hear();
  await sleep(1_800);
  const hello = await first.stop();
  await sleep(700);
  const second = await caller.hear();
  await sleep(2_000);
  const menu = await second.stop();
  await caller.press('1');
  await caller.ended;
  return { hello, menu, contact: await endedContact(suite.voice, from) };
}

it('are those of the unit, else of a unit above, as recorded or spoken', async () => {
  const { hello, menu, contact } = await call();
  expect(await tonesIn(hello, [TONE, OTHER])).toEqual([TONE]);
  expect(await level(menu)).toBeGreaterThan(0.01);
  expect(contact.events.map(({ type }) => type)).toContain('key_pressed');
  expect(contact.events.map(({ type }) => type)).not.toContain('fault');

  const { api } = suite.voice.admin;
  const own = await api.prompts.create({ unitId: nanning, name: '提示音', text: '提示' });
  await api.prompts.upload({ id: own.id, revision: 1, file: await humming(OTHER) });
  expect(await tonesIn((await call()).hello, [TONE, OTHER])).toEqual([OTHER]);
}, 90_000);

it('that have gone are told, and the caller hears a sentence in their place', async () => {
  const { databaseUrl } = suite.voice.stack;
  const { db, close } = openDb(databaseUrl, { max: 1 });
  await db.deleteFrom('prompts').where('name', '=', '菜单').execute();
  await close();
  const { menu, contact } = await call();
  expect(await level(menu)).toBeGreaterThan(0.01);
  expect(contact).toMatchObject({ endReason: 'flow_ended' });
  const told = contact.events.filter(({ type }) => type === 'fault').map(({ text }) => text);
  expect(told).toEqual(['故障：语音库中没有“菜单”']);
}, 60_000);
