/** Orders between two installations, each with a database and a server of its own. */
import type { OrderDetail } from '@rexian/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Lookup } from '../engines/lookup/lookup.ts';
import { newId } from '../platform/ids.ts';
import {
  counterpart as counterpartOf,
  done,
  type Place,
  publishPushAt,
  publishTemplateAt,
  registrationAt,
  sendAll,
  twoPlaces,
} from '../testing/platforms.ts';
import { forgetOld } from './send.ts';
import { SIGNATURE_HEADER, signatureOf, TIME_HEADER } from './signature.ts';

vi.setConfig({ testTimeout: 120_000 });

let here: Place;
let there: Place;
let lookup: Lookup;

beforeAll(async () => {
  ({ here, there, lookup } = await twoPlaces());
  await publishPushAt(here, 'suggestion');
  await publishTemplateAt(there, 'suggestion');
}, 240_000);
afterAll(async () => {
  await lookup?.close();
  for (const place of [here, there]) await place?.close();
});

/** Handed on by our people: its id here. */
async function pushed(content = '建议延长柳州办税厅周六的服务时间'): Promise<string> {
  const id = newId();
  const { revision } = await here.admin.orders.save({
    id,
    revision: null,
    registration: registrationAt(here, { content }),
  });
  await here.admin.orders.submit({ id, revision });
  await done(here.admin, id, { opinion: '请柳州平台办理' });
  return id;
}
const counterpart = (id: string) => counterpartOf(here, there, id);
/** From the dispatcher there to the end. */
async function handledThere(id: string, answer: string): Promise<OrderDetail> {
  const { admin, handler, world } = there;
  if ((await admin.orders.get({ id })).open[0]?.title === '派单')
    await done(admin, id, { targets: { handle: { unitId: world.nanning.district.id } }, opinion: '请区局研办' });
  await done(handler, id, { answer, opinion: `区局意见：${answer}` });
  await done(admin, id, { opinion: '审核通过' });
  return done(admin, id, { opinion: '来电人满意', satisfaction: 'satisfied' });
}
const both = async () => {
  // Each answer may lead to more on the other side.
  for (let moved = 1; moved > 0; ) moved = (await here.send()) + (await there.send());
};
const lies = ({ tasks }: OrderDetail) => tasks.filter(({ doneAt }) => !doneAt).map(({ title }) => title);
const said = ({ trail }: OrderDetail, type: string) => trail.filter((event) => event.type === type);
const links = async ({ database }: Place, id: string) =>
  (
    await sql<{ state: string; sent: number; received: number }>`select state, sent, received from partner_orders
    where order_id = ${id} order by id`.execute(database.db)
  ).rows;

describe('an order', () => {
  it('goes to the other installation, and its result comes back with everybody’s opinion; once more when it was not good enough', async () => {
    const id = await pushed();
    await both();
    const other = await counterpart(id);
    const came = await there.admin.orders.get({ id: other });
    const sent = await here.admin.orders.get({ id });
    expect(came).toMatchObject({
      ...{ source: 'partner', kind: 'suggestion', state: 'open', registeredBy: null },
      registration: { content: '建议延长柳州办税厅周六的服务时间', reference: sent.number, region: '南宁' },
    });
    expect((await there.admin.orders.reveal({ id: other })).callerNumber).toBe('13800001234');
    expect(said(came, 'platform_told')[0]?.text).toContain('请柳州平台办理');
    // Due there when it is due here, whatever the drawing there would allow.
    expect(came.tasks[0]?.dueAt?.getTime()).toBeLessThanOrEqual(
      sent.tasks.find(({ kind }) => kind === 'wait')?.dueAt?.getTime() ?? 0,
    );

    await handledThere(other, '自下月起周六上午开放');
    await both();
    const back = await here.admin.orders.get({ id });
    expect(lies(back)).toEqual(['review']);
    expect(back.registration.answer).toBe('自下月起周六上午开放');
    expect(said(back, 'result_back')[0]?.text).toMatch(/区局意见：自下月起周六上午开放[\s\S]*审核通过/);
    expect(said(back, 'platform_told').map(({ title }) => title)).toContain('柳州平台已签收');
    expect(said(back, 'platform_told').length).toBeGreaterThan(3);

    await done(here.admin, id, { outcome: '二次办理', opinion: '来电人要求全天开放' });
    await both();
    const again = await there.admin.orders.get({ id: other });
    expect(again.state).toBe('open');
    expect(said(again, 'reopened')[0]?.text).toContain('来电人要求全天开放');
    await handledThere(other, '自下月起周六全天开放');
    await both();
    const redone = await here.admin.orders.get({ id });
    expect(redone.registration.answer).toBe('自下月起周六全天开放');
    expect((await done(here.admin, id)).state).toBe('closed');
    expect((await links(here, id)).map(({ state }) => state)).toEqual(['answered']);
  });

  it('arrives once and in order however often and late messages come', async () => {
    here.wire.repeats = true;
    there.wire.repeats = true;
    const id = await pushed('每条消息都发两遍');
    here.wire.cut = true;
    expect(await here.send()).toBe(0);
    await here.admin.orderSteps.urge({ id, kind: 'urge', text: '来电人催办' });
    const [kept] = (await here.system.partners.messages({ partnerId: here.partner, states: ['waiting'] })).rows.slice(
      -1,
    );
    expect(kept).toMatchObject({ kind: 'order', attempts: 1, error: '无法连接对方平台' });
    expect((await here.system.partners.list()).find((each) => each.id === here.partner)).toMatchObject({
      waiting: 2,
      error: '无法连接对方平台',
    });
    here.wire.cut = false;
    await both();
    const other = await counterpart(id);
    const { urges } = await there.admin.orders.get({ id: other });
    expect(urges).toMatchObject([{ text: '来电人催办', by: { name: '南宁平台' } }]);
    await handledThere(other, '好的');
    await both();
    const { database } = there;
    const { rows } = await sql<{
      count: number;
    }>`select count(*)::int as count from work_orders where content = '每条消息都发两遍'`.execute(database.db);
    expect(rows[0]?.count).toBe(1);
    const back = await here.admin.orders.get({ id });
    expect(lies(back)).toEqual(['review']);
    expect(said(back, 'result_back')).toHaveLength(1);
    const [out] = await links(here, id);
    const [into] = await links(there, other);
    expect([out?.received, into?.received]).toEqual([into?.sent, out?.sent]);
    here.wire.repeats = false;
    there.wire.repeats = false;
  });

  it('is told again from where the other side lost it, and not again what it has', async () => {
    const id = await pushed('对方丢失消息');
    await here.admin.orderSteps.urge({ id, kind: 'urge', text: '一' });
    await here.admin.orderSteps.urge({ id, kind: 'urge', text: '二' });
    // The process died between the answer and writing it down; and what was sent is thought to be there, but isn't.
    await sql`update partner_outbox set state = 'sent', done_at = now() where order_id = ${id} and sequence = 1`.execute(
      here.database.db,
    );
    await both();
    const other = await counterpart(id);
    expect((await there.admin.orders.get({ id: other })).urges.map(({ text }) => text)).toEqual(['一', '二']);
    await sql`update partner_outbox set state = 'waiting', done_at = null where order_id = ${id}`.execute(
      here.database.db,
    );
    await both();
    expect((await there.admin.orders.get({ id: other })).urges).toHaveLength(2);
    expect(
      (await here.system.partners.messages({ states: ['waiting', 'refused'] })).rows.filter(
        ({ order }) => order.id === id,
      ),
    ).toEqual([]);
  });

  it('comes back with a reason, and goes there anew', async () => {
    const id = await pushed('不属于对方职责');
    await both();
    const other = await counterpart(id);
    await there.admin.orderSteps.cancel({ id: other, reason: '属于来宾市' });
    await both();
    const back = await here.admin.orders.get({ id });
    expect(lies(back)).toEqual(['dispatch']);
    expect(said(back, 'returned')[0]).toMatchObject({
      title: '柳州平台退回',
      text: expect.stringContaining('属于来宾市'),
    });
    await done(here.admin, id, { opinion: '确属贵市' });
    await both();
    expect(await counterpart(id)).not.toBe(other);
  });

  it('is taken back when nobody waits for its result any more', async () => {
    const id = await pushed('将被撤回');
    await both();
    const other = await counterpart(id);
    await here.admin.orderSteps.jump({ id, node: 'review', reason: '已自行办理' });
    await both();
    const gone = await there.admin.orders.get({ id: other });
    expect(gone.state).toBe('void');
    expect(said(gone, 'withdrawn')[0]?.text).toContain('已自行办理');
    expect(lies(await here.admin.orders.get({ id }))).toEqual(['review']);
    // What they say afterwards changes nothing here.
    expect((await links(there, other))[0]?.state).toBe('withdrawn');
  });

  it('stays in the outbox when the process dies before it is sent, and what is old is forgotten', async () => {
    const id = await pushed('发送前进程终止');
    const dying = { ...here.fetching, lookup: new Lookup({ inside: [] }) };
    expect(await sendAll(dying, new Date(Date.now() + 60_000))).toBe(0);
    await both();
    await counterpart(id);
    await forgetOld(here.database.db, new Date(Date.now() + 200 * 86_400_000));
    expect((await here.system.partners.messages({ partnerId: here.partner, states: ['sent'] })).rows).toEqual([]);
  });
});

describe('what comes in', () => {
  const message = (more: object = {}) => ({
    ...{ id: newId(), exchange: newId(), sequence: 1, at: new Date().toISOString(), kind: 'order' },
    body: {
      ...{ number: 'X-1', kind: 'suggestion', urgency: 'normal', title: '', content: '内容', category: '', region: '' },
      ...{
        callerNumber: null,
        callerName: '',
        anonymous: true,
        taxNumber: '',
        taxName: '',
        occurredAt: null,
        dueAt: null,
      },
      opinions: [],
    },
    ...more,
  });
  let key = '';
  let secret = '';
  beforeAll(async () => {
    const made = await there.system.partners.create({
      ...{ name: '另一平台', kind: 'rexian', unitId: there.unit.id, address: 'http://127.0.0.1:9', deadlineSeconds: 1 },
      enabled: true,
    });
    ({ key, secret } = made);
  });
  const post = async (told: object, { at = Date.now(), sign = secret, path = '/order-exchange/messages' } = {}) => {
    const body = JSON.stringify(told);
    const seconds = String(Math.floor(at / 1_000));
    const answer = await fetch(`${there.server.url}/api/v1${path}`, {
      method: 'POST',
      headers: {
        ...{ 'content-type': 'application/json', authorization: `Bearer ${key}`, [TIME_HEADER]: seconds },
        [SIGNATURE_HEADER]: signatureOf(sign, { method: 'POST', path, at: seconds, body }),
      },
      body,
    });
    return { status: answer.status, ...((await answer.json()) as object) };
  };

  it('is believed only when it is signed, now, with the right secret', async () => {
    expect(await post(message())).toMatchObject({ status: 200, reference: expect.stringMatching(/^GD/) });
    expect(await post(message(), { sign: 'rxs_another' })).toMatchObject({ status: 401, message: '签名不正确' });
    expect(await post(message(), { at: Date.now() - 301_000 })).toMatchObject({ status: 401, code: 'BAD_SIGNATURE' });
    expect(await post(message(), { at: Date.now() + 301_000 })).toMatchObject({ status: 401, code: 'BAD_SIGNATURE' });
    expect(await post({}, { path: '/platform-12345/ping' })).toMatchObject({ status: 403 });
  });

  it('the same message has the same answer, another under its id has none', async () => {
    const first = message();
    const answer = await post(first);
    expect(await Promise.all([post(first), post(first)])).toEqual([answer, answer]);
    expect(await post({ ...first, at: new Date(0).toISOString() })).toMatchObject({ status: 409, code: 'REFUSED' });
  });

  it('waits for what is missing, in whatever order it comes', async () => {
    const order = message();
    const urge = (sequence: number) =>
      message({ exchange: order.exchange, sequence, kind: 'urge', body: { text: `催${sequence}` } });
    const later = [urge(4), urge(2), urge(3)];
    expect(await post(later[0] ?? {})).toMatchObject({ status: 409, code: 'OUT_OF_ORDER', expected: 1 });
    await post(order);
    expect(await post(later[0] ?? {})).toMatchObject({ status: 409, expected: 2 });
    expect(await post(later[1] ?? {})).toMatchObject({ status: 200 });
    expect(await post(later[0] ?? {})).toMatchObject({ status: 409, expected: 3 });
    expect(await post(later[2] ?? {})).toMatchObject({ status: 200 });
    expect(await post(later[0] ?? {})).toMatchObject({ status: 200 });
    expect(await post({ ...urge(2), id: newId() })).toMatchObject({ status: 409, expected: 5 });
  });

  it('is refused with what is wrong with it, on record', async () => {
    const { body } = message();
    expect(await post(message({ body: { ...body, content: '', urgency: '急' } }))).toMatchObject({ status: 400 });
    expect(await post(message({ body: { ...body, kind: 'complaint' } }))).toMatchObject({
      ...{ status: 409, message: expect.stringContaining('投诉') },
    });
    const { rows } = await sql<{ after: { reason: string; fields: string } }>`select after from audit_log
      where action = 'refused' order by id`.execute(there.database.db);
    const told = rows.map(({ after }) => `${after.reason} ${after.fields}`).join('\n');
    expect(told).toMatch(/签名不正确/);
    expect(told).toMatch(/body\.content：请填写诉求内容/);
    expect(told).toMatch(/没有“投诉”工单流程/);
  });

  it('is heard with the old secret for a while after the new one was made', async () => {
    const id = (await there.system.partners.list()).find(({ name }) => name === '另一平台')?.id ?? '';
    const old = { key, secret };
    const rotated = await there.system.partners.rotate({ id, overlapHours: 1 });
    expect(await post(message())).toMatchObject({ status: 200 });
    ({ key, secret } = rotated);
    expect(await post(message())).toMatchObject({ status: 200 });
    await there.system.partners.rotate({ id, overlapHours: 0 });
    ({ key, secret } = old);
    expect(await post(message())).toMatchObject({ status: 401 });
  });
});

it('an administrator tests the connection, and hears what is wrong with it', async () => {
  expect(await here.system.partners.test({ id: here.partner })).toMatchObject({ fault: null });
  here.wire.cut = true;
  expect(await here.system.partners.test({ id: here.partner })).toMatchObject({ fault: '无法连接对方平台' });
  here.wire.cut = false;
  const facts = { name: '柳州平台', deadlineSeconds: 5, enabled: true, id: here.partner };
  await here.system.partners.change({ ...facts, address: 'https://10.0.0.1' });
  expect((await here.system.partners.test({ id: here.partner })).fault).toMatch(/不允许访问该地址/);
  await here.system.partners.change({ ...facts, address: here.wire.url, theirSecret: 'rxs_not-the-right-one' });
  expect((await here.system.partners.test({ id: here.partner })).fault).toMatch(/签名不正确/);
});
