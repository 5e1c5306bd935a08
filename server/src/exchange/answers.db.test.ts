/** Answers from Excel: what the check tells of each row, and what becomes of those that are chosen. */
import { sql } from 'kysely';
import { readSheet } from 'read-excel-file/universal';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../platform/ids.ts';
import type { Api } from '../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { person, seedWorld, type World } from '../testing/world.ts';
import { seedKnowledge, worldAnswer } from '../testing/world-knowledge.ts';
import { answerColumns } from './answer-lines.ts';
import { bookOf } from './book.ts';

let database: TestDatabase;
let server: ApiServer;
let world: World;
let editor: Api;
let leader: Api;
let unitId: string;
beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  await seedKnowledge(database.db, world);
  server = await startApiServer(database);
  const { nanning } = world;
  // Five thousand rows take a busy machine a while.
  const as = async (id: Promise<string>) => (await server.as(await id, { timeoutMs: 90_000 })).api;
  editor = await as(person(database.db, nanning.unit, 'nn-editor', ['knowledge_editor'], 'unit'));
  leader = await as(person(database.db, nanning.unit, 'nn-leader', ['leader'], 'unit'));
  unitId = nanning.unit.id;
}, 120_000);
afterAll(async () => {
  await server?.close();
  await database?.close();
});
beforeEach(async () => {
  await sql`delete from answer_proposals`.execute(database.owner.db);
  await sql`delete from notices`.execute(database.owner.db);
});

type Line = Partial<
  Record<'library' | 'category' | 'question' | 'phrasings' | 'answer' | 'article' | 'tags' | 'from' | 'to', string>
>;
function line(question: string, more: Line = {}): string[] {
  const { mark } = world.nanning;
  const { library = `政策库 ${mark}`, category = `增值税 ${mark}`, answer = '答案', ...rest } = more;
  const { phrasings = '', article = '', tags = '', from = '', to = '' } = rest;
  return [library, category, question, phrasings, answer, article, tags, from, to];
}
const book = (...lines: string[][]) => bookOf('问答', '问答', answerColumns, lines);
const check = async (file: File) => editor.answerImports.check({ unitId, file });
const confirm = (file: File, rows: number[], importId = newId(), more: { sharing?: 'all' } = {}) =>
  editor.answerImports.confirm({ unitId, file, rows, importId, ...more });
const proposals = async () => (await leader.answers.proposals({ limit: 200 })).rows;

describe('a file of answers', () => {
  it('begins as a template whose example is passed over', async () => {
    const template = await editor.answerImports.template();
    const [headings] = await readSheet(await template.arrayBuffer(), 1);
    expect(headings).toEqual(answerColumns.map(({ title }) => title));
    expect(await check(template)).toMatchObject({ rows: [], errors: [] });
  });

  it('is told row by row: what is new, what is there, what is alike, and what is wrong', async () => {
    const { mark } = world.nanning;
    const file = await book(
      line('数电发票怎么红冲'),
      line(`留抵退税怎么办 ${mark}？`),
      line(`请问留抵退税怎么办 ${mark}`),
      line('开错的票怎么处理', { phrasings: '数电发票，怎么红冲；发票开错了\n票开错了怎么办' }),
      line('', { library: '没有的库', answer: '字'.repeat(501), from: '2026/13/1' }),
      line('期限', { category: '没有的目录', article: '没有的知识', from: '2026-2-1', to: '2026-01-01' }),
      line('标签太长', { tags: '字'.repeat(21), phrasings: '字'.repeat(101) }),
      line('过期', { to: '2026-01-01' }),
      line(`请问区局在哪 ${world.liuzhou.mark}`, { article: `留抵退税 ${world.liuzhou.mark}` }),
    );
    const { rows, errors } = await check(file);
    expect(errors).toEqual([]);
    expect(rows.map(({ row, state }) => `${row} ${state}`)).toEqual([
      ...['2 new', '3 same', '4 alike', '5 same', '6 wrong', '7 wrong', '8 wrong', '9 wrong', '10 wrong'],
    ]);
    const bank = { answer: { id: world.nanning.answer, title: `留抵退税怎么办 ${mark}` }, row: null };
    expect(rows[1]?.alike[0]).toMatchObject({ ...bank, likeness: 1 });
    expect(rows[2]?.alike).toMatchObject([{ ...bank }, { answer: null, row: 3 }]);
    expect(rows[3]).toMatchObject({ phrasings: 3 });
    expect(rows[3]?.alike[0]).toEqual({
      ...{ phrasing: '数电发票，怎么红冲', theirs: '数电发票怎么红冲', likeness: 1, answer: null, row: 2 },
    });
    const told = rows.map((row) => row.errors.map(({ column, message }) => `${column}: ${message}`));
    expect(told.slice(4)).toEqual([
      [
        '知识库: 没有知识库“没有的库”',
        '标准问题: 请输入标准问题',
        '答案: 最多 500 个字符',
        '有效期起: 请按“2026-11-20”填写',
      ],
      ['目录: 该知识库没有目录“没有的目录”', '有效期止: 有效期截止早于开始', '关联知识: 没有已发布的知识“没有的知识”'],
      ['相似问法: 每个问法最多 100 个字符', '标签: 每个标签最多 20 个字符'],
      ['有效期止: 有效期已过'],
      [`关联知识: 没有已发布的知识“留抵退税 ${world.liuzhou.mark}”`],
    ]);
  });

  it('becomes proposals, each once however often it is sent, told to reviewers once and put on record', async () => {
    const { mark } = world.nanning;
    const file = await book(
      line('甲', {
        phrasings: '甲一；甲二；甲一',
        tags: '申报、缴款',
        from: '2026/1/5',
        to: '2190-12-31',
        article: `留抵退税 ${mark}`,
      }),
      line('乙'),
      line('丙'),
    );
    const importId = newId();
    const sent = await Promise.all([confirm(file, [2, 3], importId), confirm(file, [2, 3], importId)]);
    expect(sent.map(({ proposed, already }) => [proposed, already]).sort()).toEqual([
      [0, 2],
      [2, 0],
    ]);
    expect(await confirm(file, [3, 4], importId)).toEqual({ proposed: 1, already: 1, errors: [] });
    const made = await proposals();
    expect(made.map(({ content }) => content.question).sort()).toEqual(['丙', '乙', '甲'].sort());
    const first = made.find(({ content }) => content.question === '甲');
    expect(first?.content).toEqual({
      ...worldAnswer(world.nanning),
      ...{ question: '甲', phrasings: ['甲一', '甲二'], turn: { answer: '答案' }, tags: ['申报', '缴款'] },
      ...{ validFrom: '2026-01-05', validTo: '2190-12-31' },
    });
    expect(await leader.answers.adopt({ id: first?.id ?? '' })).toMatchObject({ state: 'adopted' });
    const { rows: notices } = await sql<{ title: string }>`select title from notices where kind = 'knowledge_asked'
      order by title`.execute(database.db);
    expect(notices.map(({ title }) => title)).toEqual(['知识待审核：导入问答 1 条', '知识待审核：导入问答 2 条']);
    const { rows: acts } = await sql<{
      action: string;
      name: string;
    }>`select action, subject_name as name from audit_log
      where subject_kind = 'answer' and action in ('submitted', 'imported') order by id`.execute(database.db);
    expect(acts.map(({ action, name }) => `${action} ${name}`)).toEqual([
      ...['submitted 甲', 'submitted 乙', 'imported 问答导入 2 行', 'submitted 丙', 'imported 问答导入 1 行'],
    ]);
  });

  it('is proposed as a whole or not at all', async () => {
    const { mark } = world.nanning;
    const file = await book(line('好的'), line('坏的', { answer: '' }), line('窄的', { article: `留抵退税 ${mark}` }));
    expect(await confirm(file, [2, 3, 9])).toEqual({
      ...{ proposed: 0, already: 0 },
      errors: [
        { row: 3, column: '答案', message: '请填写答案' },
        { row: 9, column: null, message: '文件中没有这一行' },
      ],
    });
    expect((await confirm(file, [4], newId(), { sharing: 'all' })).errors).toMatchObject([
      { row: 4, column: '关联知识', message: expect.stringMatching(/可见范围/) },
    ]);
    expect(await proposals()).toEqual([]);
    await expect(
      editor.answerImports.confirm({ unitId: world.liuzhou.unit.id, file, rows: [2], importId: newId() }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const [headings] = [await bookOf('问答', '问答', answerColumns.slice(1), [['x']])];
    expect((await check(headings)).errors).toEqual([
      { column: '知识库', message: expect.stringMatching(/缺少这一列/) },
    ]);
  });

  it('goes out in the columns that it comes in by, as far as the viewer sees it, and is put on record', async () => {
    const { mark } = world.nanning;
    const file = await editor.answerImports.export({ search: '留抵' });
    const [headings = [], ...rows] = await readSheet(await file.arrayBuffer(), 1);
    expect(headings.slice(0, answerColumns.length)).toEqual(answerColumns.map(({ title }) => title));
    expect(rows).toEqual([
      [
        ...[
          `政策库 ${mark}`,
          `增值税 ${mark}`,
          `留抵退税怎么办 ${mark}`,
          `怎么退留抵 ${mark}`,
          `在电子税务局申请 ${mark}`,
        ],
        ...[`留抵退税 ${mark}`, `退税 ${mark}`, null, null, `市12366 ${mark}`, '单轮', '启用', '本中心及下级', null],
        expect.anything(),
      ],
    ]);
    expect((await check(file)).rows).toMatchObject([{ state: 'same', errors: [] }]);
    const { rows: acts } = await sql<{ name: string }>`select subject_name as name from audit_log
      where action = 'exported' order by id desc limit 1`.execute(database.db);
    expect(acts).toEqual([{ name: '问答 1 行' }]);
  });

  it('may have five thousand rows', async () => {
    const words =
      '增值税 发票 申报 抵扣 退税 社保 缴费 登记 注销 证明 个税 年度 汇算 优惠 小微 企业 个体 车船 契税 印花'.split(
        ' ',
      );
    const word = (n: number) => words[n % words.length] ?? '';
    const lines = Array.from({ length: 5_000 }, (_, i) => {
      const question = `${word(i)}${word(i * 7 + 3)}${i}${word(i * 13 + 5)}怎么办`;
      return line(question, { phrasings: `${question}理；${word(i * 3)}${i}号${word(i * 11)}` });
    });
    const file = await book(...lines);
    const importId = newId();
    const { rows } = await check(file);
    expect(rows).toHaveLength(5_000);
    expect(rows.filter(({ state }) => state === 'wrong')).toEqual([]);
    const all = rows.map(({ row }) => row);
    expect(await confirm(file, all, importId)).toEqual({ proposed: 5_000, already: 0, errors: [] });
    expect(await confirm(file, all, importId)).toEqual({ proposed: 0, already: 5_000, errors: [] });
  }, 180_000);
});
