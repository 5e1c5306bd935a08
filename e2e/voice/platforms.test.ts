/** Two complete platforms that hand callers to each other over a SIP trunk, and orders by their partner interfaces. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type ContactDetail, FILES_PATH, type Registration } from '@rexian/contracts';
import { openDb } from '@rexian/server/platform/db.ts';
import { newId } from '@rexian/server/platform/ids.ts';
import type { ApiClient } from '@rexian/server/testing/api-client.ts';
import { signedIn } from '@rexian/server/testing/signed-in.ts';
import type { Leg } from '@rexian/simulate';
import { drawing } from '@rexian/workflows/testing.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  contactOf,
  endedContact,
  eventually,
  signInAgent,
  startVoice,
  type TestAgent,
  type VoiceBench,
  voiceSuite,
} from './support.ts';
import { tonesIn } from './tones.ts';

const env = { PARTNER_NETWORKS: '127.0.0.0/8' };
const suite = voiceSuite('voice-platform-a', { base: 22_720, rtp: 36_000 }, '135', { env });
const [CALLER, HERE, THERE] = [500, 800, 1_150];
const TONES = [CALLER, HERE, THERE];
const account = { username: 'gx-gd', password: 'Between-12366' };
/** What the other platform dials, and what it is known as here. */
const CODE = '*20';

let there: VoiceBench;
let agents: TestAgent[] = [];
beforeAll(async () => {
  there = await startVoice('voice-platform-b', { base: 22_740, rtp: 37_000 }, { env });
  await addTrunk(there, suite.voice.stack.sipPort);
  await addTrunk(suite.voice, there.stack.sipPort);
  await addCode(suite.voice, '12366');
}, 240_000);
afterAll(async () => {
  for (const agent of agents) await agent.leave();
  await there?.close();
});

async function addTrunk({ admin }: VoiceBench, port: number): Promise<void> {
  const unit = (await admin.api.units.tree()).find(({ path }) => path === 'gx');
  const facts = { code: 'peer', name: '广东12366平台', kind: 'platform' as const, unitId: unit?.id ?? '' };
  await admin.api.trunks.create({ ...facts, host: '127.0.0.1', port, ...account, active: true });
}

async function addCode({ admin }: VoiceBench, number: string): Promise<void> {
  const trunkId = (await admin.api.trunks.list())[0]?.id ?? '';
  const to = { kind: 'platform' as const, trunkId, number };
  await admin.api.accessCodes.create({ code: CODE, name: '转广东', to, active: true });
}

async function agentThere(login: string): Promise<TestAgent> {
  const agent = await signInAgent(there, login);
  agents.push(agent);
  await agent.ready();
  return agent;
}

async function hearing(leg: Leg, tones: number[]): Promise<void> {
  await eventually(
    `hears ${tones.join('+') || 'nobody'}`,
    async () => {
      const ear = await leg.hear();
      await sleep(900);
      return (await tonesIn(await ear.stop(), TONES)).join() === tones.join();
    },
    20_000,
  );
}

const legOf = (agent: TestAgent): Promise<Leg> =>
  eventually(`${agent.login} has a call`, async () => (agent.phone.call?.answeredAt ? agent.phone.call : null), 20_000);

async function send(agent: TestAgent, note: string): Promise<void> {
  await eventually('the talk has begun', async () => (await agent.api.desk.get()).contact?.can.transfer ?? false);
  const { centres } = await agent.api.desk.targets({});
  const accessCodeId = centres.find(({ code }) => code === CODE)?.accessCodeId ?? '';
  await agent.api.desk.transfer({ sessionId: agent.sessionId, target: { kind: 'centre', accessCodeId }, note });
}

const references = async ({ stack }: VoiceBench, id: string) => {
  const { db, close } = openDb(stack.databaseUrl, { max: 1 });
  const row = await db
    .selectFrom('contacts')
    .select(['remote_reference', 'remote_next', 'source'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  await close();
  return row;
};

/** What each tells the other, and what orders there walk by. */
async function becomePartners(here: VoiceBench, managers: { here: ApiClient; there: ApiClient }): Promise<void> {
  const made = async ({ admin }: VoiceBench, manager: ApiClient, { stack }: VoiceBench) => {
    const { unit } = await manager.api.auth.me();
    const facts = { name: '对方平台', address: stack.url, deadlineSeconds: 10, enabled: true };
    return { facts, ...(await admin.api.partners.create({ ...facts, kind: 'rexian', unitId: unit.id })) };
  };
  const ours = await made(here, managers.here, there);
  const theirs = await made(there, managers.there, here);
  for (const [{ admin }, own, { key, secret }] of [[here, ours, theirs] as const, [there, theirs, ours] as const])
    await admin.api.partners.change({ ...own.facts, id: own.partner.id, theirKey: key, theirSecret: secret });
  const push = { do: 'push', partnerId: ours.partner.id };
  await publish(managers.here, [
    { kind: 'serviceTask', id: 'push', settings: push },
    { kind: 'receiveTask', id: 'wait', settings: { for: 'result' } },
  ]);
  await publish(managers.there, [{ kind: 'userTask', id: 'handle', settings: { assign: { to: 'registering_unit' } } }]);
}

/** A workflow of 意见建议 with these two steps at most. */
async function publish({ api }: ApiClient, [first, second]: Parameters<typeof drawing>[0]): Promise<void> {
  if (!first) throw new Error('no step');
  const { unit } = await api.auth.me();
  const last = second ?? first;
  const document = drawing(
    [{ kind: 'startEvent', id: 'start' }, first, ...(second ? [second] : []), { kind: 'endEvent', id: 'end' }],
    [
      ['a', 'start', first.id],
      ...(second ? [['b', first.id, second.id] as [string, string, string]] : []),
      ['c', last.id, 'end'],
    ],
  );
  const workflow = { unitId: unit.id, kind: 'suggestion' as const, name: '协同办理', template: 'blank' as const };
  const { id, revision } = await api.workflows.create(workflow);
  const saved = await api.workflows.saveDraft({ id, revision, drawing: document });
  await api.workflows.publish({ id, revision: saved.revision });
}

async function uploaded({ stack }: VoiceBench, { cookie }: ApiClient, name: string, body: Buffer): Promise<string> {
  const answer = await fetch(`${stack.url}${FILES_PATH}?name=${encodeURIComponent(name)}`, {
    ...{ method: 'POST', body: new Uint8Array(body) },
    headers: { cookie: cookie(), 'content-type': 'application/octet-stream' },
  });
  return ((await answer.json()) as { id: string }).id;
}
const contentOf = async ({ stack }: VoiceBench, { cookie }: ApiClient, id: string): Promise<Buffer> => {
  const answer = await fetch(`${stack.url}${FILES_PATH}/${id}`, { headers: { cookie: cookie() } });
  return Buffer.from(await answer.bytes());
};

describe('two platforms', () => {
  it('hand an order on with its attachment, and its result comes back with another', async () => {
    const here = suite.voice;
    const [agent, ours, theirs] = await Promise.all([
      signedIn(here.stack, '2001'),
      signedIn(here.stack, '2000'),
      signedIn(there.stack, '2000'),
    ]);
    await becomePartners(here, { here: ours, there: theirs });
    // More than one piece on any line.
    const evidence = Buffer.alloc(3_000_000, '证据');
    const id = newId();
    const { unit } = await agent.api.auth.me();
    const registration: Registration = {
      ...{
        unitId: unit.id,
        kind: 'suggestion',
        source: 'letter',
        categoryId: null,
        urgency: 'normal',
        contactId: null,
      },
      ...{ callerNumber: '13800001234', callerName: '', anonymous: false, region: '', taxNumber: '', taxName: '' },
      ...{ title: '', content: '请对方平台核实', answer: '', tags: [], fields: {}, occurredAt: null, reference: '' },
      ...{ fileIds: [await uploaded(here, agent, '证据.txt', evidence)], parentId: null },
    };
    const { revision } = await agent.api.orders.save({ id, revision: null, registration });
    const { number } = await agent.api.orders.submit({ id, revision });

    const came = await eventually(
      'the order is there with its attachment',
      async () => {
        const { rows } = await theirs.api.orders.list({ list: 'todo', sources: ['partner'] });
        const order = rows[0] && (await theirs.api.orders.get({ id: rows[0].id }));
        return order?.files.length === 1 ? order : null;
      },
      20_000,
    );
    expect(came.registration).toMatchObject({ content: '请对方平台核实', reference: number });
    expect(came.files).toMatchObject([{ name: '证据.txt', bytes: 3_000_000, uploadedBy: '对方平台' }]);
    expect((await contentOf(there, theirs, came.files[0]?.id ?? '')).equals(evidence)).toBe(true);

    const reply = await uploaded(there, theirs, '复函.pdf', Buffer.from('%PDF-1.7 复函'));
    await theirs.api.orderSteps.attach({ id: came.id, fileIds: [reply] });
    const [task] = came.open;
    const how = { outcome: task?.outcomes[0] ?? '', opinion: '属实', answer: '已采纳' };
    await theirs.api.orderSteps.complete({ id: came.id, taskId: task?.id ?? '', ...how });
    const back = await eventually(
      'the result is back with its attachment',
      async () => {
        const order = await agent.api.orders.get({ id });
        return order.state === 'closed' && order.files.length === 2 ? order : null;
      },
      20_000,
    );
    expect(back.registration.answer).toBe('已采纳');
    const [, replied] = back.files;
    expect((await contentOf(here, agent, replied?.id ?? '')).toString()).toBe('%PDF-1.7 复函');
  }, 90_000);

  it('see whether the other one answers', async () => {
    for (const bench of [suite.voice, there])
      await eventually(
        'the trunk answers',
        async () => (await bench.admin.api.trunks.list())[0]?.state?.reachable ?? null,
        20_000,
      );
    const [trunk] = await suite.voice.admin.api.trunks.list();
    expect(trunk?.state?.roundTripMs).toBeGreaterThan(0);
  }, 60_000);

  it('hand a caller on, who talks at the other one; each has its own contact, and they name each other', async () => {
    const other = await agentThere('8001');
    const { agent, from, call } = await suite.talk();
    await call.hum(CALLER);
    await (await legOf(agent)).hum(HERE);
    await hearing(call, [HERE]);
    await send(agent, '跨省涉税事项');
    // The number's flow: the caller chooses there.
    const arrived = await eventually('the other platform has the caller', () => contactOf(there, from), 20_000);
    expect(arrived).toMatchObject({
      ...{ origin: 'province_transfer', calledNumber: '12366', unit: { path: 'gx' } },
      sentBy: { unit: '广西12366', person: (await agent.api.auth.me()).name, note: '跨省涉税事项' },
    });
    await eventually('the sender is free', async () => (await agent.api.desk.get()).session?.state === 'wrap_up');
    await call.press('1');
    const leg = await legOf(other);
    await leg.hum(THERE);
    await hearing(call, [THERE]);
    await hearing(leg, [CALLER]);
    const { contact } = await other.api.desk.get();
    expect(contact).toMatchObject({ origin: 'province_transfer', sentBy: { note: '跨省涉税事项' } });

    const mine = (await contactOf(suite.voice, from)) as ContactDetail;
    expect(mine).toMatchObject({ state: 'talking', endReason: null });
    expect(await references(suite.voice, mine.id)).toEqual({
      ...{ remote_reference: null, remote_next: arrived.id, source: 'trunk' },
    });
    expect(await references(there, arrived.id)).toEqual({
      ...{ remote_reference: mine.id, remote_next: null, source: 'peer' },
    });
    await call.hangUp();
    expect(await endedContact(suite.voice, from)).toMatchObject({
      endReason: 'transferred',
      agent: { agentNumber: '8001' },
    });
    expect(await endedContact(there, from)).toMatchObject({ endReason: 'completed', agent: { agentNumber: '8001' } });
  }, 120_000);

  it('keep the caller connected while the sender’s control process is away', async () => {
    const other = agents[0] as TestAgent;
    await eventually('the other agent is ready again', async () => {
      await other.leave();
      return true;
    });
    agents = [];
    const next = await agentThere('8002');
    const { agent, from, call } = await suite.talk();
    await call.hum(CALLER);
    await send(agent, '');
    await eventually('the other platform has the caller', () => contactOf(there, from), 20_000);
    await call.press('1');
    const leg = await legOf(next);
    await leg.hum(THERE);
    await hearing(call, [THERE]);
    await suite.voice.stack.killControl();
    await hearing(call, [THERE]);
    await suite.voice.stack.startControl();
    await hearing(leg, [CALLER]);
    await leg.hangUp();
    await call.ended;
    const ended = await endedContact(suite.voice, from);
    expect(ended).toMatchObject({ endReason: 'transferred', endedBy: 'agent' });
    // Whoever adopted the call knows the other platform by its name, too.
    expect(ended.events.map(({ text }) => text)).toContain('坐席挂机，与转广东的通话结束');
    expect(await endedContact(there, from)).toMatchObject({ endReason: 'completed', endedBy: 'agent' });
  }, 120_000);
});
