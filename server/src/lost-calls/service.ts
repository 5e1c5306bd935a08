/** Who calls lost callers back: assigning and closing. Each works within a transaction of its own and tells those whom it concerns. */
import type { PersonRef } from '@rexian/contracts';
import { sql } from 'kysely';
import { reachableUnits } from '../centres/reach.ts';
import { openNumber } from '../contacts/caller-number.ts';
import { type LedgerReader, unitsOf } from '../contacts/scope.ts';
import type { Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { sendHint } from '../platform/hints.ts';
import { maskNumber } from '../platform/masking.ts';

/** Lost calls that were changed, unit by unit. */
export interface Changed {
  unitId: string;
  unitPath: string;
  /** Any of their contacts: screens that show the unit look again. */
  contactId: string;
  calls: { id: string; number: string }[];
}

/** People in reach who can call somebody back: agents who may dial. */
export async function assignees({ db, caller }: LedgerReader, personId?: string): Promise<PersonRef[]> {
  const { rows } = await sql<PersonRef>`
    select p.id, p.name, p.agent_number as "agentNumber" from people p
    where p.active and p.unit_id in (${reachableUnits(caller)}) ${personId ? sql`and p.id = ${personId}` : sql``}
      and (select array_agg(permission) from person_roles pr join roles r on r.id = pr.role_id, unnest(r.permissions) as permission
           where pr.person_id = p.id) @> array['desk.use', 'calls.dial']
    order by p.agent_number, p.name limit 2000`.execute(db);
  return rows;
}

/**
 * Gives lost calls to an agent, or takes them back (null). Those that are done with meanwhile stay as they are. Throws NOT_FOUND when any is
 * out of reach, REFUSED for somebody who can't call back.
 */
export async function assign(
  reader: LedgerReader,
  trx: Queryable,
  { ids, personId, at }: { ids: readonly string[]; personId: string | null; at: Date },
): Promise<{ changed: Changed[]; assignee: PersonRef | null; left: number }> {
  const assignee = personId === null ? null : ((await assignees(reader, personId))[0] ?? null);
  const wanted = [...new Set(ids)];
  const { rows } = await sql<Locked>`
    select l.id, l.unit_id as "unitId", u.path::text as "unitPath", l.contact_id as "contactId", l.caller_sealed as sealed,
      l.assigned_to as "assignedTo", l.closed_at is null as open
    from lost_calls l join units u on u.id = l.unit_id
    where l.id = any(${wanted}::uuid[]) and l.unit_id = any(${unitsOf(reader.caller)}) and l.caller_index is not null
    order by l.id for update of l`.execute(trx);
  if (rows.length < wanted.length) throw refusal('NOT_FOUND');
  if (personId !== null && !assignee) throw refusal('REFUSED', '该人员不能回拨，请选择有外呼权限的坐席');
  const open = rows.filter((row) => row.open && row.assignedTo !== personId);
  await trx
    .updateTable('lost_calls')
    .set({ state: personId ? 'assigned' : 'open', assigned_to: personId, assigned_at: personId ? at : null })
    .where(sql<boolean>`id = any(${open.map(({ id }) => id)}::uuid[])`)
    .execute();
  const told = new Set(open.flatMap((row) => [row.assignedTo, personId]).filter((id) => id !== null));
  for (const id of told) await sendHint(trx, { topic: 'desk', personId: id, sessionId: null });
  const changed = byUnit(reader, open);
  await tell(trx, changed);
  return { changed, assignee, left: wanted.length - open.length };
}

interface Locked {
  id: string;
  unitId: string;
  unitPath: string;
  contactId: string;
  sealed: Buffer | null;
  assignedTo: string | null;
  open: boolean;
}

function byUnit({ vault }: LedgerReader, rows: readonly Locked[]): Changed[] {
  return [...Map.groupBy(rows, ({ unitId }) => unitId).values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const calls = same.map(({ id, sealed }) => ({ id, number: maskNumber(openNumber(vault, sealed)) }));
    return [{ unitId: first.unitId, unitPath: first.unitPath, contactId: first.contactId, calls }];
  });
}

async function tell(trx: Queryable, changed: readonly Changed[]): Promise<void> {
  for (const { contactId, unitPath } of changed) await sendHint(trx, { topic: 'contact', contactId, unitPath });
}

/** Nobody has to call back. Throws NOT_FOUND, WRONG_STATE; FORBIDDEN for another agent's. */
export async function close(
  reader: LedgerReader,
  trx: Queryable,
  { id, remark, at }: { id: string; remark: string; at: Date },
): Promise<Changed> {
  const { viewer } = reader.caller;
  const manages = viewer.permissions.includes('lost_calls.manage');
  const mine = sql`l.assigned_to = ${viewer.id}`;
  const reach = manages ? sql`(l.unit_id = any(${unitsOf(reader.caller)}) or ${mine})` : mine;
  const { rows } = await sql<Locked>`
    select l.id, l.unit_id as "unitId", u.path::text as "unitPath", l.contact_id as "contactId", l.caller_sealed as sealed,
      l.assigned_to as "assignedTo", l.closed_at is null as open
    from lost_calls l join units u on u.id = l.unit_id
    where l.id = ${id} and ${reach} and l.caller_index is not null for update of l`.execute(trx);
  const [row] = rows;
  const [changed] = byUnit(reader, rows);
  if (!row || !changed) throw refusal('NOT_FOUND');
  if (!row.open) throw refusal('WRONG_STATE', '该呼损已处理，请刷新后查看');
  await trx
    .updateTable('lost_calls')
    .set({ state: 'closed', closed_at: at, closed_by: viewer.id, remark })
    .where('id', '=', id)
    .execute();
  await tell(trx, [changed]);
  return changed;
}
