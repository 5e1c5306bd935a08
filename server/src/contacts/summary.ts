/** One contact in a line: what lists and histories show. */
import type { ContactSummary } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import { maskNumber } from '../platform/masking.ts';
import type { Vault } from '../platform/vault.ts';
import { openNumber } from './caller-number.ts';
import { testCall } from './test-calls.ts';

export type SummaryRow = Omit<ContactSummary, 'callerNumber'> & { caller: Buffer | null };

export const summaryColumns = sql`
  c.id, c.state, ${testCall} as test, c.direction, c.origin, c.caller_sealed as caller, c.called_number as "calledNumber",
  json_build_object('id', u.id, 'name', u.name, 'path', u.path::text) as unit,
  case when q.id is not null then json_build_object('id', q.id, 'name', q.name) end as queue,
  case when c.agent_id is not null then json_build_object('id', c.agent_id, 'name', coalesce(p.name, '其他中心坐席'),
    'agentNumber', p.agent_number) end as agent,
  c.arrived_at as "arrivedAt", c.connected_at as "connectedAt", c.ended_at as "endedAt", c.flow_ms as "flowMs",
  c.waiting_ms as "waitingMs", c.ringing_ms as "ringingMs", c.talking_ms as "talkingMs", c.hold_ms as "holdMs",
  c.wrap_up_ms as "wrapUpMs", c.end_reason as "endReason", c.ended_by as "endedBy", c.result,
  k.name as "categoryName", c.recorded, c.satisfaction, c.satisfaction_pushed as "satisfactionPushed"`;

export const summaryTables = sql`
  contacts c join units u on u.id = c.unit_id left join queues q on q.id = c.queue_id
  left join people p on p.id = c.agent_id left join categories k on k.id = c.category_id`;

/** The summaries of these ids (a query), newest first. */
export const summariesOf = (ids: RawBuilder<unknown>) => sql<SummaryRow>`
  select ${summaryColumns} from (${ids}) found join lateral (select * from contacts where id = found.id) c on true
    join units u on u.id = c.unit_id left join queues q on q.id = c.queue_id
    left join people p on p.id = c.agent_id left join categories k on k.id = c.category_id
  order by found.id desc`;

/** The caller's number masked: whoever may see all of it reveals it, on record. */
export function toSummary<Row extends { caller: Buffer | null }>(vault: Vault, { caller, ...row }: Row) {
  return { ...row, callerNumber: maskNumber(openNumber(vault, caller)) };
}
