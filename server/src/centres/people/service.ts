/**
 * Changes to people. `by` says who changes; rules are judged on all that a person holds, also what the viewer can't see. Rows are written
 * through the role of the viewer's scope, except those of sign-in.
 */
import type { DataScope } from '@rexian/contracts';
import { sql, type Transaction } from 'kysely';
import { setTemporaryPassword } from '../../auth/credentials.ts';
import { grantRefusal, personRefusal, reachRefusal } from '../../auth/role-rules.ts';
import type { Caller } from '../../platform/api.ts';
import type { Db } from '../../platform/db.ts';
import { refusal, refusing } from '../../platform/errors.ts';
import { sendHint } from '../../platform/hints.ts';
import { newId } from '../../platform/ids.ts';
import type { Database } from '../../platform/schema.ts';
import { type Authority, reachedUnit } from '../authority.ts';
import { rolesManagerLeft } from '../roles/managers.ts';
import { refuseLedInVain } from './led-to.ts';
import {
  granterOf,
  holdersOf,
  type OwnedRole,
  type PersonHolder,
  type PersonRow,
  peopleRows,
  reaches,
} from './queries.ts';

type Trx = Transaction<Database>;

export interface PersonFacts {
  unitId: string;
  name: string;
  agentNumber: string | null;
}

export interface Grant {
  roleIds: readonly string[];
  scope: DataScope;
  entitledUnitIds: readonly string[];
}

/** Within one change: `trx` shows the viewer's scope, `system` everything. */
export interface PeopleKeeper {
  trx: Trx;
  system: Db;
  caller: Caller;
  by: Authority;
}

/** In a transaction of the engine's: the password belongs to the same act. Answers the id. */
export async function createPerson(
  system: Trx,
  by: Authority,
  { login, ...facts }: PersonFacts & { login: string },
  passwordHash: string,
): Promise<string> {
  reachedUnit(by, facts.unitId);
  const id = newId();
  await takenRefused(() =>
    system
      .insertInto('people')
      .values({ id, login, ...columnsOf(facts) })
      .execute(),
  );
  await setTemporaryPassword(system, id, passwordHash);
  return id;
}

const columnsOf = ({ unitId: unit_id, name, agentNumber: agent_number }: PersonFacts) => ({
  unit_id,
  name,
  agent_number,
});

export const takenRefused = <T>(change: () => Promise<T>) =>
  refusing({ unique: () => refusal('TAKEN', '工号或坐席号已被占用') }, change);

/** Who it is, as the audit log tells it. */
export interface Changed {
  before: PersonRow;
  after: PersonRow;
}

export async function changePerson(
  keeper: PeopleKeeper,
  id: string,
  { active, confirmed, ...facts }: PersonFacts & { active: boolean; confirmed: boolean },
): Promise<Changed> {
  const { trx, system, by } = keeper;
  const { row: before, holder } = await personInReach(keeper, id);
  const home = reachedUnit(by, facts.unitId);
  const [movesHome, stops] = [facts.unitId !== before.unit.id, before.active && !active];
  if (id === by.personId) {
    if (movesHome || stops) throw refusal('REFUSED', '不能调动或停用自己，请由其他管理员操作');
  } else refused(personRefusal(granterOf(by), holder));
  if (movesHome) refuseMove(by, before, holder, home.id);
  if (stops) await refuseLast(keeper, id);
  const unit = { id: home.id, name: home.name, path: home.path };
  const after = { ...before, ...facts, unit, active };
  if (!confirmed) await refuseLedInVain(system, by.tree, { id, before, after });
  await takenRefused(() =>
    trx
      .updateTable('people')
      .set({ ...columnsOf(facts), active })
      .where('id', '=', id)
      .execute(),
  );
  if (movesHome || before.active !== active) await sendHint(trx, { topic: 'viewer', personId: id });
  return { before, after };
}

/** What a person may see goes with the home; what they may do was given by units above it. */
function refuseMove(by: Authority, { scope, entitled }: PersonRow, { roles }: PersonHolder, homeId: string): void {
  refused(reachRefusal(granterOf(by), reaches(by.tree)({ scope, entitled, homeId })));
  const foreign = roles.find((role) => !availableAt(by, role, homeId));
  if (foreign) throw refusal('REFUSED', `角色“${foreign.name}”不属于新机构或其上级，请先在“分配角色”中取消`);
}

/** Roles are for the unit they belong to and those below. */
export function availableAt(
  { tree }: Pick<Authority, 'tree'>,
  { unitId }: { unitId: string | null },
  homeId: string,
): boolean {
  const [home, owner] = [tree.unit(homeId), unitId === null ? null : tree.unit(unitId)];
  if (owner === null) return true;
  return home !== undefined && owner !== undefined && `${home.path}.`.startsWith(`${owner.path}.`);
}

export async function assignRoles(keeper: PeopleKeeper, id: string, grant: Grant): Promise<Changed> {
  const { trx, by } = keeper;
  const { row: before, holder } = await personInReach(keeper, id);
  const granted = await visibleRoles(trx, grant.roleIds);
  const unavailable = granted.find((role) => !availableAt(by, role, before.unit.id));
  if (unavailable) throw refusal('REFUSED', `角色“${unavailable.name}”不属于此人所在机构或其上级，不能分配`);
  // What the viewer can't see stays as it is.
  const seen = new Set(before.roles.map((role) => role.id));
  const roles = [...granted, ...holder.roles.filter((role) => !seen.has(role.id))];
  const entitled = [
    ...new Set([...grant.entitledUnitIds, ...before.entitled.filter((unitId) => !by.reach.unitIds.has(unitId))]),
  ];
  for (const unitId of grant.entitledUnitIds) reachedUnit({ tree: by.tree, reach: by.whole }, unitId);
  const unitIds = reaches(by.tree)({ scope: grant.scope, homeId: before.unit.id, entitled });
  refused(grantRefusal(granterOf(by), holder, { roles, unitIds }));
  if (!roles.some(managesRoles) && holder.roles.some(managesRoles)) await refuseLast(keeper, id);
  await trx.updateTable('people').set({ scope: grant.scope, entitled }).where('id', '=', id).execute();
  await writeRoles(trx, id, roles);
  await sendHint(trx, { topic: 'viewer', personId: id });
  const [after] = await peopleRows(trx, keeper.caller, [sql`p.id = ${id}`], 1);
  return { before, after: after ?? before };
}

const managesRoles = ({ permissions }: OwnedRole) => permissions.includes('roles.manage');

async function writeRoles(trx: Trx, personId: string, roles: readonly OwnedRole[]): Promise<void> {
  await trx.deleteFrom('person_roles').where('person_id', '=', personId).execute();
  const rows = roles.map((role) => ({ person_id: personId, role_id: role.id }));
  if (rows.length > 0) await trx.insertInto('person_roles').values(rows).execute();
}

async function visibleRoles(trx: Trx, ids: readonly string[]): Promise<OwnedRole[]> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return [];
  const rows = await trx
    .selectFrom('roles')
    .select(['id', 'name', 'permissions', 'unit_id as unitId'])
    .where('id', 'in', wanted)
    .execute();
  if (rows.length < wanted.length) throw refusal('NOT_FOUND', '没有找到角色');
  return rows;
}

/** Throws NOT_FOUND for people out of reach. Whoever else changes people waits for `lockAuthority`. */
async function personInReach({ trx, system, caller, by }: PeopleKeeper, id: string) {
  const [row] = await peopleRows(trx, caller, [sql`p.id = ${id}`], 1);
  const holder = row && (await holdersOf(system, by.tree, [id])).get(id);
  if (!holder) throw refusal('NOT_FOUND');
  return { row, holder };
}

/** The person, when the viewer may do something to their account: nobody becomes somebody mightier through their password. */
export async function keptPerson(keeper: PeopleKeeper, id: string, own: string): Promise<PersonRow> {
  const { row, holder } = await personInReach(keeper, id);
  if (id === keeper.by.personId) throw refusal('REFUSED', own);
  refused(personRefusal(granterOf(keeper.by), holder));
  return row;
}

async function refuseLast({ system, by }: PeopleKeeper, id: string): Promise<void> {
  if (!(await rolesManagerLeft(system, by.tree, ({ personId }) => personId !== id)))
    throw refusal('REFUSED', '这是最后一名能管理角色的人员，请先让另一人持有“管理角色”权限');
}

function refused(message: string | null): void {
  if (message !== null) throw refusal('REFUSED', message);
}
