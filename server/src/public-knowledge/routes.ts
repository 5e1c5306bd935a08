/** 公开知识: rows that the database shows to anybody, and no others. */
import { type AnswerTurn, type ArticleDocument, withLinksTo } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Trees } from '../centres/trees.ts';
import { filesInSight } from '../files/service.ts';
import { categoryPaths } from '../knowledge/paths.ts';
import type { KnowledgeFinder } from '../knowledge-index/finder.ts';
import type { Asker } from '../knowledge-search/asker.ts';
import { searchKnowledge } from '../knowledge-search/search.ts';
import { suggestKnowledge } from '../knowledge-search/suggest.ts';
import { publicApi } from '../platform/api.ts';
import type { Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { PUBLIC_SCOPE, type Store } from '../platform/store.ts';

interface Options {
  store: Store;
  trees: Trees;
  finder: KnowledgeFinder;
}

interface Heading {
  id: string;
  library: string;
  categoryId: string;
  tags: string[];
  validFrom: string | null;
  validTo: string | null;
  changedAt: Date;
}
interface Written {
  title: string;
  summary: string;
  source: string;
  body: ArticleDocument;
  text: string;
  fileIds: string[];
  linkIds: string[];
}
const heading = sql`a.id, l.name as library, a.category_id as "categoryId", a.tags, a.valid_from::text as "validFrom",
  a.valid_to::text as "validTo", a.changed_at as "changedAt"`;

export function publicKnowledgeRoutes({ store, trees, finder }: Options) {
  const api = publicApi.publicKnowledge;
  const open = () => store.scoped(PUBLIC_SCOPE);
  /** Anybody, as a caller of the hotline at the top. */
  const asker = async (): Promise<Asker> => {
    const top = (await trees.tree()).units.find(({ path }) => !path.includes('.'));
    if (!top) throw new Error('there is no unit');
    const reach = { unitIds: [], libraryIds: [], roleIds: [], writes: false, public: true };
    return { db: open(), all: store.system, unit: { id: top.id, path: top.path }, owners: [top.id], reach };
  };
  return {
    search: api.search.handler(async ({ input }) => {
      const { total, hits } = await searchKnowledge(await asker(), finder, input);
      return { total, hits };
    }),
    suggest: api.suggest.handler(async ({ input }) => suggestKnowledge(await asker(), finder, input)),
    article: api.article.handler(async ({ input: { id } }) => {
      const { rows } = await sql<
        Heading & Written
      >`select ${heading}, a.title, a.summary, a.source, a.body, a.body_text as text, a.file_ids as "fileIds",
          array(select k.id from knowledge_articles k where k.id = any(a.link_ids)) as "linkIds"
        from knowledge_articles a join knowledge_libraries l on l.id = a.library_id where a.id = ${id}`.execute(open());
      const { fileIds, linkIds, ...article } = await shown(open(), rows);
      const files = await filesInSight(open(), fileIds);
      return {
        ...{ ...article, body: withLinksTo(article.body, new Set(linkIds)) },
        files: files.map(({ id, name, mediaType, bytes }) => ({ id, name, mediaType, bytes })),
      };
    }),
    answer: api.answer.handler(async ({ input: { id } }) => {
      const { rows } = await sql<Heading & { question: string; turn: AnswerTurn }>`select ${heading}, a.question, a.turn
        from answers a join knowledge_libraries l on l.id = a.library_id where a.id = ${id}`.execute(open());
      return shown(open(), rows);
    }),
  };
}

/** Throws NOT_FOUND. */
async function shown<Row extends Heading>(db: Queryable, rows: readonly Row[]) {
  const [row] = rows;
  if (!row) throw refusal('NOT_FOUND', '没有找到知识');
  const { categoryId, ...rest } = row;
  return { ...rest, category: (await categoryPaths(db, [categoryId])).get(categoryId) ?? '' };
}
