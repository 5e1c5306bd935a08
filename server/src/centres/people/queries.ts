/** People as screens show them. `db` is of the viewer's scope; `system` answers what that may not read: sign-ins and what somebody holds. */
import type { DataScope, Person, RoleRef, UnitRef } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import { lockedUntil } from '../../auth/lockout.ts';
import { type Granter, type HeldRole, type Holder, personRefusal } from '../../auth/role-rules.ts';
import type { Caller } from '../../platform/api.ts';
import type { Db, Queryable } from '../../platform/db.ts';
import { type Authority, authorityOf } from '../authority.ts';
import { reachableUnits, reachableWithin, unitJson } from '../reach.ts';
import type { UnitTree } from '../tree.ts';

/** What people are read through. */
export interface Reader {
  db: Db;
  system: Db;
  caller: Caller;
  tree: UnitTree;
}

export interface PersonRow {
  id: string;
  unit: UnitRef;
  login: string;
  name: string;
  agentNumber: string | null;
  active: boolean;
  scope: DataScope;
  entitled: string[];
  /** Those that the viewer may know of: roles of the own units and of those above. */
  roles: RoleRef[];
}

export interface PeopleFilter {
  unitId?: string | undefined;
  text?: string | undefined;
  roleId?: string | undefined;
  active?: boolean | undefined;
  cursor?: string | undefined;
  limit: number;
}

export async function listPeople(
  reader: Reader,
  filter: PeopleFilter,
): Promise<{ rows: Person[]; nextCursor: string | null }> {
  const found = await peopleRows(reader.db, reader.caller, conditions(reader.caller, filter), filter.limit + 1);
  const rows = found.slice(0, filter.limit);
  const nextCursor = found.length > filter.limit ? (rows.at(-1)?.login ?? null) : null;
  return { rows: await toPeople(reader, rows), nextCursor };
}

export async function findPerson(reader: Reader, id: string): Promise<Person | undefined> {
  return (await toPeople(reader, await peopleRows(reader.db, reader.caller, [sql`p.id = ${id}`], 1)))[0];
}

/** Rows in reach, by login. */
export async function peopleRows(
  db: Queryable,
  caller: Caller,
  where: readonly RawBuilder<unknown>[],
  limit: number,
): Promise<PersonRow[]> {
  const conditions = sql.join([sql`p.unit_id in (${reachableUnits(caller)})`, ...where], sql` and `);
  const { rows } = await sql<PersonRow>`
    select p.id, ${unitJson('u')} as unit, p.login, p.name, p.agent_number as "agentNumber", p.active, p.scope, p.entitled,
      coalesce((select json_agg(json_build_object('id', r.id, 'code', r.code, 'name', r.name) order by r.code, r.name)
        from person_roles pr join roles r on r.id = pr.role_id where pr.person_id = p.id), '[]') as roles
    from people p join units u on u.id = p.unit_id
    where ${conditions} order by p.login limit ${limit}`.execute(db);
  return rows;
}

const like = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

function conditions(caller: Caller, { unitId, text, roleId, active, cursor }: PeopleFilter): RawBuilder<unknown>[] {
  const list: RawBuilder<unknown>[] = [];
  if (unitId) list.push(sql`p.unit_id in (${reachableWithin(caller, unitId)})`);
  if (text)
    list.push(sql`(p.name ilike ${like(text)} or p.login ilike ${like(text)} or p.agent_number like ${like(text)})`);
  if (roleId) list.push(sql`exists (select from person_roles h where h.person_id = p.id and h.role_id = ${roleId})`);
  if (active !== undefined) list.push(sql`p.active = ${active}`);
  if (cursor) list.push(sql`p.login > ${cursor}`);
  return list;
}

async function toPeople({ db, system, caller, tree }: Reader, rows: readonly PersonRow[]): Promise<Person[]> {
  if (rows.length === 0) return [];
  const can = await abilitiesOf({ db, system, caller, tree }, rows);
  const logins = rows.map(({ login }) => login);
  const [locked, signIns] = await Promise.all([lockedUntil(system, logins), signInsOf(system, rows)]);
  return rows.map(({ entitled, ...row }) => ({
    ...row,
    entitled: entitledUnits(tree, caller, entitled),
    lastSignInAt: signIns.get(row.id)?.lastSignInAt ?? null,
    lockedUntil: locked.get(row.login) ?? null,
    totp: signIns.get(row.id)?.totp ?? false,
    can: can(row.id),
  }));
}

/** Those in reach: of others the viewer doesn't know the names. */
function entitledUnits(tree: UnitTree, { scope }: Caller, ids: readonly string[]): UnitRef[] {
  const reached = (path: string) =>
    scope.patterns.some((pattern) =>
      pattern.endsWith('.*') ? `${path}.`.startsWith(pattern.slice(0, -1)) : path === pattern,
    );
  return ids.flatMap((id) => {
    const unit = tree.unit(id);
    return unit && reached(unit.path) ? [{ id, name: unit.name, path: unit.path }] : [];
  });
}

async function signInsOf(system: Db, rows: readonly PersonRow[]) {
  const found = await system
    .selectFrom('credentials')
    .select(['person_id', 'last_sign_in_at', 'totp_confirmed_at'])
    .where('person_id', '=', sql<string>`any(${rows.map(({ id }) => id)}::uuid[])`)
    .execute();
  return new Map(
    found.map((row) => [row.person_id, { lastSignInAt: row.last_sign_in_at, totp: row.totp_confirmed_at !== null }]),
  );
}

const NONE: Person['can'] = { change: false, assignRoles: false, resetPassword: false, unlock: false };

/** What the viewer may do with each person. */
async function abilitiesOf({ db, system, caller, tree }: Reader, rows: readonly PersonRow[]) {
  const may = new Set(caller.viewer.permissions);
  const keeps = may.has('people.manage') || may.has('security.manage');
  if (!keeps && !may.has('people.assign_roles')) return () => NONE;
  const authority = await authorityOf(db, caller, tree);
  const granter = granterOf(authority);
  const holders = await holdersOf(
    system,
    tree,
    rows.map(({ id }) => id),
  );
  return (id: string): Person['can'] => {
    const holder = holders.get(id);
    if (!holder) return NONE;
    if (id === granter.id) return { ...NONE, change: may.has('people.manage') };
    if (personRefusal(granter, holder)) return NONE;
    return {
      change: may.has('people.manage'),
      assignRoles: may.has('people.assign_roles'),
      resetPassword: keeps,
      unlock: keeps,
    };
  };
}

export const granterOf = ({ personId, permissions, whole }: Authority): Granter => ({
  id: personId,
  permissions,
  unitIds: whole.unitIds,
});

/** A role as rules see it, and the unit it belongs to. */
export type OwnedRole = HeldRole & { unitId: string | null };
export interface PersonHolder extends Holder {
  homeId: string;
  roles: OwnedRole[];
}

/** What people hold and reach, all of it. `db` sees everything. */
export async function holdersOf(
  db: Queryable,
  tree: UnitTree,
  ids: readonly string[],
): Promise<Map<string, PersonHolder>> {
  const { rows } = await sql<{ id: string; homeId: string; scope: DataScope; entitled: string[]; roles: OwnedRole[] }>`
    select p.id, p.unit_id as "homeId", p.scope, p.entitled,
      coalesce((select json_agg(json_build_object('id', r.id, 'name', r.name, 'permissions', r.permissions, 'unitId', r.unit_id))
        from person_roles pr join roles r on r.id = pr.role_id where pr.person_id = p.id), '[]') as roles
    from people p where p.id = any(${ids as string[]}::uuid[])`.execute(db);
  const reachOf = reaches(tree);
  return new Map(
    rows.map(({ id, homeId, roles, ...of }) => [id, { id, homeId, roles, unitIds: reachOf({ ...of, homeId }) }]),
  );
}

/** What people reach in all; many reach the same. */
export function reaches(tree: UnitTree) {
  const known = new Map<string, ReadonlySet<string>>();
  return (of: { scope: DataScope; homeId: string; entitled: readonly string[] }): ReadonlySet<string> => {
    const key = [of.scope, of.homeId, ...of.entitled].join();
    const reach = known.get(key) ?? tree.reach({ ...of, entitledIds: of.entitled, chosenCentreId: null }).unitIds;
    known.set(key, reach);
    return reach;
  };
}
