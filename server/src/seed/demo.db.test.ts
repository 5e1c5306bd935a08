import { type OrderList, ruleConditions, ruleEffects } from '@rexian/contracts';
import { readGraph } from '@rexian/flows/graph.ts';
import { nodeTypes } from '@rexian/flows/registry.ts';
import { sql } from 'kysely';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { verifyPassword } from '../auth/passwords.ts';
import { startApiServer } from '../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { seedDemo } from './demo.ts';
import { seedFirst } from './first.ts';
import { CITIES } from './guangxi.ts';

let database: TestDatabase | null = null;
afterEach(() => database?.close());

const count = async (table: string, where = sql`true`) => {
  const { rows } = await sql<{
    count: number;
  }>`select count(*) as count from ${sql.table(table)} where ${where}`.execute((database as TestDatabase).db);
  return rows[0]?.count ?? 0;
};

// Hashing runs at the lowest priority: on a busy machine it takes its time.
vi.setConfig({ testTimeout: 60_000 });

describe('the demo', () => {
  it('is a province with its cities, counties and halls, seeded once however often it is asked for', async () => {
    database = await testDatabase();
    await seedDemo(database.url, testVault, { orders: false });
    await seedDemo(database.url, testVault, { orders: false });

    expect(await count('units', sql`nlevel(path) = 2 and kind = 'centre'`)).toBe(14);
    expect(await count('units', sql`kind = 'bureau'`)).toBe(111);
    expect(await count('units', sql`kind = 'hall'`)).toBe(111);
    expect(await count('service_numbers')).toBe(15 + 2 * 111);
    expect(await count('access_codes')).toBe(15);
    expect(await count('calendars')).toBe(15);
    expect(await count('queues')).toBe(16);
    expect(await count('routing_rules')).toBe(2 + 14 * 3);
    expect(await count('phone_regions', sql`prefix = '0771' and region = '广西南宁、崇左'`)).toBe(1);
  });

  it('has rules that an administrator could have written', async () => {
    database = await testDatabase();
    await seedDemo(database.url, testVault, { orders: false });
    const rows = await database.db.selectFrom('routing_rules').select(['conditions', 'effects']).execute();
    for (const { conditions, effects } of rows) {
      expect(ruleConditions.parse(conditions)).toEqual(conditions);
      expect(ruleEffects.parse(effects)).toEqual(effects);
    }
  });

  it('has a flow that can be read behind every number, of its own unit or one above', async () => {
    database = await testDatabase();
    await seedDemo(database.url, testVault, { orders: false });
    const { rows } = await sql<{ path: string; flowPath: string; graph: unknown }>`
      select u.path::text, fu.path::text as "flowPath", v.graph from service_numbers n join units u on u.id = n.unit_id
        join flows f on f.id = n.flow_id join units fu on fu.id = f.unit_id join flow_versions v on v.flow_id = f.id`.execute(
      database.db,
    );
    expect(rows).toHaveLength(237);
    for (const { path, flowPath, graph } of rows) {
      expect(`${path}.`.startsWith(`${flowPath}.`)).toBe(true);
      expect(readGraph(graph, nodeTypes).nodes.has('hours')).toBe(!/^gx(\.nanning|\.liuzhou|$)/.test(flowPath));
    }
  });

  it('has knowledge that every agent reads, in its libraries, and no link in it leads nowhere', async () => {
    database = await testDatabase();
    await seedDemo(database.url, testVault);
    const server = await startApiServer(database);
    try {
      const agent = await database.db
        .selectFrom('people')
        .select('id')
        .where('login', '=', '2001')
        .executeTakeFirstOrThrow();
      const { api } = await server.as(agent.id);
      const libraries = await api.knowledgeLibraries.list();
      expect(libraries.length).toBeGreaterThan(4);
      const shown = libraries.flatMap(({ categories }) => categories).reduce((sum, { articles }) => sum + articles, 0);
      expect(shown).toBe(await count('knowledge_articles', sql`state = 'published'`));
      expect(shown).toBeGreaterThan(350);
      const [first] = (await api.knowledge.list({ search: '留抵退税', limit: 1 })).rows;
      const article = await api.knowledge.get({ id: first?.id ?? '' });
      expect(article.content.body.content.length).toBeGreaterThan(3);
      expect(await count('knowledge_articles', sql`body_text ~ '\\*\\*|article:|\\]\\('`)).toBe(0);
      const astray = sql`exists (select from unnest(link_ids) to_id where to_id not in (select id from knowledge_articles))`;
      expect(await count('knowledge_articles', astray)).toBe(0);
      const local = await api.answers.list({ search: '南宁市办税服务厅几点上班' });
      expect(local.rows).toMatchObject([{ replaces: { title: '办税服务厅几点上班？' } }]);
      expect(await count('answers', sql`true`)).toBeGreaterThan(650);
      const asksBack = (await api.answers.list({ multiTurn: true })).rows[0];
      const answer = await api.answers.get({ id: asksBack?.id ?? '' });
      expect(answer).toMatchObject({ article: { id: answer.content.articleId }, can: { propose: false } });
      expect((await api.thesaurus.list({ search: '专票', limit: 5 })).rows.map(({ term }) => term)).toContain(
        '增值税专用发票',
      );
      const reviewer = await database.db
        .selectFrom('people')
        .select('id')
        .where('login', '=', '1000')
        .executeTakeFirstOrThrow();
      expect(await (await server.as(reviewer.id)).api.answers.counts()).toEqual({ toDecide: 1, returned: 0 });
    } finally {
      await server.close();
    }
  });

  it('has work orders in every list of its people, and nothing in them contradicts', async () => {
    database = await testDatabase();
    await seedDemo(database.url, testVault);
    const { rows: told } = await sql<{ state: string; count: number }>`
      select state, count(*) as count from work_orders group by state`.execute(database.db);
    expect(new Set(told.map(({ state }) => state))).toEqual(new Set(['open', 'suspended', 'closed', 'void']));
    expect(told.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThanOrEqual(60);

    const wrong = {
      'an order has open tasks when it is open': sql`select from work_orders w where (w.state in ('open', 'suspended'))
        <> exists (select from work_order_tasks t where t.order_id = w.id and t.done_at is null)`,
      'a marking has the tokens of the open tasks': sql`select from work_orders w where w.marking is not null and
        array(select (token ->> 'id')::int from jsonb_array_elements(w.marking -> 'tokens') token order by 1)
        <> array(select distinct token from work_order_tasks t where t.order_id = w.id and t.done_at is null order by 1)`,
      'nothing happens in the future or before the order is there': sql`select from work_order_events e join work_orders w
        on w.id = e.order_id where e.at > now() or e.at < w.registered_at`,
      'a trail goes forward': sql`select from work_order_events e join work_order_events later on later.order_id = e.order_id
        and later.sequence > e.sequence and later.at < e.at`,
      'what is late was told': sql`select from work_order_tasks t join work_orders w on w.id = t.order_id
        where w.state = 'open' and t.done_at is null and t.due_at < now() - interval '1 minute' and t.overdue_at is null`,
      'every order is found': sql`select from work_orders w where not exists (
        select from work_order_search s where s.order_id = w.id)`,
    };
    for (const [what, query] of Object.entries(wrong))
      expect((await query.execute(database.db)).rows, what).toHaveLength(0);

    const server = await startApiServer(database);
    try {
      for (const [login, lists] of Object.entries({
        ...{ 1000: ['todo', 'done', 'copied', 'all'], 1001: ['doing', 'all'], 2000: ['todo', 'done'] },
        ...{ 2001: ['doing'], 2101: ['todo', 'done'], 2201: ['todo', 'done'], 3000: ['todo'], 3101: ['todo', 'done'] },
      } satisfies Record<string, OrderList[]>)) {
        const { id } = await database.db
          .selectFrom('people')
          .select('id')
          .where('login', '=', login)
          .executeTakeFirstOrThrow();
        const { api } = await server.as(id);
        for (const list of lists as OrderList[]) {
          const { rows } = await api.orders.list({ list });
          expect(rows.length, `${login} ${list}`).toBeGreaterThan(0);
          // Each can be opened by whoever sees it listed.
          if (rows[0]) expect(await api.orders.get({ id: rows[0].id })).toMatchObject({ number: rows[0].number });
        }
      }
      const leader = await database.db.selectFrom('people').select('id').where('login', '=', '1000').executeTakeFirst();
      const { api } = await server.as(leader?.id ?? '');
      expect((await api.orders.list({ list: 'all', due: 'overdue' })).rows.length).toBeGreaterThan(0);
      expect((await api.orders.list({ list: 'all', text: '申报' })).rows.length).toBeGreaterThan(0);
    } finally {
      await server.close();
    }
  });

  it('has numbers and codes that no two cities share', () => {
    const codes = CITIES.map((city) => city.accessCode);
    expect(new Set(codes).size).toBe(14);
  });
});

describe('an installation for real', () => {
  it('gets one unit and one administrator, whose password has to be changed, and that once', async () => {
    database = await testDatabase();
    const [first, second] = await Promise.all([seedFirst(database.url), seedFirst(database.url)]);
    const account = first ?? second;
    expect([first, second]).toContain(null);
    expect(account?.login).toBe('admin');
    const row = await database.owner.db
      .selectFrom('credentials as c')
      .innerJoin('people as p', 'p.id', 'c.person_id')
      .select(['p.login', 'p.scope', 'c.must_change', 'c.password_hash'])
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ login: 'admin', scope: 'all', must_change: true });
    expect((await verifyPassword(row.password_hash, account?.password ?? '')).right).toBe(true);
    expect(await count('units')).toBe(1);
    expect(await count('person_roles')).toBe(3);
    expect(await seedFirst(database.url)).toBeNull();
  });
});
