/** What the agents of a test find: an article, an answer at once, and one that asks back. */
import { randomUUID } from 'node:crypto';
import { type AnswerTurn, answerContent, articleContent } from '@rexian/contracts';
import { columnsOf as answerColumns } from '@rexian/server/answers/content.ts';
import { columnsOf } from '@rexian/server/knowledge/content.ts';
import { type Db, openDb } from '@rexian/server/platform/db.ts';

const GUIDE = '综合所得年度汇算退税办理指引';
export const SHORT = '可在个人所得税 APP 申请退税，审核通过后退至本人银行卡。';
export const SOURCE = '国家税务总局公告2026年第6号';

const choices = (...each: [string, AnswerTurn][]) => each.map(([choice, next]) => ({ choice, synonyms: [], next }));
const STOPPING: AnswerTurn = {
  ...{ ask: '您是个体工商户还是企业？', slot: '纳税人类型' },
  choices: choices(
    [
      '个体工商户',
      {
        ...{ ask: '是否为定期定额户？', slot: '征收方式' },
        choices: choices(
          ['是', { answer: '停业前向主管税务机关办理停业登记，停业期不超过一年。' }],
          ['否', { answer: '无须办理停业登记，按期申报即可。' }],
        ),
      },
    ],
    ['企业', { answer: '企业不办理停业登记，可办理歇业或注销。' }],
  ),
};

/** Read by the province and all below it; once, for a test that is tried again. */
export async function seedLookup(databaseUrl: string): Promise<void> {
  const { db, close } = openDb(databaseUrl, { max: 1 });
  try {
    const unit = await db.selectFrom('units').select('id').orderBy('path').executeTakeFirstOrThrow();
    const [libraryId, categoryId, articleId] = [randomUUID(), randomUUID(), randomUUID()];
    if (await db.selectFrom('knowledge_libraries').select('id').executeTakeFirst()) return;
    await db
      .insertInto('knowledge_libraries')
      .values({ id: libraryId, unit_id: unit.id, name: '办税流程', review_steps: 1 })
      .execute();
    await db
      .insertInto('knowledge_categories')
      .values({ id: categoryId, library_id: libraryId, parent_id: null, name: '个人所得税' })
      .execute();
    const place = { libraryId, categoryId, validFrom: null, validTo: null, sharing: 'subtree' as const, tags: [] };
    await addArticle(db, unit.id, articleId, place);
    const answers = [
      {
        question: '多缴的个人所得税怎么申请退税',
        phrasings: ['去年多交的个税咋退'],
        turn: { answer: SHORT },
        articleId,
      },
      { question: '停业如何办理登记', phrasings: ['店不开了先停一阵'], turn: STOPPING, articleId: null },
    ];
    for (const written of answers) {
      const content = answerContent.parse({ ...place, ...written, replacesId: null });
      await db
        .insertInto('answers')
        .values({ id: randomUUID(), unit_id: unit.id, ...answerColumns(content), version: 1 })
        .execute();
    }
  } finally {
    await close();
  }
}

async function addArticle(db: Db, unitId: string, id: string, place: object): Promise<void> {
  const content = articleContent.parse({
    ...place,
    ...{ title: GUIDE, summary: '次年 3 月 1 日至 6 月 30 日办理汇算，多退少补。', source: SOURCE },
    ...{ regions: [], reviewOn: null, roleIds: [], fileIds: [] },
    body: {
      type: 'doc',
      content: [{ type: 'paragraph', content: [{ type: 'text', text: '登录后选择综合所得年度汇算。' }] }],
    },
  });
  const at = new Date();
  await db
    .insertInto('knowledge_articles')
    .values({
      ...{ id, unit_id: unitId, state: 'published', ...columnsOf(content), version: 1, published_at: at },
      ...{ withdrawn_reason: null, draft_revision: 0, changed_at: at },
    })
    .execute();
}

/** What is on record of what agents did with what they found, each kind once. */
export async function usesOf(databaseUrl: string): Promise<string[]> {
  const { db, close } = openDb(databaseUrl, { max: 1 });
  try {
    const rows = await db
      .selectFrom('knowledge_uses')
      .leftJoin('answers', 'answers.id', 'knowledge_uses.item_id')
      .select(['knowledge_uses.act', 'knowledge_uses.order_id', 'answers.id as answer_id'])
      .execute();
    const words = rows.map(({ act, order_id, answer_id }) =>
      [answer_id ? 'answer' : 'article', act, ...(order_id ? ['order'] : [])].join(' '),
    );
    return [...new Set(words)].sort();
  } finally {
    await close();
  }
}
