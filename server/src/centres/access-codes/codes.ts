/** Access codes as calls use them: what a code leads to, and which codes a centre may send calls to. `db` sees everything. */
import type { AcceptsFrom, OverflowCode } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import type { Queryable } from '../../platform/db.ts';
import { type DialledNumber, findNumber } from '../numbers/dialled.ts';
import { acceptsFromCentre } from './standing.ts';

export interface Centre {
  id: string;
  path: string;
  name: string;
  /** No centre lies above it. */
  top: boolean;
}

/** The nearest centre upwards from the unit `path`; the top of the tree when there is none. */
const centreAt = (path: RawBuilder<unknown>) => sql`(
  select c.id, c.path::text as path, c.name, not exists (
    select from units up where up.path @> c.path and up.id <> c.id and up.kind = 'centre') as top
  from units c where c.path @> ${path}
  order by c.kind = 'centre' desc, case when c.kind = 'centre' then -nlevel(c.path) else nlevel(c.path) end limit 1)`;

export async function centreOfUnit(db: Queryable, unitId: string): Promise<Centre> {
  const { rows } = await sql<Centre>`select centre.* from units u, lateral ${centreAt(sql`u.path`)} centre
    where u.id = ${unitId}`.execute(db);
  if (!rows[0]) throw new Error(`no unit ${unitId}`);
  return rows[0];
}

interface CodeRow {
  id: string;
  code: string;
  name: string;
  unit: string;
  centre: string;
  accepts: AcceptsFrom[];
  platform: boolean;
  number: string | null;
  queueId: string | null;
  trunk: string | null;
  remoteNumber: string | null;
}

/** Codes in use whose number or trunk is in use as well. */
async function codesInUse(db: Queryable, condition: RawBuilder<unknown>): Promise<CodeRow[]> {
  const { rows } = await sql<CodeRow>`
    select a.id, a.code, a.name, u.name as unit, centre.path as centre, a.accepts, a.number_id is null as platform, n.number,
      a.queue_id as "queueId", t.code as trunk, a.remote_number as "remoteNumber"
    from access_codes a join units u on u.id = a.unit_id left join service_numbers n on n.id = a.number_id
      left join trunks t on t.id = a.trunk_id, lateral ${centreAt(sql`u.path`)} centre
    where a.active and coalesce(n.active, t.active) and ${condition}
      and not exists (select from units upper where upper.path @> u.path and not upper.active)
    order by a.code`.execute(db);
  return rows;
}

export interface ReachableCode {
  accessCodeId: string;
  code: string;
  name: string;
  unit: string;
}

async function codesOpenTo(db: Queryable, unitId: string): Promise<CodeRow[]> {
  const { path } = await centreOfUnit(db, unitId);
  const codes = await codesInUse(db, sql`true`);
  return codes.filter((code) => acceptsFromCentre(code, path));
}

/** The codes that the centre of a unit may send calls to. */
export async function codesFrom(db: Queryable, unitId: string): Promise<ReachableCode[]> {
  const codes = await codesOpenTo(db, unitId);
  return codes.map(({ id, code, name, unit }) => ({ accessCodeId: id, code, name, unit }));
}

/** Those of them that a queue may send callers to by itself: to another platform a caller is put through by an agent. */
export async function overflowCodes(db: Queryable, unitId: string): Promise<OverflowCode[]> {
  const codes = await codesOpenTo(db, unitId);
  return codes.filter(({ platform }) => !platform).map(({ id, code, name, unit }) => ({ id, code, name, unit }));
}

/** What a code leads to. */
export type Destination =
  | { kind: 'number'; number: DialledNumber; queueId: string | null }
  | { kind: 'platform'; trunk: string; number: string };
export interface OpenCode {
  id: string;
  code: string;
  name: string;
  to: Destination;
}

/**
 * A code in use that accepts calls from `sender`, the path of a centre; null: there is none, or it doesn't. `sender` null: another
 * platform, which is never above or below.
 */
export async function openCode(
  db: Queryable,
  asked: { id: string } | { code: string },
  sender: string | null,
): Promise<OpenCode | null> {
  const condition = 'id' in asked ? sql`a.id = ${asked.id}` : sql`a.code = ${asked.code}`;
  const [row] = await codesInUse(db, condition);
  if (!row) return null;
  const accepted = sender === null ? !row.platform && row.accepts.includes('side') : acceptsFromCentre(row, sender);
  const to = accepted ? await destinationOf(db, row) : null;
  return to && { id: row.id, code: row.code, name: row.name, to };
}

async function destinationOf(db: Queryable, row: CodeRow): Promise<Destination | null> {
  if (row.trunk !== null && row.remoteNumber !== null)
    return { kind: 'platform', trunk: row.trunk, number: row.remoteNumber };
  const number = row.number === null ? null : await findNumber(db, row.number, { inside: false });
  return number && { kind: 'number', number, queueId: row.queueId };
}
