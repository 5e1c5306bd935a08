/** Service numbers as screens show them. `db` is of the viewer's scope. */
import type { FlowRef, ServiceNumber, UnitRef } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Caller } from '../../platform/api.ts';
import type { Db, Queryable } from '../../platform/db.ts';
import { reachableOrUpperUnits, reachableUnits, reachableWithin, unitJson } from '../reach.ts';

export interface NumberSearch {
  unitId?: string | undefined;
  text?: string | undefined;
  /** The last number of the page before. */
  cursor?: string | undefined;
  limit: number;
}

// The flow of a unit one is entitled to may belong to one above it, which is out of sight.
const columns = sql`n.id, n.number, n.name, n.active, ${unitJson('u')} as unit,
  json_build_object('id', n.flow_id, 'name', coalesce(f.name, '上级机构的流程')) as flow`;
const tables = sql`service_numbers n join units u on u.id = n.unit_id left join flows f on f.id = n.flow_id`;

/** Short numbers first: they are the hotlines. */
export async function listNumbers(db: Db, caller: Caller, { unitId, text, cursor, limit }: NumberSearch) {
  const matching = sql`n.unit_id in (${reachableWithin(caller, unitId)})
    ${text ? sql`and (strpos(n.number, ${text}) > 0 or strpos(lower(n.name), lower(${text})) > 0)` : sql``}`;
  const after = cursor ? sql`and (length(n.number), n.number) > (length(${cursor}), ${cursor})` : sql``;
  const [found, counted] = await Promise.all([
    sql<ServiceNumber>`select ${columns} from ${tables} where ${matching} ${after}
      order by length(n.number), n.number limit ${limit + 1}`.execute(db),
    sql<{ total: number }>`select count(*)::int as total from service_numbers n where ${matching}`.execute(db),
  ]);
  const rows = found.rows.slice(0, limit);
  const nextCursor = found.rows.length > limit ? (rows.at(-1)?.number ?? null) : null;
  return { rows, nextCursor, total: counted.rows[0]?.total ?? 0 };
}

/** One number, when it lies in reach. */
export async function numberInReach(db: Queryable, caller: Caller, id: string): Promise<ServiceNumber | undefined> {
  const { rows } = await sql<ServiceNumber>`select ${columns} from ${tables}
    where n.id = ${id} and n.unit_id in (${reachableUnits(caller)})`.execute(db);
  return rows[0];
}

/** Published flows of the units in reach and of those that hand theirs down. */
export async function listFlows(db: Db, caller: Caller): Promise<(FlowRef & { unit: UnitRef })[]> {
  const { rows } = await sql<FlowRef & { unit: UnitRef }>`
    select f.id, f.name, ${unitJson('u')} as unit from flows f join units u on u.id = f.unit_id
    where f.removed_at is null and f.unit_id in (${reachableOrUpperUnits(caller)})
      and exists (select from flow_versions v where v.flow_id = f.id and v.version > 0)
    order by u.path, f.name`.execute(db);
  return rows;
}
