/** A page of what was found, as it is shown: read under row-level security, marked by the index. */
import type { AnswerTurn, ArticleSharing, KnowledgeHit, KnowledgeKind } from '@rexian/contracts';
import { sql } from 'kysely';
import { categoryPaths } from '../knowledge/paths.ts';
import { unitRefs } from '../knowledge/units.ts';
import type { KnowledgeFinder } from '../knowledge-index/finder.ts';
import type { Queryable } from '../platform/db.ts';

interface Row {
  id: string;
  kind: KnowledgeKind;
  title: string;
  summary: string;
  body: string;
  phrasings: string[];
  tags: string[];
  source: string;
  turn: AnswerTurn | null;
  articleId: string | null;
  library: { id: string; name: string };
  categoryId: string;
  unitId: string;
  sharing: ArticleSharing;
  validFrom: string | null;
  validTo: string | null;
  changedAt: Date;
}

/** Where texts are cut off: nothing further on is shown. */
const TEXT = 20_000;
/** Of the body, where there is no summary. */
const SAYS = 120;

const shared = sql`json_build_object('id', l.id, 'name', l.name) as library, a.category_id as "categoryId", a.unit_id as "unitId",
  a.sharing, a.valid_from::text as "validFrom", a.valid_to::text as "validTo", a.changed_at as "changedAt", a.tags`;

async function rowsOf(db: Queryable, ids: readonly string[]): Promise<Map<string, Row>> {
  const wanted = sql`a.id = any(${ids as string[]}::uuid[])`;
  const { rows } = await sql<Row>`
    select a.id, 'article' as kind, a.title, a.summary, left(a.body_text, ${TEXT}) as body, '{}'::text[] as phrasings, a.source,
      null::jsonb as turn, null::uuid as "articleId", ${shared}
    from knowledge_articles a join knowledge_libraries l on l.id = a.library_id where ${wanted}
    union all
    select a.id, 'answer', a.question, '', a.answer_text, a.phrasings, '', a.turn,
      (select m.id from knowledge_articles m where m.id = a.article_id), ${shared}
    from answers a join knowledge_libraries l on l.id = a.library_id where ${wanted}`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

export interface ShownBy {
  db: Queryable;
  all: Queryable;
  finder: KnowledgeFinder;
  /** Whose callers it is for. */
  unitId: string;
  owners: readonly string[];
}

/** Those of `found` that are still there, in their order. `asked`: what is marked in them. */
export async function hitsOf(
  { db, all, finder, unitId, owners }: ShownBy,
  found: readonly { id: string; uses: number }[],
  asked: string,
): Promise<KnowledgeHit[]> {
  const ids = found.map(({ id }) => id);
  const stored = await rowsOf(db, ids);
  const rows = found.flatMap(({ id, uses }) => {
    const row = stored.get(id);
    return row ? [{ ...row, uses }] : [];
  });
  const [units, paths, marks] = await Promise.all([
    unitRefs(
      all,
      rows.map((row) => row.unitId),
    ),
    categoryPaths(
      db,
      rows.map(({ categoryId }) => categoryId),
    ),
    finder.ask({ ask: 'mark', text: asked, owners, items: rows.map(toMark) }),
  ]);
  return rows.map((row, at) => {
    const unit = units.get(row.unitId);
    const mark = marks[at];
    if (!unit || !mark) throw new Error(`${row.kind} ${row.id} has no unit or no mark`);
    const { id, kind, library, categoryId, sharing, validFrom, validTo, changedAt, turn, articleId, uses } = row;
    return {
      ...{ id, kind, library, unit, sharing, validFrom, validTo, changedAt, turn, articleId, uses },
      title: mark.title,
      snippets: mark.snippets as KnowledgeHit['snippets'],
      category: { id: categoryId, path: paths.get(categoryId) ?? '' },
      // What the top of the tree has is everybody's.
      local: row.unitId === unitId && unit.path.includes('.'),
      says: saysOf(row),
    };
  });
}

function toMark({ kind, title, summary, body, phrasings, tags, source }: Row) {
  const said = kind === 'article' ? 'body' : 'answer';
  const fields = [
    { field: 'summary', text: summary },
    { field: said, text: body },
    ...phrasings.map((text) => ({ field: 'phrasing', text })),
    ...tags.map((text) => ({ field: 'tag', text })),
    { field: 'source', text: source },
  ];
  return { title, fields };
}

function saysOf({ summary, body, turn }: Row): string {
  if (turn) return 'answer' in turn ? turn.answer : turn.ask;
  return summary || (body.length > SAYS ? `${body.slice(0, SAYS)}…` : body);
}
