/** Files out and in again, through the routes. */
import { exchangeKind, formFields, type ImportKind, permission } from '@rexian/contracts';
import fc from 'fast-check';
import { sql } from 'kysely';
import { readSheet } from 'read-excel-file/universal';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { verifyPassword } from '../auth/passwords.ts';
import { excelFile } from '../platform/excel.ts';
import { seedSmsTemplates } from '../seed/sms-templates.ts';
import type { Api } from '../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { person, personWith, seedWorld, type World } from '../testing/world.ts';

// Passwords are looked at when nothing else wants the processor.
vi.setConfig({ testTimeout: 60_000 });

let database: TestDatabase;
let server: ApiServer;
let world: World;
let city: Api;
let cityId: string;
let province: Api;

beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  world = await seedWorld(db, testVault);
  await seedSmsTemplates(db, world.province.id);
  await db
    .insertInto('phone_regions')
    .values({ prefix: '0771', region: `南宁 ${world.nanning.mark}` })
    .execute();
  server = await startApiServer(database);
  cityId = await person(db, world.nanning.unit, 'cityadmin', ['centre_admin'], 'subtree');
  city = (await server.as(cityId)).api;
  const all = permission.values.filter((each) => each !== 'audit.read');
  province = (await server.as(await personWith(db, world.province, 'province', all, 'all'))).api;
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});

const HEADINGS = {
  units: ['上级机构', '编码', '名称', '类型', '状态'],
  people: ['工号', '姓名', '机构', '坐席号', '角色', '数据范围', '另可查看机构', '状态'],
  numbers: ['号码', '名称', '机构', '流程', '状态'],
  regions: ['号段', '归属地'],
  orders: [
    ...['机构', '工单类型', '来源', '来文编号', '受理时间', '诉求人', '联系电话', '社会信用代码', '纳税人名称'],
    ...['业务类别', '紧急程度', '标题', '诉求内容', '答复内容', '是否即办'],
  ],
  categories: ['机构', '类别', '编码', '默认工单类型', '默认紧急程度', '状态'],
};

function sheetOf(kind: ImportKind, rows: string[][], headings: string[] = HEADINGS[kind]): Promise<File> {
  const columns = headings.map((title, at) => ({ title, width: 10, value: (row: string[]) => row[at] ?? '' }));
  return excelFile('x.xlsx', 'x', columns, rows);
}
const bring = async (api: Api, kind: ImportKind, rows: string[][], commit = true) =>
  api.exchange.import({ kind, file: await sheetOf(kind, rows), commit });
const contentOf = async (file: File): Promise<string[][]> => {
  const rows = await readSheet(await file.arrayBuffer(), 1, { parseNumber: (text) => text });
  return rows.map((row) => row.map((cell) => String(cell ?? '')));
};
/** All that imports could touch. */
async function fingerprint(): Promise<string> {
  const parts = [
    'units',
    'people',
    'person_roles',
    'credentials',
    'service_numbers',
    'roles',
    'phone_regions',
    'categories',
    'audit_log',
  ];
  const { rows } = await sql<{ print: string }>`select md5(${sql.join(
    parts.map(
      (table) => sql`(select coalesce(string_agg(t::text, '|' order by t::text), '') from ${sql.table(table)} t)`,
    ),
    sql` || `,
  )}) as print`.execute(database.owner.db);
  return rows[0]?.print ?? '';
}
const refused = (code: string, message?: RegExp) =>
  expect.objectContaining({ code, ...(message ? { message: expect.stringMatching(message) } : {}) });
const idOf = async (login: string) =>
  (await database.db.selectFrom('people').select('id').where('login', '=', login).executeTakeFirstOrThrow()).id;

describe('what goes out', () => {
  it.each(exchangeKind.options)('comes in again and changes nothing: %s', async (kind) => {
    const id = world.nanning.clerk;
    const { rows } = await sql<{ id: string }>`select id from roles where code in ('agent', 'leader')`.execute(
      database.db,
    );
    await city.people.assignRoles({
      id,
      roleIds: [...rows.map((row) => row.id), world.nanning.role],
      scope: 'subtree',
      entitledUnitIds: [world.nanning.district.id],
    });
    for (const api of [city, province]) {
      const file = await api.exchange.export({ kind });
      const report = await api.exchange.import({ kind, file, commit: true });
      expect(report).toMatchObject({ errors: [], created: 0, changed: 0, unchanged: report.rows, imported: true });
      expect(report.rows).toBeGreaterThan(0);
    }
  });

  it('lies in reach, and is on record', async () => {
    for (const kind of exchangeKind.options) {
      const rows = await contentOf(await city.exchange.export({ kind }));
      expect(rows[0]).toEqual(HEADINGS[kind]);
      expect(JSON.stringify(rows)).not.toContain(world.liuzhou.mark);
      expect(JSON.stringify(rows)).toContain(world.nanning.mark);
    }
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from audit_log
      where action = 'exported' and actor_id = ${cityId}`.execute(database.db);
    expect(rows[0]?.count).toBeGreaterThanOrEqual(3);
  });

  it('has a template whose example is passed over', async () => {
    for (const kind of exchangeKind.options) {
      const file = await city.exchange.template({ kind });
      expect((await contentOf(file))[0]).toEqual(HEADINGS[kind]);
      expect(await city.exchange.import({ kind, file, commit: true })).toMatchObject({ rows: 0, errors: [] });
    }
  });
});

describe('regions from a file', () => {
  it('are added and changed by prefix, by whoever sees the whole tree', async () => {
    const rows = [
      ['0771', `南宁 ${world.nanning.mark}`],
      ['1387711', '广西南宁'],
    ];
    const refusedReport = await bring(city, 'regions', rows);
    expect(refusedReport).toMatchObject({ imported: false, errors: [{ row: 3, message: /省中心/ }] });
    expect(await bring(province, 'regions', rows)).toMatchObject({ created: 1, unchanged: 1, imported: true });
    expect(await bring(province, 'regions', [['1387711', '广西崇左']])).toMatchObject({ changed: 1, imported: true });
    const { rows: found } = await province.phoneRegions.list({ text: '13877' });
    expect(found).toEqual([{ prefix: '1387711', region: '广西崇左' }]);
    const wrong = await bring(province, 'regions', [
      ['号段', '广西'],
      ['0772', ''],
    ]);
    expect(wrong.errors.map(({ row, column }) => [row, column])).toEqual([
      [2, '号段'],
      [3, '归属地'],
    ]);
  });
});

describe('categories from a file', () => {
  it('come in whatever their order, below those from above too, and change by path', async () => {
    const { id: unitId } = world.province;
    const facts = { code: null, orderKind: null, urgency: null };
    await province.categories.create({ unitId, parentId: null, name: '房产税', ...facts });
    const report = await bring(city, 'categories', [
      ['gx.nn', '房产税/本市减免 / 困难减免', '', '查询', '紧急', ''],
      ['gx.nn', '房产税 / 本市减免', 'FC01', '', '', '启用'],
      ['gx.nn', `增值税 ${world.nanning.mark}`, '', '咨询', '', '停用'],
    ]);
    expect(report).toMatchObject({ errors: [], created: 2, changed: 1, imported: true });
    const rows = await city.categories.list({ unitId: world.nanning.unit.id });
    expect(rows.map(({ name, code, urgency, active }) => [name, code, urgency, active])).toEqual([
      ['房产税', null, null, true],
      ['本市减免', 'FC01', null, true],
      ['困难减免', null, 'urgent', true],
      [`增值税 ${world.nanning.mark}`, null, null, false],
    ]);
  });

  it('are held to the rules of the page', async () => {
    const before = await fingerprint();
    const report = await bring(city, 'categories', [
      ['gx.lz', '外地', '', '', '', ''],
      ['gx.nn', '房产税', '', '', '', ''],
      ['gx.nn', '没有的 / 类别', '', '', '', ''],
      ['gx.nn', '新类别', 'FC01', '', '', ''],
      ['gx.nn', '新类别二', 'a b', '建议', '', '在用'],
    ]);
    expect(report.imported).toBe(false);
    expect(report.errors.map(({ row, column }) => `${row}${column}`)).toEqual([
      ...['2机构', '3类别', '4null', '5类别', '6编码', '6默认工单类型', '6状态'],
    ]);
    expect(await fingerprint()).toBe(before);
  });
});

describe('units from a file', () => {
  it('come in whatever their order, and change by path', async () => {
    const report = await bring(city, 'units', [
      ['gx.nn.d1.s1', 'h1', '办税厅', '办税服务厅', ''],
      ['gx.nn.d1', 's1', '税务所', '税务所', '启用'],
      ['gx', 'nn', '南宁改名', '热线中心', '启用'],
    ]);
    expect(report).toMatchObject({ errors: [], created: 2, changed: 1, imported: true });
    const tree = await city.units.tree();
    expect(tree.map(({ path }) => path)).toEqual(['gx.nn', 'gx.nn.d1', 'gx.nn.d1.s1', 'gx.nn.d1.s1.h1']);
    expect(tree[0]?.name).toBe('南宁改名');
  });

  it('are held to the rules of the page', async () => {
    const before = await fingerprint();
    const report = await bring(city, 'units', [
      ['gx.lz', 'x', '外地', '税务所', '启用'],
      ['', 'y', '新顶级', '税务所', '启用'],
      ['gx', 'nn', '南宁', '税务局', '停用'],
      ['gx.nn', 'd1', '区局', '部门', '启用'],
      ['gx.nn', 'Bad', '', '税务所', '启用'],
      ['gx.nn', 'twice', '一', '税务所', '启用'],
      ['gx.nn', 'twice', '二', '税务所', '启用'],
    ]);
    expect(report.imported).toBe(false);
    const at = report.errors.map(({ row, column }) => `${row}${column}`);
    expect(at).toEqual(['2上级机构', '3上级机构', '4类型', '4状态', '5类型', '6编码', '6名称', '8编码']);
    expect(report.errors.at(-1)?.message).toBe('与第 7 行重复');
    expect(await fingerprint()).toBe(before);
  });

  it('can’t become centres out of the importer’s own centre', async () => {
    const id = await personWith(
      database.db,
      world.liuzhou.unit,
      'lzadmin',
      ['units.manage', 'settings.read'],
      'centre',
    );
    const { api } = await server.as(id);
    const report = await bring(api, 'units', [['gx.lz', 'new', '分中心', '热线中心', '启用']]);
    expect(report.errors).toMatchObject([{ row: 2, column: null }]);
  });
});

describe('people from a file', () => {
  it('come in with roles and a password each, and are on record one by one', async () => {
    const rows = Array.from({ length: 120 }, (_, i) => [
      `new${i}`,
      `新人${i}`,
      'gx.nn.d1',
      String(61_000 + i),
      i % 2 ? '坐席、班长' : `坐席，自定角色 ${world.nanning.mark}`,
      i % 3 ? '' : '本中心',
      '',
      '启用',
    ]);
    expect(await bring(city, 'people', rows, false)).toMatchObject({ created: 120, imported: false, passwords: [] });
    const report = await bring(city, 'people', rows);
    expect(report).toMatchObject({ errors: [], rows: 120, created: 120, imported: true });
    expect(new Set(report.passwords.map(({ password }) => password)).size).toBe(120);
    const id = await idOf('new3');
    const row = await database.db
      .selectFrom('credentials')
      .selectAll()
      .where('person_id', '=', id)
      .executeTakeFirstOrThrow();
    const password = report.passwords.find(({ login }) => login === 'new3')?.password ?? '';
    expect((await verifyPassword(row.password_hash, password)).right).toBe(true);
    expect(row.must_change).toBe(true);
    expect((await city.people.get({ id })).scope).toBe('centre');
    const { rows: told } = await sql<{
      action: string;
    }>`select action from audit_log where subject_id = ${id} order by id`.execute(database.db);
    expect(told.map(({ action }) => action)).toEqual(['created', 'roles_assigned']);
    const summary = await sql`select from audit_log where action = 'imported' and after->>'created' = '120'`.execute(
      database.db,
    );
    expect(summary.rows).toHaveLength(1);
    // Written many at once, the entries are a chain all the same.
    const torn =
      await sql`select from (select a.*, lag(hash) over (order by id) as before_hash, lag(id) over (order by id) as before_id,
        sha256(previous_hash || convert_to(audit_payload(a), 'UTF8')) as right_hash from audit_log a) c
      where hash <> right_hash or (before_id is not null and (id <> before_id + 1 or previous_hash <> before_hash))`.execute(
        database.owner.db,
      );
    expect(torn.rows).toHaveLength(0);
  });

  it('may exchange their numbers, move and stop, and are then signed out', async () => {
    const [a, b] = [await idOf('new1'), await idOf('new2')];
    const { api } = await server.as(b);
    await api.auth.me().catch(() => null);
    const report = await bring(city, 'people', [
      ['new1', '新人1', 'gx.nn', '61002', '坐席、班长', '仅本人', '', '启用'],
      ['new2', '新人2', 'gx.nn.d1', '61001', '', '仅本人', '', '停用'],
    ]);
    expect(report).toMatchObject({ errors: [], changed: 2, imported: true });
    expect(await city.people.get({ id: a })).toMatchObject({ agentNumber: '61002', unit: { path: 'gx.nn' } });
    expect(await city.people.get({ id: b })).toMatchObject({ agentNumber: '61001', active: false, roles: [] });
    await expect(api.auth.me()).rejects.toEqual(refused('UNAUTHORIZED'));
  });

  it('are held to the rules of the page', async () => {
    const { db } = database;
    await person(db, world.nanning.unit, 'theauditor', ['auditor'], 'own');
    const before = await fingerprint();
    const row = (login: string, more: Partial<Record<number, string>> = {}) =>
      [login, '某', 'gx.nn', '', '', '', '', ''].map((cell, at) => more[at] ?? cell);
    const report = await bring(city, 'people', [
      row('fine1'),
      row('fine2', { 4: '安全审计员' }),
      row('fine3', { 5: '全部' }),
      row('fine4', { 2: 'gx.lz' }),
      row('fine5', { 6: 'gx.lz' }),
      row(`clerk${world.liuzhou.mark}`),
      row('theauditor', { 7: '停用' }),
      row('cityadmin', { 4: '坐席' }),
      row('fine6', { 3: '61003' }),
      row('fine7', { 4: '没有的角色' }),
      row('坏'),
      row('fine1'),
      row('fine8', { 7: '也许' }),
    ]);
    const at = report.errors.map(({ row: number, column }) => `${number}${column}`);
    expect(at).toEqual([
      '3角色',
      '4角色',
      '5机构',
      '6另可查看机构',
      '7工号',
      '8null',
      '8角色',
      '9角色',
      '10坐席号',
      '11角色',
      '12工号',
      '13工号',
      '14状态',
    ]);
    expect(report).toMatchObject({ imported: false, passwords: [] });
    expect(await fingerprint()).toBe(before);
  });

  it('stay where flows lead calls to them', async () => {
    const { agent, flow } = world.nanning;
    const { login, name } = await database.db
      .selectFrom('people')
      .select(['login', 'name'])
      .where('id', '=', agent)
      .executeTakeFirstOrThrow();
    const row = (active: string) => [login, name, 'gx.nn', '61777', '坐席', '仅本人', '', active];
    expect((await bring(city, 'people', [row('启用')])).errors).toEqual([]);
    const draft = {
      start: 'to',
      nodes: { to: { type: 'agent', config: { personId: agent, ringSeconds: 20 }, next: {} } },
    };
    await sql`insert into flow_versions (flow_id, version, graph) values (${flow}, 8, ${JSON.stringify(draft)})`.execute(
      database.db,
    );
    expect((await bring(city, 'people', [row('停用')])).errors).toEqual([
      expect.objectContaining({ message: expect.stringMatching(/^流程“开场 NNQX7”仍会把来电转给此人/) }),
    ]);
    await sql`delete from flow_versions where flow_id = ${flow} and version = 8`.execute(database.db);
    expect((await bring(city, 'people', [row('停用')])).errors).toEqual([]);
  });

  it('get no roles from whoever may not assign them', async () => {
    const id = await personWith(
      database.db,
      world.nanning.unit,
      'keeper',
      ['people.manage', 'settings.read'],
      'subtree',
    );
    const { api } = await server.as(id);
    const plain = ['plain', '某', 'gx.nn', '', '', '', '', ''];
    expect((await bring(api, 'people', [plain.with(4, '坐席')])).errors).toMatchObject([{ row: 2, column: '角色' }]);
    expect((await bring(api, 'people', [plain])).imported).toBe(true);
    expect((await bring(api, 'people', [plain.with(1, '改名')])).changed).toBe(1);
  });

  it('leave somebody who manages roles', async () => {
    const { db } = database;
    const may = ['people.manage', 'people.assign_roles', 'roles.manage', 'settings.read'] as const;
    const [a, b] = [
      await personWith(db, world.province, 'first', may, 'all'),
      await personWith(db, world.province, 'second', may, 'all'),
    ];
    const others = sql`select role_id from person_roles h join roles r on r.id = h.role_id
      where 'roles.manage' = any(r.permissions) and h.person_id not in (${a}, ${b})`;
    const { rows: taken } = await sql<{ person_id: string; role_id: string }>`delete from person_roles
      where role_id in (${others}) returning person_id, role_id`.execute(db);
    const stop = (login: string) => [login, `人员 ${login}`, 'gx', '', `role of ${login}`, '全部', '', '停用'];
    const [first, second] = [(await server.as(a)).api, (await server.as(b)).api];
    // Each stops the other in the same moment: whoever comes second is told.
    const outcomes = await Promise.allSettled([
      bring(first, 'people', [stop('second')]),
      bring(second, 'people', [stop('first')]),
    ]);
    const imported = outcomes.filter((each) => each.status === 'fulfilled' && each.value.imported);
    expect(imported).toHaveLength(1);
    const left = await db
      .selectFrom('people')
      .select('id')
      .where('id', 'in', [a, b])
      .where('active', '=', true)
      .execute();
    expect(left).toHaveLength(1);
    await db.insertInto('person_roles').values(taken).execute();
  });
});

describe('numbers from a file', () => {
  it('come in with the flow of their unit or one above, and change by number', async () => {
    const flow = `开场 ${world.nanning.mark}`;
    const report = await bring(city, 'numbers', [
      ['0771555001', '一号', 'gx.nn.d1', flow, ''],
      [world.nanning.dialled, '改名', 'gx.nn', flow, '停用'],
    ]);
    expect(report).toMatchObject({ errors: [], created: 1, changed: 1, imported: true });
    const { rows } = await city.numbers.list({});
    expect(rows.find(({ number }) => number === world.nanning.dialled)).toMatchObject({ name: '改名', active: false });
  });

  it('are held to the rules of the page, each row tried', async () => {
    const flow = `开场 ${world.nanning.mark}`;
    const before = await fingerprint();
    const report = await bring(city, 'numbers', [
      ['0771555002', '好的', 'gx.nn', flow, ''],
      [world.liuzhou.dialled, '占用', 'gx.nn', flow, ''],
      ['0771555003', '外地', 'gx.lz', flow, ''],
      ['0771555004', '流程', 'gx.nn', `开场 ${world.liuzhou.mark}`, ''],
      ['abc', '号码', 'gx.nn', flow, ''],
      ['0771555002', '重复', 'gx.nn', flow, ''],
    ]);
    expect(report.errors.map(({ row, column }) => `${row}${column}`)).toEqual([
      '3号码',
      '4机构',
      '5流程',
      '6号码',
      '7号码',
    ]);
    expect(report.imported).toBe(false);
    expect(await fingerprint()).toBe(before);
  });
});

describe('a file', () => {
  it('needs the permission of its kind', async () => {
    const id = await personWith(database.db, world.nanning.unit, 'onlyunits', ['units.manage'], 'subtree');
    const { api } = await server.as(id);
    await expect(bring(api, 'people', [])).rejects.toEqual(refused('FORBIDDEN'));
    expect((await bring(api, 'units', [])).rows).toBe(0);
  });

  it('needs its headings', async () => {
    const file = await sheetOf('units', [['gx.nn', 'a', '名']], ['上级机构', '编码', '名称', '名称']);
    const { errors } = await city.exchange.import({ kind: 'units', file, commit: true });
    expect(errors.map(({ row, column }) => `${row}${column}`)).toEqual(['1类型', '1状态', '1名称']);
  });

  it('has no more than 5,000 rows', async () => {
    const rows = Array.from({ length: 5_001 }, (_, i) => [String(100_000 + i), '号', 'gx.nn', '无', '']);
    await expect(bring(city, 'numbers', rows)).rejects.toEqual(refused('BAD_FILE', /5000 行/));
  });

  it('of whatever content never fails otherwise than told, and changes nothing', async () => {
    const { db } = database;
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.string({ maxLength: 60 }),
      fc.constantFrom(
        'gx.nn',
        'gx.lz',
        'gx',
        '坐席',
        '启用',
        '停用',
        '全部',
        '1001',
        'cityadmin',
        '、、',
        "'; drop table people; --",
        '=1+1',
      ),
      fc.string({ minLength: 300, maxLength: 400 }),
    );
    const before = await fingerprint();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...exchangeKind.options),
        fc.array(fc.array(cell, { maxLength: 9 }), { minLength: 1, maxLength: 6 }),
        async (kind, rows) => {
          // One row that is certainly wrong, so that nothing may come of the rest.
          const wrong = ['?', '?', '?', '?', '?', '?', '?', '?'];
          const report = await bring(city, kind, [...rows, wrong]).catch((error: { code: string }) => error.code);
          if (typeof report === 'string') expect(report).toBe('BAD_FILE');
          else expect(report.imported).toBe(false);
        },
      ),
      { numRuns: 60 },
    );
    expect(await fingerprint()).toBe(before);
    expect(await db.selectFrom('people').select('id').executeTakeFirst()).toBeDefined();
  }, 120_000);
});

describe('work orders', () => {
  const line = (more: Partial<Record<number, string>> = {}): string[] => {
    const cells = [world.nanning.unit.path, '意见建议', '信函', '', '2026-11-20 09:30', '韦兰', '13800001234'];
    return [...cells, '', '', '', '', '', '建议周六开放', '', ''].map((cell, at) => more[at] ?? cell);
  };
  const found = async (reference: string) => {
    const orders = database.db.selectFrom('work_orders').select(['state', 'source', 'occurred_at', 'number']);
    return orders.where('reference', '=', reference).execute();
  };

  it('are registered and go their way, or none of them; a reference is taken once', async () => {
    const workflow = await city.workflows.create({
      ...{ unitId: world.nanning.unit.id, kind: 'suggestion', name: '意见建议', template: 'suggestion' },
    });
    await city.workflows.publish({ id: workflow.id, revision: workflow.revision });
    const rows = [line({ 3: '信1' }), line({ 3: '信2', 13: '已转办', 14: '是' })];
    expect(await bring(city, 'orders', rows, false)).toMatchObject({ created: 2, errors: [], imported: false });
    expect(await found('信1')).toEqual([]);
    expect(await bring(city, 'orders', rows)).toMatchObject({ created: 2, imported: true });
    expect(await found('信1')).toMatchObject([
      { state: 'open', source: 'letter', occurred_at: new Date('2026-11-20T01:30:00Z') },
    ]);
    const again = await bring(city, 'orders', [line({ 3: '信1' }), line({ 3: '信3' })]);
    expect(again).toMatchObject({
      imported: false,
      errors: [{ row: 2, column: '来文编号', message: expect.stringMatching(/已登记为GD/) }],
    });
    expect(await found('信3')).toEqual([]);
  });

  it('of kinds whose form asks for more are taken as the file has them', async () => {
    await city.orderForms.create({
      unitId: world.nanning.unit.id,
      kind: 'suggestion',
      fields: [{ key: 'place', label: '地点', type: 'text', required: 'always' }],
    } as Parameters<Api['orderForms']['create']>[0]);
    expect(await bring(city, 'orders', [line({ 3: '信9' })])).toMatchObject({ created: 1, imported: true });
  });

  it('answer what their form asks in columns by its labels, which the template has', async () => {
    const [form] = (await city.orderForms.list({ kind: 'suggestion' })).rows;
    const { id = '', version = 0 } = form ?? {};
    const fields = formFields.parse([
      { key: 'place', label: '地点', type: 'text', required: 'always' },
      { key: 'people', label: '涉及人数', type: 'number', min: 1 },
      { key: 'ways', label: '办理渠道', type: 'choices', options: ['窗口', '网上', '电话'] },
      { key: 'topic', label: '事项', type: 'cascade', options: [['增值税', '发票']] },
      { key: 'since', label: '发生时间', type: 'datetime' },
      { key: 'proof', label: '凭证', type: 'attachment', required: 'always' },
    ]);
    await city.orderForms.save({ id, version, fields });
    const [headings = []] = await contentOf(await city.exchange.template({ kind: 'orders' }));
    // Before them what other kinds of the centre ask.
    const asked = headings.slice(-5);
    expect(asked).toEqual(['地点', '涉及人数', '办理渠道', '事项', '发生时间']);
    const columns = [...HEADINGS.orders, ...asked];
    const bringForm = async (rows: string[][]) =>
      city.exchange.import({ kind: 'orders', file: await sheetOf('orders', rows, columns), commit: true });
    const good = ['青秀区', '1,200', '网上、窗口', '增值税 / 发票', '2026-11-20 8:05'];
    const wrong = await bringForm([
      [...line({ 3: '信20' }), ...good],
      [...line({ 3: '信21' }), '', '多人', '邮寄', '增值税', '昨天'],
    ]);
    expect(wrong).toMatchObject({ created: 1, imported: false });
    expect(wrong.errors.map(({ row, column }) => [row, column])).toEqual(asked.map((column) => [3, column]));
    expect(await bringForm([[...line({ 3: '信20' }), ...good]])).toMatchObject({ imported: true });
    const { fields: kept } = await database.db
      .selectFrom('work_orders')
      .select('fields')
      .where('reference', '=', '信20')
      .executeTakeFirstOrThrow();
    expect(kept).toEqual({
      ...{ place: '青秀区', people: 1_200, ways: ['窗口', '网上'], topic: ['增值税', '发票'] },
      since: '2026-11-20T00:05:00.000Z',
    });
  });

  it('tell what is wrong where', async () => {
    const rows = [
      line({ 0: world.liuzhou.unit.path }),
      line({ 1: '咨询投诉' }),
      line({ 4: '昨天' }),
      line({ 6: '李先生' }),
      line({ 9: '没有的类别' }),
      line({ 12: '' }),
      line({ 14: '是' }),
      line({ 1: '查询' }),
    ];
    const { errors, imported } = await bring(city, 'orders', rows);
    expect(imported).toBe(false);
    expect(errors.map(({ row, column }) => [row, column])).toEqual([
      ...[
        [2, '机构'],
        [3, '工单类型'],
        [4, '受理时间'],
        [5, '联系电话'],
        [6, '业务类别'],
        [7, '诉求内容'],
      ],
      ...[
        [8, null],
        [9, null],
      ],
    ]);
  });
});
