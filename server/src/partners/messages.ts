/** The outbox as administrators see it. */
import type { OutboxMessage, OutboxState } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import type { Caller } from '../platform/api.ts';
import type { Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';

export interface MessageSearch {
  partnerId?: string | undefined;
  states?: OutboxState[] | undefined;
  orderNumber?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

// Who runs the exchange needn't see the order itself: its number comes from what sees everything.
const select = (where: RawBuilder<unknown>, limit: number) => sql<OutboxMessage>`
  select o.id, json_build_object('id', p.id, 'name', p.name) as partner, json_build_object('id', o.order_id, 'number', w.number) as order,
    o.kind, o.sequence, o.state, o.attempts, o.error, o.queued_at as "queuedAt",
    case when o.state = 'waiting' then o.next_at end as "nextAt", o.done_at as "doneAt"
  from partner_outbox o join partners p on p.id = o.partner_id join work_orders w on w.id = o.order_id
  where ${where} order by o.id desc limit ${limit}`;

const ofReach = ({ unitIds }: Caller) => sql`p.unit_id = any(${unitIds as string[]}::uuid[])`;

/** Newest first. `all` sees everything. */
export async function listMessages(all: Queryable, caller: Caller, search: MessageSearch) {
  const list = [ofReach(caller)];
  if (search.partnerId) list.push(sql`o.partner_id = ${search.partnerId}`);
  if (search.states?.length) list.push(sql`o.state = any(${search.states as string[]})`);
  if (search.orderNumber) list.push(sql`w.number = ${search.orderNumber}`);
  if (search.cursor) list.push(sql`o.id < ${search.cursor}::uuid`);
  const { rows } = await select(sql.join(list, sql` and `), search.limit + 1).execute(all);
  const shown = rows.slice(0, search.limit);
  return { rows: shown, nextCursor: rows.length > search.limit ? (shown.at(-1)?.id ?? null) : null };
}

/** Throws NOT_FOUND. */
export async function messageInReach(all: Queryable, caller: Caller, id: string): Promise<OutboxMessage> {
  const { rows } = await select(sql`o.id = ${id} and ${ofReach(caller)}`, 1).execute(all);
  if (!rows[0]) throw refusal('NOT_FOUND', '没有找到消息');
  return rows[0];
}

/** Throws NOT_FOUND, WRONG_STATE for one that was taken there. */
export async function resend(trx: Queryable, all: Queryable, caller: Caller, id: string): Promise<OutboxMessage> {
  const before = await messageInReach(all, caller, id);
  const { numAffectedRows } =
    await sql`update partner_outbox set state = 'waiting', done_at = null, attempts = 0, next_at = now()
    where id = ${id} and state <> 'sent'`.execute(trx);
  if (numAffectedRows === 0n) throw refusal('WRONG_STATE', '该消息对方已接收，无需重发');
  return before;
}
