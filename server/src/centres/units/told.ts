/** Units in the words of the audit log. */
import type { TreeUnit } from '../tree.ts';

export const subjectOf = (unit: TreeUnit) => ({
  kind: 'unit' as const,
  id: unit.id,
  name: `${unit.name}（${unit.path}）`,
});
export const told = ({ path, name, kind, active }: TreeUnit) => ({ path, name, kind, active });
