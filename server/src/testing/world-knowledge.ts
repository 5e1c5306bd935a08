/** The world's knowledge: in every centre a row in each of its tables. */
import { answerContent, articleContent } from '@rexian/contracts';
import { columnsOf as answerColumns } from '../answers/content.ts';
import { columnsOf } from '../knowledge/content.ts';
import { dayName } from '../platform/clock.ts';
import type { Db } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import type { World, WorldCentre } from './world.ts';

/** For tests that want a row in these tables as well. */
export async function seedKnowledge(db: Db, { nanning, liuzhou }: World): Promise<void> {
  for (const centre of [nanning, liuzhou]) {
    await seedArticle(db, centre);
    await seedAnswer(db, centre);
    await seedUses(db, centre);
  }
}

/** The agent found and opened the article, and missed something else. */
async function seedUses(db: Db, { unit, mark, agent, article, library, missing }: WorldCentre): Promise<void> {
  const [day, of] = [dayName(new Date()), { unit_id: unit.id }];
  const search = { id: newId(), person_id: agent, contact_id: null, found: 1 };
  await db
    .insertInto('knowledge_searches')
    .values({ ...of, ...search })
    .execute();
  await db
    .insertInto('knowledge_uses')
    .values({ person_id: agent, item_id: article, act: 'opened', within_id: search.id, order_id: null })
    .execute();
  await db
    .insertInto('knowledge_item_days')
    .values({ ...of, day, item_id: article, kind: 'article', shown: 1, opened: 1 })
    .execute();
  await db
    .insertInto('knowledge_person_days')
    .values({ ...of, day, person_id: agent, library_id: library, searches: 2, missed: 1, shown: 1, opened: 1 })
    .execute();
  await db
    .insertInto('knowledge_missing')
    .values({
      ...of,
      id: missing,
      folded: `缺 ${mark}`,
      text: `缺 ${mark}`,
      person_ids: [agent],
      settled_at: null,
      settled_by: null,
    })
    .execute();
}

export const worldArticle = ({ library, knowledgeCategory, mark }: WorldCentre) =>
  articleContent.parse({
    ...{ libraryId: library, categoryId: knowledgeCategory, title: `留抵退税 ${mark}`, summary: `条件 ${mark}` },
    ...{ tags: [`退税 ${mark}`], regions: [], validFrom: null, validTo: null, source: `公告 ${mark}`, reviewOn: null },
    ...{ sharing: 'subtree', roleIds: [], fileIds: [] },
    body: { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: `办理 ${mark}` }] }] },
  });

/** Published, written anew by the clerk, and found wrong by the agent. */
async function seedArticle(db: Db, centre: WorldCentre): Promise<void> {
  const { unit, mark, agent, clerk, library, knowledgeCategory, article, feedback } = centre;
  const at = new Date(Date.now() - 600_000);
  const content = worldArticle(centre);
  await db
    .insertInto('knowledge_libraries')
    .values({ id: library, unit_id: unit.id, name: `政策库 ${mark}`, review_steps: 1 })
    .execute();
  await db
    .insertInto('knowledge_categories')
    .values({ id: knowledgeCategory, library_id: library, parent_id: null, name: `增值税 ${mark}` })
    .execute();
  await db
    .insertInto('knowledge_articles')
    .values({
      ...{ id: article, unit_id: unit.id, state: 'revising', ...columnsOf(content), version: 1, published_at: at },
      ...{ withdrawn_reason: null, draft_revision: 1, changed_at: at },
    })
    .execute();
  const version = { article_id: article, content: JSON.stringify(content), author_ids: [clerk] };
  await db
    .insertInto('knowledge_versions')
    .values({ ...version, version: 1, published_at: at, published_by: mark, note: '' })
    .execute();
  await db
    .insertInto('knowledge_drafts')
    .values({
      ...{ ...version, saved_at: at, saved_by: mark, returned_reason: null },
      ...{ review_step: null, review_steps: null, sent_by: null, first_reviewer: null },
    })
    .execute();
  await db
    .insertInto('knowledge_feedback')
    .values({
      ...{ id: feedback, article_id: article, version: 1, kind: 'outdated', text: `文号已更新 ${mark}` },
      ...{ contact_id: null, by_person: agent, answer: null, answered_by: null, answered_at: null },
    })
    .execute();
}

export const worldAnswer = ({ library, knowledgeCategory, article, mark }: WorldCentre) =>
  answerContent.parse({
    ...{ libraryId: library, categoryId: knowledgeCategory, question: `留抵退税怎么办 ${mark}`, articleId: article },
    ...{ phrasings: [`怎么退留抵 ${mark}`], turn: { answer: `在电子税务局申请 ${mark}` }, tags: [`退税 ${mark}`] },
    ...{ validFrom: null, validTo: null, sharing: 'subtree', replacesId: null },
  });

/** Adopted; the clerk proposes it without the article. And a term of the thesaurus. */
async function seedAnswer(db: Db, centre: WorldCentre): Promise<void> {
  const { unit, mark, clerk, answer, proposal, term } = centre;
  const content = worldAnswer(centre);
  await db
    .insertInto('answers')
    .values({ id: answer, unit_id: unit.id, ...answerColumns(content), version: 1 })
    .execute();
  await db
    .insertInto('answer_versions')
    .values({
      ...{ answer_id: answer, version: 1, content: JSON.stringify(content), at: new Date() },
      ...{ by: mark, from_unit: mark },
    })
    .execute();
  await db
    .insertInto('answer_proposals')
    .values({
      ...{ id: proposal, answer_id: answer, unit_id: unit.id, from_unit_id: unit.id, base: 1 },
      ...{ content: JSON.stringify({ ...content, articleId: null }), note: `更正 ${mark}` },
      ...{ by_person: clerk, decided_by: null, decided_at: null },
    })
    .execute();
  await db
    .insertInto('thesaurus_terms')
    .values({ id: term, unit_id: unit.id, term: `增值税专用发票 ${mark}`, synonyms: [`专票 ${mark}`] })
    .execute();
}
