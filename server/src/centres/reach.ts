/** What lies in a viewer's reach, stated by queries themselves; row-level security stands behind it. */
import type { PersonRef, UnitRef } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import type { Caller } from '../platform/api.ts';
import type { Queryable } from '../platform/db.ts';

/** Ids of the units in reach. */
export const reachableUnits = ({ scope }: Pick<Caller, 'scope'>): RawBuilder<unknown> =>
  sql`select id from units where path ? ${scope.patterns as string[]}::lquery[]`;

/** Ids of the units in reach and of those above the viewer's home, which hand down flows and calendars. */
export const reachableOrUpperUnits = ({ scope }: Pick<Caller, 'scope'>): RawBuilder<unknown> =>
  sql`select id from units where path ? ${scope.patterns as string[]}::lquery[] or path @> ${scope.home}::ltree`;

/** The unit, when it lies in reach. */
export async function reachableUnit(
  db: Queryable,
  caller: Pick<Caller, 'scope'>,
  id: string,
): Promise<UnitRef | undefined> {
  const { rows } = await sql<UnitRef>`select id, name, path::text as path from units
    where id = ${id} and id in (${reachableUnits(caller)})`.execute(db);
  return rows[0];
}

/** `unit` narrowed to the unit and everything below it, for a filter; all units in reach without one. */
export const reachableWithin = (caller: Pick<Caller, 'scope'>, unitId: string | undefined): RawBuilder<unknown> =>
  unitId === undefined
    ? reachableUnits(caller)
    : sql`select below.id from units below join units top on below.path <@ top.path
        where top.id = ${unitId} and below.id in (${reachableUnits(caller)})`;

/** JSON of a unit as the contract shows it. */
export const unitJson = (table: string): RawBuilder<UnitRef> => {
  const column = (name: string) => sql.ref(`${table}.${name}`);
  return sql`json_build_object('id', ${column('id')}, 'name', ${column('name')}, 'path', ${column('path')}::text)`;
};

/** The same of the person whose id is in the column `id` and whose row, as far as it is seen, is `table`; null for nobody. */
export const personJson = (id: string, table: string): RawBuilder<PersonRef | null> =>
  sql`case when ${sql.ref(id)} is not null then json_build_object('id', ${sql.ref(id)},
    'name', coalesce(${sql.ref(`${table}.name`)}, '其他单位人员'), 'agentNumber', ${sql.ref(`${table}.agent_number`)}) end`;
