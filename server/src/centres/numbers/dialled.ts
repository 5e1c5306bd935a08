/** Service numbers: which centre and which flow a dialled number belongs to. */
import { sql } from 'kysely';
import type { Db, Queryable } from '../../platform/db.ts';

export interface DialledNumber {
  unitId: string;
  /** The service number reached: what was dialled, or what an access code leads to. */
  number: string;
  name: string;
  flow: { id: string; version: number; document: unknown };
}

interface Dialling {
  /** From inside the platform: access codes count too. Outsiders must not reach them. */
  inside: boolean;
}

/**
 * Looks a dialled number up, with the newest published version of its flow. null: no such number, or it is out of use, as is everything
 * of a unit that is not active or lies below one.
 */
export async function findNumber(db: Queryable, dialled: string, { inside }: Dialling): Promise<DialledNumber | null> {
  const { rows } = await sql<{
    unitId: string;
    number: string;
    name: string;
    flowId: string;
    version: number;
    graph: unknown;
  }>`
    select n.unit_id as "unitId", n.number, n.name, n.flow_id as "flowId", v.version, v.graph
    from service_numbers n join units u on u.id = n.unit_id join flow_versions v on v.flow_id = n.flow_id and v.version > 0
    where n.id = coalesce((select id from service_numbers where number = ${dialled}), ${inside ? numberOfCode(dialled) : null})
      and ${inUse}
    order by v.version desc limit 1`.execute(db);
  const row = rows[0];
  if (!row) return null;
  const { unitId, number, name, flowId, version, graph } = row;
  return { unitId, number, name, flow: { id: flowId, version, document: graph } };
}

/** Condition on numbers `n` of units `u`. */
const inUse = sql`n.active and not exists (select from units upper where upper.path @> u.path and not upper.active)`;

const numberOfCode = (code: string) => sql`(select number_id from access_codes where code = ${code} and active)`;

/** Numbers that can be dialled, hotlines first: they are shorter than those of single halls. */
export async function dialableNumbers(db: Db, limit: number): Promise<{ number: string; name: string }[]> {
  const { rows } = await sql<{ number: string; name: string }>`
    select n.number, n.name from service_numbers n join units u on u.id = n.unit_id where ${inUse}
    order by length(n.number), n.number limit ${limit}`.execute(db);
  return rows;
}

/** The unit that calls to unknown numbers are booked under: the top of the tree. */
export async function rootUnitId(db: Db): Promise<string> {
  const row = await db.selectFrom('units').select('id').orderBy('path').limit(1).executeTakeFirstOrThrow();
  return row.id;
}
