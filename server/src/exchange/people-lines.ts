/** Rows of people as they are read: what each person is to be, beside what they are. */
import { agentNumberDigits, type DataScope, dataScope, login, personName, type Role } from '@rexian/contracts';
import { sql } from 'kysely';
import { holdersOf, type OwnedRole, type PersonHolder, type PersonRow, peopleRows } from '../centres/people/queries.ts';
import { availableAt } from '../centres/people/service.ts';
import { listRoles } from '../centres/roles/queries.ts';
import { SEPARATORS } from '../centres/roles/service.ts';
import type { TreeUnit } from '../centres/tree.ts';
import { newId } from '../platform/ids.ts';
import { type Importing, Keys, readActive, readUnit } from './kind.ts';
import type { SheetRow } from './sheet.ts';

export const LOGIN = '工号';
export const NAME = '姓名';
export const UNIT = '机构';
export const AGENT_NUMBER = '坐席号';
export const ROLES = '角色';
export const SCOPE = '数据范围';
export const ENTITLED = '另可查看机构';
export const ACTIVE = '状态';

/** A person as the file wants them. */
export interface Line {
  row: SheetRow;
  id: string;
  login: string;
  name: string;
  unit: TreeUnit;
  agentNumber: string | null;
  active: boolean;
  /** With those that the viewer can't see, which stay. */
  roles: OwnedRole[];
  scope: DataScope;
  entitled: string[];
  /** null: somebody new. */
  before: { row: PersonRow; holder: PersonHolder } | null;
}

export async function readLines(work: Importing, rows: readonly SheetRow[]): Promise<Line[]> {
  const logins = rows.map((row) => row.text(LOGIN));
  const [known, taken, roles] = await Promise.all([
    knownPeople(work, logins),
    takenLogins(work, logins),
    listRoles(work.db, work.caller),
  ]);
  const keys = new Keys();
  return rows.flatMap((row) => {
    const line = readLine(work, row, known, roles);
    const name = row.text(LOGIN);
    if (!keys.take(row, LOGIN, name)) return [];
    if (!known.has(name) && taken.has(name)) row.wrong(LOGIN, '工号已被占用');
    return line ? [line] : [];
  });
}

async function knownPeople({ db, system, caller, by }: Importing, logins: string[]) {
  const found = await peopleRows(db, caller, [sql`p.login = any(${logins}::text[])`], logins.length);
  const holders = await holdersOf(
    system,
    by.tree,
    found.map(({ id }) => id),
  );
  return new Map(
    found.flatMap((row) => {
      const holder = holders.get(row.id);
      return holder ? [[row.login, { row, holder }] as const] : [];
    }),
  );
}

async function takenLogins({ system }: Importing, logins: string[]): Promise<Set<string>> {
  const { rows } = await sql<{ login: string }>`select login from people where login = any(${logins}::text[])`.execute(
    system,
  );
  return new Set(rows.map((row) => row.login));
}

type Known = Awaited<ReturnType<typeof knownPeople>>;

function readLine(work: Importing, row: SheetRow, people: Known, roles: readonly Role[]): Line | null {
  const before = people.get(row.text(LOGIN)) ?? null;
  const facts = {
    login: row.read(LOGIN, login),
    name: row.read(NAME, personName),
    unit: readUnit(row, UNIT, work.by),
    agentNumber: row.text(AGENT_NUMBER) === '' ? null : row.read(AGENT_NUMBER, agentNumberDigits),
    scope: row.choose<DataScope>(SCOPE, dataScope.labels, 'own'),
  };
  const active = readActive(row, ACTIVE);
  const entitled = readEntitled(work, row, before?.row.entitled ?? []);
  const { unit, ...rest } = facts;
  if (!unit || rest.login === undefined || rest.name === undefined || !rest.scope) return null;
  const line = { ...rest, login: rest.login, name: rest.name, scope: rest.scope, unit, active, entitled, before, row };
  const agentNumber = line.agentNumber ?? null;
  return { ...line, agentNumber, id: before?.row.id ?? newId(), roles: readRoles(work, row, unit, before, roles) };
}

const partsOf = (cell: string): string[] => [
  ...new Set(
    cell
      .split(new RegExp(SEPARATORS, 'g'))
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  ),
];

/** Units that may be told as well; those out of sight stay. */
function readEntitled({ by }: Importing, row: SheetRow, before: readonly string[]): string[] {
  const named = partsOf(row.text(ENTITLED)).flatMap((path) => {
    const unit = by.tree.at(path);
    if (unit && by.whole.unitIds.has(unit.id)) return [unit.id];
    row.wrong(ENTITLED, `没有找到机构“${path.slice(0, 60)}”，请填写路径，多个之间用顿号`);
    return [];
  });
  if (named.length > 50) row.wrong(ENTITLED, '最多 50 个机构');
  return [...new Set([...named, ...before.filter((id) => !by.reach.unitIds.has(id))])];
}

/** By name: what the person holds already goes before others of that name, then what belongs nearest. */
function readRoles(
  { by }: Importing,
  row: SheetRow,
  unit: TreeUnit,
  before: Line['before'],
  roles: readonly Role[],
): OwnedRole[] {
  const held = new Set(before?.row.roles.map(({ id }) => id));
  const nearness = (role: Role) => (held.has(role.id) ? Number.MAX_SAFE_INTEGER : (role.unit?.path.length ?? 0));
  const named = partsOf(row.text(ROLES)).flatMap((name) => {
    const found = roles
      .filter((role) => role.name === name && availableAt(by, { unitId: role.unit?.id ?? null }, unit.id))
      .toSorted((a, b) => nearness(b) - nearness(a))[0];
    if (!found) row.wrong(ROLES, `此机构没有角色“${name.slice(0, 40)}”，多个角色之间用顿号`);
    return found ? [{ id: found.id, name, permissions: found.permissions, unitId: found.unit?.id ?? null }] : [];
  });
  if (named.length > 20) row.wrong(ROLES, '最多 20 个角色');
  return [...named, ...(before?.holder.roles.filter(({ id }) => !held.has(id)) ?? [])];
}
