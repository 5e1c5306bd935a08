/** The index of a process: built from the database, following it, and there again after it has died. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { articleContent } from '@rexian/contracts';
import { finds } from '@rexian/knowledge/rank.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { columnsOf } from '../knowledge/content.ts';
import { dayName } from '../platform/clock.ts';
import { HintListener } from '../platform/hints.ts';
import { newId } from '../platform/ids.ts';
import { silent, type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { writeTinyModel } from '../testing/tiny-model.ts';
import { seedWorld, type World } from '../testing/world.ts';
import { seedKnowledge, worldArticle } from '../testing/world-knowledge.ts';
import { KnowledgeFinder } from './finder.ts';
import type { IndexReach, SearchQuestion } from './questions.ts';

vi.setConfig({ testTimeout: 90_000 });

/** A thread begins when the machine has time for it. */
const deadlineMs = 30_000;
/** Long before the index looks for itself: it was told. */
const TOLD = { timeout: 10_000, interval: 20 };

let database: TestDatabase;
let world: World;
let hints: HintListener;
let finder: KnowledgeFinder;
let reach: IndexReach;
beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  await seedKnowledge(database.db, world);
  hints = new HintListener(database.urls.engine, silent);
  await hints.start();
  finder = new KnowledgeFinder({ url: database.urls.engine, hints, log: silent, deadlineMs });
  const { nanning, liuzhou } = world;
  reach = {
    unitIds: [nanning.unit.id, liuzhou.unit.id],
    libraryIds: [nanning.library, liuzhou.library],
    ...{ writes: true, roleIds: [], public: false },
  };
});
afterAll(async () => {
  await finder?.close();
  await hints?.close();
  await database?.close();
});

const question = (text: string, more: Partial<SearchQuestion> = {}): SearchQuestion => ({
  ...{ ask: 'search', text, reach, owners: [], unitId: world.nanning.unit.id, today: dayName(new Date()) },
  ...{ filters: {}, validity: 'valid', most: 10, ...more },
});
const found = async (text: string, more: Partial<SearchQuestion> = {}, asked = finder) => {
  const answer = await asked.ask(question(text, more));
  const scores = answer.found.map(({ score }) => score);
  return answer.found.slice(0, finds(scores, answer.whole)).map(({ id }) => id);
};
const soon = (text: string, ids: string[]) => vi.waitFor(async () => expect(await found(text)).toEqual(ids), TOLD);

async function publish(title: string, unit = world.nanning): Promise<string> {
  const id = newId();
  const content = articleContent.parse({ ...worldArticle(unit), title, summary: '', tags: [], source: '' });
  const row = { id, unit_id: unit.unit.id, ...columnsOf(content), state: 'published' as const, version: 1 };
  await database.db
    .insertInto('knowledge_articles')
    .values({ ...row, published_at: new Date(), withdrawn_reason: null })
    .execute();
  return id;
}

it('finds what is there at the start, within reach and filters', async () => {
  const { nanning, liuzhou } = world;
  const articles = { among: [nanning.article, liuzhou.article] };
  const [first, ...others] = await found('留抵退税', articles);
  expect([first, ...others].sort()).toEqual([nanning.article, liuzhou.article].sort());
  // Its own unit's is first.
  expect(first).toBe(nanning.article);
  expect(await found('留抵退税', { filters: { libraryId: liuzhou.library } })).toContain(liuzhou.article);
  expect(await found('留抵退税', { ...articles, reach: { ...reach, libraryIds: [nanning.library] } })).toEqual([
    nanning.article,
  ]);
  expect(await found('留抵退税', { reach: { ...reach, unitIds: [] } })).toEqual([]);
  expect(await found('留抵退税', { among: [liuzhou.article] })).toEqual([liuzhou.article]);
});

it('finds what is published as soon as it is told, and not what is withdrawn', async () => {
  const id = await publish('车船税减免');
  await soon('车船税', [id]);
  await sql`update knowledge_articles set state = 'withdrawn' where id = ${id}`.execute(database.db);
  await soon('车船税', []);
});

it('hears of answers and their articles, and of words that mean the same', async () => {
  const { nanning } = world;
  const [id, article] = [newId(), await publish('契税申报指引')];
  await database.db
    .insertInto('answers')
    .values({
      ...{ id, unit_id: nanning.unit.id, library_id: nanning.library, category_id: nanning.knowledgeCategory },
      ...{ question: '个体户怎么建账', phrasings: ['小店要记账吗'], turn: JSON.stringify({ answer: '按规定建账' }) },
      ...{ answer_text: '按规定建账', article_id: article, tags: [], sharing: 'subtree', version: 1 },
    })
    .execute();
  await soon('小店记账', [id]);
  await soon('契税申报', [article, id]);
  const term = { id: newId(), unit_id: nanning.unit.id, term: '建账', synonyms: ['流水簿'] };
  await database.db.insertInto('thesaurus_terms').values(term).execute();
  const asOwner = () => found('流水簿', { owners: [nanning.unit.id] });
  await vi.waitFor(async () => expect(await asOwner()).toEqual([id]), TOLD);
  expect(await found('流水簿')).toEqual([]);
  await sql`delete from thesaurus_terms where id = ${term.id}`.execute(database.db);
  await vi.waitFor(async () => expect(await asOwner()).toEqual([]), TOLD);
  await sql`update answers set state = 'disabled' where id = ${id}`.execute(database.db);
  await soon('小店记账', []);
});

it('comes back when it has died, with what happened meanwhile', async () => {
  await finder.thread?.terminate();
  const id = await publish('印花税税目');
  // The question waits for the next one.
  expect(await found('印花税')).toEqual([id]);
});

it('refuses in words while there is none', async () => {
  const hurried = new KnowledgeFinder({ url: database.urls.engine, hints, log: silent, deadlineMs: 1 });
  await expect(hurried.ask(question('留抵'))).rejects.toMatchObject({
    code: 'BUSY',
    message: '检索正在准备，请稍后再试',
  });
  await hurried.close();
  await expect(hurried.ask(question('留抵'))).rejects.toMatchObject({ code: 'BUSY' });
});

/** Another index, with a model; and what it warns of. */
function withModel(folder: string) {
  const warn = vi.fn();
  const log = Object.assign(Object.create(silent) as typeof silent, { warn });
  const options = { url: database.urls.engine, hints, log, deadlineMs };
  return { warn, finder: new KnowledgeFinder({ ...options, embedder: { folder, unrelated: 0.5 } }) };
}

it('finds by meaning where a model is given, also what was published since', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'model-'));
  await writeTinyModel(folder);
  const [before, { finder: reading, warn }] = [await publish('父母年纪大了'), withModel(folder)];
  const means = (ids: string[]) =>
    vi.waitFor(async () => expect((await found('爹娘', {}, reading)).sort()).toEqual(ids.sort()), { timeout: 30_000 });
  await means([before]);
  expect(await found('爹娘')).toEqual([]);
  const since = await publish('家里有父母');
  await means([before, since]);
  await sql`update knowledge_articles set state = 'withdrawn' where id = ${before}`.execute(database.db);
  await means([since]);
  expect(warn).not.toHaveBeenCalled();
  await reading.close();
  await rm(folder, { recursive: true });
});

it('says what is wrong with a model, and goes on by words', async () => {
  const { finder: reading, warn } = withModel('/nowhere');
  expect(await found('留抵退税', {}, reading)).not.toEqual([]);
  const error = 'KNOWLEDGE_EMBEDDER_DIR: no model.onnx in /nowhere; words alone are searched';
  await vi.waitFor(() => expect(warn).toHaveBeenCalledWith({ error }, 'knowledge index'), { timeout: 30_000 });
  expect(await found('留抵退税', {}, reading)).not.toEqual([]);
  await reading.close();
});
