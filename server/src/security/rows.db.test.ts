/** The safety net itself: what the serving database roles can and can't do, whatever the code above them forgets. */
import { permission } from '@rexian/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeAudit } from '../platform/audit.ts';
import type { Db } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import type { RowScope } from '../platform/store.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { personWith, seedWorld, tracesOf, type World, type WorldCentre } from '../testing/world.ts';
import { seedKnowledge } from '../testing/world-knowledge.ts';
import { seedOrders } from '../testing/world-orders.ts';

let database: TestDatabase;
let world: World;
let nanningAdmin: string;
beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  await seedOrders(database.db, testVault, world);
  await seedKnowledge(database.db, world);
  for (const centre of [world.nanning, world.liuzhou]) await seedActs(centre);
  nanningAdmin = await personWith(database.db, world.nanning.unit, 'admin', permission.values, 'subtree');
});
afterAll(() => database?.close());

const scope = (patterns: string[], personId: string | null = null, home = 'gx.nn'): RowScope => ({
  patterns,
  everything: false,
  home,
  personId,
});
const web = (of: RowScope): Db => database.store.scoped(of);
const nanning = () => web(scope(['gx.nn.*'], nanningAdmin));

/** Read by everybody. */
const OF_NO_CENTRE = ['phone_regions', 'unit_tree'];

/** Of acts under way, which the world of other tests is better off without. */
async function seedActs({ unit, agent, flow, workflow, category, article, contact, mark }: WorldCentre): Promise<void> {
  const { db } = database;
  await writeAudit(db, {
    actor: { kind: 'person', id: agent, login: mark, name: mark },
    address: '',
    action: 'created',
    subject: { kind: 'person', id: agent, name: mark },
    unitId: unit.id,
  });
  await db.insertInto('desk_settings').values({ unit_id: unit.id }).execute();
  await db.insertInto('flow_editors').values({ flow_id: flow, client: newId(), person_id: agent }).execute();
  await db
    .insertInto('workflow_editors')
    .values({ workflow_id: workflow, client: newId(), person_id: agent })
    .execute();
  await db.insertInto('knowledge_editors').values({ article_id: article, client: newId(), person_id: agent }).execute();
  const bound = { unit_id: unit.id, kind: 'consultation', category_id: category, workflow_id: workflow } as const;
  await db.insertInto('workflow_categories').values(bound).execute();
  await sql`insert into flow_tests (code_hash, flow_id, version, person_id, contact_id, expires_at)
    values (${Buffer.from(mark)}, ${flow}, 1, ${agent}, ${contact}, now() + interval '1 hour')`.execute(db);
  await sql`insert into commands (id, verb, args, requested_by) values (${newId()}, 'dial', '{}', ${agent})`.execute(
    db,
  );
}

const readableTables = async () =>
  (await tablesOf('rexian_web')).filter((table) => table.readable).map((table) => table.name);

async function textOf(db: Db, table: string): Promise<string> {
  const { rows } = await sql<{ text: string }>`select row_to_json(t)::text as text from ${sql.table(table)} t`.execute(
    db,
  );
  return rows.map(({ text }) => text).join('\n');
}

async function tablesOf(
  role: string,
): Promise<{ name: string; readable: boolean; secured: boolean; policies: number }[]> {
  const { rows } = await sql<{ name: string; readable: boolean; secured: boolean; policies: number }>`
    select c.relname as name, has_table_privilege(${role}, c.oid, 'select') as readable, c.relrowsecurity as secured,
      (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`.execute(
    database.owner.db,
  );
  return rows;
}

describe('the web role', () => {
  it('reads no table without row-level security', async () => {
    const readable = (await tablesOf('rexian_web')).filter((table) => table.readable);
    expect(readable.length).toBeGreaterThan(20);
    expect(readable.filter((table) => !table.secured || table.policies === 0).map((table) => table.name)).toEqual([]);
  });

  it.each([
    // Each looks at what is theirs: the administrator at the centre's, the agent at the own.
    ['an administrator', () => nanningAdmin, ['gx.nn.*']],
    ['an agent', () => world.nanning.agent, []],
  ] as const)('finds nothing of another centre in any table as %s', async (_, personId, patterns) => {
    const db = web(scope([...patterns], personId()));
    for (const table of await readableTables()) {
      const text = await textOf(db, table);
      for (const trace of tracesOf(world.liuzhou)) expect(text, table).not.toContain(trace);
    }
  });

  it('finds something of its own in every table, so that something of another would be found there', async () => {
    const [admin, agent] = [nanning(), web(scope([], world.nanning.agent))];
    const without: string[] = [];
    for (const table of await readableTables()) {
      const text = `${await textOf(admin, table)}\n${await textOf(agent, table)}`;
      if (!tracesOf(world.nanning).some((trace) => text.includes(trace))) without.push(table);
    }
    expect(without.sort()).toEqual(OF_NO_CENTRE);
  });

  it('sees nothing at all without a scope', async () => {
    const db = web({ patterns: [], everything: false, home: '', personId: null });
    for (const table of ['contacts', 'people', 'customers', 'units', 'queues'] as const) {
      const { rows } = await sql<{ count: number }>`select count(*)::int as count from ${sql.table(table)}`.execute(db);
      expect(rows[0]?.count, table).toBe(0);
    }
  });

  it('writes into no other centre and moves nothing there', async () => {
    const db = nanning();
    const { liuzhou } = world;
    await expect(
      db.insertInto('queues').values({ id: crypto.randomUUID(), unit_id: liuzhou.unit.id, name: 'x' }).execute(),
    ).rejects.toThrow(/row-level security/);
    await expect(
      db.updateTable('people').set({ unit_id: liuzhou.unit.id }).where('id', '=', world.nanning.clerk).execute(),
    ).rejects.toThrow(/row-level security/);
    const touched = await db
      .updateTable('contacts')
      .set({ recorded: false })
      .where('id', '=', liuzhou.contact)
      .executeTakeFirst();
    expect(touched.numUpdatedRows).toBe(0n);
    const removed = await db.deleteFrom('list_entries').where('id', '=', liuzhou.listEntry).executeTakeFirst();
    expect(removed.numDeletedRows).toBe(0n);
  });

  it('reaches no credentials, sessions or settings, can own nothing and take no other role', async () => {
    const db = nanning();
    for (const table of ['credentials', 'web_sessions', 'identities', 'recovery_codes', 'settings', 'old_passwords'])
      await expect(sql`select from ${sql.table(table)}`.execute(db), table).rejects.toThrow(/permission denied/);
    await expect(sql`alter table contacts disable row level security`.execute(db)).rejects.toThrow(/must be owner/);
    await expect(sql`set role rexian_engine`.execute(db)).rejects.toThrow(/permission denied/);
    await expect(sql`create table mine (id int)`.execute(db)).rejects.toThrow(/permission denied/);
    const { rows } = await sql<{ super: boolean; bypass: boolean }>`
      select rolsuper as super, rolbypassrls as bypass from pg_roles where rolname in ('rexian_web', 'rexian_engine')`.execute(
      db,
    );
    expect(rows).toEqual([
      { super: false, bypass: false },
      { super: false, bypass: false },
    ]);
  });

  it('changes and removes nothing that is append-only, nor does the engine role', async () => {
    for (const db of [nanning(), database.store.system])
      for (const table of ['audit_log', 'contact_events', 'agent_events', 'work_order_events']) {
        await expect(sql`update ${sql.table(table)} set unit_id = null`.execute(db), table).rejects.toThrow(
          /permission denied/,
        );
        await expect(sql`delete from ${sql.table(table)}`.execute(db), table).rejects.toThrow(/permission denied/);
        await expect(sql`truncate ${sql.table(table)}`.execute(db), table).rejects.toThrow(/permission denied/);
      }
  });
});

describe('scopes on one pool', () => {
  it('never mix, however many requests run at once', async () => {
    const one = { db: nanning(), mark: world.nanning.mark };
    const other = { db: web(scope(['gx.lz.*'], null, 'gx.lz')), mark: world.liuzhou.mark };
    const looks = Array.from({ length: 200 }, async (_, index) => {
      const { db, mark } = index % 2 === 0 ? one : other;
      const rows = await db.selectFrom('customers').select('company').execute();
      return rows.every(({ company }) => company === `公司 ${mark}`) && rows.length === 1;
    });
    expect((await Promise.all(looks)).filter((right) => !right)).toEqual([]);
  });

  it('an agent sees the own calls wherever they belong, and no others', async () => {
    const db = web(scope([], world.liuzhou.agent, 'gx.nn'));
    const contacts = await db.selectFrom('contacts').select('id').execute();
    expect(contacts).toEqual([{ id: world.liuzhou.contact }]);
    const events = await db.selectFrom('contact_events').select('contact_id').execute();
    expect(new Set(events.map((event) => event.contact_id))).toEqual(new Set([world.liuzhou.contact]));
    const kept = new Set((await db.selectFrom('recordings').select('id').execute()).map(({ id }) => id));
    expect(kept).toEqual(new Set([world.liuzhou.recording, world.liuzhou.message]));
  });
});
