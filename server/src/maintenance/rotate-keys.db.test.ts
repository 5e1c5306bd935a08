import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyAudit } from '../audit/verify.ts';
import { openVariables, sealVariables } from '../calls/flow-state.ts';
import { readKeyRing, Vault } from '../platform/vault.ts';
import { type TestDatabase, testDatabase } from '../testing/database.ts';
import { seedWorld } from '../testing/world.ts';
import { seedOrders } from '../testing/world-orders.ts';
import { ensureKeyFile, keyStatus, rotateDataKey } from './data-keys.ts';
import { sealedColumns } from './rotate-keys.ts';

const VARIABLES = { ticket: 'GX2026', sum: 12.5 };
let database: TestDatabase;
let folder: string;
let file: string;
beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'rexian-keys-'));
  file = join(folder, 'data-keys.json');
  ensureKeyFile(file);
  const vault = new Vault(readKeyRing({ file }));
  await seedOrders(database.db, vault, await seedWorld(database.db, vault));
  // A call that is in its flow.
  await database.owner.db
    .updateTable('contacts')
    .set({
      state: 'in_flow',
      ended_at: null,
      end_reason: null,
      ended_by: null,
      flow_variables: JSON.stringify(sealVariables(vault, VARIABLES)),
    })
    .where('called_number', '=', '077112366')
    .execute();
});
afterAll(async () => {
  await database?.close();
  rmSync(folder, { recursive: true });
});

it('knows every sealed column there is', async () => {
  const { rows } = await sql<{ name: string }>`
    select table_name || '.' || column_name as name from information_schema.columns
    where table_schema = 'public' and column_name like '%sealed' order by 1`.execute(database.owner.db);
  expect(rows.map(({ name }) => name)).toEqual(sealedColumns.map(({ table, sealed }) => `${table}.${sealed}`).sort());
});

describe('rotating the data key', () => {
  it('seals everything anew, with another cipher too, and the old key is needed no more', async () => {
    const running = Vault.ofFile(file, () => undefined);
    const before = await keyStatus(database.urls.engine, readKeyRing({ file }));
    expect(before).toMatchObject({ active: 1, keys: [{ id: 1, cipher: 'aes-256-gcm' }] });
    const total = before.keys[0]?.values ?? 0;
    expect(total).toBeGreaterThan(5);

    const options = { url: database.urls.engine, file, onProgress: () => undefined };
    const rotated = await rotateDataKey({ ...options, cipher: 'sm4', resume: false });
    expect(rotated).toEqual({ keyId: 2, resealed: total });
    // A process that was running all the time has noticed.
    expect(running.activeKeyId).toBe(2);
    running.close();

    const ring = readKeyRing({ file });
    const after = await keyStatus(database.urls.engine, ring);
    expect(after.keys.map(({ id, values }) => [id, values])).toEqual([
      [1, 0],
      [2, total],
    ]);
    const onlyNew = new Vault({ active: 2, keys: ring.keys.filter(({ id }) => id === 2) });
    const [contact] = await database.db
      .selectFrom('contacts')
      .select(['caller_sealed', 'caller_index', 'caller_tail', 'flow_variables'])
      .where('called_number', '=', '077112366')
      .execute();
    expect(onlyNew.open('number', contact?.caller_sealed ?? Buffer.alloc(0))).toBe('13800770001');
    expect(contact?.caller_index).toEqual(onlyNew.index('number', '13800770001'));
    expect(openVariables(onlyNew, contact?.flow_variables ?? {})).toEqual(VARIABLES);
    expect(contact?.caller_tail).toEqual(onlyNew.tail('number', '13800770001'));

    expect(await rotateDataKey({ ...options, cipher: 'sm4', resume: true })).toEqual({ keyId: 2, resealed: 0 });
    const { rows } = await sql<{ action: string }>`select action from audit_log order by id`.execute(database.db);
    expect(rows.map(({ action }) => action)).toEqual(['data_key_rotated', 'data_key_rotated']);
    expect((await verifyAudit(database.db, null)).broken).toBeNull();
  }, 30_000);
});
