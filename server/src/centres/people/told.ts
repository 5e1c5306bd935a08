/** People in the words of the audit log. */
import { dataScope } from '@rexian/contracts';
import type { Audit } from '../../platform/api.ts';
import { difference } from '../../platform/audit.ts';
import type { UnitTree } from '../tree.ts';
import type { PersonRow } from './queries.ts';
import type { Changed, PeopleKeeper } from './service.ts';

export const subjectOf = ({ id, name, login, unit }: PersonRow) => ({
  subject: { kind: 'person' as const, id, name: `${name}（${login}）` },
  unitId: unit.id,
});

/** A person in the words of the audit log. */
export const told = (tree: UnitTree, row: PersonRow) => ({
  name: row.name,
  unit: row.unit.path,
  agentNumber: row.agentNumber,
  active: row.active,
  roles: row.roles.map(({ name }) => name),
  scope: dataScope.labels[row.scope],
  entitled: row.entitled.map((id) => tree.unit(id)?.path ?? id).sort(),
});

export async function auditChange(
  audit: Audit,
  nothingChanged: () => void,
  keeper: PeopleKeeper,
  action: 'changed' | 'roles_assigned',
  { before, after }: Changed,
): Promise<void> {
  const changed = difference(told(keeper.by.tree, before), told(keeper.by.tree, after));
  if (changed) await audit({ action, ...subjectOf(after), ...changed }, keeper.trx);
  else nothingChanged();
}
