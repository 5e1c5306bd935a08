/** What whoever has a task does to take the order on: sign, complete, return, transfer, ask others. */
import type { OrderTarget, TaskVerb, VisitResult } from '@rexian/contracts';
import { complete, moveBack, StepRefused } from '@rexian/workflows/marking.ts';
import type { TaskSettings } from '@rexian/workflows/settings.ts';
import { sql } from 'kysely';
import { refusal } from '../../../platform/errors.ts';
import { NO_LIMITS } from '../clock.ts';
import type { Task } from '../order.ts';
import { ownTask } from '../own-task.ts';
import { chosenPlace } from '../places.ts';
import type { OrderStep } from '../step.ts';
import { holdersOf } from '../telling.ts';

/** 签收: the task is theirs from now on. */
export async function sign(step: OrderStep, taskId: string): Promise<void> {
  const task = ownTask(step, taskId);
  if (task.state !== 'waiting') return;
  const { at, by } = step;
  await step.change(task, { state: 'doing', signed_at: at, signed_by: by?.id ?? null, person_id: by?.id ?? null });
  await step.event('signed', { title: `签收“${task.title}”`, taskId: task.id });
}

export interface Completion {
  outcome: string;
  opinion: string;
  answer?: string | undefined;
  satisfaction?: VisitResult | undefined;
  targets: Readonly<Record<string, OrderTarget>>;
}

/** 办理: the order goes its way by the outcome. An assisting task gives its opinion to the lead. */
export async function completeTask(step: OrderStep, taskId: string, done: Completion): Promise<void> {
  const task = ownTask(step, taskId);
  if (task.kind === 'assist') return giveOpinion(step, task, done.opinion);
  const { needs, outcomes } = await settingsOf(step, task);
  if (!outcomes.includes(done.outcome)) throw refusal('REFUSED', '请选择办理结果');
  if (needs.includes('opinion') && done.opinion === '') throw refusal('REFUSED', '请填写办理意见');
  const answer = done.answer ?? step.order.texts.answer;
  if (needs.includes('answer') && answer === '') throw refusal('REFUSED', '请填写答复内容');
  if (needs.includes('satisfaction') && !done.satisfaction) throw refusal('REFUSED', '请选择满意度');
  if (step.tasks.some(({ lead_id }) => lead_id === task.id))
    throw refusal('REFUSED', '会办单位尚未全部反馈，请等待或先结束会办');
  await requireNoChildren(step);
  if (answer !== step.order.texts.answer) step.setTexts({ answer });
  await step.close(task, { state: 'done', outcome: done.outcome });
  await step.event('completed', {
    ...{ title: `办理“${task.title}”：${done.outcome}`, text: done.opinion, taskId: task.id },
    data: { outcome: done.outcome, answered: done.answer !== undefined },
  });
  const facts = step.facts(done.outcome);
  if (done.satisfaction) {
    // Conditions behind the visit ask whether there was one before.
    Object.assign(step.order, { redone: true, satisfaction: done.satisfaction });
    step.set({ satisfaction: done.satisfaction });
  }
  const graph = await step.graph();
  const next = walked(() => complete(graph, step.marking, task.token, facts));
  await step.walk(next, { targets: done.targets });
}

/** 退回 to an earlier task, whose last handler gets it again. */
export async function returnTask(step: OrderStep, taskId: string, node: string, reason: string): Promise<void> {
  const task = ownTask(step, taskId);
  await requireVerb(step, task, 'return');
  const graph = await step.graph();
  const title = graph.nodes.get(node)?.title ?? '';
  await step.close(task, { state: 'done', outcome: '退回' });
  await step.event('returned', { title: `退回至“${title}”`, text: reason, taskId: task.id, data: { node } });
  const next = walked(() => moveBack(graph, step.marking, task.token, node));
  await step.walk(next, { returned: true });
}

/** 转办: somebody else does it, with the time that is left. */
export async function transferTask(step: OrderStep, taskId: string, to: OrderTarget, reason: string): Promise<void> {
  const task = ownTask(step, taskId);
  await requireVerb(step, task, 'transfer');
  await moveTask(step, task, to);
  await step.event('transferred', { title: `转办“${task.title}”`, text: reason, taskId: task.id, data: { ...to } });
}

/** The task goes to another place; its deadline stays. Throws REFUSED for a place that can't have it. */
export async function moveTask(step: OrderStep, task: Task, to: OrderTarget): Promise<void> {
  const { trx, order, by } = step;
  if (!by) throw new Error('a task is moved by somebody');
  const place = await chosenPlace(trx, order, by, to);
  if (place.unitId === task.unit_id && place.desk === task.desk && place.personId === task.person_id)
    throw refusal('REFUSED', '该环节已由所选单位或人员办理');
  await step.place(task, place);
}

/** 会办: units that give their opinions while the task stays. */
export async function askAssistance(
  step: OrderStep,
  taskId: string,
  to: readonly OrderTarget[],
  reason: string,
): Promise<void> {
  const task = ownTask(step, taskId);
  await requireVerb(step, task, 'assist');
  const { trx, order, by, at } = step;
  if (!by) throw new Error('assistance is asked for by somebody');
  for (const target of to) {
    const place = await chosenPlace(trx, order, by, target);
    const isAsked = step.tasks.some(
      ({ lead_id, unit_id, person_id }) =>
        lead_id === task.id && unit_id === place.unitId && person_id === place.personId,
    );
    if (isAsked) throw refusal('REFUSED', '所选单位已在会办');
    // As long as the lead has, so that the lead can still be in time.
    const due = task.due_at;
    const asked = await step.add(
      { token: task.token, node: task.node, title: `${task.title}（会办）`, kind: 'assist', lead_id: task.id },
      place,
      { ...NO_LIMITS, due: due && due > at ? due : null },
    );
    step.tell('task_arrived', await holdersOf(trx, asked), asked.title);
    await step.event('assist_asked', { title: '发起会办', text: reason, taskId: asked.id, data: { ...place } });
  }
}

/** The lead goes on without the opinions that are still missing. */
export async function endAssistance(step: OrderStep, taskId: string, reason: string): Promise<void> {
  const task = ownTask(step, taskId);
  const asked = step.tasks.filter(({ lead_id }) => lead_id === task.id);
  if (asked.length === 0) throw refusal('REFUSED', '没有进行中的会办');
  for (const each of asked) await step.close(each, { state: 'cancelled' });
  await step.event('assist_done', { title: '主办单位结束会办', text: reason, taskId: task.id });
}

async function giveOpinion(step: OrderStep, task: Task, opinion: string): Promise<void> {
  if (opinion === '') throw refusal('REFUSED', '请填写会办意见');
  await step.close(task, { state: 'done', outcome: '已反馈' });
  const lead = step.tasks.find(({ id }) => id === task.lead_id);
  if (lead) step.tell('result_back', await holdersOf(step.trx, lead), '会办意见');
  await step.event('assist_done', { title: '反馈会办意见', text: opinion, taskId: task.id });
}

async function requireNoChildren({ trx, order }: OrderStep): Promise<void> {
  const { rows } =
    await sql`select from work_orders where parent_id = ${order.id} and state in ('open', 'suspended') limit 1`.execute(
      trx,
    );
  if (rows.length > 0) throw refusal('REFUSED', '子工单尚未全部办结');
}

export async function settingsOf(step: OrderStep, task: Task): Promise<TaskSettings> {
  const node = (await step.graph()).nodes.get(task.node);
  if (node?.type !== 'task') throw refusal('REFUSED', '流程图中没有该环节');
  return node.settings;
}

export async function requireVerb(step: OrderStep, task: Task, verb: TaskVerb): Promise<void> {
  if (task.kind !== 'lead') throw refusal('REFUSED', '会办环节只能反馈意见');
  const { verbs } = await settingsOf(step, task);
  if (!verbs.includes(verb)) throw refusal('REFUSED', '该环节不允许此操作');
}

/** A step over the drawing; what it refuses is told to whoever wanted it. */
export function walked<T>(step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (error instanceof StepRefused) throw refusal('REFUSED', error.message);
    throw error;
  }
}
