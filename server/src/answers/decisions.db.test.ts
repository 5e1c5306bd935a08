/** Several proposals decided together: each for itself, and each proposer told once. */
import { type AnswerContent, PROPOSALS_AT_ONCE } from '@rexian/contracts';
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
let editor: Api;
let editorId: string;
let leader: Api;
let second: Api;
let foreign: Api;
beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  await seedKnowledge(database.db, world);
  server = await startApiServer(database);
  const { nanning, liuzhou } = world;
  const as = async (id: Promise<string> | string) => (await server.as(await id)).api;
  editorId = await person(database.db, nanning.unit, 'nn-editor', ['knowledge_editor'], 'unit');
  editor = await as(editorId);
  leader = await as(person(database.db, nanning.unit, 'nn-leader', ['leader', 'knowledge_editor'], 'unit'));
  second = await as(person(database.db, nanning.unit, 'nn-second', ['leader', 'knowledge_editor'], 'unit'));
  foreign = await as(person(database.db, liuzhou.unit, 'lz-admin', ['centre_admin'], 'subtree'));
}, 120_000);
afterAll(async () => {
  await server?.close();
  await database?.close();
});
beforeEach(async () => {
  await sql`delete from answer_proposals`.execute(database.owner.db);
  await sql`delete from notices`.execute(database.owner.db);
});

const content = (more: Partial<AnswerContent>): AnswerContent => ({ ...worldAnswer(world.nanning), ...more });
const ofAnswer = (answerId: string | null, base: number | null, more: Partial<AnswerContent>, by = editor) =>
  by.answers.propose({ unitId: world.nanning.unit.id, answerId, base, content: content(more) });
async function propose(question: string, by = editor): Promise<string> {
  return (await ofAnswer(null, null, { question }, by)).id;
}
const some = (...questions: string[]) => Promise.all(questions.map((question) => propose(question)));
const codes = (outcomes: Awaited<ReturnType<Api['answers']['adoptSeveral']>>) =>
  outcomes.map(({ refusal }) => refusal?.code ?? null);
/** Whom and what, of decisions. */
const told = async () => {
  const { rows } = await sql<{ login: string; title: string; link: string }>`select p.login, n.title, n.link
    from notices n join people p on p.id = n.person_id where n.kind = 'knowledge_decided' order by 1, 2`.execute(
    database.db,
  );
  return rows.map(({ login, title, link }) => `${login} ${title} ${link}`);
};
const recorded = async (action: string, since: string) => {
  const { rows } = await sql<{
    name: string;
    note: string | null;
  }>`select subject_name as name, after ->> 'note' as note
    from audit_log where subject_kind = 'answer' and action = ${action} and subject_name like ${`${since}%`}
    order by id`.execute(database.db);
  return rows;
};

describe('several proposals', () => {
  it('are adopted each for itself; those that are not say why', async () => {
    const [answered] = await some('多条原问');
    const { answer } = await leader.answers.adopt({ id: answered ?? '' });
    const answerId = answer?.id ?? '';
    const [winner, late] = [
      await ofAnswer(answerId, 1, { question: '多条先改' }),
      await ofAnswer(answerId, 1, { question: '多条后改' }),
    ];
    const [one = '', gone = ''] = await some('多条甲', '多条撤回');
    await editor.answers.recall({ id: gone });
    const own = await propose('多条自己', leader);
    await sql`delete from notices`.execute(database.owner.db);
    const ids = [one, own, winner.id, late.id, gone, newId()];
    const outcomes = await leader.answers.adoptSeveral({ ids });
    expect(codes(outcomes)).toEqual([null, 'REFUSED', null, 'CHANGED', 'WRONG_STATE', 'NOT_FOUND']);
    expect(outcomes[1]?.refusal?.message).toMatch(/自己提交/);
    expect(outcomes[3]?.refusal?.message).toMatch(/已有新版本/);
    expect(await leader.answers.get({ id: answerId })).toMatchObject({ version: 2, question: '多条先改' });
    expect((await leader.answers.list({ search: '多条甲' })).rows).toHaveLength(1);
    // Recalled, it is nothing that its proposer waits for; one's own is nothing to be told of.
    expect(await told()).toEqual(['nn-editor 知识审核结果：采纳 2 条、未采纳 1 条 /answers?tab=mine']);
    expect((await recorded('adopted', '多条')).map(({ name }) => name)).toEqual(['多条原问', '多条甲', '多条先改']);
  });

  it('are told to each who proposed, one alone by its question', async () => {
    const ids = [...(await some('各甲', '各乙')), await propose('各丙', second)];
    expect(codes(await leader.answers.adoptSeveral({ ids }))).toEqual([null, null, null]);
    const { answer } = await leader.answers.proposal({ id: ids[2] ?? '' });
    expect(await told()).toEqual([
      'nn-editor 知识审核结果：采纳 2 条 /answers?tab=mine',
      `nn-second 知识审核结果：各丙 已采纳 /answers/${answer?.id}`,
    ]);
  });

  it('are returned with one reason', async () => {
    const ids = await some('退回甲', '退回乙');
    expect(codes(await leader.answers.returnSeveral({ ids, reason: '缺少依据' }))).toEqual([null, null]);
    expect((await editor.answers.proposals({ mine: true })).rows).toMatchObject([
      { state: 'returned', reason: '缺少依据' },
      { state: 'returned', reason: '缺少依据' },
    ]);
    expect(await told()).toEqual(['nn-editor 知识审核结果：退回 2 条 /answers?tab=mine']);
    expect(await recorded('returned', '退回')).toEqual([
      { name: '退回甲', note: '缺少依据' },
      { name: '退回乙', note: '缺少依据' },
    ]);
    expect(codes(await leader.answers.returnSeveral({ ids, reason: '再退' }))).toEqual(['WRONG_STATE', 'WRONG_STATE']);
    expect(await told()).toHaveLength(1);
  });

  it('decided by two at once are decided once', async () => {
    const ids = await some(...Array.from({ length: 12 }, (_, i) => `同时 ${i}`));
    const both = await Promise.all([
      leader.answers.adoptSeveral({ ids }),
      second.answers.returnSeveral({ ids: ids.toReversed(), reason: '不采纳' }),
    ]);
    const [adopted, returned] = [codes(both[0]), codes(both[1]).reverse()];
    adopted.forEach((code, at) => {
      expect([code, returned[at]].sort(), `proposal ${at}`).toEqual(['WRONG_STATE', null].sort());
    });
    const states = (await editor.answers.proposals({ mine: true })).rows.map(({ state }) => state);
    const won = adopted.filter((code) => code === null).length;
    expect(states.filter((state) => state === 'adopted')).toHaveLength(won);
    expect(states.filter((state) => state === 'returned')).toHaveLength(ids.length - won);
    expect((await leader.answers.list({ search: '同时' })).rows).toHaveLength(won);
  });

  it('of another centre are nothing, and more than a request takes are refused', async () => {
    const ids = await some('别处');
    expect(codes(await foreign.answers.adoptSeveral({ ids }))).toEqual(['NOT_FOUND']);
    const [id = ''] = ids;
    await expect(leader.answers.adoptSeveral({ ids: [id, id] })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const many = Array.from({ length: PROPOSALS_AT_ONCE + 1 }, newId);
    await expect(leader.answers.adoptSeveral({ ids: many })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(editor.answers.adoptSeveral({ ids })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('are listed by who proposed them, each import by itself', async () => {
    const [byHand = '', ...imported] = await some('来源手工', '来源导入一', '来源导入二');
    const importId = newId();
    await sql`update answer_proposals set import_id = ${importId}, import_row = 2, at = now() + interval '1 minute'
      where id = ${imported[0]}`.execute(database.owner.db);
    await sql`update answer_proposals set import_id = ${importId}, import_row = 3, at = now() + interval '2 minutes'
      where id = ${imported[1]}`.execute(database.owner.db);
    const theirs = await propose('来源别人', second);
    const by = { id: editorId, name: '人员 nn-editor' };
    const sources = await leader.answers.sources();
    expect(sources[0]).toMatchObject({ by, importId, proposals: 2 });
    expect(sources).toHaveLength(3);
    expect(sources).toContainEqual(expect.objectContaining({ by, importId: null, proposals: 1 }));
    // One's own waits for somebody else.
    expect((await second.answers.sources()).map((source) => source.by.id)).toEqual([editorId, editorId]);
    const listed = async (filter: { byId?: string; importId?: string }) =>
      (await leader.answers.proposals({ toDecide: true, ...filter })).rows.map(({ id }) => id).sort();
    expect(await listed({ importId })).toEqual([...imported].sort());
    expect(await listed({ byId: editorId })).toEqual([byHand, ...imported].sort());
    expect(await listed({})).toEqual([byHand, ...imported, theirs].sort());
    expect((await leader.answers.proposals({ importId })).rows[0]).toMatchObject({ importId });
    expect(await foreign.answers.sources()).toEqual([]);
  });
});
