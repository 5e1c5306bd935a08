/** Who calls are led to by name: flows and routing rules go on pointing to somebody who can't be reached any more. */

import { sql } from 'kysely';
import type { Queryable } from '../../platform/db.ts';
import { refusal } from '../../platform/errors.ts';
import { flowNames, flowsWith } from '../flow-usage.ts';
import type { UnitTree } from '../tree.ts';

interface Reached {
  unit: { path: string };
  agentNumber: string | null;
  active: boolean;
}

export interface PersonChange {
  id: string;
  before: Reached;
  after: Reached;
}

/** What leads calls to these people and would in vain afterwards, in words, by person. `system` sees everything. */
export async function ledInVain(
  system: Queryable,
  tree: UnitTree,
  changes: readonly PersonChange[],
): Promise<Map<string, string>> {
  const leaving = changes.filter(({ before, after }) => isReached(before) && !staysReached(before, after));
  const ids = leaving.map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const [flows, rules] = await Promise.all([flowsWith(system, ids), rulesWith(system, ids)]);
  return new Map(
    leaving.flatMap(({ id, before, after }) => {
      const within = ({ unit }: Reached, unitId: string) => isWithin(unit.path, tree.unit(unitId)?.path);
      const inVain = ({ unitId }: { unitId: string }) =>
        within(before, unitId) && !(isReached(after) && within(after, unitId));
      const pointing = flows.filter(
        (flow) => inVain(flow) && flow.references.some((each) => each.kind === 'person' && each.id === id),
      );
      const ruled = after.active ? [] : rules.filter(({ persons }) => persons.includes(id));
      const words = [
        ...(pointing.length > 0 ? [flowNames(pointing)] : []),
        ...ruled.map(({ name }) => `路由规则“${name}”`),
      ];
      return words.length > 0 ? [[id, words.join('、')] as const] : [];
    }),
  );
}

/** Throws IN_USE, naming what leads calls to the person. */
export async function refuseLedInVain(system: Queryable, tree: UnitTree, change: PersonChange): Promise<void> {
  const words = (await ledInVain(system, tree, [change])).get(change.id);
  if (words) throw refusal('IN_USE', `${words}仍会把来电转给此人，保存后将转接不到`);
}

const isReached = ({ active, agentNumber }: Reached) => active && agentNumber !== null;
const staysReached = (before: Reached, after: Reached) => isReached(after) && before.unit.path === after.unit.path;
const isWithin = (path: string, top: string | undefined) => top !== undefined && `${path}.`.startsWith(`${top}.`);

async function rulesWith(system: Queryable, ids: readonly string[]): Promise<{ name: string; persons: string[] }[]> {
  const { rows } = await sql<{ name: string; persons: string[] }>`
    select name, array(select jsonb_array_elements_text(effects->'persons')) as persons from routing_rules
    where active and jsonb_exists_any(effects->'persons', ${ids as string[]}::text[]) order by name, id`.execute(
    system,
  );
  return rows;
}
