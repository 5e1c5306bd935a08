/** Who is told of a step: those who have something to do now, and those who wait for what became of it. */
import { type NoticeKind, noticeKind } from '@rexian/contracts';
import { sql } from 'kysely';
import type { SmsCapabilities } from '../../engines/sms/gateway.ts';
import type { Told } from '../../notices/notices.ts';
import type { Queryable } from '../../platform/db.ts';
import type { Vault } from '../../platform/vault.ts';
import { queueSms } from '../../sms/outbox.ts';
import { orderAddressee } from '../record/addressee.ts';
import type { Order, Task } from './order.ts';
import { handlersOf } from './places.ts';

/** Nobody reads a notice that a whole province got. */
const MOST = 50;
const MOST_OF_ANSWER = 200;

export interface SmsSettings {
  /** null: none is configured. */
  gateway: SmsCapabilities | null;
  /** How many messages a number may get in a day. */
  perDay: number;
}

/** Whoever has the task, or may take it. */
export async function holdersOf(trx: Queryable, { person_id, unit_id, desk }: Task): Promise<string[]> {
  if (person_id !== null) return [person_id];
  const { rows } = await sql<{ id: string }>`select p.id from people p join units u on u.id = p.unit_id
    where ${handlersOf(unit_id, desk)} order by p.id limit ${MOST}`.execute(trx);
  return rows.map(({ id }) => id);
}

/** Whoever may decide about what was asked of the unit. */
export async function decidersOf(trx: Queryable, unitId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select p.id from people p where p.active and p.unit_id = ${unitId}
    and exists (select from person_roles pr join roles r on r.id = pr.role_id where pr.person_id = p.id
      and r.permissions && array['work_orders.dispatch', 'work_orders.review', 'work_orders.manage'])
    order by p.id limit ${MOST}`.execute(trx);
  return rows.map(({ id }) => id);
}

/** Titles name numbers and steps only: screens show them to whoever passes by. */
export const noticeOf = (order: Order, kind: NoticeKind, personId: string, about: string): Told => ({
  ...{ personId, kind, orderId: order.id, link: `/orders/${order.id}` },
  title: `${noticeKind.labels[kind]}：${order.number}${about ? ` ${about}` : ''}`,
});

/** What of a step writing to the caller needs. */
interface Writing {
  trx: Queryable;
  order: Order;
  at: Date;
  services: { vault: Vault; sms: SmsSettings };
  event(type: 'notified', words: { title: string; data?: Record<string, unknown> }): Promise<void>;
}

/** 短信通知 of a drawing. That nothing could be sent is told in the trail; the order goes on. */
export async function notifyBySms(step: Writing, node: string, template: string): Promise<void> {
  const { trx, order, at, services } = step;
  if (order.anonymous) return step.event('notified', { title: '匿名来电，未发送短信' });
  const to = await orderAddressee(trx, services.vault, order.id);
  // The answer as this step leaves it: the row has it only when the step ends.
  const values = { ...to.values, 办理结果: order.texts.answer.slice(0, MOST_OF_ANSWER) };
  const queued = await queueSms(
    trx,
    { vault: services.vault, ...services.sms, system: trx },
    {
      to: { ...to, values },
      content: { template },
      sentBy: null,
      dedupKey: `${order.id}:${node}:${order.revision}`,
      at,
    },
  );
  const title = queued.state === 'queued' ? '短信通知来电人' : `未发送短信：${queued.reason}`;
  await step.event('notified', {
    title,
    data: { template, ...(queued.state === 'queued' ? { smsId: queued.id } : {}) },
  });
}
