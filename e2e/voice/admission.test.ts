/** Who is let in, how, and when: black and white lists, working calendars, access codes. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Calendar, ContactDetail, ListKind, OpenHours } from '@rexian/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { inviteOverWebSocket } from '../../engines/src/testing/sip-socket.ts';
import { endedContact, eventually, level, voiceSuite, waitForState } from './support.ts';

const suite = voiceSuite('voice-admission', { base: 20_380, rtp: 29_000 }, '137');
const types = (contact: ContactDetail) => contact.events.map((event) => event.type);

let units: Map<string, string>;
beforeAll(async () => {
  units = new Map((await suite.voice.admin.api.units.tree()).map(({ path, id }) => [path, id]));
});
const unitId = (path: string) => units.get(path) ?? '';
const list = (kind: ListKind, number: string, path = 'gx') =>
  suite.voice.admin.api.lists.add({ kind, unitId: unitId(path), number, reason: '测试', expiresAt: null });

describe('a caller of the black list', () => {
  it('is told so and goes no further', async () => {
    const from = suite.newCaller();
    await list('black', from);
    const call = await suite.dial(from);
    const heard = await call.hear();
    await call.press('1');
    await sleep(1_500);
    expect(await level(await heard.stop())).toBeGreaterThan(0.02);
    await call.ended;
    const ended = await endedContact(suite.voice, from);
    expect(ended).toMatchObject({ endReason: 'blocked', endedBy: 'system', calledNumber: '12366', queue: null });
    expect(types(ended)).toContain('blocked');
    expect(types(ended)).not.toContain('key_pressed');
    // The key did not cut the words short.
    expect(ended.flowMs).toBeGreaterThan(3_000);
  });

  it('of the province is refused by its cities too, unless the city trusts the caller', async () => {
    const from = suite.newCaller();
    await list('black', from);
    await suite.dial(from, '077112366').then((call) => call.ended);
    expect(await endedContact(suite.voice, from)).toMatchObject({
      endReason: 'blocked',
      unit: { path: 'gx.nanning' },
    });
    await list('white', from, 'gx.nanning');
    const call = await suite.dial(from, '077112366');
    await call.press('1');
    await waitForState(suite.voice, from, 'queued');
    await call.hangUp();
    await endedContact(suite.voice, from);
  });

  it('stays refused when the control process dies meanwhile', async () => {
    const from = suite.newCaller();
    await list('black', from);
    const call = await suite.dial(from);
    await sleep(500);
    await suite.voice.stack.killControl();
    await suite.voice.stack.startControl();
    await call.ended;
    const ended = await endedContact(suite.voice, from);
    expect(types(ended)).toContain('adopted');
    expect(ended).toMatchObject({ endReason: 'blocked', endedBy: 'system' });
  });
});

describe('a caller of the white list', () => {
  it('is served before those who came earlier', async () => {
    const [earlier, trusted] = [suite.newCaller(), suite.newCaller()];
    await list('white', trusted);
    const calls: Awaited<ReturnType<typeof suite.dial>>[] = [];
    for (const from of [earlier, trusted]) {
      const call = await suite.dial(from);
      calls.push(call);
      await call.press('1');
      await waitForState(suite.voice, from, 'queued');
    }
    await suite.agentReady('8001');
    await waitForState(suite.voice, trusted, 'talking');
    await waitForState(suite.voice, earlier, 'queued');
    for (const call of calls) await call.hangUp();
  });
});

describe('a city with office hours', () => {
  const week = (day: OpenHours): Calendar['week'] => [day, day, day, day, day, day, day];
  const setHours = async (day: OpenHours) => {
    const { calendars } = suite.voice.admin.api;
    const own = (await calendars.list()).find(({ unit }) => unit.path === 'gx.guilin');
    await calendars.change({ id: own?.id ?? '', name: '测试', week: week(day), holidays: false, specialDays: [] });
  };
  const decided = (contact: ContactDetail) =>
    contact.events.filter(({ type }) => type === 'hours_checked').map(({ data, text }) => [data.open, text]);

  it('tells callers when to call while it is closed', async () => {
    await setHours([]);
    const from = suite.newCaller();
    const call = await suite.dial(from, '077312366');
    const heard = await call.hear();
    await sleep(1_500);
    expect(await level(await heard.stop())).toBeGreaterThan(0.02);
    await call.ended;
    const ended = await endedContact(suite.voice, from);
    expect(ended).toMatchObject({ endReason: 'flow_ended', queue: null, unit: { path: 'gx.guilin' } });
    expect(decided(ended)).toEqual([[false, '非工作日']]);
    expect(ended.events.map(({ data }) => data.node)).toContain('holiday');
  }, 60_000);

  it('answers while it is open, at the numbers of its halls too', async () => {
    await setHours([{ from: '00:00', to: '24:00' }]);
    const from = suite.newCaller();
    const call = await suite.dial(from, '07730030102');
    await call.press('1');
    const queued = await waitForState(suite.voice, from, 'queued');
    expect(queued).toMatchObject({ unit: { path: 'gx.guilin.xiufeng.hall' }, queue: { name: '桂林咨询' } });
    expect(decided(queued)).toEqual([[true, '工作时间内']]);
    await call.hangUp();
    await endedContact(suite.voice, from);
  });
});

describe('an access code', () => {
  it('is no number for callers from outside', async () => {
    const from = suite.newCaller();
    await suite.dial(from, '0772').then((call) => call.ended);
    expect(await endedContact(suite.voice, from)).toMatchObject({ endReason: 'number_unknown', calledNumber: '0772' });
  });

  it.each(['0772', '*72#'])('reaches its number from inside: %s', async (code) => {
    const { admin, stack } = suite.voice;
    if (code !== '0772') {
      const [number] = (await admin.api.numbers.list({ text: '077212366' })).rows;
      await admin.api.accessCodes.create({
        ...{ code, name: '柳州', active: true },
        to: { kind: 'number', numberId: number?.id ?? '' },
      });
    }
    const from = suite.newCaller();
    const port = Number(new URL(stack.asterisk.url).port);
    const headers = [`X-Rexian-Caller: ${from}`];
    const to = code.replaceAll('#', '%23');
    await inviteOverWebSocket(port, { from: 'trial', to, headers, password: stack.trialPassword });
    const contact = await eventually('the call is in the ledger', async () => {
      const { rows } = await admin.api.contacts.list({ callerNumber: from });
      return rows[0] ? admin.api.contacts.get({ id: rows[0].id }) : null;
    });
    expect(contact).toMatchObject({ calledNumber: '077212366', unit: { path: 'gx.liuzhou' } });
    expect(contact.events[0]).toMatchObject({ data: { accessCode: code }, text: `来电呼入（接入码 ${code}）` });
  });
});
