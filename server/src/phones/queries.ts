/** IP phones as screens show them. `db` is of the viewer's scope. */
import type { Device } from '@rexian/contracts';
import { sql } from 'kysely';
import { reachableUnits, reachableWithin, unitJson } from '../centres/reach.ts';
import type { Caller } from '../platform/api.ts';
import type { Db, Queryable } from '../platform/db.ts';

export interface DeviceSearch {
  unitId?: string | undefined;
  text?: string | undefined;
  registered?: boolean | undefined;
  /** The last name of the page before. */
  cursor?: string | undefined;
  limit: number;
}

// Whose phone it is may work in a unit out of sight.
const columns = sql`d.id, d.name, d.label, d.registered, d.changed_at as "changedAt", ${unitJson('u')} as unit,
  case when p.id is not null then json_build_object('id', p.id, 'name', p.name, 'agentNumber', p.agent_number) end as person,
  user_of_it.name as "inUseBy"`;
const tables = sql`devices d join units u on u.id = d.unit_id left join people p on p.id = d.person_id
  left join agent_sessions s on s.device_id = d.id and s.signed_out_at is null
  left join people user_of_it on user_of_it.id = s.person_id`;

export async function listDevices(db: Db, caller: Caller, search: DeviceSearch) {
  const { unitId, text, registered, cursor, limit } = search;
  const matching = sql`d.unit_id in (${reachableWithin(caller, unitId)})
    ${text ? sql`and (strpos(d.name, lower(${text})) > 0 or strpos(lower(d.label), lower(${text})) > 0 or strpos(p.name, ${text}) > 0)` : sql``}
    ${registered === undefined ? sql`` : sql`and d.registered = ${registered}`}`;
  const after = cursor ? sql`and d.name > ${cursor}` : sql``;
  const [found, counted] = await Promise.all([
    sql<Device>`select ${columns} from ${tables} where ${matching} ${after} order by d.name limit ${limit + 1}`.execute(
      db,
    ),
    sql<{ total: number }>`select count(*)::int as total from devices d left join people p on p.id = d.person_id
      where ${matching}`.execute(db),
  ]);
  const rows = found.rows.slice(0, limit).map(read);
  const nextCursor = found.rows.length > limit ? (rows.at(-1)?.name ?? null) : null;
  return { rows, nextCursor, total: counted.rows[0]?.total ?? 0 };
}

/** One phone, when it lies in reach. */
export async function deviceInReach(db: Queryable, caller: Caller, id: string): Promise<Device | undefined> {
  const { rows } = await sql<Device>`select ${columns} from ${tables}
    where d.id = ${id} and d.unit_id in (${reachableUnits(caller)})`.execute(db);
  return rows[0] && read(rows[0]);
}

const read = (row: Device): Device => ({ ...row, inUseBy: row.inUseBy ?? null });
