import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeAudit } from '../platform/audit.ts';
import type { Db } from '../platform/db.ts';
import { type TestDatabase, testDatabase } from '../testing/database.ts';
import { verifyAudit } from './verify.ts';

let database: TestDatabase;
let folder: string;
let marks: string;
beforeEach(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'rexian-audit-'));
  marks = join(folder, 'marks.jsonl');
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const entry = (name: string) => ({
  actor: { kind: 'person' as const, id: null, login: '1000', name: '苏红' },
  address: '10.0.0.1',
  action: 'changed' as const,
  subject: { kind: 'unit' as const, id: null, name },
  unitId: null,
  before: { name: '旧', n: 1.5 },
  after: { name, quotes: '"\'\\', nested: { a: [1, null, '韦'] } },
});

async function write(count: number, db: Db = database.db): Promise<void> {
  for (let index = 0; index < count; index += 1) await writeAudit(db, entry(`机构${index}`));
}

/** What somebody with the database in hand does: takes the guards away first. */
async function tamper(statement: string): Promise<void> {
  const { db } = database.owner;
  await sql`alter table audit_log disable trigger user`.execute(db);
  await sql.raw(statement).execute(db);
  await sql`alter table audit_log enable trigger user`.execute(db);
}
const check = () => verifyAudit(database.owner.db, marks);

describe('the chain of the audit log', () => {
  it('is whole while nobody touches it, and continues after a check', async () => {
    expect(await check()).toEqual({ rows: 0, broken: null, last: null });
    await write(5);
    expect(await check()).toMatchObject({ rows: 5, broken: null, last: { id: 5 } });
    await write(2);
    expect(await check()).toMatchObject({ rows: 7, broken: null });
  });

  it('stays one chain without gaps when many write at once, also when some roll back', async () => {
    const writer = async (index: number) => {
      if (index % 3 !== 0) return write(1);
      await expect(
        database.db.transaction().execute(async (trx) => {
          await writeAudit(trx, entry('不算数'));
          throw new Error('taken back');
        }),
      ).rejects.toThrow('taken back');
    };
    await Promise.all(Array.from({ length: 60 }, (_, index) => writer(index)));
    expect(await check()).toMatchObject({ rows: 40, broken: null, last: { id: 40 } });
  });

  it.each([
    ['a changed name', `update audit_log set subject_name = '机构x' where id = 3`, 3, 'changed'],
    ['a changed time', `update audit_log set at = at - interval '1 hour' where id = 3`, 3, 'changed'],
    ['a changed detail', `update audit_log set after = after || '{"name": "x"}' where id = 4`, 4, 'changed'],
    ['a row taken out', 'delete from audit_log where id = 3', 3, 'missing'],
    ['the first row taken away', 'delete from audit_log where id = 1', 1, 'missing'],
    [
      'a row taken out, the rest renumbered',
      'delete from audit_log where id = 3; update audit_log set id = id - 1 where id > 3',
      3,
      'inserted',
    ],
  ])('finds %s', async (_, statement, id, why) => {
    await write(6);
    await tamper(statement);
    expect((await check()).broken).toEqual({ id, why });
  });

  it('finds rows cut off the end by the mark of an earlier check', async () => {
    await write(6);
    await check();
    await tamper('delete from audit_log where id > 4');
    expect((await check()).broken).toEqual({ id: 5, why: 'cut' });
  });

  it('finds a chain that was computed anew from a forged row on', async () => {
    await write(6);
    await check();
    await tamper(`update audit_log set subject_name = '机构x' where id = 5;
      update audit_log a set hash = sha256(a.previous_hash || convert_to(audit_payload(a), 'UTF8')) where id = 5;
      update audit_log a set previous_hash = (select hash from audit_log where id = 5) where id = 6;
      update audit_log a set hash = sha256(a.previous_hash || convert_to(audit_payload(a), 'UTF8')) where id = 6`);
    expect((await check()).broken).toEqual({ id: 6, why: 'changed' });
  });
});
