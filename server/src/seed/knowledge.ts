/**
 * The demo's knowledge: the province's libraries, shared with all centres, their articles as published by its editors, its thesaurus, and the bank
 * of answers (answers.ts).
 */
import type { ArticleContent } from '@rexian/contracts';
import { sql } from 'kysely';
import { columnsOf } from '../knowledge/content.ts';
import { dayName } from '../platform/clock.ts';
import type { Queryable } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import { type Filed, type Place, seedAnswers } from './answers.ts';
import { type DemoArticle, type DemoTerm, demoKnowledge } from './knowledge/content.ts';
import { documentOf } from './knowledge/document.ts';
import { KNOWLEDGE_EDITOR } from './people.ts';

const HOUR_MS = 3_600_000;

export async function seedKnowledge(db: Queryable, unitId: string, now = new Date()): Promise<void> {
  const { articles, pairs, terms } = demoKnowledge();
  const places = await seedPlaces(db, unitId, articles);
  const ids = new Map(articles.map(({ slug }) => [slug, newId()]));
  const idOf = (slug: string) => ids.get(slug) ?? fail(`no demo article ${slug}`);
  const titles = new Map(articles.map(({ slug, title }) => [slug, title]));
  const { rows: people } = await sql<{ id: string; name: string }>`select id, name from people
    where login = ${KNOWLEDGE_EDITOR}`.execute(db);
  const author = people[0] ?? fail('the demo has no knowledge editor');
  const rows = articles.map((article, i) => {
    // One after the other, some hours apart, so that lists have an order.
    const at = new Date(now.getTime() - (articles.length - i) * HOUR_MS);
    const place = places.get(placeName(article)) ?? fail(`no place for ${article.slug}`);
    return { id: idOf(article.slug), content: contentOf(article, place, { idOf, titles }), at };
  });
  const today = dayName(now);
  const state = ({ validTo }: ArticleContent) => (validTo !== null && validTo < today ? 'expired' : 'published');
  await db
    .insertInto('knowledge_articles')
    .values(
      rows.map(({ id, content, at }) => ({
        ...{ id, unit_id: unitId, ...columnsOf(content), state: state(content) },
        ...{ version: 1, published_at: at, withdrawn_reason: null, draft_revision: 2, changed_at: at },
      })),
    )
    .execute();
  await db
    .insertInto('knowledge_versions')
    .values(
      rows.map(({ id, content, at }) => ({
        ...{ article_id: id, version: 1, content: JSON.stringify(content), author_ids: [author.id] },
        ...{ published_at: at, published_by: '系统', note: '' },
      })),
    )
    .execute();
  await seedTerms(db, unitId, terms);
  const placeOf = (filed: Filed) => places.get(placeName(filed)) ?? fail(`no place for ${placeName(filed)}`);
  await seedAnswers(db, unitId, { pairs, placeOf, articleOf: idOf, now });
}

async function seedTerms(db: Queryable, unitId: string, terms: readonly DemoTerm[]): Promise<void> {
  const rows = terms.map(({ term, synonyms }) => ({ id: newId(), unit_id: unitId, term, synonyms }));
  await db.insertInto('thesaurus_terms').values(rows).execute();
}

const placeName = ({ library, category }: Filed): string => `${library}/${category}`;

/** A library for each folder, a category for each folder in it. */
async function seedPlaces(
  db: Queryable,
  unitId: string,
  articles: readonly DemoArticle[],
): Promise<Map<string, Place>> {
  const names = [...new Set(articles.map(({ library }) => library))];
  const libraries = names.map((name, position) => ({ id: newId(), unit_id: unitId, name, position, review_steps: 1 }));
  await db.insertInto('knowledge_libraries').values(libraries).execute();
  const places = new Map<string, Place>();
  const categories = libraries.flatMap(({ id: libraryId, name: library }) => {
    const filed = articles.filter((article) => article.library === library);
    return [...new Set(filed.map(({ category }) => category))].map((category, position) => {
      const categoryId = newId();
      places.set(`${library}/${category}`, { libraryId, categoryId });
      return { id: categoryId, library_id: libraryId, parent_id: null, name: category, position };
    });
  });
  await db.insertInto('knowledge_categories').values(categories).execute();
  return places;
}

function contentOf(
  { title, summary, tags, source, from, to, regions, related, markdown }: DemoArticle,
  place: Place,
  { idOf, titles }: { idOf: (slug: string) => string; titles: ReadonlyMap<string, string> },
): ArticleContent {
  const body = documentOf(withRelated(markdown, related, titles), idOf);
  return {
    ...{ ...place, title, summary, body, tags, regions, validFrom: from, validTo: to, source },
    ...{ reviewOn: null, sharing: 'all' as const, roleIds: [], fileIds: [] },
  };
}

/** What else to read stands below, where the text doesn't lead there. */
function withRelated(markdown: string, related: readonly string[], titles: ReadonlyMap<string, string>): string {
  const left = related.filter((slug) => !markdown.includes(`(article:${slug})`));
  if (left.length === 0) return markdown;
  const links = left.map((slug) => `- [${titles.get(slug) ?? slug}](article:${slug})`);
  return `${markdown}\n\n## 相关知识\n\n${links.join('\n')}\n`;
}

function fail(message: string): never {
  throw new Error(message);
}
