/** The bank of answers: who proposes, who adopts, what is kept, and who hears of it. */
import { type AnswerContent, answerContent } from '@rexian/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../platform/ids.ts';
import type { Api } from '../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { person, seedWorld, type World } from '../testing/world.ts';
import { seedKnowledge, worldAnswer } from '../testing/world-knowledge.ts';

let database: TestDatabase;
let server: ApiServer;
let world: World;
/** Of 南宁: the editor proposes, the leader adopts. Of the province the same. */
let editor: Api;
let leader: Api;
let above: Api;
let aboveLeader: Api;
let agent: Api;
let foreign: Api;
let provinceLibrary: { libraryId: string; categoryId: string };
beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  await seedKnowledge(database.db, world);
  server = await startApiServer(database);
  const { province, nanning, liuzhou } = world;
  const as = async (id: Promise<string> | string) => (await server.as(await id)).api;
  editor = await as(person(database.db, nanning.unit, 'nn-editor', ['knowledge_editor'], 'unit'));
  leader = await as(person(database.db, nanning.unit, 'nn-leader', ['leader', 'knowledge_editor'], 'unit'));
  above = await as(person(database.db, province, 'gx-editor', ['knowledge_editor'], 'subtree'));
  aboveLeader = await as(person(database.db, province, 'gx-leader', ['leader'], 'subtree'));
  agent = await as(nanning.agent);
  foreign = await as(person(database.db, liuzhou.unit, 'lz-admin', ['centre_admin'], 'subtree'));
  const [libraryId, categoryId] = [newId(), newId()];
  await database.db
    .insertInto('knowledge_libraries')
    .values({ id: libraryId, unit_id: province.id, name: '政策库', review_steps: 1 })
    .execute();
  await database.db
    .insertInto('knowledge_categories')
    .values({ id: categoryId, library_id: libraryId, parent_id: null, name: '发票' })
    .execute();
  provinceLibrary = { libraryId, categoryId };
}, 120_000);
afterAll(async () => {
  await server?.close();
  await database?.close();
});
beforeEach(async () => {
  await sql`delete from notices`.execute(database.owner.db);
});

const refused = (code: string, message = /./) => ({ code, message: expect.stringMatching(message) });
const content = (more: Partial<AnswerContent> = {}): AnswerContent => ({ ...worldAnswer(world.nanning), ...more });
const provinces = (more: Partial<AnswerContent> = {}) => content({ ...provinceLibrary, articleId: null, ...more });
const propose = (more: Partial<AnswerContent> = {}, by = editor) =>
  by.answers.propose({ unitId: world.nanning.unit.id, answerId: null, base: null, content: content(more) });
const proposeAbove = (more: Partial<AnswerContent> = {}, by = above) =>
  by.answers.propose({ unitId: world.province.id, answerId: null, base: null, content: provinces(more) });
async function adopted(more: Partial<AnswerContent> = {}): Promise<string> {
  const { answer } = await leader.answers.adopt({ id: (await propose(more)).id });
  return answer?.id ?? '';
}
async function adoptedAbove(more: Partial<AnswerContent> = {}): Promise<string> {
  const { answer } = await aboveLeader.answers.adopt({ id: (await proposeAbove(more)).id });
  return answer?.id ?? '';
}
const told = async () => {
  const { rows } = await sql<{ to: string; title: string; link: string }>`select p.login as to, n.title, n.link
    from notices n join people p on p.id = n.person_id order by n.title, p.login`.execute(database.db);
  return rows.map(({ to, title, link }) => `${to} ${title} ${link}`);
};

describe('a proposal', () => {
  it('becomes an answer by the word of somebody else of the unit, and is told and put on record', async () => {
    const proposal = await propose({ question: '新问题' });
    expect(proposal).toMatchObject({
      ...{ answer: null, state: 'pending', base: null, by: '人员 nn-editor' },
      ...{
        can: { decide: false, recall: true, again: false },
        place: `政策库 ${world.nanning.mark} / 增值税 ${world.nanning.mark}`,
      },
    });
    expect(await told()).toEqual([`nn-leader 知识待审核：新问题 /answers/proposals?id=${proposal.id}`]);
    expect((await agent.answers.list({ search: '新问题' })).rows).toEqual([]);
    expect((await leader.answers.counts()).toDecide).toBe(2);
    expect(await leader.answers.proposal({ id: proposal.id })).toMatchObject({
      state: 'pending',
      can: { decide: true },
    });
    await expect(foreign.answers.proposal({ id: proposal.id })).rejects.toMatchObject(refused('NOT_FOUND'));
    expect((await leader.answers.proposals({ toDecide: true })).rows[0]).toMatchObject({ id: proposal.id });
    const done = await leader.answers.adopt({ id: proposal.id });
    expect(done).toMatchObject({ state: 'adopted', decidedBy: '人员 nn-leader', answer: { title: '新问题' } });
    const id = done.answer?.id ?? '';
    expect(await told()).toContain(`nn-editor 知识审核结果：新问题 已采纳 /answers/${id}`);
    expect((await agent.answers.list({ search: '新问题' })).rows).toMatchObject([{ id, version: 1, multiTurn: false }]);
    const { rows } = await sql<{ action: string; id: string | null }>`select action, subject_id as id from audit_log
      where subject_kind = 'answer' and subject_name = '新问题' order by audit_log.id`.execute(database.db);
    expect(rows).toEqual([
      { action: 'submitted', id: null },
      { action: 'adopted', id },
    ]);
  });

  it('is not decided by whoever made it, nor outside the unit that is to have it', async () => {
    const own = await propose({ question: '自己的' }, leader);
    await expect(leader.answers.adopt({ id: own.id })).rejects.toMatchObject(refused('REFUSED', /自己提交/));
    const upper = await proposeAbove({ question: '向上的' }, editor);
    expect(upper).toMatchObject({ unit: { id: world.province.id }, from: { id: world.nanning.unit.id } });
    expect((await leader.answers.proposals({})).rows.map(({ id }) => id)).toContain(upper.id);
    await expect(leader.answers.adopt({ id: upper.id })).rejects.toMatchObject(refused('REFUSED', /接收机构/));
    await expect(foreign.answers.adopt({ id: upper.id })).rejects.toMatchObject(refused('NOT_FOUND'));
    expect((await foreign.answers.proposals({})).rows.filter(({ unit }) => unit.id !== world.liuzhou.unit.id)).toEqual(
      [],
    );
    const { answer } = await aboveLeader.answers.adopt({ id: upper.id });
    const shown = await aboveLeader.answers.get({ id: answer?.id ?? '' });
    expect(shown.versions).toMatchObject([{ version: 1, by: '人员 nn-editor', from: `市12366 ${world.nanning.mark}` }]);
  });

  it('is returned with a reason, recalled by whoever made it, and proposed again', async () => {
    const first = await propose({ question: '待改' });
    await expect(leader.answers.recall({ id: first.id })).rejects.toMatchObject(refused('REFUSED', /提交人/));
    const back = await leader.answers.return({ id: first.id, reason: '答案不完整' });
    expect(back).toMatchObject({ state: 'returned', reason: '答案不完整' });
    expect(await told()).toContain(`nn-editor 知识审核结果：待改 已退回 /answers/proposals?id=${first.id}`);
    await expect(leader.answers.adopt({ id: first.id })).rejects.toMatchObject(refused('WRONG_STATE', /已退回/));
    const { returned } = await editor.answers.counts();
    expect(returned).toBeGreaterThan(0);
    const again = await propose({ question: '待改' });
    expect((await editor.answers.counts()).returned).toBe(returned - 1);
    expect(await editor.answers.recall({ id: again.id })).toMatchObject({ state: 'recalled', can: { again: true } });
  });

  it('of an older version is CHANGED, and of two decisions at once one holds', async () => {
    const id = await adopted({ question: '两人同改' });
    const change = (question: string, base = 1) =>
      editor.answers.propose({ unitId: world.nanning.unit.id, answerId: id, base, content: content({ question }) });
    const [one, two] = [await change('甲改'), await change('乙改')];
    expect((await leader.answers.get({ id })).pending).toHaveLength(2);
    const results = await Promise.allSettled([one, two].map((each) => leader.answers.adopt({ id: each.id })));
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const rejected = results.find((each) => each.status === 'rejected');
    expect(rejected?.reason).toMatchObject(refused('CHANGED'));
    await expect(change('丙改')).rejects.toMatchObject(refused('CHANGED'));
    const third = await change('丁改', 2);
    const twice = await Promise.allSettled([1, 2].map(() => leader.answers.adopt({ id: third.id })));
    expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const shown = await leader.answers.get({ id });
    expect(shown).toMatchObject({ version: 3, question: '丁改' });
    expect(shown.versions.map(({ version }) => version)).toEqual([3, 2, 1]);
    expect((await agent.answers.get({ id })).versions).toEqual([]);
  });
});

describe('an answer', () => {
  it('goes out of use and comes back at once', async () => {
    const id = await adopted({ question: '停用' });
    expect(await leader.answers.setState({ id, state: 'disabled', reason: '政策到期' })).toMatchObject({
      ...{ state: 'disabled', disabledReason: '政策到期' },
    });
    await expect(agent.answers.get({ id })).rejects.toMatchObject(refused('NOT_FOUND'));
    await expect(leader.answers.setState({ id, state: 'disabled' })).rejects.toMatchObject(refused('WRONG_STATE'));
    await leader.answers.setState({ id, state: 'enabled' });
    expect(await agent.answers.get({ id })).toMatchObject({
      disabledReason: '',
      can: { propose: false, disable: false },
    });
  });

  it('stands in for one from above, one of each unit, and for none that stands in itself', async () => {
    const top = await adoptedAbove({ question: '办公时间', articleId: null });
    const local = await adopted({ question: '本市办公时间', replacesId: top });
    expect(await agent.answers.get({ id: local })).toMatchObject({ replaces: { id: top, title: '办公时间' } });
    expect((await agent.answers.get({ id: top })).replacedBy).toMatchObject([
      { id: local, unit: { id: world.nanning.unit.id } },
    ]);
    await expect(propose({ replacesId: top })).rejects.toMatchObject(refused('REFUSED', /已有/));
    await expect(propose({ replacesId: local })).rejects.toMatchObject(refused('REFUSED', /上级/));
    await expect(propose({ replacesId: world.liuzhou.answer })).rejects.toMatchObject(refused('NOT_FOUND'));
    const { district } = world.nanning;
    await expect(
      leader.answers.propose({
        unitId: district.id,
        answerId: null,
        base: null,
        content: content({ replacesId: local }),
      }),
    ).rejects.toMatchObject(refused('NOT_FOUND'));
    await expect(
      above.answers.propose({
        unitId: district.id,
        answerId: null,
        base: null,
        content: content({ replacesId: local }),
      }),
    ).rejects.toMatchObject(refused('REFUSED', /本身是替代/));
    // Goes on standing in for what is out of use above.
    await aboveLeader.answers.setState({ id: top, state: 'disabled', reason: '' });
    const change = { unitId: world.nanning.unit.id, answerId: local, base: 1 };
    const again = await editor.answers.propose({ ...change, content: content({ question: '改', replacesId: top }) });
    expect(await leader.answers.adopt({ id: again.id })).toMatchObject({ state: 'adopted' });
    await expect(propose({ replacesId: top })).rejects.toMatchObject(refused('NOT_FOUND'));
  });

  it('of two that would stand in for the same, one is adopted', async () => {
    const top = await adoptedAbove({ question: '咨询电话', articleId: null });
    const both = [
      await propose({ question: '电话一', replacesId: top }),
      await propose({ question: '电话二', replacesId: top }),
    ];
    const results = await Promise.allSettled(both.map(({ id }) => leader.answers.adopt({ id })));
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find((each) => each.status === 'rejected')?.reason).toMatchObject(refused('REFUSED', /已有/));
  });

  it('is filed where it belongs, and leads to what all of its readers may read', async () => {
    const { liuzhou, nanning } = world;
    await expect(propose({ categoryId: liuzhou.knowledgeCategory })).rejects.toMatchObject(
      refused('NOT_FOUND', /目录/),
    );
    await expect(propose({ articleId: liuzhou.article })).rejects.toMatchObject(refused('NOT_FOUND', /关联知识/));
    await expect(propose({ sharing: 'all' })).rejects.toMatchObject(refused('REFUSED', /可见范围/));
    await expect(proposeAbove({ articleId: nanning.article })).rejects.toMatchObject(refused('REFUSED', /可见范围/));
    await expect(
      proposeAbove(nanning.library ? { libraryId: nanning.library, categoryId: nanning.knowledgeCategory } : {}),
    ).rejects.toMatchObject(refused('NOT_FOUND', /知识库/));
    await expect(propose({ validTo: '2026-01-01' })).rejects.toMatchObject(refused('REFUSED', /有效期/));
    expect(await propose({ sharing: 'all', articleId: null })).toMatchObject({ state: 'pending' });
  });

  it('is found by its words, its turns and its days', async () => {
    const turn = answerContent.shape.turn.parse({
      ...{ ask: '请问是一般纳税人吗？', slot: '纳税人类型' },
      choices: [
        { choice: '是', next: { answer: '按月' } },
        { choice: '不是', next: { answer: '按季' } },
      ],
    });
    const id = await adopted({
      question: '多久申报',
      phrasings: ['报税频率 ABC', '报税频率 ABC'],
      turn,
      tags: ['申报', '申报'],
    });
    const found = async (filter: Parameters<Api['answers']['list']>[0]) =>
      (await agent.answers.list(filter)).rows.map((row) => row.id);
    expect(await found({ search: 'abc' })).toEqual([id]);
    expect(await found({ multiTurn: true })).toEqual([id]);
    expect(await found({ tag: '申报' })).toEqual([id]);
    expect(await found({ search: '多久', validity: 'past' })).toEqual([]);
    const shown = await agent.answers.get({ id });
    expect(shown).toMatchObject({ says: '请问是一般纳税人吗？', multiTurn: true, phrasings: 1 });
    expect(shown.content).toMatchObject({ turn, tags: ['申报'] });
    const first = await agent.answers.list({ limit: 1 });
    const rest = await agent.answers.list({ cursor: first.nextCursor ?? '' });
    expect(rest.rows.map((row) => row.id)).not.toContain(first.rows[0]?.id);
  });

  it('is seen to be there already, as far as the viewer sees it', async () => {
    const id = await adopted({ question: '房产税什么时候缴？', phrasings: ['几月份交房产税'] });
    const same = await editor.answers.duplicates({ phrasings: ['房产税，什么时候缴'] });
    expect(same[0]).toMatchObject({
      answer: { id },
      likeness: 1,
      asked: '房产税，什么时候缴',
      phrasing: '房产税什么时候缴？',
    });
    const alike = await editor.answers.duplicates({ phrasings: ['请问几月份交房产税'] });
    expect(alike[0]).toMatchObject({ answer: { id }, phrasing: '几月份交房产税' });
    expect(await editor.answers.duplicates({ phrasings: ['房产税什么时候缴'], exceptId: id })).toEqual([]);
    expect(await foreign.answers.duplicates({ phrasings: ['房产税什么时候缴'] })).toEqual([]);
    const change = { unitId: world.nanning.unit.id, answerId: id, base: 1, content: content({ question: '别的' }) };
    await leader.answers.adopt({ id: (await editor.answers.propose(change)).id });
    expect(await editor.answers.duplicates({ phrasings: ['房产税什么时候缴'] })).toEqual([]);
  });
});
