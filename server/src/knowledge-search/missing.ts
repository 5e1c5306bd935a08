/** 未命中: what was asked and not found, for those who write. */
import type { MissingWord } from '@rexian/contracts';
import { fold } from '@rexian/knowledge/fold.ts';
import { sql } from 'kysely';
import type { Reader } from '../knowledge/libraries.ts';
import { unitRefs } from '../knowledge/units.ts';
import { dayBounds } from '../platform/clock.ts';
import type { Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';

/** Somebody's number rather than a question: such texts aren't kept. */
const NUMBER = /\d{7}/;
/** One question, however it is spaced and marked. */
const bare = (text: string): string => fold(text).replaceAll(/[\s\p{P}\p{S}]+/gu, '');

/** Asked among the callers of that unit. */
export async function keepMissing(
  all: Queryable,
  { text, unitId, personId }: { text: string; unitId: string; personId: string },
): Promise<void> {
  const folded = bare(text);
  if (folded.length < 2 || NUMBER.test(folded)) return;
  await sql`insert into knowledge_missing as m (id, unit_id, folded, text, person_ids)
    values (${newId()}, ${unitId}, ${folded}, ${text}, ${[personId]}::uuid[])
    on conflict (unit_id, folded) where settled_at is null do update set times = m.times + 1, last_at = now(), text = excluded.text,
      person_ids = case when ${personId} = any(m.person_ids) then m.person_ids else m.person_ids || excluded.person_ids end`.execute(
    all,
  );
}

interface Row {
  id: string;
  text: string;
  unitId: string;
  times: number;
  people: number;
  firstAt: Date;
  lastAt: Date;
  settledAt: Date | null;
  settledBy: string | null;
  note: string;
}

const columns = sql`m.id, m.text, m.unit_id as "unitId", m.times, cardinality(m.person_ids) as people, m.first_at as "firstAt",
  m.last_at as "lastAt", m.settled_at as "settledAt", m.settled_by as "settledBy", m.note`;

async function shown(all: Queryable, rows: readonly Row[]): Promise<MissingWord[]> {
  const units = await unitRefs(
    all,
    rows.map(({ unitId }) => unitId),
  );
  return rows.map(({ unitId, settledAt, settledBy, note, ...row }) => {
    const unit = units.get(unitId);
    if (!unit) throw new Error(`missing word ${row.id} has no unit`);
    return { ...row, unit, settled: settledAt && settledBy ? { by: settledBy, at: settledAt, note } : null };
  });
}

export interface MissingFilter {
  unitId?: string | undefined;
  from?: string | undefined;
  settled: boolean;
  cursor?: string | undefined;
  limit: number;
}

/** The most frequent first. `unitId`: with all below it. */
export async function listMissing({ db, all }: Reader, { unitId, from, settled, cursor, limit }: MissingFilter) {
  const [times, after] = cursor?.split(' ') ?? [];
  const { rows } = await sql<Row>`select ${columns} from knowledge_missing m
    where (m.settled_at is not null) = ${settled}
      ${unitId ? sql`and m.unit_id in (select b.id from units b join units u on u.path @> b.path where u.id = ${unitId})` : sql``}
      ${from ? sql`and m.last_at >= ${dayBounds(from)[0]}` : sql``}
      ${/^\d{1,9}$/.test(times ?? '') && after ? sql`and (m.times, m.id::text) < (${Number(times)}, ${after})` : sql``}
    order by m.times desc, m.id::text desc limit ${limit + 1}`.execute(db);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    rows: await shown(all, page),
    nextCursor: rows.length > limit && last ? `${last.times} ${last.id}` : null,
  };
}

/** Throws NOT_FOUND. */
export async function settleMissing({ db, all, caller }: Reader, id: string, note: string): Promise<MissingWord> {
  const { rows } =
    await sql<Row>`update knowledge_missing m set settled_at = now(), settled_by = ${caller.viewer.name}, note = ${note}
    where id = ${id} returning ${columns}`.execute(db);
  const [word] = await shown(all, rows);
  if (!word) throw refusal('NOT_FOUND', '没有找到该问题');
  return word;
}
