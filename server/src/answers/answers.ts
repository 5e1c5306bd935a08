/** Answers as they are stored and found. Row-level security says who sees which: readers those in use, writers all of their units. */
import type { Answer, AnswerContent, AnswerFilter, AnswerSummary } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import { below, writes } from '../knowledge/articles.ts';
import type { Reader } from '../knowledge/libraries.ts';
import { categoryPaths } from '../knowledge/paths.ts';
import { namesOf } from '../knowledge/reading.ts';
import { unitRefs } from '../knowledge/units.ts';
import { dayName } from '../platform/clock.ts';
import { refusal } from '../platform/errors.ts';
import { targetUnit } from './places.ts';

type Head = Omit<AnswerSummary, 'unit' | 'category'> & { unitId: string; categoryId: string };

const link = (table: string) =>
  sql`case when ${sql.ref(`${table}.id`)} is not null
    then json_build_object('id', ${sql.ref(`${table}.id`)}, 'title', ${sql.ref(`${table}.question`)}) end`;
const headColumns = sql`a.id, a.unit_id as "unitId", json_build_object('id', l.id, 'name', l.name) as library,
  a.category_id as "categoryId", a.question, cardinality(a.phrasings) as phrasings,
  coalesce(a.turn ->> 'answer', a.turn ->> 'ask') as says, a.turn ->> 'ask' is not null as "multiTurn", a.state, a.sharing,
  a.valid_from::text as "validFrom", a.valid_to::text as "validTo", a.version, a.changed_at as "changedAt", ${link('r')} as replaces`;
const tables = sql`answers a join knowledge_libraries l on l.id = a.library_id left join answers r on r.id = a.replaces_id`;

function conditionsOf(filter: AnswerFilter): RawBuilder<unknown>[] {
  const { libraryId, categoryId, unitId, state, validity, multiTurn, tag, search } = filter;
  const today = dayName(new Date());
  const valid = {
    valid: sql`(a.valid_from is null or a.valid_from <= ${today}) and (a.valid_to is null or a.valid_to >= ${today})`,
    later: sql`a.valid_from > ${today}`,
    past: sql`a.valid_to < ${today}`,
  };
  const found = (text: RawBuilder<unknown>) => sql`strpos(lower(${text}), lower(${search})) > 0`;
  return [
    sql`true`,
    ...(libraryId ? [sql`a.library_id = ${libraryId}`] : []),
    ...(categoryId ? [sql`a.category_id in (${below(categoryId)})`] : []),
    ...(unitId ? [sql`a.unit_id = ${unitId}`] : []),
    ...(state ? [sql`a.state = ${state}`] : []),
    ...(validity ? [valid[validity]] : []),
    ...(multiTurn === undefined ? [] : [sql`(a.turn ->> 'ask' is not null) = ${multiTurn}`]),
    ...(tag ? [sql`a.tags @> ${[tag]}::text[]`] : []),
    ...(search ? [sql`(${found(sql`a.question`)} or ${found(sql`array_to_string(a.phrasings, ' ')`)})`] : []),
  ];
}

/** What was changed last comes first. */
export async function listAnswers(
  reader: Reader,
  { cursor, limit, ...filter }: AnswerFilter & { cursor?: string | undefined; limit: number },
): Promise<{ rows: AnswerSummary[]; nextCursor: string | null }> {
  const after = cursor
    ? sql`and (a.changed_at, a.id) < (select changed_at, id from answers where id = ${cursor})`
    : sql``;
  const { rows } = await sql<Head>`select ${headColumns} from ${tables}
    where ${sql.join(conditionsOf(filter), sql` and `)} ${after}
    order by a.changed_at desc, a.id desc limit ${limit + 1}`.execute(reader.db);
  const page = await summaries(reader, rows.slice(0, limit));
  return { rows: page, nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

/** All that the list shows with this filter, with what they say, in the order of where they are filed; one more than `most` if there are more. */
export async function wholeAnswers(reader: Reader, filter: AnswerFilter, most: number): Promise<StoredAnswer[]> {
  const { rows } = await sql<Row>`select ${rowColumns} from ${wholeTables}
    where ${sql.join(conditionsOf(filter), sql` and `)}
    order by l.position, l.name, a.category_id, a.question, a.id limit ${most + 1}`.execute(reader.db);
  return stored(reader, rows);
}

async function summaries<Each extends Head>({ db, all }: Reader, heads: readonly Each[]) {
  const units = await unitRefs(
    all,
    heads.map(({ unitId }) => unitId),
  );
  const paths = await categoryPaths(
    db,
    heads.map(({ categoryId }) => categoryId),
  );
  return heads.map(({ unitId, categoryId, ...head }) => {
    const unit = units.get(unitId);
    if (!unit) throw new Error(`answer ${head.id} has no unit`);
    return { ...head, unit, category: { id: categoryId, path: paths.get(categoryId) ?? '' } };
  });
}

/** An answer with what its rows hold. */
export interface StoredAnswer extends AnswerSummary {
  content: AnswerContent;
  article: Answer['article'];
  disabledReason: string;
}

type Row = Head &
  Pick<StoredAnswer, 'article' | 'disabledReason'> &
  Pick<AnswerContent, 'turn' | 'articleId' | 'tags' | 'replacesId'> & { texts: string[] };

const rowColumns = sql`${headColumns}, a.phrasings as texts, a.turn, a.article_id as "articleId", a.tags,
  a.replaces_id as "replacesId", a.disabled_reason as "disabledReason",
  case when k.id is not null then json_build_object('id', k.id, 'title', k.title) end as article`;
const wholeTables = sql`${tables} left join knowledge_articles k on k.id = a.article_id`;

/** Throws NOT_FOUND. */
export async function answerInSight(reader: Reader, id: string): Promise<StoredAnswer> {
  const { rows } = await sql<Row>`select ${rowColumns} from ${wholeTables} where a.id = ${id}`.execute(reader.db);
  const [found] = await stored(reader, rows);
  if (!found) throw refusal('NOT_FOUND', '没有找到问答');
  return found;
}

async function stored(reader: Reader, rows: readonly Row[]): Promise<StoredAnswer[]> {
  const heads = await summaries(reader, rows);
  return heads.map(({ texts, turn, articleId, tags, replacesId, disabledReason, article, ...head }) => {
    const { library, category, question, validFrom, validTo, sharing } = head;
    const content = {
      ...{ libraryId: library.id, categoryId: category.id, question, phrasings: texts, turn, articleId, tags },
      ...{ validFrom, validTo, sharing, replacesId },
    };
    return { ...head, content, article, disabledReason };
  });
}

/** As it is shown: to readers what is answered, to its writers what it was and what is proposed. */
export async function answerShown(reader: Reader, answer: StoredAnswer): Promise<Answer> {
  const { permissions } = reader.caller.viewer;
  const mine = writes(reader, answer.unit.id);
  const { content, article, replaces } = answer;
  return {
    ...answer,
    // Of what the viewer has no row of, not even the id is told, but to those who would lose it by changing the answer.
    content: mine ? content : { ...content, articleId: article?.id ?? null, replacesId: replaces?.id ?? null },
    replacedBy: await replacing(reader, answer.id),
    versions: await versionsOf(reader, answer.id),
    pending: await pendingOf(reader, answer.id),
    can: {
      propose: permissions.includes('knowledge.edit') && (await targetUnit(reader, answer.unit.id)) !== null,
      disable: permissions.includes('knowledge.review') && reader.caller.unitIds.includes(answer.unit.id),
    },
  };
}

async function replacing({ db, all }: Reader, id: string): Promise<Answer['replacedBy']> {
  const { rows } = await sql<{ id: string; unitId: string }>`select id, unit_id as "unitId" from answers
    where replaces_id = ${id} order by id limit 200`.execute(db);
  const units = await unitRefs(
    all,
    rows.map(({ unitId }) => unitId),
  );
  return rows.flatMap(({ id: by, unitId }) => {
    const unit = units.get(unitId);
    return unit ? [{ id: by, unit }] : [];
  });
}

/** Newest first. */
async function versionsOf({ db }: Reader, id: string): Promise<Answer['versions']> {
  const { rows } = await sql<Answer['versions'][number]>`select version, at, by, from_unit as "from", content
    from answer_versions where answer_id = ${id} order by version desc`.execute(db);
  return rows;
}

async function pendingOf({ db, all }: Reader, id: string): Promise<Answer['pending']> {
  const { rows } = await sql<{ id: string; fromId: string; byId: string; at: Date }>`
    select id, from_unit_id as "fromId", by_person as "byId", at from answer_proposals
    where answer_id = ${id} and state = 'pending' order by id`.execute(db);
  const units = await unitRefs(
    all,
    rows.map(({ fromId }) => fromId),
  );
  const names = await namesOf(
    all,
    rows.map(({ byId }) => byId),
  );
  return rows.flatMap(({ id: proposalId, fromId, byId, at }) => {
    const from = units.get(fromId);
    return from ? [{ id: proposalId, from, by: names.get(byId) ?? '', at }] : [];
  });
}
