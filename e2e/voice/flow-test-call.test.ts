/** Test calls: a draft is dialled with a code that is good for one call, and runs as callers would hear it. */
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FlowDetail, FlowDocument, FlowPath } from '@rexian/contracts';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { inviteOverWebSocket } from '../../engines/src/testing/sip-socket.ts';
import { contactOf, eventually, level, voiceSuite } from './support.ts';

const suite = voiceSuite('voice-flow-test', { base: 20_450, rtp: 63_000 }, '135');

const END = { type: 'hang_up', config: {}, next: {} };
const menu = (text: string, keys: Record<string, string>): FlowDocument => ({
  start: 'menu',
  nodes: {
    menu: {
      type: 'menu',
      title: text,
      config: { text, items: Object.keys(keys).map((key) => ({ key, label: `第${key}项` })), attempts: 2 },
      next: {
        ...Object.fromEntries(Object.entries(keys).map(([key, node]) => [`key_${key}`, node])),
        exhausted: 'end',
      },
    },
    said: { type: 'play', title: '已选', config: { text: '您选择了第三项，谢谢。' }, next: { done: 'end' } },
    end: END,
  },
});

let flow: FlowDetail;
beforeAll(async () => {
  const { api } = suite.voice.admin;
  const { rows } = await api.numbers.list({ text: '12366' });
  const [number] = rows;
  flow = await api.flows.create({ unitId: number?.unit.id ?? '', name: '试拨的流程' });
  const { id } = flow;
  const saved = await api.flows.saveDraft({ id, revision: flow.revision, document: menu('已发布菜单', { 1: 'end' }) });
  await api.flows.publish({ id, revision: saved.revision });
  const { revision } = await api.flows.get({ id });
  await api.flows.saveDraft({ id, revision, document: menu('草稿菜单', { 1: 'end', 3: 'said' }) });
  flow = await api.flows.get({ id });
});

const test = (callerNumber?: string) =>
  suite.voice.admin.api.flowRuns.test({
    id: flow.id,
    revision: flow.revision,
    ...(callerNumber ? { callerNumber } : {}),
  });
const pathOf = (id: string) => suite.voice.admin.api.flowRuns.path({ id });
const wayIn = ({ steps }: FlowPath) =>
  steps.map(({ title, exit, keys }) => [title, keys.map(({ key }) => key).join(''), exit]);
/** The test call's contact; it is among no others. */
const testCalls = async (callerNumber: string) =>
  (await suite.voice.admin.api.contacts.list({ callerNumber, tests: true })).rows;

const phones: EditorPhone[] = [];
afterEach(() => {
  for (const phone of phones.splice(0)) phone.close();
});

/** Stands in for the page: enters the test calls' part of the dialplan without a browser's encryption, which browser tests have. */
class EditorPhone {
  readonly #socket: WebSocket;
  readonly #id = `test-phone-${randomUUID()}`;
  readonly #app = `tester-${this.#id.slice(-12)}`;
  constructor() {
    const { origin, username, password } = new URL(suite.voice.stack.asterisk.url);
    const events = `${origin.replace('http', 'ws')}/ari/events?app=${this.#app}&api_key=${username}:${password}`;
    this.#socket = new WebSocket(events);
    phones.push(this);
  }

  async dial(code: string): Promise<void> {
    await new Promise((done, failed) => {
      this.#socket.addEventListener('open', done, { once: true });
      this.#socket.addEventListener('error', failed, { once: true });
    });
    const arrived = new Promise((done) =>
      this.#socket.addEventListener(
        'message',
        ({ data }) => JSON.parse(String(data)).type === 'StasisStart' && done(0),
      ),
    );
    await this.#ask('POST', `channels/${this.#id}?endpoint=Local/${code}@rexian-flow-test&app=${this.#app}`);
    await arrived;
  }

  press = (key: string) => this.#ask('POST', `channels/${this.#id}/dtmf?dtmf=${key}`);
  hangUp = () => this.#ask('DELETE', `channels/${this.#id}`);

  /** What is heard for a while, as a WAV file. */
  async hear(seconds: number): Promise<string> {
    const name = `heard-${this.#id}`;
    const length = `maxDurationSeconds=${seconds}`;
    await this.#ask('POST', `channels/${this.#id}/record?name=${name}&format=wav&${length}&ifExists=overwrite`);
    const gone = () =>
      this.#ask('GET', `recordings/live/${name}`).then(
        () => false,
        () => true,
      );
    await eventually('the recording is over', gone);
    const stored = await this.#ask('GET', `recordings/stored/${name}/file`);
    const file = join(suite.voice.stack.dir, `${name}.wav`);
    await writeFile(file, Buffer.from(await stored.arrayBuffer()));
    return file;
  }

  close(): void {
    this.#socket.close();
  }

  async #ask(method: string, path: string): Promise<Response> {
    const { origin, username, password } = new URL(suite.voice.stack.asterisk.url);
    const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    const response = await fetch(`${origin}/ari/${path}`, { method, headers: { authorization } });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  }
}

describe('a test call', () => {
  it('runs the draft, not what is published, and its path is what was done', async () => {
    const { dial, contactId, version } = await test();
    const phone = new EditorPhone();
    await phone.dial(dial);
    expect(await level(await phone.hear(2))).toBeGreaterThan(0.01);
    const waiting = await eventually('the menu', async () => {
      const path = await pathOf(contactId);
      return path.steps.length > 0 && path;
    });
    expect(waiting).toMatchObject({ test: true, end: null, flows: [{ id: flow.id, version, name: '试拨的流程' }] });
    expect(waiting.flows[0]?.document).toEqual(flow.document);
    await phone.press('7');
    await eventually('the wrong key', async () => (await pathOf(contactId)).steps[0]?.keys.length === 1);
    await phone.press('3');
    const path = await eventually(
      'the end',
      async () => {
        const now = await pathOf(contactId);
        return now.end && now;
      },
      20_000,
    );
    expect(wayIn(path)).toEqual([
      ['草稿菜单', '73', 'key_3'],
      ['已选', '', 'done'],
      ['挂机', '', null],
    ]);
    expect(path.end).toMatchObject({ reason: 'flow_ended', by: 'system' });
    const callers = await suite.voice.admin.api.contacts.list({ limit: 200 });
    expect(callers.rows.some(({ id }) => id === contactId)).toBe(false);
    const figures = await suite.voice.admin.api.flowRuns.statistics({
      id: flow.id,
      from: '2026-11-01',
      to: '2027-01-01',
    });
    expect(figures).toEqual({ calls: 0, nodes: [], versions: [] });
  });

  it('goes on over a crash, in the draft that it began with', async () => {
    const { dial, contactId, version } = await test();
    const phone = new EditorPhone();
    await phone.dial(dial);
    await eventually('the menu', async () => (await pathOf(contactId)).steps.length > 0);
    await suite.voice.stack.killControl();
    await suite.voice.stack.startControl();
    await eventually('the menu again', async () => (await pathOf(contactId)).steps[0]?.resumed === true);
    await phone.hangUp();
    const path = await eventually('the end', async () => {
      const now = await pathOf(contactId);
      return now.end && now;
    });
    expect(wayIn(path)).toEqual([['草稿菜单', '', null]]);
    expect(path).toMatchObject({ flows: [{ id: flow.id, version }], end: { reason: 'abandoned_in_flow' } });
  });

  it('of who hangs up ends in the node in which they did', async () => {
    const { dial, contactId } = await test();
    const phone = new EditorPhone();
    await phone.dial(dial);
    await eventually('the menu', async () => (await pathOf(contactId)).steps.length > 0);
    await phone.hangUp();
    const path = await eventually('the end', async () => {
      const now = await pathOf(contactId);
      return now.end && now;
    });
    expect(path.end).toMatchObject({ reason: 'abandoned_in_flow', by: 'caller' });
    expect(path.steps.at(-1)).toMatchObject({ node: 'menu', exit: null });
  });
});

describe('its code', () => {
  const invite = (from: string, to: string, password: string, callerNumber: string) =>
    inviteOverWebSocket(Number(new URL(suite.voice.stack.asterisk.url).port), {
      ...{ from, to, password, headers: [`X-Rexian-Caller: ${callerNumber}`] },
    });

  it('is good for one call, which is shown as coming from the number given', async () => {
    const caller = suite.newCaller();
    const { dial, username, password, contactId, callerNumber } = await test(caller);
    expect(callerNumber).toBe(caller);
    await invite(username, dial, password, caller);
    const [call] = await eventually('the call', async () => {
      const found = await testCalls(caller);
      return found.length > 0 && found;
    });
    expect(call).toMatchObject({ id: contactId, test: true });
    await invite(username, dial, password, caller);
    const refused = await eventually(
      'the second call',
      async () => (await testCalls(caller)).find(({ id }) => id !== contactId) ?? null,
    );
    expect((await pathOf(refused.id)).flows).toEqual([]);
    await eventually('it is told so', async () => (await testCalls(caller))[0]?.endReason === 'number_unknown', 20_000);
    // Neither is a call of the hotline.
    expect(await contactOf(suite.voice, caller)).toBeNull();
  });

  it('is nothing to the trial page, nor a number of the hotline to the editor', async () => {
    const caller = suite.newCaller();
    const { dial, username, password } = await test(caller);
    await invite('trial', dial, suite.voice.stack.trialPassword, caller);
    const tried = await eventually('the trial call', () => contactOf(suite.voice, caller));
    expect(tried).toMatchObject({ test: false, calledName: '未开通号码' });
    expect(await testCalls(caller)).toEqual([]);
    await invite(username, '12366', password, caller);
    const [call] = await eventually('the call to the hotline', async () => {
      const found = await testCalls(caller);
      return found.length > 0 && found;
    });
    expect((await pathOf(call?.id ?? '')).flows).toEqual([]);
  });

  it('needs the password of the house', async () => {
    expect(await invite('flow-test', '12366', '', '1')).toBe(401);
  });

  it('is not to be had for a flow that can not run, nor for one that others have changed', async () => {
    const { api } = suite.voice.admin;
    const broken = await api.flows.create({ unitId: flow.unit.id, name: '坏的流程' });
    const document = { start: 'gone', nodes: { end: END } };
    const { revision } = await api.flows.saveDraft({ id: broken.id, revision: broken.revision, document });
    await expect(api.flowRuns.test({ id: broken.id, revision })).rejects.toMatchObject({
      code: 'REFUSED',
      message: expect.stringContaining('没有设置开始节点'),
    });
    await expect(api.flowRuns.test({ id: broken.id, revision: revision - 1 })).rejects.toMatchObject({
      code: 'CHANGED',
    });
  });
});
