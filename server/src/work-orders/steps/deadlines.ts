/** What happens by itself when time has passed: reminders, 超期, timers of drawings, the end of a rest. */
import { expire } from '@rexian/workflows/marking.ts';
import { sql } from 'kysely';
import type { Db } from '../../platform/db.ts';
import { nextLook } from './clock.ts';
import type { Task } from './order.ts';
import type { OrderStep } from './step.ts';
import type { OrderSteps } from './steps.ts';
import { holdersOf } from './telling.ts';
import { walked } from './verbs/handle.ts';
import { resume } from './verbs/manage.ts';

/** Orders looked at in one round; what is left comes a minute later. */
const ROUND = 500;

/** Each order in a step of its own: one that fails keeps none of the others. Returns how many were looked at, and failed. */
export async function lookAtDeadlines(
  db: Db,
  steps: OrderSteps,
  now: Date,
): Promise<{ orders: number; failed: number; first?: string }> {
  const { rows } = await sql<{ id: string }>`
    select order_id as id from work_order_tasks where next_at <= ${now} group by order_id order by min(next_at) limit ${ROUND}`.execute(
    db,
  );
  const rested = await sql<{ id: string }>`
    select id from work_orders where state = 'suspended' and suspended_until <= ${now} limit ${ROUND}`.execute(db);
  const failures: unknown[] = [];
  const trying = (id: string, change: (step: OrderStep) => Promise<void>) =>
    steps.take(id, null, change).catch((error: unknown) => void failures.push(error));
  for (const { id } of rested.rows) await trying(id, (step) => endRest(step, now));
  for (const { id } of rows) await trying(id, (step) => lookAt(step, now));
  const [first] = failures;
  return {
    orders: rows.length + rested.rows.length,
    failed: failures.length,
    ...(first ? { first: String(first) } : {}),
  };
}

async function endRest(step: OrderStep, now: Date): Promise<void> {
  // Somebody may have ended or prolonged it in the meantime.
  const { rows } =
    await sql`select from work_orders where id = ${step.order.id} and state = 'suspended' and suspended_until <= ${now}`.execute(
      step.trx,
    );
  if (rows.length > 0) await resume(step, '挂起到期，自动恢复');
}

/** What has run out of one order's deadlines by now. */
export async function lookAt(step: OrderStep, now: Date): Promise<void> {
  if (step.order.state !== 'open') return;
  for (const task of [...step.tasks]) {
    // A timer before it may have closed it.
    if (!step.tasks.includes(task) || !task.next_at || task.next_at > now) continue;
    if (task.timed && task.due_at && task.due_at <= now) await runOut(step, task);
    else await remind(step, task, now);
  }
}

async function runOut(step: OrderStep, task: Task): Promise<void> {
  const graph = await step.graph();
  await step.event('expired', { title: `“${task.title}”到期`, taskId: task.id });
  await step.walk(walked(() => expire(graph, step.marking, task.token, step.facts(''))));
}

async function remind(step: OrderStep, task: Task, now: Date): Promise<void> {
  const { title, id: taskId, sign_due_at, signed_at, sign_late_at, due_at, warn_at, warned_at, overdue_at } = task;
  const passed = (at: Date | null) => at !== null && at <= now;
  const seen: Partial<Task> = {};
  if (!signed_at && !sign_late_at && passed(sign_due_at)) {
    seen.sign_late_at = now;
    step.tell('overdue', await holdersOf(step.trx, task), `${title}未签收`);
    await step.event('overdue', { title: `“${title}”超期未签收`, taskId, data: { what: 'sign' } });
  }
  if (!overdue_at && passed(due_at)) {
    Object.assign(seen, { overdue_at: now, warned_at: warned_at ?? now });
    const told = await holdersOf(step.trx, task);
    step.tell('overdue', task.sent_by ? [...told, task.sent_by] : told, title);
    await step.event('overdue', { title: `“${title}”超期`, taskId, data: { what: 'due' } });
  } else if (!warned_at && passed(warn_at)) {
    seen.warned_at = now;
    step.tell('near_due', await holdersOf(step.trx, task), title);
    await step.event('near_due', { title: `“${title}”临近时限`, taskId });
  }
  await step.change(task, { ...seen, next_at: nextLook({ ...task, ...seen }, now) });
}
