/** A caller who goes on at other centres of the platform, and back. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ContactDetail } from '@rexian/contracts';
import type { Leg } from '@rexian/simulate';
import { describe, expect, it } from 'vitest';
import { endedContact, eventually, type TestAgent, voiceSuite, waitForState } from './support.ts';
import { tonesIn } from './tones.ts';

const suite = voiceSuite('voice-centres', { base: 22_700, rtp: 35_000 }, '136');
const [CALLER, PROVINCE, CITY] = [500, 800, 1_150];
const TONES = [CALLER, PROVINCE, CITY];

async function hearing(leg: Leg, tones: number[]): Promise<void> {
  await eventually(`hears ${tones.join('+') || 'nobody'}`, async () => {
    const ear = await leg.hear();
    await sleep(900);
    return (await tonesIn(await ear.stop(), TONES)).join() === tones.join();
  });
}

const legOf = (agent: TestAgent): Promise<Leg> =>
  eventually(`${agent.login} has a call`, async () => (agent.phone.call?.answeredAt ? agent.phone.call : null));

/** The agent's number is told to the caller first. */
const readyToSend = (agent: TestAgent) =>
  eventually('the talk has begun', async () => (await agent.api.desk.get()).contact?.can.transfer ?? false);

/** Hands the agent's call to the centre behind a code. */
async function sendTo(agent: TestAgent, code: string, note = ''): Promise<void> {
  const { centres } = await agent.api.desk.targets({});
  const target = centres.find((each) => each.code === code);
  if (!target) throw new Error(`${agent.login} is not offered ${code}`);
  const to = { kind: 'centre' as const, accessCodeId: target.accessCodeId };
  await readyToSend(agent);
  await agent.api.desk.transfer({ sessionId: agent.sessionId, target: to, note });
}

/** All contacts of a caller, the first first. */
async function contactsOf(callerNumber: string): Promise<ContactDetail[]> {
  const { api } = suite.voice.admin;
  const { rows } = await api.contacts.list({ callerNumber });
  return Promise.all(rows.toReversed().map(({ id }) => api.contacts.get({ id })));
}
const types = (contact: ContactDetail | undefined) => contact?.events.map(({ type }) => type) ?? [];

describe('a caller of the province', () => {
  it('goes on in a city, which sees who sent them, and back', async () => {
    const city = await suite.agentReady('2001');
    const { agent, from, call } = await suite.talk();
    await call.hum(CALLER);
    await (await legOf(agent)).hum(PROVINCE);
    await hearing(call, [PROVINCE]);
    await sendTo(agent, '0771', '要开发票');
    const leg = await legOf(city);
    await leg.hum(CITY);
    await hearing(call, [CITY]);
    await hearing(leg, [CALLER]);

    const { name } = await agent.api.auth.me();
    const { contact } = await city.api.desk.get();
    expect(contact).toMatchObject({
      ...{ origin: 'province_transfer', calledNumber: '077112366', queue: { name: '南宁咨询' } },
      sentBy: { unit: '广西12366', person: name, note: '要开发票' },
    });
    await eventually('the sender is free', async () => (await agent.api.desk.get()).session?.state === 'wrap_up');

    const back = await suite.agentReady('8002');
    await sendTo(city, '100', '请省中心处理');
    const last = await legOf(back);
    await hearing(last, [CALLER]);
    await call.hangUp();
    await endedContact(suite.voice, from);
    const parts = await contactsOf(from);
    expect(parts).toMatchObject([
      {
        unit: { path: 'gx' },
        origin: 'direct',
        endReason: 'transferred',
        endedBy: 'agent',
        agent: { agentNumber: '8001' },
      },
      {
        unit: { path: 'gx.nanning' },
        origin: 'province_transfer',
        endReason: 'transferred',
        agent: { agentNumber: '2001' },
      },
      {
        unit: { path: 'gx' },
        origin: 'city_transfer',
        endReason: 'completed',
        endedBy: 'caller',
        agent: { agentNumber: '8002' },
      },
    ]);
    expect(types(parts[0])).toEqual(expect.arrayContaining(['transferred', 'ended']));
    expect(types(parts[1]).slice(0, 3)).toEqual(['arrived', 'arrived_by_transfer', 'queued']);
    for (const part of parts) expect(part.chain.map(({ contactId }) => contactId)).toEqual(parts.map(({ id }) => id));
    for (const part of parts) expect(part.recordings).toHaveLength(1);
  }, 120_000);

  it('waits on in the city when the process dies, and is served there', async () => {
    const { agent, from, call } = await suite.talk();
    // Typed like a number.
    await readyToSend(agent);
    await agent.api.desk.transfer({ sessionId: agent.sessionId, target: { kind: 'number', number: '0772' }, note: '' });
    const queued = await waitForState(suite.voice, from, 'queued');
    expect(queued).toMatchObject({ unit: { path: 'gx.liuzhou' }, queue: { name: '柳州咨询' } });
    await suite.voice.stack.killControl();
    await suite.voice.stack.startControl();
    expect((await waitForState(suite.voice, from, 'queued')).id).toBe(queued.id);
    const city = await suite.agentReady('3001');
    await waitForState(suite.voice, from, 'talking');
    await legOf(city);
    await call.hangUp();
    expect((await endedContact(suite.voice, from)).id).toBe(queued.id);
    expect((await contactsOf(from)).map(({ endReason }) => endReason)).toEqual(['transferred', 'completed']);
  }, 120_000);

  it('hears the flow of a city whose code names no queue', async () => {
    const { agent, from, call } = await suite.talk();
    const own = (await suite.voice.admin.api.calendars.list()).find(({ unit }) => unit.path === 'gx.guilin');
    const closed = { name: '测试', week: [[], [], [], [], [], [], []] as never, holidays: false, specialDays: [] };
    await suite.voice.admin.api.calendars.change({ id: own?.id ?? '', ...closed });
    await sendTo(agent, '0773');
    await call.ended;
    const ended = await endedContact(suite.voice, from);
    expect(ended).toMatchObject({ unit: { path: 'gx.guilin' }, endReason: 'flow_ended', origin: 'province_transfer' });
    expect(types(ended)).toContain('hours_checked');
  }, 120_000);

  it('stays where they are when the other centre takes nobody', async () => {
    const { agent, call } = await suite.talk();
    const { admin } = suite.voice;
    const codes = await admin.api.accessCodes.list();
    const { unit: _unit, to, ...code } = codes.find((each) => each.code === '0772') ?? codes[0] ?? fail();
    const { centres } = await agent.api.desk.targets({});
    const accessCodeId = centres.find((each) => each.code === '0772')?.accessCodeId ?? '';
    if (to.kind !== 'number') fail();
    const change = { ...code, to: { kind: 'number' as const, numberId: to.number.id, queueId: to.queue?.id ?? null } };
    await admin.api.accessCodes.change({ ...change, accepts: ['side'] });
    expect((await agent.api.desk.targets({})).centres.map((each) => each.code)).not.toContain('0772');
    const target = { kind: 'centre' as const, accessCodeId };
    await readyToSend(agent);
    await expect(agent.api.desk.transfer({ sessionId: agent.sessionId, target, note: '' })).rejects.toMatchObject({
      code: 'WRONG_STATE',
      message: '对方中心不接收本中心的转接，或接入码已停用',
    });
    await (await legOf(agent)).hum(PROVINCE);
    await hearing(call, [PROVINCE]);
    await admin.api.accessCodes.change(change);
    await call.hangUp();
  }, 120_000);
});

function fail(): never {
  throw new Error('the demo has no such code');
}
