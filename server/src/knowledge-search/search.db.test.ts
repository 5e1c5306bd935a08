/** 知识检索 through the API: what is found, in whose words, in whose place, and what becomes of it. */
import { type AnswerTurn, type ArticleContent, articleContent, type KnowledgeFound } from '@rexian/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { columnsOf } from '../knowledge/content.ts';
import { newId } from '../platform/ids.ts';
import type { Api } from '../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { person, seedWorld, type World, type WorldUnit } from '../testing/world.ts';
import { forgetUses } from './uses.ts';

vi.setConfig({ testTimeout: 30_000 });

let database: TestDatabase;
let server: ApiServer;
let world: World;
let agent: Api;
let editor: Api;
let province: { library: string; tax: string; other: string };
beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  world = await seedWorld(db, testVault);
  server = await startApiServer(database);
  province = await makeLibrary();
  agent = (await server.as(await person(db, world.nanning.unit, 'agent', ['agent'], 'own'))).api;
  editor = (await server.as(await person(db, world.nanning.unit, 'editor', ['knowledge_editor'], 'subtree'))).api;
  await makeArticle('发票开具操作说明', { summary: '在电子税务局开具数电票', regions: ['广西南宁', '广东'] });
  await makeArticle('企业所得税年度纳税申报表怎么填', { summary: '主表 A100000 与附表 A101010 的填写' });
  await makeArticle('灵活就业人员社保缴费', {
    tags: ['社会保险费'],
    source: '桂税公告〔2025〕9号',
    category: province.other,
  });
  await makeArticle('明年的车船税标准', { validFrom: '2100-01-01' });
  await sql`insert into thesaurus_terms (id, unit_id, term, synonyms)
    values (${newId()}, ${world.province.id}, '数电票', '{数字发票}'), (${newId()}, ${world.liuzhou.unit.id}, '社会保险费', '{螺蛳费}')`.execute(
    db,
  );
  // The first question builds the index.
  await vi.waitFor(
    async () => expect((await agent.knowledgeSearch.search({ text: '发票' })).total).toBeGreaterThan(0),
    {
      timeout: 20_000,
    },
  );
}, 60_000);
afterAll(async () => {
  await server?.close();
  await database?.close();
});

async function makeLibrary() {
  const [library, tax, other] = [newId(), newId(), newId()];
  const { db } = database;
  await db
    .insertInto('knowledge_libraries')
    .values({ id: library, unit_id: world.province.id, name: '政策库', review_steps: 1 })
    .execute();
  const category = (id: string, name: string) => ({ id, library_id: library, parent_id: null, name });
  await db
    .insertInto('knowledge_categories')
    .values([category(tax, '税收'), category(other, '社保')])
    .execute();
  return { library, tax, other };
}

async function makeArticle(
  title: string,
  { category = province.tax, ...more }: Partial<ArticleContent> & { category?: string } = {},
) {
  const content = articleContent.parse({
    ...{ libraryId: province.library, categoryId: category, title, summary: '', tags: [], regions: [] },
    ...{ validFrom: null, validTo: null, source: '', reviewOn: null, sharing: 'subtree', roleIds: [], fileIds: [] },
    body: { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: `正文：${title}。` }] }] },
    ...more,
  });
  const id = newId();
  const row = { id, unit_id: world.province.id, ...columnsOf(content), state: 'published' as const, version: 1 };
  await database.db
    .insertInto('knowledge_articles')
    .values({ ...row, published_at: new Date(), withdrawn_reason: null })
    .execute();
  return id;
}

async function makeAnswer(
  unit: WorldUnit,
  question: string,
  more: { phrasings?: string[]; replaces_id?: string } = {},
) {
  const id = newId();
  const turn: AnswerTurn = { answer: `${question}：答` };
  await database.db
    .insertInto('answers')
    .values({
      ...{ id, unit_id: unit.id, library_id: province.library, category_id: province.tax, question, phrasings: [] },
      ...{ turn: JSON.stringify(turn), answer_text: turn.answer, article_id: null, tags: [], sharing: 'subtree' },
      ...{ version: 1, replaces_id: null, ...more },
    })
    .execute();
  return id;
}

const titles = ({ hits }: KnowledgeFound) => hits.map(({ title }) => title.map(({ text }) => text).join(''));
const found = async (text: string, more = {}) => titles(await agent.knowledgeSearch.search({ text, ...more }));
const marked = (parts: { text: string; hit: boolean }[] | undefined) =>
  parts?.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('');

it('finds by parts of words, sounds, first letters, codes and words that mean the same', async () => {
  const [invoice, form, social] = ['发票开具操作说明', '企业所得税年度纳税申报表怎么填', '灵活就业人员社保缴费'];
  expect((await found('开具'))[0]).toBe(invoice);
  expect((await found('fpkj'))[0]).toBe(invoice);
  expect((await found('数字发票'))[0]).toBe(invoice);
  expect((await found('shebao'))[0]).toBe(social);
  expect((await found('蛇保角费'))[0]).toBe(social);
  expect((await found('A101010'))[0]).toBe(form);
  expect((await found('ａ１０１０１０表'))[0]).toBe(form);
  expect(await found('红烧排骨菜谱')).toEqual([]);
  expect(await found('')).toEqual([]);
});

it('tells where it says so, and of what it was understood to speak', async () => {
  const answer = await agent.knowledgeSearch.search({ text: '数字发票' });
  const [hit] = answer.hits;
  expect(hit?.snippets.map(({ field, parts }) => [field, marked(parts)])).toContainEqual([
    'summary',
    '在电子税务局开具[数电票]',
  ]);
  expect(hit).toMatchObject({ kind: 'article', category: { path: '税收' }, library: { name: '政策库' }, local: false });
  expect(answer.terms).toEqual(['数电票']);
  // Another centre's word means nothing here.
  expect(await found('螺蛳费')).toEqual([]);
  expect(await found('螺蛳费', { unitId: world.liuzhou.unit.id })).toEqual([]);
});

it('filters, and counts of each facet what would be found otherwise', async () => {
  const all = await agent.knowledgeSearch.search({ text: '税务局发票社保申报缴费怎么填' });
  expect(all.total).toBe(3);
  expect(all.facets.categories.map(({ path, count }) => [path, count])).toEqual([
    ['税收', 2],
    ['社保', 1],
  ]);
  const some = await agent.knowledgeSearch.search({
    ...{ text: '税务局发票社保申报缴费怎么填', categoryId: province.other },
  });
  expect(titles(some)).toEqual(['灵活就业人员社保缴费']);
  expect(some.total).toBe(1);
  expect(some.facets.categories).toHaveLength(2);
  // What is for a region is for all that lies in it, and not for what it lies in.
  for (const region of ['广西柳州', '广西'])
    expect(await found('发票开具', { region })).not.toContain('发票开具操作说明');
  for (const region of ['广西南宁', '广东深圳'])
    expect(await found('发票开具', { region })).toContain('发票开具操作说明');
  expect(all.facets.regions.map(({ name }) => name)).toEqual(['广西南宁', '广东']);
  expect(await agent.knowledge.regions({})).toEqual(['广东', '广西南宁']);
  expect((await agent.knowledge.list({ region: '广西柳州' })).rows.map(({ title }) => title)).not.toContain(
    '发票开具操作说明',
  );
  expect((await agent.knowledge.list({ region: '广东深圳' })).rows.map(({ title }) => title)).toContain(
    '发票开具操作说明',
  );
  expect(await found('发票开具', { kind: 'answer' })).toEqual([]);
});

it('searches by fields, all of which must hold', async () => {
  expect(await found('', { fields: { source: '〔2025〕9号' } })).toEqual(['灵活就业人员社保缴费']);
  expect(await found('', { fields: { title: '社保', tag: '保险' } })).toEqual(['灵活就业人员社保缴费']);
  expect(await found('', { fields: { title: '社保', tag: '发票' } })).toEqual([]);
  expect(await found('发票申报缴费', { fields: { title: '申报' } })).toEqual(['企业所得税年度纳税申报表怎么填']);
});

it('finds what does not hold yet for those who write it alone', async () => {
  const writer = (await server.as(await person(database.db, world.province, 'w', ['knowledge_editor'], 'unit'))).api;
  const later = { text: '车船税标准', validity: 'later' as const };
  expect(titles(await writer.knowledgeSearch.search(later))).toEqual(['明年的车船税标准']);
  expect(titles(await writer.knowledgeSearch.search({ text: '车船税标准' }))).toEqual([]);
  expect(titles(await agent.knowledgeSearch.search(later))).toEqual([]);
});

it("gives a unit's callers its own answer in the place of the one from above", async () => {
  const above = await makeAnswer(world.province, '房产证办理要什么材料', { phrasings: ['不动产登记资料'] });
  const more = { replaces_id: above };
  const own = await makeAnswer(world.nanning.unit, '南宁办不动产证去哪里', more);
  const ids = async (unitId: string) => {
    const director = (await server.as(await person(database.db, world.province, newId(), ['leader'], 'subtree'))).api;
    const { hits } = await director.knowledgeSearch.search({ text: '不动产登记资料', kind: 'answer', unitId });
    return hits.map(({ id, local }) => [id, local]);
  };
  await vi.waitFor(async () => expect(await ids(world.liuzhou.unit.id)).toContainEqual([above, false]), 10_000);
  const here = await ids(world.nanning.unit.id);
  expect(here[0]).toEqual([own, true]);
  expect(here.map(([id]) => id)).not.toContain(above);
});

it('suggests titles and questions', async () => {
  const suggested = async (text: string) =>
    (await agent.knowledgeSearch.suggest({ text })).map(({ parts }) => marked(parts));
  expect(await suggested('发票')).toContain('[发票]开具操作说明');
  expect(await suggested('sheb')).toEqual(['灵活就业人员[社保]缴费']);
  expect(await suggested('fpkj')).toEqual(['[发票开具]操作说明']);
  expect(await suggested('车船')).toEqual([]);
  expect(await suggested('社会保险费')).toEqual([]);
  expect(await suggested(' ')).toEqual([]);
});

it('counts what is shown and used, once a search', async () => {
  const { searchId, hits } = await agent.knowledgeSearch.search({ text: '社保缴费' });
  const [hit] = hits;
  if (!hit) throw new Error('nothing found');
  const { kind, id } = hit;
  for (const act of ['opened', 'opened', 'copied'] as const)
    await agent.knowledgeSearch.use({ kind, id, act, searchId });
  await expect(agent.knowledgeSearch.use({ kind: 'answer', id, act: 'opened' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  const { rows } =
    await sql`select shown > 0 as shown, opened, copied, last_at is not null as used from knowledge_item_days
    where item_id = ${id}`.execute(database.db);
  expect(rows).toEqual([{ shown: true, opened: 1, copied: 1, used: true }]);
  expect(await agent.knowledgeSearch.hot({})).toMatchObject([{ id, uses: 2, before: 0, library: { name: '政策库' } }]);
  const other = (await server.as(await person(database.db, world.liuzhou.unit, 'lz', ['agent'], 'own'))).api;
  expect(await other.knowledgeSearch.hot({})).toEqual([]);
  await forgetUses(database.db, new Date(Date.now() + 2_000 * 86_400_000));
  expect(await agent.knowledgeSearch.hot({})).toEqual([]);
});

it('collects what was asked and not found, until somebody deals with it', async () => {
  for (const text of ['彩票中奖税号', '彩票 中奖，税号？', '13800001234']) {
    const { total } = await agent.knowledgeSearch.search({ text: `${text}`, kind: 'answer' });
    expect(total).toBe(0);
  }
  // Narrowed: it may be there all the same.
  expect((await editor.knowledgeMissing.list({})).rows.map(({ text }) => text)).not.toContain('彩票中奖税号');
  for (const text of ['螺蛳粉好吃吗', '螺蛳粉，好吃 吗？', '13800001234 哪位'])
    await agent.knowledgeSearch.search({ text });
  const word = (await editor.knowledgeMissing.list({})).rows.find(({ text }) => text.startsWith('螺蛳粉'));
  expect(word).toMatchObject({ text: '螺蛳粉，好吃 吗？', times: 2, people: 1, settled: null });
  expect((await editor.knowledgeMissing.list({})).rows.some(({ text }) => text.includes('138'))).toBe(false);
  const settled = await editor.knowledgeMissing.settle({ id: word?.id ?? '', note: '不属于税务' });
  expect(settled.settled).toMatchObject({ note: '不属于税务' });
  expect((await editor.knowledgeMissing.list({ settled: true })).rows.map(({ id }) => id)).toEqual([word?.id]);
  await agent.knowledgeSearch.search({ text: '螺蛳粉好吃吗' });
  const again = (await editor.knowledgeMissing.list({ limit: 1 })).rows[0];
  expect(again).toMatchObject({ times: 1 });
});
