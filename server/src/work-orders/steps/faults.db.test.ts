/** A step that dies at any of its statements has changed nothing: neither the order nor tasks, trail, requests, urges, copies, or others. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { testVault } from '../../testing/database.ts';
import { failingAt, InjectedFault } from '../../testing/faults.ts';
import { submit } from '../registration/submit.ts';
import type { Actor } from './actor.ts';
import { lookAtDeadlines } from './deadlines.ts';
import type { OrderStep } from './step.ts';
import { OrderSteps } from './steps.ts';
import { firstOf, OrdersUnderTest } from './steps-testing.ts';
import { askAssistance, completeTask, endAssistance, returnTask, sign, transferTask } from './verbs/handle.ts';
import { merge, split } from './verbs/kin.ts';
import { cancel, jump, reassign, reopen, resume, suspend } from './verbs/manage.ts';
import { decide, request } from './verbs/requests.ts';
import { answerUrge, attach, comment, copyTo, urge } from './verbs/tell.ts';

vi.setConfig({ testTimeout: 120_000 });

let of: OrdersUnderTest;
beforeAll(async () => {
  of = await OrdersUnderTest.open();
}, 120_000);
afterAll(async () => {
  await of?.database.close();
});

const steps = () => new OrderSteps(of.database.store.system, testVault);
const dispatched = () => of.dispatched();
const submitted = () => of.submitted();

async function asked(): Promise<string> {
  const id = await dispatched();
  await of.take(id, of.handler, (step) =>
    request(step, firstOf(step), { kind: 'appeal', until: null, reason: '非我单位职责' }),
  );
  return id;
}
const rowId = async (table: 'work_order_requests' | 'work_order_urges', id: string) => {
  const { rows } = await sql<{ id: string }>`select id from ${sql.table(table)} where order_id = ${id}`.execute(
    of.database.db,
  );
  return rows[0]?.id ?? '';
};

/** Everything there is about orders. */
async function everything(): Promise<string> {
  const tables = [
    'work_orders',
    'work_order_tasks',
    'work_order_events',
    'work_order_requests',
    'work_order_urges',
    'work_order_copies',
    'work_order_search',
    'files',
    'notices',
    'sms_messages',
  ];
  const parts = tables.map(
    (table) => sql`(select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from ${sql.table(table)} t)`,
  );
  const { rows } = await sql<{ all: string }>`select concat_ws(',', ${sql.join(parts)}) as all`.execute(of.database.db);
  return rows[0]?.all ?? '';
}

/** Fails at each statement of the step in turn, then lets it happen. */
async function dies(
  prepare: () => Promise<string>,
  by: () => Actor | null,
  change: (step: OrderStep, id: string) => Promise<void>,
) {
  const id = await prepare();
  const before = await everything();
  let statements = 0;
  for (let n = 1; ; n += 1) {
    for (const when of ['before', 'after'] as const) {
      const faulty = failingAt(of.database.store.system, n, when);
      const taken = new OrderSteps(faulty.db, testVault).take(id, by(), (step) => change(step, id));
      if (!(await settles(taken))) {
        expect(await everything(), `${when} statement ${n}`).toBe(before);
        statements = n;
        continue;
      }
      expect(faulty.hit()).toBe(false);
      expect(await everything()).not.toBe(before);
      return statements;
    }
  }
}

async function settles(taken: Promise<void>): Promise<boolean> {
  try {
    await taken;
    return true;
  } catch (error) {
    if (error instanceof InjectedFault) return false;
    throw error;
  }
}

const as = { clerk: () => of.clerk, handler: () => of.handler };

describe('a step that dies leaves nothing behind', () => {
  it.each<[string, () => Promise<string>, () => Actor, (step: OrderStep, id: string) => Promise<void>]>([
    ['登记', () => of.draft(), as.clerk, (step) => submit(step, { revision: 1, immediate: false, targets: {} })],
    [
      '登记投诉',
      () => of.draft('complaint'),
      as.clerk,
      (step) => submit(step, { revision: 1, immediate: false, targets: {} }),
    ],
    ['派发', submitted, as.clerk, (step) => of.send(step)],
    ['签收', dispatched, as.handler, (step) => sign(step, firstOf(step))],
    [
      '办理',
      dispatched,
      as.handler,
      (step) => completeTask(step, firstOf(step), { outcome: '提交', opinion: '好', answer: '答复', targets: {} }),
    ],
    ['退回', dispatched, as.handler, (step) => returnTask(step, firstOf(step), 'dispatch', '退')],
    [
      '转办',
      dispatched,
      as.handler,
      (step) => transferTask(step, firstOf(step), { ...of.centre, personId: of.clerk.id }, '转'),
    ],
    ['会办', dispatched, as.handler, (step) => askAssistance(step, firstOf(step), [of.centre], '问')],
    ['结束会办', assisted, as.handler, (step) => endAssistance(step, firstOf(step), '够了')],
    ['抄送', dispatched, as.handler, (step) => copyTo(step, [of.clerk.id], '请阅')],
    [
      '申请',
      dispatched,
      as.handler,
      (step) => request(step, firstOf(step), { kind: 'appeal', until: null, reason: '非职责' }),
    ],
    ['审批', asked, as.clerk, async (step, id) => decide(step, await rowId('work_order_requests', id), true, '')],
    ['催办', dispatched, as.clerk, (step) => urge(step, 'urge', '请快')],
    ['回复催办', urged, as.handler, async (step, id) => answerUrge(step, await rowId('work_order_urges', id), '在办')],
    ['附件', uploaded, as.handler, async (step) => attach(step, [fileId])],
    ['评论', dispatched, as.clerk, (step) => comment(step, '知悉', [])],
    [
      '改派',
      dispatched,
      as.clerk,
      (step) => reassign(step, firstOf(step), { ...of.centre, personId: of.clerk.id }, '改'),
    ],
    ['跳转', dispatched, as.clerk, (step) => jump(step, 'dispatch', null, '重派')],
    ['挂起', dispatched, as.clerk, (step) => suspend(step, null, '等')],
    ['恢复', rested, as.clerk, (step) => resume(step, '好')],
    ['作废', dispatched, as.clerk, (step) => cancel(step, 'cancelled', '重复')],
    ['合并', beside, as.clerk, async (step) => merge(step, await other(), '同一')],
    ['拆分', submitted, as.clerk, (step) => split(step, firstOf(step), [part(), part()])],
    ['重新办理', closed, as.clerk, (step) => reopen(step, '来电人不认可')],
  ])('%s', async (_, prepare, by, change) => {
    expect(await dies(prepare, by, change)).toBeGreaterThan(3);
  });

  it('when time is over', async () => {
    const id = await dispatched();
    await sql`update work_order_tasks set due_at = now() - interval '1 hour', next_at = now() - interval '1 hour' where order_id = ${id}
      and done_at is null`.execute(of.database.db);
    const before = await everything();
    const { db } = failingAt(of.database.store.system, 6, 'before');
    expect(await lookAtDeadlines(of.database.store.system, new OrderSteps(db, testVault), new Date())).toMatchObject({
      failed: 1,
    });
    expect(await everything()).toBe(before);
    expect(await lookAtDeadlines(of.database.store.system, steps(), new Date())).toEqual({ orders: 1, failed: 0 });
    expect(await lookAtDeadlines(of.database.store.system, steps(), new Date())).toEqual({ orders: 0, failed: 0 });
    const { rows } = await sql<{
      title: string;
    }>`select title from work_order_events where order_id = ${id} and type = 'overdue'`.execute(of.database.db);
    expect(rows).toEqual([{ title: '“研办”超期' }]);
  });
});

async function assisted(): Promise<string> {
  const id = await dispatched();
  const to = [of.centre];
  await of.take(id, of.handler, (step) => askAssistance(step, firstOf(step), to, '问'));
  return id;
}
async function urged(): Promise<string> {
  const id = await dispatched();
  await of.take(id, of.clerk, (step) => urge(step, 'urge', '快'));
  return id;
}
async function rested(): Promise<string> {
  const id = await dispatched();
  await of.take(id, of.clerk, (step) => suspend(step, null, '等'));
  return id;
}
const part = () => ({
  unitId: of.centre.unitId,
  kind: 'suggestion' as const,
  categoryId: null,
  title: '部分',
  content: '其中一项',
});
async function closed(): Promise<string> {
  const id = await of.draft('consultation');
  await sql`update work_orders set answer = '每月十五日前' where id = ${id}`.execute(of.database.db);
  await of.take(id, of.clerk, (step) => submit(step, { revision: 1, immediate: true, targets: {} }));
  return id;
}
let fileId = '';
/** The handler has a file ready. */
async function uploaded(): Promise<string> {
  fileId = newId();
  const sha256 = Buffer.alloc(32);
  const content = { name: '材料.txt', media_type: 'text/plain', bytes: 1, sha256, storage_key: fileId };
  const by = { unit_id: of.district.unitId, uploaded_by: of.handler.id };
  await of.database.db
    .insertInto('files')
    .values({ id: fileId, ...content, ...by })
    .execute();
  return dispatched();
}
let target = '';
/** What others are merged into, made before anything is looked at. */
async function other(): Promise<string> {
  target ||= await dispatched();
  return target;
}
async function beside(): Promise<string> {
  await other();
  return dispatched();
}
