/**
 * Checks the chain of the audit log from its first row to its last, computing every hash anew here and not in the database. A row that was
 * changed, taken away or put in between breaks it; rows taken off the end are found by the marks that earlier checks left outside of the
 * database.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Db } from '../platform/db.ts';

const mark = z.object({ id: z.number().int(), hash: z.string(), at: z.string() });
type Mark = z.infer<typeof mark>;

export interface AuditCheck {
  /** Rows looked at. */
  rows: number;
  /** null: the chain is whole. */
  broken: { id: number; why: 'changed' | 'missing' | 'inserted' | 'cut' } | null;
  last: Mark | null;
}

interface ChainRow {
  id: number;
  previous: Buffer;
  hash: Buffer;
  payload: string;
}

const BATCH = 5_000;

/** The text that a row's hash covers; the same as `audit_payload` of the migration, which nobody has to believe. */
const payload = sql<string>`jsonb_build_array(a.id, to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), a.actor_kind,
  a.actor_id, a.actor_login, a.actor_name, a.address, a.action, a.subject_kind, a.subject_id, a.subject_name, a.unit_id,
  a.before, a.after)::text`;

/**
 * Walks the whole chain. `marksFile`: where this check and earlier ones note the end they saw, outside of the database; null: without.
 * `db` must see all rows (owner or engine).
 */
export async function verifyAudit(db: Db, marksFile: string | null): Promise<AuditCheck> {
  const marks = marksFile === null ? [] : readMarks(marksFile);
  const marked = new Map(marks.map((one) => [one.id, one.hash]));
  let last: ChainRow | null = null;
  let rows = 0;
  const end = (broken: AuditCheck['broken']): AuditCheck => ({ rows, broken, last: last && markOf(last) });
  for (;;) {
    const batch = await nextRows(db, last?.id ?? 0);
    for (const row of batch) {
      rows += 1;
      const wrong = faultOf(last, row, marked.get(row.id));
      if (wrong) return end({ id: wrong === 'missing' ? (last?.id ?? 0) + 1 : row.id, why: wrong });
      last = row;
    }
    if (batch.length < BATCH) break;
  }
  const furthest = Math.max(0, ...marks.map(({ id }) => id));
  if (furthest > (last?.id ?? 0)) return end({ id: (last?.id ?? 0) + 1, why: 'cut' });
  const check = end(null);
  if (marksFile !== null && check.last) writeMark(marksFile, check.last);
  return check;
}

async function nextRows(db: Db, after: number): Promise<ChainRow[]> {
  const result = await sql<ChainRow>`
    select a.id, a.previous_hash as previous, a.hash, ${payload} as payload
    from audit_log a where a.id > ${after} order by a.id limit ${BATCH}`.execute(db);
  return result.rows;
}

function faultOf(last: ChainRow | null, row: ChainRow, mark: string | undefined) {
  if (row.id !== (last?.id ?? 0) + 1) return 'missing';
  if (!row.previous.equals(last?.hash ?? Buffer.alloc(0))) return 'inserted';
  const hash = createHash('sha256').update(row.previous).update(row.payload, 'utf8').digest();
  // A forger may have computed all hashes from here on anew; a mark remembers the old one.
  if (!hash.equals(row.hash) || (mark !== undefined && mark !== row.hash.toString('hex'))) return 'changed';
  return null;
}

const markOf = ({ id, hash }: ChainRow): Mark => ({ id, hash: hash.toString('hex'), at: new Date().toISOString() });

/** Where the marks of a database lie: outside of it, so that its administrator can't turn back both. */
export function auditMarksFile(home: string, databaseUrl: string): string {
  const { hostname, port, pathname } = new URL(databaseUrl);
  const name = `${hostname}_${port || '5432'}_${pathname.slice(1)}.jsonl`.replaceAll(/[^\w.-]/g, '_');
  return join(home, 'audit-marks', name);
}

/** Notes the present end of the chain without walking it: a daily job does, and says it in the log, which usually leaves the machine. */
export async function markAuditEnd(db: Db, marksFile: string): Promise<Mark | null> {
  const row = await db.selectFrom('audit_log').select(['id', 'hash']).orderBy('id', 'desc').limit(1).executeTakeFirst();
  if (!row) return null;
  const end = { id: row.id, hash: row.hash.toString('hex'), at: new Date().toISOString() };
  writeMark(marksFile, end);
  return end;
}

function readMarks(file: string): Mark[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => mark.parse(JSON.parse(line)));
}

function writeMark(file: string, { id, hash, at }: Mark): void {
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify({ id, hash, at })}\n`, { mode: 0o600 });
}
