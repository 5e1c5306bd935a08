/** Reading short messages: those of the units in reach. */
import type { Permission, SmsFilter, SmsMessage } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import { personJson, reachableUnits, reachableWithin, unitJson } from '../centres/reach.ts';
import type { LedgerReader } from '../contacts/scope.ts';
import type { Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { firstIdAt } from '../platform/ids.ts';
import { maskNumber } from '../platform/masking.ts';

type Row = Omit<SmsMessage, 'number' | 'text' | 'can'> & { numberSealed: Buffer; textSealed: Buffer };

const columns = sql`m.id, ${unitJson('u')} as unit, m.number_sealed as "numberSealed", m.text_sealed as "textSealed",
  m.contact_id as "contactId", m.state, m.attempts, m.error, m.queued_at as "queuedAt", m.done_at as "doneAt",
  m.reported_at as "reportedAt", entered.title as node, f.name as flow, ${personJson('m.sent_by', 'p')} as "sentBy",
  case when m.template_code is not null then json_build_object('code', m.template_code, 'name', m.template_name) end as template,
  case when o.id is not null then json_build_object('id', o.id, 'number', o.number) end as "order"`;
// The node as it was when the call entered it; a flow of a unit out of sight has no name here.
const tables = sql`sms_messages m join units u on u.id = m.unit_id
  left join lateral (select e.data->>'title' as title, e.flow_id from contact_events e
    where e.contact_id = m.contact_id and e.type = 'node_entered' and e.data->>'node' = m.node and e.at <= m.queued_at
    order by e.at desc, e.sequence desc limit 1) entered on true
  left join flows f on f.id = entered.flow_id
  left join people p on p.id = m.sent_by left join work_orders o on o.id = m.order_id`;

export type SmsSearch = SmsFilter & { cursor?: string | undefined };

/** Newest first. */
export async function listSms(
  reader: LedgerReader,
  { limit, ...search }: SmsSearch & { limit: number },
): Promise<{ rows: SmsMessage[]; nextCursor: string | null }> {
  const where = sql.join(conditions(reader, search), sql` and `);
  const { rows } = await sql<Row>`select ${columns} from ${tables} where ${where}
    order by m.id desc limit ${limit + 1}`.execute(reader.db);
  const shownRows = rows.slice(0, limit).map((row) => shown(reader, row));
  return { rows: shownRows, nextCursor: rows.length > limit ? (shownRows.at(-1)?.id ?? null) : null };
}

function conditions({ vault, caller }: LedgerReader, search: SmsSearch): RawBuilder<unknown>[] {
  const list: RawBuilder<unknown>[] = [sql`m.unit_id in (${reachableWithin(caller, search.unitId)})`];
  if (search.from) list.push(sql`m.id >= ${firstIdAt(search.from)}::uuid`);
  if (search.to) list.push(sql`m.id < ${firstIdAt(search.to)}::uuid`);
  if (search.cursor) list.push(sql`m.id < ${search.cursor}::uuid`);
  if (search.states?.length) list.push(sql`m.state = any(${search.states as string[]})`);
  if (search.orderId) list.push(sql`m.order_id = ${search.orderId}`);
  if (search.number?.length === 4)
    list.push(sql`m.number_tail = any(${vault.tails('number', search.number)}::bytea[])`);
  else if (search.number) list.push(sql`m.number_index = any(${vault.indexes('number', search.number)}::bytea[])`);
  return list;
}

/** With the whole number beside it. Throws NOT_FOUND. `db` may be a transaction. */
export async function smsInReach(
  reader: LedgerReader,
  id: string,
  db: Queryable = reader.db,
): Promise<{ message: SmsMessage; number: string }> {
  const { rows } = await sql<Row>`select ${columns} from ${tables}
    where m.id = ${id} and m.unit_id in (${reachableUnits(reader.caller)})`.execute(db);
  if (!rows[0]) throw refusal('NOT_FOUND', '没有找到短信');
  return { message: shown(reader, rows[0]), number: reader.vault.open('number', rows[0].numberSealed) };
}

/** What the gateway may have given up, or got too late. */
export const RETRIED = ['failed', 'expired'] as const;

function shown({ vault, caller }: LedgerReader, { numberSealed, textSealed, ...row }: Row): SmsMessage {
  const may = (permission: Permission) => caller.viewer.permissions.includes(permission);
  return {
    ...row,
    number: maskNumber(vault.open('number', numberSealed)),
    text: vault.open('sms_text', textSealed),
    can: {
      retry: RETRIED.some((state) => state === row.state) && may('sms.manage'),
      reveal: may('personal.reveal'),
    },
  };
}
