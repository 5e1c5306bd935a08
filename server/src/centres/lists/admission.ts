/** Numbers of callers as the black and white lists keep them, and what the lists say of a call. */
import type { ListKind } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Queryable } from '../../platform/db.ts';
import type { Vault } from '../../platform/vault.ts';

/** `blocked` hears a word and goes; `preferred` goes ahead in the queue. */
export type Admission = 'open' | 'preferred' | 'blocked';

/** White goes before black, wherever on the way up either stands: a centre can spare a caller what the province forbids. */
export function admissionOf(kinds: readonly ListKind[]): Admission {
  if (kinds.includes('white')) return 'preferred';
  return kinds.includes('black') ? 'blocked' : 'open';
}

/**
 * One form for a number however a carrier writes it: without the country's +86 or 0086, a mobile number without the 0 that long-distance
 * calls put before it. Numbers of other countries keep their prefix.
 */
export function listedForm(number: string): string {
  const foreign = /^(?:\+|00)(?!86)[1-9]/.test(number);
  if (foreign) return number.replace(/^00/, '+');
  const national = number.replace(/^(?:\+|00)86(?!00)/, '');
  const withoutZero = national.replace(/^0(?=1[3-9]\d{9}$)/, '');
  // A landline that came with the country's prefix has lost the 0 of its area code.
  return national !== number && /^[2-9]\d{8,10}$/.test(withoutZero) ? `0${withoutZero}` : withoutZero;
}

/** What the lists of the unit and of those above it say now. */
export async function admission(db: Queryable, vault: Vault, unitId: string, callerNumber: string): Promise<Admission> {
  const indexes = vault.indexes('number', listedForm(callerNumber));
  const { rows } = await sql<{ kind: ListKind }>`
    select e.kind from list_entries e join units u on u.id = e.unit_id
    where e.number_index = any(${indexes}::bytea[]) and (e.expires_at is null or e.expires_at > now())
      and u.path @> (select path from units where id = ${unitId})`.execute(db);
  return admissionOf(rows.map(({ kind }) => kind));
}
