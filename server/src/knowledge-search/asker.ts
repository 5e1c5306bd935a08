/** Who searches, for whose callers, and what of the index that may reach. */
import { knowledgeWriters } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Trees } from '../centres/trees.ts';
import type { Reader } from '../knowledge/libraries.ts';
import type { IndexReach } from '../knowledge-index/questions.ts';
import type { Queryable } from '../platform/db.ts';

export interface Asker {
  /** Of the scope of whoever asks; `all` sees everything. */
  db: Queryable;
  all: Queryable;
  /** Whose callers it is for. */
  unit: { id: string; path: string };
  reach: IndexReach;
  /** Units whose words of the thesaurus count. */
  owners: string[];
}

/** `unitId`: one that is in reach or above; of others nothing is known, and the viewer's own stands in. */
export async function askerOf(reader: Reader, trees: Trees, unitId: string | undefined): Promise<Asker> {
  const { db, all, caller } = reader;
  const { rows } = await sql<{ libraryIds: string[]; roleIds: string[]; above: string[]; writes: boolean }>`
    select array(select id from knowledge_libraries) as "libraryIds", app_roles() as "roleIds",
      array(select upper_units()) as above, app_holds(${[...knowledgeWriters]}) as writes`.execute(db);
  const { libraryIds, roleIds, above, writes } = rows[0] ?? { libraryIds: [], roleIds: [], above: [], writes: false };
  const unitIds = [...caller.unitIds, ...above];
  const tree = await trees.tree();
  const own = tree.unit(caller.viewer.unit.id);
  const unit = (unitId && unitIds.includes(unitId) && tree.unit(unitId)) || own;
  if (!unit) throw new Error(`unit ${caller.viewer.unit.id} is not in the tree`);
  const owners: string[] = [];
  for (let at: typeof own = unit; at; at = tree.parentOf(at)) owners.push(at.id);
  return {
    ...{ db, all, unit: { id: unit.id, path: unit.path }, owners },
    reach: { unitIds, libraryIds, roleIds, writes, public: false },
  };
}
