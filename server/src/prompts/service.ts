/** Prompts of centres: reading and changing. `db` and `trx` are of the viewer's scope; a change names the revision that it was made from. */
import type { Prompt } from '@rexian/contracts';
import { sql } from 'kysely';
import { reachableOrUpperUnits, reachableUnit, reachableUnits, reachableWithin, unitJson } from '../centres/reach.ts';
import type { Caller } from '../platform/api.ts';
import type { Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';

/** With the recording's place in storage. */
export interface StoredPrompt extends Prompt {
  recordingKey: string | null;
}
type Row = Omit<StoredPrompt, 'recording' | 'can'> & { recordingMs: number | null; inReach: boolean };

export interface PromptSearch {
  unitId?: string | undefined;
  /** Part of the name or the text. */
  search?: string | undefined;
  /** Id of the last prompt of the page before. */
  cursor?: string | undefined;
  limit: number;
}

/** What a change may set. */
export interface PromptFacts {
  name?: string;
  text?: string;
  recording?: { key: string; durationMs: number } | null;
}

/** Which prompt, and the revision that the change was made from. */
export interface PromptAt {
  id: string;
  revision: number;
}

const columns = (
  caller: Caller,
) => sql`p.id, ${unitJson('u')} as unit, p.name, p.text, p.recording_key as "recordingKey",
  p.recording_ms as "recordingMs", p.revision, p.changed_at as "changedAt", p.changed_by as "changedBy",
  p.unit_id in (${reachableUnits(caller)}) as "inReach"`;
const tables = sql`prompts p join units u on u.id = p.unit_id`;

/** Those of the units in reach and those that units above hand down; of `unitId`, its own and of all below. */
export async function listPrompts(db: Queryable, caller: Caller, search: PromptSearch) {
  const { unitId, search: words, cursor, limit } = search;
  const units = unitId === undefined ? reachableOrUpperUnits(caller) : reachableWithin(caller, unitId);
  const conditions = [
    sql`p.unit_id in (${units})`,
    ...(words ? [sql`(strpos(lower(p.name), lower(${words})) > 0 or strpos(lower(p.text), lower(${words})) > 0)`] : []),
    ...(cursor
      ? [
          sql`(u.path, p.name, p.id) > (select lu.path, l.name, l.id from prompts l join units lu on lu.id = l.unit_id
            where l.id::text = ${cursor})`,
        ]
      : []),
  ];
  const { rows } = await sql<Row>`select ${columns(caller)} from ${tables} where ${sql.join(conditions, sql` and `)}
    order by u.path, p.name, p.id limit ${limit + 1}`.execute(db);
  const page = rows.slice(0, limit);
  return {
    rows: page.map((row) => shown(stored(caller, row))),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

/** To be heard or given to others, wherever in sight it comes from. Throws NOT_FOUND. */
export function promptInSight(db: Queryable, caller: Caller, id: string): Promise<StoredPrompt> {
  return one(db, caller, sql`p.id = ${id} and p.unit_id in (${reachableOrUpperUnits(caller)})`);
}

/** To be changed. Throws NOT_FOUND, and REFUSED when somebody has changed it since. */
export async function promptToChange(db: Queryable, caller: Caller, { id, revision }: PromptAt): Promise<StoredPrompt> {
  const found = await one(db, caller, sql`p.id = ${id} and p.unit_id in (${reachableUnits(caller)})`);
  if (found.revision !== revision) throw changedSince(found);
  return found;
}

/** A second one of the name breaks the database's promise: see `refusing`. */
export async function createPrompt(
  trx: Queryable,
  caller: Caller,
  { unitId, ...facts }: { unitId: string; name: string; text: string; recording?: PromptFacts['recording'] },
): Promise<StoredPrompt> {
  const unit = await reachableUnit(trx, caller, unitId);
  if (!unit) throw refusal('NOT_FOUND', '没有找到所选机构');
  const id = newId();
  const { name, text, recording = null } = facts;
  const values = { id, unit_id: unit.id, name, text, changed_by: caller.viewer.name, ...recordingColumns(recording) };
  await trx.insertInto('prompts').values(values).execute();
  return one(trx, caller, sql`p.id = ${id}`);
}

/** Guarded by the revision: of two changes of one revision, the second is refused. */
export async function changePrompt(
  trx: Queryable,
  caller: Caller,
  at: PromptAt,
  { recording, ...texts }: PromptFacts,
): Promise<{ before: StoredPrompt; after: StoredPrompt }> {
  const before = await promptToChange(trx, caller, at);
  const changed = await trx
    .updateTable('prompts')
    .set({
      ...texts,
      ...(recording === undefined ? {} : recordingColumns(recording)),
      revision: at.revision + 1,
      changed_at: new Date(),
      changed_by: caller.viewer.name,
    })
    .where('id', '=', at.id)
    .where('revision', '=', at.revision)
    .executeTakeFirst();
  if (changed.numUpdatedRows === 0n) throw changedSince(before);
  return { before, after: await one(trx, caller, sql`p.id = ${at.id}`) };
}

export async function removePrompt(trx: Queryable, caller: Caller, at: PromptAt): Promise<StoredPrompt> {
  const before = await promptToChange(trx, caller, at);
  const { numDeletedRows } = await trx
    .deleteFrom('prompts')
    .where('id', '=', at.id)
    .where('revision', '=', at.revision)
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw changedSince(before);
  return before;
}

/** As it is shown: nobody outside needs to know where files are. */
export const shown = ({ recordingKey, ...prompt }: StoredPrompt): Prompt => prompt;

/** As the audit log tells it. A recording is told by its content's mark. */
export const promptTold = ({ name, unit, text, recordingKey }: StoredPrompt) => ({
  ...{ name, text },
  unit: unit.name,
  recording: recordingKey,
});

export const changedSince = ({ unit, name }: Pick<Prompt, 'unit' | 'name'>) =>
  refusal('REFUSED', `${unit.name}的“${name}”已被他人修改，请刷新后重试`);

async function one(db: Queryable, caller: Caller, condition: ReturnType<typeof sql>): Promise<StoredPrompt> {
  const { rows } = await sql<Row>`select ${columns(caller)} from ${tables} where ${condition}`.execute(db);
  if (!rows[0]) throw refusal('NOT_FOUND', '没有找到语音');
  return stored(caller, rows[0]);
}

const recordingColumns = (recording: { key: string; durationMs: number } | null) => ({
  recording_key: recording?.key ?? null,
  recording_ms: recording?.durationMs ?? null,
});

const stored = ({ viewer }: Caller, { inReach, recordingMs, ...row }: Row): StoredPrompt => ({
  ...row,
  recording: recordingMs === null ? null : { durationMs: recordingMs },
  can: { change: inReach && viewer.permissions.includes('prompts.manage') },
});
