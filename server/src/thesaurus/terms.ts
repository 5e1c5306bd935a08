/** 专题词库: terms with their synonyms. A unit's hold for it and all below; those in reach are changed, those from above are seen. */
import type { ThesaurusFacts, ThesaurusTerm } from '@rexian/contracts';
import { sql } from 'kysely';
import { reachableUnit, unitJson } from '../centres/reach.ts';
import type { Caller } from '../platform/api.ts';
import type { Queryable } from '../platform/db.ts';
import { refusal, refusing } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';

/** `db` is of the viewer's scope. */
export interface TermReader {
  db: Queryable;
  caller: Caller;
}

type Row = Omit<ThesaurusTerm, 'can'>;

const columns = sql`t.id, ${unitJson('u')} as unit, t.term, t.synonyms, t.enabled, t.changed_at as "changedAt"`;
const tables = sql`thesaurus_terms t join units u on u.id = t.unit_id`;

const shown = ({ caller }: TermReader, row: Row): ThesaurusTerm => ({
  ...row,
  can: { change: caller.viewer.permissions.includes('knowledge.edit') && caller.unitIds.includes(row.unit.id) },
});

const UUID_LENGTH = 36;

export interface TermFilter {
  search?: string | undefined;
  unitId?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** By term. The cursor holds the last term with its id: it may be gone by the time the next page is asked for. */
export async function listTerms(
  reader: TermReader,
  { search, unitId, cursor, limit }: TermFilter,
): Promise<{ rows: ThesaurusTerm[]; nextCursor: string | null }> {
  const conditions = [
    sql`true`,
    ...(search ? [sql`strpos(lower(t.term || ' ' || array_to_string(t.synonyms, ' ')), lower(${search})) > 0`] : []),
    ...(unitId ? [sql`t.unit_id = ${unitId}`] : []),
    ...(cursor ? [sql`(t.term, t.id::text) > (${cursor.slice(UUID_LENGTH)}, ${cursor.slice(0, UUID_LENGTH)})`] : []),
  ];
  const { rows } = await sql<Row>`select ${columns} from ${tables} where ${sql.join(conditions, sql` and `)}
    order by t.term, t.id::text limit ${limit + 1}`.execute(reader.db);
  const page = rows.slice(0, limit).map((row) => shown(reader, row));
  const last = page.at(-1);
  return { rows: page, nextCursor: rows.length > limit && last ? `${last.id}${last.term}` : null };
}

/** Throws NOT_FOUND. */
async function termInSight(reader: TermReader, id: string): Promise<ThesaurusTerm> {
  const { rows } = await sql<Row>`select ${columns} from ${tables} where t.id = ${id}`.execute(reader.db);
  if (!rows[0]) throw refusal('NOT_FOUND', '没有找到词条');
  return shown(reader, rows[0]);
}

/** Held until the transaction ends. Throws NOT_FOUND. */
async function termToChange(reader: TermReader, id: string): Promise<ThesaurusTerm> {
  await sql`select from thesaurus_terms where id = ${id} for update`.execute(reader.db);
  const term = await termInSight(reader, id);
  if (!term.can.change) throw refusal('NOT_FOUND', '没有找到词条');
  return term;
}

const columnsOf = ({ term, synonyms, enabled }: ThesaurusFacts) => ({
  ...{ term, synonyms: [...new Set(synonyms)], enabled, changed_at: new Date() },
});
const taken = (term: string) => ({ unique: () => refusal('TAKEN', `本机构已有词条“${term}”`) });

export async function createTerm(
  reader: TermReader,
  { unitId, ...facts }: ThesaurusFacts & { unitId: string },
): Promise<ThesaurusTerm> {
  const { db, caller } = reader;
  if (!(await reachableUnit(db, caller, unitId))) throw refusal('NOT_FOUND', '没有找到所选机构');
  const id = newId();
  await refusing(taken(facts.term), () =>
    db
      .insertInto('thesaurus_terms')
      .values({ id, unit_id: unitId, ...columnsOf(facts) })
      .execute(),
  );
  return termInSight(reader, id);
}

export async function changeTerm(
  reader: TermReader,
  { id, ...facts }: ThesaurusFacts & { id: string },
): Promise<{ before: ThesaurusTerm; after: ThesaurusTerm }> {
  const before = await termToChange(reader, id);
  await refusing(taken(facts.term), () =>
    reader.db.updateTable('thesaurus_terms').set(columnsOf(facts)).where('id', '=', id).execute(),
  );
  return { before, after: await termInSight(reader, id) };
}

export async function removeTerm(reader: TermReader, id: string): Promise<ThesaurusTerm> {
  const before = await termToChange(reader, id);
  await reader.db.deleteFrom('thesaurus_terms').where('id', '=', id).execute();
  return before;
}
