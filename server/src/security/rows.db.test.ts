/** The safety net itself: what the serving database roles can and can't do, whatever the code above them forgets. */
import { permission } from '@rexian/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '../platform/db.ts';
import type { RowScope } from '../platform/store.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { personWith, seedWorld, type World } from '../testing/world.ts';

let database: TestDatabase;
let world: World;
let nanningAdmin: string;
beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
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

  it('finds nothing of another centre in any table, and something of its own in every table of centres', async () => {
    const db = nanning();
    const readable = (await tablesOf('rexian_web')).filter((table) => table.readable).map((table) => table.name);
    for (const table of readable) {
      const { rows } = await sql<{
        text: string;
      }>`select row_to_json(t)::text as text from ${sql.table(table)} t`.execute(db);
      const text = rows.map((row) => row.text).join('\n');
      expect(text, table).not.toContain(world.liuzhou.mark);
      expect(text, table).not.toContain(world.liuzhou.unit.id);
      if (text.includes('"unit_id"') && table !== 'audit_log') expect(text, table).toContain(world.nanning.unit.id);
    }
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
      for (const table of ['audit_log', 'contact_events', 'agent_events']) {
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
