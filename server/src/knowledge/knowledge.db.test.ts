/** Articles from draft to shelf: who writes, who agrees, what is kept, and who hears of it. */
import type { Article, ArticleContent } from '@rexian/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dayName } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import type { Api } from '../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { person, seedWorld, type World } from '../testing/world.ts';
import { seedKnowledge, worldArticle } from '../testing/world-knowledge.ts';
import { lookAtKnowledge } from './due.ts';

const DAY_MS = 86_400_000;

let database: TestDatabase;
let server: ApiServer;
let world: World;
interface Who {
  id: string;
  api: Api;
}
let editor: Who;
let colleague: Who;
let admin: Who;
let leader: Who;
let agent: Who;
let foreign: Who;
beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  await seedKnowledge(database.db, world);
  server = await startApiServer(database);
  const { nanning, liuzhou } = world;
  const who = async (id: Promise<string> | string): Promise<Who> => ({
    id: await id,
    api: (await server.as(await id)).api,
  });
  editor = await who(person(database.db, nanning.unit, 'nn-editor', ['knowledge_editor'], 'unit'));
  colleague = await who(person(database.db, nanning.unit, 'nn-editor2', ['knowledge_editor', 'leader'], 'unit'));
  admin = await who(person(database.db, nanning.unit, 'nn-admin', ['centre_admin'], 'subtree'));
  leader = await who(person(database.db, nanning.unit, 'nn-leader', ['leader'], 'unit'));
  agent = await who(nanning.agent);
  foreign = await who(person(database.db, liuzhou.unit, 'lz-admin', ['centre_admin'], 'subtree'));
}, 120_000);
afterAll(async () => {
  await server?.close();
  await database?.close();
});
beforeEach(async () => {
  await sql`delete from notices`.execute(database.owner.db);
  await steps(1);
});

const refused = (code: string, message = /./) => ({ code, message: expect.stringMatching(message) });
const steps = (reviewSteps: 1 | 2) =>
  database.db
    .updateTable('knowledge_libraries')
    .set({ review_steps: reviewSteps })
    .where('id', '=', world.nanning.library)
    .execute();
const content = (more: Partial<ArticleContent> = {}): ArticleContent => ({ ...worldArticle(world.nanning), ...more });
const create = (more: Partial<ArticleContent> = {}) =>
  editor.api.knowledge.create({ unitId: world.nanning.unit.id, content: content(more) });
const revisionOf = ({ writing }: Article): number => writing?.revision ?? -1;
const now = ({ id }: Article, by = editor) => by.api.knowledge.get({ id });
const seen = async (article: Article) => ({ id: article.id, revision: revisionOf(await now(article)) });
async function sent(more: Partial<ArticleContent> = {}): Promise<Article> {
  const article = await create(more);
  return editor.api.knowledge.submit(await seen(article));
}
async function published(more: Partial<ArticleContent> = {}): Promise<Article> {
  return leader.api.knowledge.approve(await seen(await sent(more)));
}
const told = async () => {
  const { rows } = await sql<{ to: string; title: string }>`select p.login as to, n.title from notices n
    join people p on p.id = n.person_id order by n.title, p.login`.execute(database.db);
  return rows.map(({ to, title }) => `${to} ${title}`);
};
const acts = async ({ id }: Article) => {
  const { rows } = await sql<{
    action: string;
  }>`select action from audit_log where subject_id = ${id} order by id`.execute(database.db);
  return rows.map(({ action }) => action);
};
const text = (...paragraphs: string[]): ArticleContent['body'] => ({
  type: 'doc',
  content: paragraphs.map((each) => ({ type: 'paragraph', content: [{ type: 'text', text: each }] })),
});

describe('an article', () => {
  it('is written, reviewed by somebody else, read by agents, and told and put on record', async () => {
    const draft = await create({ title: '一' });
    expect(draft).toMatchObject({ state: 'draft', version: null, can: { edit: true, submit: true, review: false } });
    await expect(agent.api.knowledge.get({ id: draft.id })).rejects.toMatchObject(refused('NOT_FOUND'));
    const inReview = await editor.api.knowledge.submit(await seen(draft));
    expect(inReview).toMatchObject({ state: 'in_review', writing: { draft: { review: { step: 1, steps: 1 } } } });
    expect(await told()).toEqual(['nn-admin', 'nn-editor2', 'nn-leader'].map((to) => `${to} 知识待审核：一`));
    expect((await leader.api.knowledge.list({ toReview: true })).rows.map(({ title }) => title)).toEqual(['一']);
    expect((await leader.api.knowledge.counts()).toReview).toBe(1);
    const done = await leader.api.knowledge.approve(await seen(draft));
    expect(done).toMatchObject({ state: 'published', version: 1, writing: { draft: null } });
    expect(await told()).toContain('nn-editor 知识审核结果：一 已发布');
    const { rows: leading } = await sql<{ link: string }>`select distinct link from notices`.execute(database.db);
    expect(leading).toEqual([{ link: `/knowledge/${draft.id}` }]);
    expect(await agent.api.knowledge.get({ id: draft.id })).toMatchObject({ title: '一', writing: null });
    expect(await acts(draft)).toEqual(['created', 'submitted', 'published']);
  });

  it('is saved by revision, and what was seen is what is decided on', async () => {
    const draft = await create();
    const at = await seen(draft);
    await editor.api.knowledge.saveDraft({ ...at, content: content({ title: '改' }) });
    const second = colleague.api.knowledge.saveDraft({ ...at, content: content({ title: '又改' }) });
    await expect(second).rejects.toMatchObject(refused('CHANGED', /人员 nn-editor/));
    await expect(editor.api.knowledge.submit(at)).rejects.toMatchObject(refused('CHANGED'));
    expect((await now(draft)).title).toBe('改');
  });

  it('is reviewed neither by whoever wrote or sent it, nor twice by the same', async () => {
    await steps(2);
    const article = await sent();
    const recalled = await editor.api.knowledge.recall(await seen(article));
    expect(recalled.state).toBe('draft');
    await colleague.api.knowledge.saveDraft({ ...(await seen(article)), content: content() });
    await editor.api.knowledge.submit(await seen(article));
    await expect(colleague.api.knowledge.approve(await seen(article))).rejects.toMatchObject(
      refused('REFUSED', /编写人/),
    );
    const once = await leader.api.knowledge.approve(await seen(article));
    expect(once).toMatchObject({ state: 'in_review', can: { review: false } });
    await expect(leader.api.knowledge.approve(await seen(article))).rejects.toMatchObject(refused('REFUSED', /复审/));
    expect((await admin.api.knowledge.approve(await seen(article))).state).toBe('published');
    expect(await acts(article)).toEqual(['created', 'submitted', 'recalled', 'submitted', 'approved', 'published']);
  });

  it('is sent back with a reason', async () => {
    const article = await sent({ title: '二' });
    const back = await leader.api.knowledge.return({ ...(await seen(article)), reason: '缺文号' });
    expect(back).toMatchObject({ state: 'draft', writing: { draft: { returnedReason: '缺文号', review: null } } });
    expect(await told()).toContain('nn-editor 知识审核结果：二 已退回');
  });

  it('is read as it was while the next version is written; every version and what differs is kept', async () => {
    const article = await published({ title: '旧', body: text('甲', '乙', '丙') });
    await editor.api.knowledge.revise({ id: article.id });
    const next = content({ title: '新', body: text('甲', '丁', '丙') });
    await editor.api.knowledge.saveDraft({ ...(await seen(article)), content: next });
    expect(await now(article, agent)).toMatchObject({ title: '旧', state: 'revising' });
    const change = await editor.api.knowledge.difference({ id: article.id, from: 1 });
    expect(change.fields).toEqual([{ field: 'title', before: '旧', after: '新' }]);
    expect(change.body.map((each) => `${each.change} ${each.text}`)).toEqual([
      ...['same 甲', 'removed 乙', 'added 丁', 'same 丙'],
    ]);
    await editor.api.knowledge.submit({ ...(await seen(article)), note: '文号更新' });
    expect((await now(article, agent)).title).toBe('旧');
    const second = await leader.api.knowledge.approve(await seen(article));
    expect(second.writing?.versions.map(({ version, note }) => [version, note])).toEqual([
      [2, '文号更新'],
      [1, ''],
    ]);
    expect((await now(article, agent)).title).toBe('新');
    expect((await editor.api.knowledge.version({ id: article.id, version: 1 })).content.title).toBe('旧');
    await expect(agent.api.knowledge.version({ id: article.id, version: 1 })).rejects.toMatchObject(
      refused('FORBIDDEN'),
    );
  });

  it('is withdrawn at once, with a reason, and comes back through review only; what is being written stays', async () => {
    const article = await published();
    await editor.api.knowledge.revise({ id: article.id });
    const gone = await leader.api.knowledge.withdraw({ id: article.id, reason: '政策废止' });
    expect(gone).toMatchObject({ state: 'draft', withdrawnReason: '政策废止', version: 1 });
    await expect(now(article, agent)).rejects.toMatchObject(refused('NOT_FOUND'));
    const left = await editor.api.knowledge.discard(await seen(article));
    expect(left?.state).toBe('withdrawn');
    await editor.api.knowledge.revise({ id: article.id });
    await editor.api.knowledge.submit(await seen(article));
    const back = await leader.api.knowledge.approve(await seen(article));
    expect(back).toMatchObject({ state: 'published', version: 2, withdrawnReason: null });
  });

  it('shows who else writes it, and what they saved', async () => {
    const article = await published({ sharing: 'all' });
    const { id } = article;
    const [mine, theirs] = [newId(), newId()];
    await editor.api.knowledge.revise({ id });
    await editor.api.knowledge.presence({ id, client: mine });
    expect(await colleague.api.knowledge.presence({ id, client: theirs })).toMatchObject({
      editors: [
        { name: '人员 nn-editor', mine: false },
        { name: '人员 nn-editor2', mine: true },
      ],
      draftBy: '人员 nn-editor',
    });
    const { revision } = await editor.api.knowledge.saveDraft({ ...(await seen(article)), content: content() });
    expect((await colleague.api.knowledge.presence({ id, client: theirs })).revision).toBe(revision);
    await editor.api.knowledge.presence({ id, client: mine, leaving: true });
    expect((await colleague.api.knowledge.presence({ id, client: theirs })).editors).toMatchObject([{ mine: true }]);
    // They read it, and that is all.
    await expect(foreign.api.knowledge.presence({ id, client: newId() })).rejects.toMatchObject(refused('NOT_FOUND'));
  });

  it('that was never published is gone when its draft is thrown away', async () => {
    const draft = await create();
    await colleague.api.knowledge.presence({ id: draft.id, client: newId() });
    expect(await editor.api.knowledge.discard(await seen(draft))).toBeNull();
    await expect(now(draft)).rejects.toMatchObject(refused('NOT_FOUND'));
  });

  it('published by two at once is published once', async () => {
    const article = await sent();
    const at = await seen(article);
    const both = await Promise.allSettled([leader, admin].map(({ api }) => api.knowledge.approve(at)));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'WRONG_STATE' } });
    expect((await now(article)).writing?.versions).toHaveLength(1);
  });

  it('is changed by nobody of another centre, nor filed where its unit has no say', async () => {
    const article = await published({ sharing: 'all' });
    expect((await foreign.api.knowledge.get({ id: article.id })).title).toBe(article.title);
    expect((await foreign.api.knowledge.get({ id: article.id })).writing).toBeNull();
    await expect(foreign.api.knowledge.revise({ id: article.id })).rejects.toMatchObject(refused('NOT_FOUND'));
    await expect(foreign.api.knowledge.withdraw({ id: article.id, reason: '-' })).rejects.toMatchObject(
      refused('NOT_FOUND'),
    );
    const { library: libraryId, knowledgeCategory: categoryId } = world.liuzhou;
    await expect(create({ libraryId, categoryId })).rejects.toMatchObject(refused('NOT_FOUND'));
    await expect(create({ categoryId })).rejects.toMatchObject(refused('NOT_FOUND'));
  });

  it('leads to articles that are there, and knows which lead to it', async () => {
    const one = await published({ title: '被引' });
    const link = (articleId: string): ArticleContent['body'] => ({
      type: 'doc',
      content: [
        {
          type: 'paragraph',
          content: [{ type: 'text', text: '见', marks: [{ type: 'link', attrs: { articleId } }] }],
        },
      ],
    });
    const two = await published({ title: '引用', body: link(one.id) });
    expect((await now(two, agent)).links.out).toEqual([{ id: one.id, title: '被引' }]);
    expect((await now(one, agent)).links.in).toEqual([{ id: two.id, title: '引用' }]);
    const astray = await create({ body: link(crypto.randomUUID()) });
    await expect(editor.api.knowledge.submit(await seen(astray))).rejects.toMatchObject(refused('REFUSED', /不存在/));
  });

  it('keeps of its body what the schema names, and refuses the rest', async () => {
    const odd = {
      type: 'doc',
      content: [{ type: 'paragraph', attrs: { onclick: 'x' }, content: [{ type: 'text', text: '好' }] }],
    };
    const made = await create({ body: odd as unknown as ArticleContent['body'] });
    expect(made.content.body).toEqual(text('好'));
    const script = (href: string) => ({
      type: 'doc',
      content: [
        { type: 'paragraph', content: [{ type: 'text', text: '好', marks: [{ type: 'link', attrs: { href } }] }] },
      ],
    });
    let deep: object = { type: 'paragraph' };
    for (let i = 0; i < 1_000; i += 1) deep = { type: 'blockquote', content: [deep] };
    const wrong = [
      { type: 'doc', content: [{ type: 'script' }] },
      script('javascript:alert(1)'),
      { type: 'doc', content: [deep] },
    ];
    for (const body of wrong)
      await expect(create({ body: body as ArticleContent['body'] })).rejects.toMatchObject(refused('BAD_REQUEST'));
    expect((await create({ body: script('https://chinatax.gov.cn/') as ArticleContent['body'] })).state).toBe('draft');
  });
});

describe('whatever people do, one after the other or at once', () => {
  it('an article is where the table says, and its draft and review are there when they should be', async () => {
    const article = await create();
    const dice = (sides: number) => Math.floor(Math.random() * sides);
    const tried: string[] = [];
    const acts: Record<string, (by: Who, at: { id: string; revision: number }) => Promise<unknown>> = {
      save: ({ api }, at) => api.knowledge.saveDraft({ ...at, content: content() }),
      submit: ({ api }, at) => api.knowledge.submit(at),
      recall: ({ api }, at) => api.knowledge.recall(at),
      approve: ({ api }, at) => api.knowledge.approve(at),
      return: ({ api }, at) => api.knowledge.return({ ...at, reason: '退' }),
      revise: ({ api }, { id }) => api.knowledge.revise({ id }),
      withdraw: ({ api }, { id }) => api.knowledge.withdraw({ id, reason: '停' }),
    };
    const names = Object.keys(acts);
    for (let round = 0; round < 25; round += 1) {
      await steps(dice(2) === 0 ? 1 : 2);
      const at = await seen(article);
      const two = [0, 1].map(async () => {
        const name = names[dice(names.length)] ?? '';
        const by = [editor, colleague, admin, leader][dice(4)] as Who;
        await acts[name]?.(by, at).then(
          () => tried.push(name),
          (error) => expect(['WRONG_STATE', 'CHANGED', 'REFUSED', 'FORBIDDEN']).toContain(error.code),
        );
      });
      await Promise.all(two);
      const { state, version, writing } = await now(article);
      const told = `${state} after ${tried.join(' ')}`;
      expect(writing?.draft !== null, told).toBe(/draft|review|revising/.test(state));
      expect(Boolean(writing?.draft?.review), told).toBe(/review/.test(state));
      expect(writing?.versions.length, told).toBe(version ?? 0);
      const read = await now(article, agent).then(
        () => true,
        () => false,
      );
      expect(read, told).toBe(['published', 'revising', 'revision_in_review'].includes(state));
    }
    expect(tried.length).toBeGreaterThan(5);
  });
});

describe('files of an article', () => {
  it('are read with the version that they are in', async () => {
    const upload = (by: Who, name: string) =>
      database.db
        .insertInto('files')
        .values({
          ...{ id: crypto.randomUUID(), unit_id: world.nanning.unit.id, order_id: null, article_id: null, name },
          ...{ media_type: 'application/pdf', bytes: 9, sha256: Buffer.alloc(32), storage_key: `files/${name}` },
          ...{ uploaded_by: by.id, partner_id: null, removed_at: null },
        })
        .returning('id')
        .executeTakeFirstOrThrow();
    const { id: first } = await upload(editor, 'a.pdf');
    const { id: second } = await upload(editor, 'b.pdf');
    const { id: foreignFile } = await upload(agent, 'c.pdf');
    await expect(create({ fileIds: [foreignFile] })).rejects.toMatchObject(refused('REFUSED', /附件/));
    const article = await published({ fileIds: [first] });
    await editor.api.knowledge.revise({ id: article.id });
    const more = content({ fileIds: [first, second] });
    await editor.api.knowledge.saveDraft({ ...(await seen(article)), content: more });
    const names = async (by: Who) => (await by.api.files.get({ ids: [first, second] })).map(({ name }) => name);
    expect(await names(agent)).toEqual(['a.pdf']);
    expect(await names(editor)).toEqual(['a.pdf', 'b.pdf']);
    expect(await names(foreign)).toEqual([]);
    expect((await now(article, agent)).files.map(({ name }) => name)).toEqual(['a.pdf']);
  });
});

describe('days that pass', () => {
  it('end what holds no more, once, and tell its editors beforehand, once', async () => {
    const day = (days: number) => dayName(new Date(Date.now() + days * DAY_MS));
    const article = await published({ title: '限期', validTo: day(20) });
    await sql`delete from notices`.execute(database.owner.db);
    const system = database.store.system;
    await lookAtKnowledge(system, new Date());
    await lookAtKnowledge(system, new Date());
    const editors = ['nn-admin', 'nn-editor', 'nn-editor2'];
    expect(await told()).toEqual(editors.map((to) => `${to} 知识到期提醒：限期 ${day(20)} 到期或须复核`));
    await editor.api.knowledge.revise({ id: article.id });
    expect((await lookAtKnowledge(system, new Date(Date.now() + 21 * DAY_MS))).expired).toBe(1);
    expect(await now(article)).toMatchObject({ state: 'draft', withdrawnReason: null });
    expect((await editor.api.knowledge.discard(await seen(article)))?.state).toBe('expired');
    expect(await acts(article)).toEqual(['created', 'submitted', 'published', 'changed', 'expired', 'removed']);
    const past = await create({ validTo: day(-1) });
    await expect(editor.api.knowledge.submit(await seen(past))).rejects.toMatchObject(refused('REFUSED', /有效期/));
  });

  it('one that can’t be ended keeps none of the others, and is told', async () => {
    const validTo = dayName(new Date(Date.now() + 40 * DAY_MS));
    const stuck = await published({ title: '卡住', validTo });
    const others = [await published({ title: '其一', validTo }), await published({ title: '其二', validTo })];
    const { db } = database.owner;
    await sql`create function refuse() returns trigger language plpgsql as $$ begin raise 'no'; end $$`.execute(db);
    await sql`create trigger refuse before update on knowledge_articles for each row
      when (old.id = ${sql.lit(stuck.id)}) execute function refuse()`.execute(db);
    const looked = () => lookAtKnowledge(database.store.system, new Date(Date.now() + 41 * DAY_MS));
    try {
      expect(await looked()).toMatchObject({ expired: 2, first: expect.stringContaining(stuck.id) });
    } finally {
      await sql`drop function refuse cascade`.execute(db);
    }
    for (const article of others) expect((await now(article)).state).toBe('expired');
    expect((await now(stuck)).state).toBe('published');
    // It is due until it has been done.
    expect(await looked()).toMatchObject({ expired: 1, failed: 0 });
  });
});

describe('feedback', () => {
  it('goes to those who write, is answered once, and comes back to whoever gave it', async () => {
    const article = await published({ title: '三' });
    await sql`delete from notices`.execute(database.owner.db);
    const before = (await editor.api.knowledgeFeedback.count()).open;
    const given = await agent.api.knowledgeFeedback.give({ articleId: article.id, kind: 'outdated', text: '文号旧' });
    expect(await told()).toEqual(['nn-admin', 'nn-editor', 'nn-editor2'].map((to) => `${to} 知识反馈：三 过时`));
    expect((await editor.api.knowledgeFeedback.count()).open).toBe(before + 1);
    expect((await now(article)).writing?.openFeedback).toBe(1);
    const listed = await editor.api.knowledgeFeedback.list({ articleId: article.id });
    expect(listed.rows).toMatchObject([{ id: given.id, version: 1, state: 'open', can: { answer: true } }]);
    expect((await foreign.api.knowledgeFeedback.list({ articleId: article.id })).rows).toEqual([]);
    const answer = { id: given.id, state: 'done', answer: '已更新' } as const;
    await expect(agent.api.knowledgeFeedback.answer(answer)).rejects.toMatchObject(refused('FORBIDDEN'));
    await expect(foreign.api.knowledgeFeedback.answer(answer)).rejects.toMatchObject(refused('NOT_FOUND'));
    const both = await Promise.allSettled([editor, colleague].map(({ api }) => api.knowledgeFeedback.answer(answer)));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await told()).toContain(`agent${world.nanning.mark} 反馈答复：三 已处理`);
    expect((await agent.api.knowledgeFeedback.list({})).rows[0]).toMatchObject({ state: 'done', answer: '已更新' });
    const draft = await create();
    await expect(
      editor.api.knowledgeFeedback.give({ articleId: draft.id, kind: 'wrong', text: '错' }),
    ).rejects.toMatchObject(refused('WRONG_STATE'));
  });
});

describe('libraries', () => {
  it('are managed by their unit, read below it, and hold a tree of five storeys', async () => {
    const { nanning } = world;
    const facts = { enabled: true, reviewSteps: 2 as const, roleIds: [] };
    const made = await editor.api.knowledgeLibraries.create({ unitId: nanning.unit.id, name: '本市库', ...facts });
    const again = editor.api.knowledgeLibraries.create({ unitId: nanning.unit.id, name: '本市库', ...facts });
    await expect(again).rejects.toMatchObject(refused('TAKEN'));
    let parentId: string | null = null;
    for (const name of ['一', '二', '三', '四', '五']) {
      const { categories } = await editor.api.knowledgeLibraries.createCategory({ libraryId: made.id, parentId, name });
      parentId = categories.at(-1)?.id ?? null;
    }
    const sixth = editor.api.knowledgeLibraries.createCategory({ libraryId: made.id, parentId, name: '六' });
    await expect(sixth).rejects.toMatchObject(refused('REFUSED', /最多 5 级/));
    const { categories } = await editor.api.knowledgeLibraries.createCategory({
      libraryId: made.id,
      parentId: null,
      name: '甲',
    });
    const [first, last] = [categories[0]?.id ?? '', categories.at(-1)?.id ?? ''];
    await expect(
      editor.api.knowledgeLibraries.moveCategory({ id: first, parentId, before: null }),
    ).rejects.toMatchObject(refused('REFUSED', /自身/));
    const moved = await editor.api.knowledgeLibraries.moveCategory({ id: last, parentId: null, before: first });
    expect(moved.categories.map(({ name }) => name)).toEqual(['甲', '一', '二', '三', '四', '五']);
    const front = await editor.api.knowledgeLibraries.move({ id: made.id, before: nanning.library });
    expect(front.can.change).toBe(true);
    const names = async (by: Who) =>
      (await by.api.knowledgeLibraries.list()).map(({ name, can }) => [name, can.change]);
    expect(await names(agent)).toEqual([
      ['本市库', false],
      [`政策库 ${nanning.mark}`, false],
    ]);
    await editor.api.knowledgeLibraries.change({ id: made.id, name: '本市库', ...facts, enabled: false });
    expect(await names(agent)).toEqual([[`政策库 ${nanning.mark}`, false]]);
    const taken = foreign.api.knowledgeLibraries.change({ id: made.id, name: '夺', ...facts });
    await expect(taken).rejects.toMatchObject(refused('NOT_FOUND'));
  });
});
