/** Whatever people do to an order in whatever order, it stays whole: its tasks and its marking say the same, and it can come to its end. */
import { ORPCError } from '@orpc/server';
import type { OrderTarget } from '@rexian/contracts';
import { returnsOf } from '@rexian/workflows/marking.ts';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testVault } from '../../testing/database.ts';
import type { Actor } from './actor.ts';
import { lookAtDeadlines } from './deadlines.ts';
import type { OrderStep } from './step.ts';
import { OrderSteps } from './steps.ts';
import { OrdersUnderTest } from './steps-testing.ts';
import {
  askAssistance,
  completeTask,
  endAssistance,
  returnTask,
  settingsOf,
  sign,
  transferTask,
} from './verbs/handle.ts';
import { split } from './verbs/kin.ts';
import { cancel, jump, reassign, reopen, resume, suspend } from './verbs/manage.ts';
import { decide, request } from './verbs/requests.ts';
import { urge } from './verbs/tell.ts';

let of: OrdersUnderTest;
beforeAll(async () => {
  of = await OrdersUnderTest.open();
}, 120_000);
afterAll(async () => {
  await of?.database.close();
});

/** One thing that somebody tries; `pick` chooses among whatever there is to choose from. */
interface Try {
  who: 'clerk' | 'handler' | 'colleague';
  what: keyof typeof tries;
  pick: number;
}

const one = <T>(list: readonly T[], pick: number): T | undefined => list[pick % Math.max(1, list.length)];
const taskOf = ({ tasks }: OrderStep, pick: number): string => one(tasks, pick)?.id ?? '';
const places = (): OrderTarget[] => [
  of.district,
  of.centre,
  { ...of.district, personId: of.handler.id },
  { ...of.centre, personId: of.clerk.id },
];
const placeOf = (pick: number): OrderTarget => one(places(), pick) ?? of.centre;

const tries = {
  sign: (step: OrderStep, pick: number) => sign(step, taskOf(step, pick)),
  complete: (step: OrderStep, pick: number) => complete(step, pick),
  completeAgain: (step: OrderStep, pick: number) => complete(step, pick + 1),
  return: (step: OrderStep, pick: number) => {
    const task = one(step.tasks, pick);
    const token = step.marking.tokens.find(({ id }) => id === task?.token);
    return returnTask(step, task?.id ?? '', (token && one(returnsOf(token), pick)) ?? 'dispatch', '退');
  },
  transfer: (step: OrderStep, pick: number) => transferTask(step, taskOf(step, pick), placeOf(pick), '转'),
  assist: (step: OrderStep, pick: number) => askAssistance(step, taskOf(step, pick), [placeOf(pick)], '问'),
  endAssist: (step: OrderStep, pick: number) => endAssistance(step, taskOf(step, pick), '止'),
  appeal: (step: OrderStep, pick: number) =>
    request(step, taskOf(step, pick), { kind: 'appeal', until: null, reason: '非职责' }),
  rest: (step: OrderStep, pick: number) =>
    request(step, taskOf(step, pick), { kind: 'suspend', until: null, reason: '等' }),
  decide: async (step: OrderStep, pick: number) => decide(step, await waiting(step.order.id), pick % 3 > 0, '意见'),
  urge: (step: OrderStep) => urge(step, 'urge', '快'),
  split: (step: OrderStep, pick: number) =>
    split(step, taskOf(step, pick), [
      { unitId: of.centre.unitId, kind: 'suggestion', categoryId: null, title: '', content: '部分' },
    ]),
  reassign: (step: OrderStep, pick: number) => reassign(step, taskOf(step, pick), placeOf(pick), '改'),
  jump: (step: OrderStep, pick: number) =>
    jump(step, one(['dispatch', 'handle', 'review', 'visit'], pick) ?? '', pick % 2 ? placeOf(pick) : null, '跳'),
  suspend: (step: OrderStep) => suspend(step, null, '停'),
  resume: (step: OrderStep) => resume(step, '续'),
  reopen: (step: OrderStep) => reopen(step, '再办'),
} satisfies Record<string, (step: OrderStep, pick: number) => Promise<void>>;

async function complete(step: OrderStep, pick: number): Promise<void> {
  const task = one(step.tasks, pick);
  const outcomes = task?.kind === 'lead' ? (await settingsOf(step, task)).outcomes : [''];
  const targets = { handle: placeOf(pick), redo: placeOf(pick) };
  const outcome = one(outcomes, pick) ?? '';
  return completeTask(step, task?.id ?? '', {
    outcome,
    opinion: '意见',
    answer: '答复',
    satisfaction: 'dissatisfied',
    targets,
  });
}

async function waiting(orderId: string): Promise<string> {
  const { rows } = await sql<{
    id: string;
  }>`select id from work_order_requests where order_id = ${orderId} and state = 'waiting'`.execute(of.database.db);
  return rows[0]?.id ?? orderId;
}

/** Whether it happened; refused is right as well, anything else is a fault. */
async function tried(id: string, by: Actor, change: (step: OrderStep) => Promise<void>): Promise<boolean> {
  try {
    await of.take(id, by, change);
    return true;
  } catch (error) {
    if (error instanceof ORPCError && error.defined) return false;
    throw error;
  }
}

interface Whole {
  state: string;
  marking: { tokens: { id: number; node: string; by: string | null }[] };
  places: string[];
  /** On the order, and by its tasks and copies. */
  people: string[];
  holders: string[];
  parent: string | null;
  tasks: {
    token: number;
    node: string;
    kind: string;
    state: string;
    unit: string;
    isOpen: boolean;
    done: boolean;
    lead: string | null;
    leadOpen: boolean | null;
  }[];
  events: number;
  waiting: number;
}

async function whole(id: string): Promise<Whole> {
  const { rows } = await sql<Whole>`select w.state, w.marking, w.place_ids as places, w.parent_id as parent,
      array(select unnest(w.person_ids)::text order by 1) as people,
      array(select person_id::text from work_order_tasks t where t.order_id = w.id and person_id is not null
        union select person_id::text from work_order_copies k where k.order_id = w.id order by 1) as holders,
      (select coalesce(json_agg(json_build_object('token', t.token, 'node', t.node, 'kind', t.kind, 'state', t.state, 'unit', t.unit_id,
        'isOpen', t.order_open, 'done', t.done_at is not null, 'lead', t.lead_id,
        'leadOpen', (select l.done_at is null from work_order_tasks l where l.id = t.lead_id))), '[]') from work_order_tasks t where t.order_id = w.id) as tasks,
      (select count(*)::int from work_order_events e where e.order_id = w.id) as events,
      (select count(*)::int from work_order_requests r join work_order_tasks t on t.id = r.task_id
        where r.order_id = w.id and r.state = 'waiting' and t.done_at is not null) as waiting
    from work_orders w where w.id = ${id}`.execute(of.database.db);
  if (!rows[0]) throw new Error('the order has gone');
  return rows[0];
}

function check({ state, marking, places, people, holders, tasks, waiting }: Whole): void {
  const isLive = state === 'open' || state === 'suspended';
  const open = tasks.filter(({ done }) => !done);
  const own = open.filter(({ kind }) => kind !== 'assist');
  const resting = marking.tokens.filter(({ by }) => by === null);
  expect(own.map(({ token, node }) => [token, node]).sort()).toEqual(resting.map(({ id, node }) => [id, node]).sort());
  expect(resting.length > 0).toBe(isLive);
  expect(tasks.every(({ isOpen }) => isOpen === isLive)).toBe(true);
  expect(tasks.every(({ unit }) => places.includes(unit))).toBe(true);
  expect(people).toEqual(holders);
  expect(open.every(({ kind, leadOpen }) => kind !== 'assist' || leadOpen)).toBe(true);
  expect(waiting).toBe(0);
}

const act: fc.Arbitrary<Try> = fc.record({
  who: fc.constantFrom('clerk', 'handler', 'colleague'),
  what: fc.constantFrom(...(Object.keys(tries) as (keyof typeof tries)[])),
  pick: fc.nat(11),
});

it('an order stays whole whatever is tried, and ends when a manager says so', async () => {
  let happened = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('suggestion', 'complaint'),
      fc.array(act, { minLength: 8, maxLength: 25 }),
      async (kind, acts) => {
        const id = await of.submitted(kind as 'suggestion');
        let events = 0;
        for (const { who, what, pick } of acts) {
          const done = await tried(id, of[who], (step) => tries[what](step, pick));
          const now = await whole(id);
          check(now);
          expect(now.events).toBeGreaterThanOrEqual(events + (done && what !== 'sign' ? 1 : 0));
          events = now.events;
          happened += Number(done);
        }
        for (const child of await children(id)) await tried(child, of.clerk, (step) => cancel(step, 'cancelled', '止'));
        await tried(id, of.clerk, (step) => cancel(step, 'cancelled', '止'));
        const end = await whole(id);
        check(end);
        expect(['closed', 'void']).toContain(end.state);
      },
    ),
    { numRuns: 20 },
  );
  // Tries that are always refused would show nothing.
  expect(happened).toBeGreaterThan(50);
  const steps = new OrderSteps(of.database.store.system, testVault);
  expect(await lookAtDeadlines(of.database.store.system, steps, new Date())).toMatchObject({ failed: 0 });
}, 120_000);

async function children(id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from work_orders where parent_id = ${id}`.execute(
    of.database.db,
  );
  return rows.map((row) => row.id);
}
