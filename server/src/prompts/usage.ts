/** Whether flows would have nothing to play without a prompt. `all` sees everything. */
import { sql } from 'kysely';
import { flowsWith, usedByFlows } from '../centres/flow-usage.ts';
import type { Queryable } from '../platform/db.ts';
import type { StoredPrompt } from './service.ts';

/** Throws IN_USE, naming the flows, unless each of them finds another prompt of that name at its unit or above. */
export async function refuseNeeded(all: Queryable, { id, name, unit }: StoredPrompt): Promise<void> {
  const named = (await flowsWith(all, [name])).filter(({ references }) =>
    references.some((each) => each.kind === 'prompt' && each.id === name),
  );
  const { rows } = await sql<{ id: string }>`select u.id from units u
    where u.id = any(${named.map(({ unitId }) => unitId)}::uuid[]) and u.path <@ ${unit.path}::ltree
      and not exists (select from prompts p join units upper on upper.id = p.unit_id
        where p.name = ${name} and p.id <> ${id} and upper.path @> u.path)`.execute(all);
  const without = new Set(rows.map((row) => row.id));
  const flows = named.filter(({ unitId }) => without.has(unitId));
  if (flows.length > 0) throw usedByFlows(flows, '语音');
}
