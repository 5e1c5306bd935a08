/** What the index is made of, as it is stored: read by the engine's role, a few at a time. */
import { readableArticleStates } from '@rexian/contracts';
import type { Findable } from '@rexian/knowledge/find.ts';
import type { ThesaurusEntry } from '@rexian/knowledge/thesaurus.ts';
import { sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import type { Entry } from './questions.ts';

export interface IndexRow extends Entry {
  findable: Findable;
  /** Another one when the row has changed. */
  stamp: string;
}

const readable = sql`any(${[...readableArticleStates]}::text[])`;
/** What expired is looked for by those who write. */
const indexed = sql`a.version is not null and (a.state = ${readable} or a.state = 'expired')`;
const articleStamp = sql`a.xmin::text`;
/** With the article that says more: its heading helps to find the answer. */
const answerStamp = sql`a.xmin::text || ' ' || coalesce(m.xmin::text, '')`;
/** Whoever may read the answer may read the article. */
const fromMore = sql`left join knowledge_articles m on m.id = a.article_id and m.state = ${readable} and m.role_ids = '{}'
  and m.library_id = a.library_id and (m.unit_id = a.unit_id and m.sharing = a.sharing or m.sharing = 'public'
    or m.sharing = 'all' and a.sharing <> 'public')`;

/** By id. */
export async function stamps(db: Db): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; stamp: string }>`
    select a.id, ${articleStamp} as stamp from knowledge_articles a where ${indexed}
    union all select a.id, ${answerStamp} from answers a ${fromMore} where a.state = 'enabled'`.execute(db);
  return new Map(rows.map(({ id, stamp }) => [id, stamp]));
}

/** Answers whose article says more. */
export async function answersOf(db: Db, articleIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from answers
    where article_id = any(${articleIds as string[]}::uuid[])`.execute(db);
  return rows.map(({ id }) => id);
}

type Facts = Omit<Entry, 'kind'> & { stamp: string };
type ArticleRow = Facts & { summary: string; tags: string[]; source: string; body: string };
type AnswerRow = Facts & { phrasings: string[]; about: string[] };

const facts = sql`a.id, a.unit_id as "unitId", a.library_id as "libraryId", a.category_id as "categoryId", a.sharing,
  a.valid_from::text as "validFrom", a.valid_to::text as "validTo", a.changed_at as "changedAt"`;

/** Of these, in no order; what isn't to be found is left out. */
export async function indexRows(db: Db, ids: readonly string[]): Promise<IndexRow[]> {
  const wanted = sql`a.id = any(${ids as string[]}::uuid[])`;
  const articles = await sql<ArticleRow>`select ${facts}, ${articleStamp} as stamp, a.regions, a.role_ids as "roleIds",
      a.state = ${readable} as "inUse", a.title, a.summary, a.tags, a.source, a.body_text as body
    from knowledge_articles a where ${wanted} and ${indexed}`.execute(db);
  const answers = await sql<AnswerRow>`select ${facts}, ${answerStamp} as stamp, '{}'::text[] as regions,
      '{}'::text[] as "roleIds", true as "inUse", a.question as title, a.phrasings,
      array_remove(array[a.answer_text, m.title, m.summary] || a.tags || m.tags, null) as about
    from answers a ${fromMore} where ${wanted} and a.state = 'enabled'`.execute(db);
  return [
    ...articles.rows.map(({ summary, tags, source, body, ...row }) => ({
      ...{ ...row, kind: 'article' as const },
      findable: { id: row.id, phrasings: [row.title], about: [summary, source, ...tags], body },
    })),
    ...answers.rows.map(({ phrasings, about, ...row }) => ({
      ...{ ...row, kind: 'answer' as const },
      findable: { id: row.id, phrasings: [row.title, ...phrasings], about, body: '' },
    })),
  ];
}

/** Every unit's; its own callers' questions and those of units below are read with them. */
export async function thesaurusEntries(db: Db): Promise<ThesaurusEntry[]> {
  const { rows } = await sql<ThesaurusEntry>`select unit_id as owner, term, synonyms from thesaurus_terms
    where enabled order by id`.execute(db);
  return rows;
}

/** Times each was opened, copied, sent or attached in the last 30 days. */
export async function recentUses(db: Db, today: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; uses: number }>`select item_id as id,
      sum(opened + copied + sent + attached) as uses from knowledge_item_days
    where day > ${today}::date - 30 group by item_id having sum(opened + copied + sent + attached) > 0`.execute(db);
  return new Map(rows.map(({ id, uses }) => [id, uses]));
}
