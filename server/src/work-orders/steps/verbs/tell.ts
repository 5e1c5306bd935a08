/** What is said about an order without taking it on: 抄送, 催办 and 督办, comments. */
import type { OrderUrgeKind } from '@rexian/contracts';
import { orderUrgeKind } from '@rexian/contracts';
import { sql } from 'kysely';
import { bindFiles, filesInSight } from '../../../files/service.ts';
import type { Db } from '../../../platform/db.ts';
import { refusal } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import type { Vault } from '../../../platform/vault.ts';
import { urgeOut } from '../../exchange/outgoing.ts';
import { type Draft, openDrafts, sealDrafts } from '../../record/drafts.ts';
import { openWords } from '../../record/texts.ts';
import { type Actor, isTheirs, may, waitsFor } from '../actor.ts';
import { requireOpen } from '../own-task.ts';
import type { OrderStep } from '../step.ts';
import { holdersOf } from '../telling.ts';

/** 抄送: they may read the order from now on. `personIds` lie in the sender's sight. */
export async function copyTo(step: OrderStep, personIds: readonly string[], text: string): Promise<void> {
  const { trx, order, by, at } = step;
  if (!by) throw new Error('copies are sent by somebody');
  if (order.confidential) throw refusal('REFUSED', '保密工单不能抄送');
  if (!step.tasks.some((task) => isTheirs(by, task)) && !may(by, 'work_orders.manage'))
    throw refusal('REFUSED', '只有办理人可以抄送');
  const { rows } = await sql<{ id: string; name: string }>`select id, name from people
    where id = any(${personIds as string[]}::uuid[]) and active`.execute(trx);
  if (rows.length < new Set(personIds).size) throw refusal('REFUSED', '所选人员已停用，请另选');
  await sql`insert into work_order_copies (order_id, person_id, by_person, at)
    select ${order.id}, id, ${by.id}, ${at} from unnest(${personIds as string[]}::uuid[]) as t(id)
    on conflict (order_id, person_id) do update set at = excluded.at, by_person = excluded.by_person, read_at = null`.execute(
    trx,
  );
  step.tell('copied', personIds);
  await step.event('copied', { title: `抄送${rows.map(({ name }) => name).join('、')}`, text });
}

/** One to each unit that has an open task, and to platforms that handle it. */
export async function urge(step: OrderStep, kind: OrderUrgeKind, text: string): Promise<void> {
  const { order, by } = step;
  if (!by) throw new Error('orders are urged by somebody');
  requireOpen(order.state);
  if (kind === 'supervise' && !may(by, 'work_orders.supervise')) throw refusal('REFUSED', '没有督办权限');
  const urged = await urgeTasks(step, { kind, text, by_person: by.id });
  let outside = 0;
  for (const task of step.tasks) if (task.kind === 'wait') outside += await urgeOut(step, task.node, text);
  if (urged + outside === 0) throw refusal('REFUSED', '工单没有待办环节');
  await step.event(kind === 'urge' ? 'urged' : 'supervised', { title: orderUrgeKind.labels[kind], text });
}

/** By a colleague, or by the platform that the order came from. Returns how many tasks were urged. */
export async function urgeTasks(
  step: OrderStep,
  by: { kind: OrderUrgeKind; text: string } & ({ by_person: string } | { by_partner: string }),
): Promise<number> {
  const { trx, order, at } = step;
  const urged = step.tasks.filter(({ kind }) => kind !== 'wait');
  for (const task of urged) {
    const { unit_id, person_id } = task;
    await trx
      .insertInto('work_order_urges')
      .values({
        id: newId(),
        order_id: order.id,
        task_id: task.id,
        at,
        unit_id,
        person_id,
        ...by,
        ...step.words({ text: by.text }),
      })
      .execute();
    step.touch(task.unit_id);
    step.tell(by.kind === 'urge' ? 'urged' : 'supervised', await holdersOf(trx, task), task.title);
  }
  return urged.length;
}

export async function answerUrge(step: OrderStep, urgeId: string, answer: string): Promise<void> {
  const { trx, order, by, at } = step;
  const found = await trx
    .selectFrom('work_order_urges')
    .selectAll()
    .where('id', '=', urgeId)
    .where('order_id', '=', order.id)
    .executeTakeFirst();
  if (!found || found.answered_at) throw refusal('REFUSED', '该催督办已回复，请刷新');
  // Whoever has the task now: it may have been handed on since.
  const task = step.tasks.find(({ id }) => id === found.task_id);
  if (!by || !(task ? isTheirs(by, task) : by.unitIds.includes(found.unit_id)))
    throw refusal('REFUSED', '该催督办由其他单位回复');
  const { text } = openWords(step.services.vault, found);
  await trx
    .updateTable('work_order_urges')
    .set({ answered_by: by.id, answered_at: at, ...step.words({ text, answer }) })
    .where('id', '=', urgeId)
    .execute();
  step.touch(found.unit_id);
  step.tell('result_back', found.by_person ? [found.by_person] : [], `回复${orderUrgeKind.labels[found.kind]}`);
  await step.event('urge_answered', {
    title: `回复${orderUrgeKind.labels[found.kind]}`,
    text: answer,
    taskId: found.task_id,
  });
}

export async function comment(step: OrderStep, text: string, mentions: readonly string[]): Promise<void> {
  step.tell('mentioned', mentions);
  await step.event('commented', { title: '评论', text, data: { mentions } });
}

/**
 * What is typed into a task, so that nothing is lost. No step: it happens every second while somebody types and concerns nobody else, so the
 * order's row isn't held and nobody is told.
 */
export async function keepOpinion(
  { db, vault, by }: { db: Db; vault: Vault; by: Actor },
  { id, taskId }: { id: string; taskId: string },
  draft: Draft,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ sealed: Buffer | null }>`select t.draft_sealed as sealed
      from work_order_tasks t join work_orders w on w.id = t.order_id
      where t.id = ${taskId} and t.order_id = ${id} and w.state = 'open' and ${waitsFor(by)} for no key update of t`.execute(
      trx,
    );
    const [task] = rows;
    if (!task) throw refusal('REFUSED', '该环节已办结或已被他人处理，请刷新');
    const sealed = sealDrafts(vault, { ...openDrafts(vault, task.sealed), [by.id]: draft });
    await sql`update work_order_tasks set draft_sealed = ${sealed} where id = ${taskId}`.execute(trx);
  });
}

/** Whoever works on orders may add to those that they see: agents what a caller brings later, as they add comments. */
export const mayAttach = (actor: Actor): boolean =>
  may(actor, 'work_orders.handle') || may(actor, 'work_orders.register');

export async function attach(step: OrderStep, fileIds: readonly string[]): Promise<void> {
  const { trx, order, by } = step;
  if (!by) throw new Error('files are added by somebody');
  if (order.state !== 'open' && order.state !== 'suspended') throw refusal('REFUSED', '工单已结束，不能再添加附件');
  if (!mayAttach(by)) throw refusal('REFUSED', '没有添加附件的权限');
  await bindFiles(trx, { orderId: order.id, fileIds, by: by.id });
  const names = (await filesInSight(trx, fileIds)).map(({ name }) => name);
  await step.event('files_changed', { title: '添加附件', text: names.join('、') });
}
