/** What was answered, sealed: shown again while it is fresh, revealed while it is kept. */
import type { TaxpayerRef } from '@rexian/contracts';
import { sql } from 'kysely';
import { reachableUnits } from '../centres/reach.ts';
import type { Caller } from '../platform/api.ts';
import type { Db, Queryable } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import type { Vault } from '../platform/vault.ts';
import type { KnownTaxpayer } from './facts.ts';
import type { StoredSource } from './sources.ts';
import type { TaxpayerQuestion } from './wire.ts';

export interface KeptAnswer {
  id: string;
  askedAt: Date;
  taxpayers: KnownTaxpayer[];
}

/** As long as a call and what is written down after it may last. */
const KEPT_MS = 4 * 3_600_000;
const MINUTE_MS = 60_000;

export interface Shelf {
  /** Sees everything: what a source has answered is shown again by the platform, not by whoever asked first. */
  system: Db;
  vault: Vault;
}

interface Asked {
  unitId: string;
  source: StoredSource;
  question: TaxpayerQuestion;
}

const textOf = (question: TaxpayerQuestion): string =>
  'number' in question ? `number ${question.number}` : `code ${question.creditCode}`;

export async function freshAnswer({ system, vault }: Shelf, { unitId, source, question }: Asked, now: Date) {
  const { rows } = await sql<{ id: string; askedAt: Date; answer: Buffer }>`
    select id, asked_at as "askedAt", answer_sealed as answer from taxpayer_answers
    where asked_index = any(${vault.indexes('taxpayer_query', textOf(question))}::bytea[]) and unit_id = ${unitId}
      and source_version = ${source.version} and fresh_until > ${now} order by asked_at desc limit 1`.execute(system);
  const [row] = rows;
  return row ? { id: row.id, askedAt: row.askedAt, taxpayers: opened(vault, row.answer) } : null;
}

export async function keepAnswer(
  { system, vault }: Shelf,
  { unitId, source, question }: Asked,
  taxpayers: KnownTaxpayer[],
  now: Date,
): Promise<KeptAnswer> {
  const id = newId();
  const asked = textOf(question);
  const after = (ms: number) => new Date(now.getTime() + ms);
  const freshMs = source.cacheMinutes * MINUTE_MS;
  await system
    .insertInto('taxpayer_answers')
    .values({
      id,
      unit_id: unitId,
      source_version: source.version,
      asked_sealed: vault.seal('taxpayer_query', asked),
      asked_index: vault.index('taxpayer_query', asked),
      answer_sealed: vault.seal('taxpayer', JSON.stringify(taxpayers)),
      asked_at: now,
      fresh_until: after(freshMs),
      kept_until: after(Math.max(freshMs, KEPT_MS)),
    })
    .execute();
  return { id, askedAt: now, taxpayers };
}

const opened = (vault: Vault, sealed: Buffer): KnownTaxpayer[] => JSON.parse(vault.open('taxpayer', sealed));

/** The taxpayer of an answer in reach that is still kept, in clear; what a form's choice is read from. `db` is of `caller.scope`. */
export async function taxpayerOf(
  { db, vault, caller }: { db: Queryable; vault: Vault; caller: Pick<Caller, 'scope'> },
  { answerId, index }: TaxpayerRef,
): Promise<{ taxpayer: KnownTaxpayer; unitId: string } | null> {
  const { rows } = await sql<{ answer: Buffer; unitId: string }>`
    select answer_sealed as answer, unit_id as "unitId" from taxpayer_answers
    where id = ${answerId} and unit_id in (${reachableUnits(caller)})`.execute(db);
  const taxpayer = rows[0] && opened(vault, rows[0].answer)[index];
  return rows[0] && taxpayer ? { taxpayer, unitId: rows[0].unitId } : null;
}

export async function forgetAnswers(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('taxpayer_answers').where('kept_until', '<', now).execute();
}
