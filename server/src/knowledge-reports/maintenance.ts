/**
 * 知识维护情况统计表. What came into use is told by versions; what was returned, withdrawn or expired by the audit log, which keeps what an
 * article's row doesn't.
 */
import type { MaintenanceRow } from '@rexian/contracts';
import { readableArticleStates } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import type { UnitTree } from '../centres/tree.ts';
import type { Queryable } from '../platform/db.ts';
import { ofLibrary, periodOf, type ReportBy, type ReportReader, type ReportScope, summedUp, unitsOf } from './scope.ts';

const empty = {
  ...{ articles: 0, answers: 0, revised: 0, returned: 0, withdrawn: 0, expired: 0, waiting: 0 },
  ...{ feedback: 0, feedbackAnswered: 0, answeredMs: 0, inUse: 0 },
};
type Counts = typeof empty;
type Counted = { key: string | null } & Partial<Counts>;

interface About {
  begin: Date;
  end: Date;
  /** On the item `a`. */
  within: RawBuilder<unknown>;
  /** Whose sum it is in; `person`: who did it. */
  keyBy(person: RawBuilder<unknown>): RawBuilder<unknown>;
}

/** Throws BAD_REQUEST. */
export async function maintenanceReport(
  reader: ReportReader,
  tree: UnitTree,
  { by, ...scope }: ReportScope & { by: ReportBy },
): Promise<{ rows: MaintenanceRow[]; total: MaintenanceRow }> {
  const [begin, end] = periodOf(scope);
  const units = unitsOf(reader, tree, scope);
  const within = sql`a.unit_id = any(${units}::uuid[]) and ${ofLibrary(sql`a.library_id`, scope)}`;
  const keyBy = (person: RawBuilder<unknown>) =>
    ({ unit: sql`a.unit_id`, library: sql`a.library_id`, person: sql`(${person})` })[by];
  const about = { begin, end, within, keyBy };
  // Whoever did it may have left the reach since: sums are of items in reach.
  const { all } = reader;
  const counted = await Promise.all([
    versions(all, about),
    answers(all, about),
    acts(all, about),
    stock(all, about),
    feedback(all, about),
  ]);
  const { rows, total } = await summedUp(reader, tree, by, empty, counted.flat());
  return { rows: rows.map(shown), total: shown({ id: null, name: '合计', ...total }) };
}

const shown = ({ answeredMs, ...row }: Counts & { id: string | null; name: string }): MaintenanceRow => ({
  ...row,
  answeredInMs: row.feedbackAnswered > 0 ? Math.round(answeredMs / row.feedbackAnswered) : null,
});

async function versions(all: Queryable, { begin, end, within, keyBy }: About): Promise<Counted[]> {
  const { rows } =
    await sql<Counted>`select ${keyBy(sql`v.author_ids[1]`)} as key, count(*) filter (where v.version = 1) as articles,
      count(*) filter (where v.version > 1) as revised
    from knowledge_versions v join knowledge_articles a on a.id = v.article_id
    where v.published_at >= ${begin} and v.published_at < ${end} and ${within} group by 1`.execute(all);
  return rows;
}

/** Who proposed what was adopted; what came in otherwise is nobody's. */
async function answers(all: Queryable, { begin, end, within, keyBy }: About): Promise<Counted[]> {
  const proposer = sql`select p.by_person from answer_proposals p where p.answer_id = a.id and p.state = 'adopted'
    and p.decided_at between v.at - interval '1 minute' and v.at + interval '1 minute' limit 1`;
  const adopted = await sql<Counted>`select ${keyBy(proposer)} as key, count(*) filter (where v.version = 1) as answers,
      count(*) filter (where v.version > 1) as revised
    from answer_versions v join answers a on a.id = v.answer_id
    where v.at >= ${begin} and v.at < ${end} and ${within} group by 1`.execute(all);
  // A proposal names its library in what it says.
  const proposals = sql`(select p.*, (p.content->>'libraryId')::uuid as library_id from answer_proposals p) a`;
  const returned = await sql<Counted>`select ${keyBy(sql`a.by_person`)} as key,
      count(*) filter (where a.state = 'returned' and a.decided_at >= ${begin} and a.decided_at < ${end}) as returned,
      count(*) filter (where a.at < ${end} and (a.state = 'pending' or a.decided_at >= ${end})) as waiting
    from ${proposals} where ${within} group by 1`.execute(all);
  return [...adopted.rows, ...returned.rows];
}

async function acts(all: Queryable, { begin, end, within, keyBy }: About): Promise<Counted[]> {
  const { rows } =
    await sql<Counted>`select ${keyBy(sql`case when l.actor_kind = 'person' then l.actor_id end`)} as key,
      count(*) filter (where l.action = 'returned') as returned, count(*) filter (where l.action = 'withdrawn') as withdrawn,
      count(*) filter (where l.action = 'expired') as expired
    from audit_log l join knowledge_articles a on a.id::text = l.subject_id::text
    where l.subject_kind = 'article' and l.action in ('returned', 'withdrawn', 'expired')
      and l.at >= ${begin} and l.at < ${end} and ${within} group by 1`.execute(all);
  return rows;
}

/** At the end of the period, as far as that is known: what has left since isn't in it any more. */
async function stock(all: Queryable, { end, within, keyBy }: About): Promise<Counted[]> {
  const first = sql`select v.author_ids[1] from knowledge_versions v where v.article_id = a.id and v.version = 1`;
  const articles = await sql<Counted>`select ${keyBy(first)} as key,
      count(*) filter (where a.state = any(${[...readableArticleStates]}::text[])) as "inUse",
      count(*) filter (where a.state in ('in_review', 'revision_in_review')) as waiting
    from knowledge_articles a where ${within}
      and coalesce((select min(v.published_at) from knowledge_versions v where v.article_id = a.id), a.changed_at) < ${end}
    group by 1`.execute(all);
  const proposer = sql`select p.by_person from answer_proposals p where p.answer_id = a.id and p.state = 'adopted' order by p.id limit 1`;
  const inUse = await sql<Counted>`select ${keyBy(proposer)} as key, count(*) as "inUse" from answers a
    where ${within} and a.state = 'enabled'
      and coalesce((select min(v.at) from answer_versions v where v.answer_id = a.id), a.changed_at) < ${end}
    group by 1`.execute(all);
  return [...articles.rows, ...inUse.rows];
}

async function feedback(all: Queryable, { begin, end, within, keyBy }: About): Promise<Counted[]> {
  const answered = sql`f.answered_at < ${end}`;
  const { rows } = await sql<Counted>`select ${keyBy(sql`f.by_person`)} as key, count(*) as feedback,
      count(*) filter (where ${answered}) as "feedbackAnswered",
      coalesce(round(extract(epoch from sum(f.answered_at - f.at) filter (where ${answered})) * 1000), 0) as "answeredMs"
    from knowledge_feedback f join knowledge_articles a on a.id = f.article_id
    where f.at >= ${begin} and f.at < ${end} and ${within} group by 1`.execute(all);
  return rows;
}
