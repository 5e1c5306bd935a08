/** One prompt given to many centres under its name: what would change, and the change, to all of them or to none. */
import type { Prompt, UnitRef } from '@rexian/contracts';
import { sql } from 'kysely';
import { reachableUnits, unitJson } from '../centres/reach.ts';
import type { Caller } from '../platform/api.ts';
import type { Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { changedSince, changePrompt, createPrompt, promptInSight, type StoredPrompt, shown } from './service.ts';

export interface SpreadTarget {
  unitId: string;
  /** Of the unit's prompt of that name; null: it has none. */
  revision: number | null;
}

interface Current {
  unit: UnitRef;
  id: string | null;
}

/** Units in the order of the tree. Throws NOT_FOUND when one is out of reach. */
export async function previewSpread(
  db: Queryable,
  caller: Caller,
  { id, unitIds }: { id: string; unitIds: string[] },
): Promise<{ unit: UnitRef; current: Prompt | null; same: boolean }[]> {
  const source = await promptInSight(db, caller, id);
  const answer = [];
  for (const { unit, current } of await currentOf(db, caller, source, unitIds))
    answer.push({ unit, current: current && shown(current), same: current !== null && isSame(source, current) });
  return answer;
}

/** What became of each unit; `before` null: created; before and after equal: nothing changed. */
export async function spreadPrompt(
  trx: Queryable,
  caller: Caller,
  { id, revision, targets }: { id: string; revision: number; targets: SpreadTarget[] },
): Promise<{ before: StoredPrompt | null; after: StoredPrompt }[]> {
  const source = await promptInSight(trx, caller, id);
  if (source.revision !== revision) throw changedSince(source);
  const wanted = new Map(targets.map((target) => [target.unitId, target.revision]));
  const { name, text, recording, recordingKey } = source;
  const facts = { text, recording: recording && recordingKey ? { key: recordingKey, ...recording } : null };
  const done: { before: StoredPrompt | null; after: StoredPrompt }[] = [];
  for (const { unit, current } of await currentOf(trx, caller, source, [...wanted.keys()])) {
    if ((current?.revision ?? null) !== wanted.get(unit.id)) throw changedSince({ unit, name });
    if (!current)
      done.push({ before: null, after: await createPrompt(trx, caller, { unitId: unit.id, name, ...facts }) });
    else if (isSame(source, current)) done.push({ before: current, after: current });
    else done.push(await changePrompt(trx, caller, current, facts));
  }
  return done;
}

const isSame = (a: StoredPrompt, b: StoredPrompt) => a.text === b.text && a.recordingKey === b.recordingKey;

async function currentOf(
  db: Queryable,
  caller: Caller,
  { name }: StoredPrompt,
  unitIds: string[],
): Promise<{ unit: UnitRef; current: StoredPrompt | null }[]> {
  const { rows } = await sql<Current>`
    select ${unitJson('u')} as unit, p.id
    from units u left join prompts p on p.unit_id = u.id and p.name = ${name}
    where u.id = any(${unitIds}::uuid[]) and u.id in (${reachableUnits(caller)}) order by u.path`.execute(db);
  if (rows.length < unitIds.length) throw refusal('NOT_FOUND', '没有找到所选机构');
  const found = [];
  for (const { unit, id } of rows)
    found.push({ unit, current: id === null ? null : await promptInSight(db, caller, id) });
  return found;
}
