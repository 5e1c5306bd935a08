/** Booked call-backs that wait for an agent (预约回拨), as leaders see them. */
import type { WaitingCallback } from '@rexian/contracts';
import { sql } from 'kysely';
import { reachableUnits, unitJson } from '../centres/reach.ts';
import { openNumber } from '../contacts/caller-number.ts';
import { cancelCallback } from '../contacts/lost.ts';
import type { LedgerReader } from '../contacts/scope.ts';
import type { Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { maskNumber } from '../platform/masking.ts';

/** Those whose turn comes first on top. The place counts everybody who waits in the queue, on the line or not. */
export async function waitingCallbacks({ db, vault, caller }: LedgerReader): Promise<WaitingCallback[]> {
  const { rows } = await sql<Omit<WaitingCallback, 'callerNumber'> & { caller: Buffer | null }>`
    with places as (
      select id, (row_number() over (partition by queue_id order by priority desc, queued_at, id))::int as place
      from contacts where state = 'queued')
    select c.id as "contactId", ${unitJson('u')} as unit, c.caller_sealed as caller, c.state, c.arrived_at as "bookedAt",
      coalesce(c.queued_at, c.arrived_at) as "waitingSince", places.place,
      case when q.id is not null then json_build_object('id', q.id, 'name', q.name) end as queue
    from contacts c join units u on u.id = c.unit_id left join queues q on q.id = c.queue_id left join places on places.id = c.id
    where c.origin = 'callback' and c.state in ('queued', 'ringing', 'dialling') and c.state <> 'ended'
      and c.unit_id in (${reachableUnits(caller)})
    order by places.place nulls first, "waitingSince", c.id`.execute(db);
  return rows.map(({ caller: sealed, ...row }) => ({ ...row, callerNumber: maskNumber(openNumber(vault, sealed)) }));
}

/** Within a transaction. Its caller is a lost one whom, the leader says, nobody has to call back. Throws NOT_FOUND, WRONG_STATE. */
export async function cancelByLeader(
  reader: LedgerReader,
  trx: Queryable,
  { contactId, remark, at }: { contactId: string; remark: string; at: Date },
): Promise<{ number: string; unitId: string }> {
  const { rows } = await sql<{ unitId: string; sealed: Buffer | null }>`
    select unit_id as "unitId", caller_sealed as sealed from contacts
    where id = ${contactId} and origin = 'callback' and unit_id in (${reachableUnits(reader.caller)})`.execute(trx);
  const [row] = rows;
  if (!row) throw refusal('NOT_FOUND');
  if (!(await cancelCallback(trx, { contactId, at, by: 'agent' })))
    throw refusal('WRONG_STATE', '该回拨已开始或已结束，不能取消');
  await trx
    .updateTable('lost_calls')
    .set({ state: 'closed', closed_at: at, closed_by: reader.caller.viewer.id, remark })
    .where('contact_id', '=', contactId)
    .where('closed_at', 'is', null)
    .execute();
  return { number: maskNumber(openNumber(reader.vault, row.sealed)), unitId: row.unitId };
}
