/** Who may bring in what about whom: the rules of the people page, for every row. */

import { sql } from 'kysely';
import { grantRefusal, personRefusal, reachRefusal } from '../auth/role-rules.ts';
import { ledInVain } from '../centres/people/led-to.ts';
import { granterOf, type OwnedRole, reaches } from '../centres/people/queries.ts';
import { availableAt } from '../centres/people/service.ts';
import { rolesManagerLeft } from '../centres/roles/managers.ts';
import type { Importing } from './kind.ts';
import { ACTIVE, AGENT_NUMBER, type Line, ROLES, UNIT } from './people-lines.ts';

/** What a row changes: the facts of a person, and what is granted to them. */
export interface Changes {
  facts: boolean;
  grant: boolean;
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id) => b.includes(id));
const idsOf = (roles: readonly OwnedRole[]) => roles.map(({ id }) => id);

export function changesOf({ before, ...line }: Line): Changes {
  if (!before) return { facts: true, grant: line.roles.length > 0 || line.scope !== 'own' || line.entitled.length > 0 };
  const { row, holder } = before;
  return {
    facts:
      row.name !== line.name ||
      row.unit.id !== line.unit.id ||
      row.agentNumber !== line.agentNumber ||
      row.active !== line.active,
    grant:
      row.scope !== line.scope || !same(row.entitled, line.entitled) || !same(idsOf(holder.roles), idsOf(line.roles)),
  };
}

/** Tells what may not be at its row. */
export function judgeLine({ by, caller }: Importing, line: Line, changes: Changes): void {
  const { row, before, unit } = line;
  const granter = granterOf(by);
  const tell = (column: string | null, message: string | null) => message !== null && row.wrong(column, message);
  const moves = before !== null && before.row.unit.id !== unit.id;
  if (changes.facts && before) {
    if (line.id !== by.personId) tell(null, personRefusal(granter, before.holder));
    else if (moves || !line.active) row.wrong(moves ? UNIT : ACTIVE, '不能调动或停用自己，请由其他管理员操作');
  }
  const unitIds = reaches(by.tree)({ scope: line.scope, homeId: unit.id, entitled: line.entitled });
  if (moves) {
    const foreign = line.roles.find((role) => !availableAt(by, role, unit.id));
    if (foreign) row.wrong(ROLES, '此人持有原机构的角色，请先在“分配角色”中取消');
    if (!changes.grant) tell(UNIT, reachRefusal(granter, unitIds));
  }
  if (!changes.grant) return;
  if (!caller.viewer.permissions.includes('people.assign_roles'))
    return void row.wrong(ROLES, '您没有“分配角色与数据范围”权限，这几列请保持原样（新人员留空）');
  const holder = before?.holder ?? { id: line.id, roles: [], unitIds: new Set<string>() };
  tell(ROLES, grantRefusal(granter, holder, { roles: line.roles, unitIds }));
}

/** Agents' numbers are one alone in the whole platform; two people may exchange theirs. */
export async function judgeAgentNumbers({ system }: Importing, lines: readonly Line[]): Promise<void> {
  const wanted = lines.flatMap(({ agentNumber }) => (agentNumber === null ? [] : [agentNumber]));
  const { rows } = await sql<{ id: string; number: string }>`select id, agent_number as number from people
    where agent_number = any(${wanted}::text[])`.execute(system);
  const owners = new Map(rows.map(({ id, number }) => [number, id]));
  const byId = new Map(lines.map((line) => [line.id, line]));
  const first = new Map<string, Line>();
  for (const line of lines) {
    const { row, id, agentNumber } = line;
    if (agentNumber === null) continue;
    const earlier = first.get(agentNumber);
    if (earlier) row.wrong(AGENT_NUMBER, `与第 ${earlier.row.number} 行重复`);
    else first.set(agentNumber, line);
    const owner = owners.get(agentNumber);
    const givenUp = owner !== undefined && byId.get(owner)?.agentNumber !== agentNumber && byId.has(owner);
    if (owner !== undefined && owner !== id && !givenUp) row.wrong(AGENT_NUMBER, '坐席号已被占用');
  }
}

/** A file asks nobody whether they mean it. */
export async function judgeLedTo({ by, system }: Importing, lines: readonly Line[]): Promise<void> {
  const changes = lines.flatMap((line) => (line.before ? [{ id: line.id, before: line.before.row, after: line }] : []));
  const words = await ledInVain(system, by.tree, changes);
  for (const { row, id } of lines) {
    const told = words.get(id);
    if (told) row.wrong(null, `${told}仍会把来电转给此人，请先修改，或在“人员管理”中逐人确认`);
  }
}

export async function judgeManagers({ by, system }: Importing, lines: readonly Line[]): Promise<void> {
  const byId = new Map(lines.map((line) => [line.id, line]));
  const manages = ({ roles }: Line) => roles.some(({ permissions }) => permissions.includes('roles.manage'));
  const stays = ({ personId }: { personId: string }) => {
    const line = byId.get(personId);
    return !line || (line.active && manages(line) && by.tree.isActive(line.unit));
  };
  if (await rolesManagerLeft(system, by.tree, stays)) return;
  const lost = lines.find(({ before }) =>
    before?.holder.roles.some(({ permissions }) => permissions.includes('roles.manage')),
  );
  lost?.row.wrong(null, '此后将没有人能管理角色，请保留至少一名持有“管理角色”权限的人员');
}
