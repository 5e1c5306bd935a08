/** Who has a one-time password, and whether a code is right. `db` is the engine's. */
import { sql } from 'kysely';
import type { Queryable } from '../platform/db.ts';
import type { Vault } from '../platform/vault.ts';
import { newRecoveryCodes, newSecret, recoveryCodeHash, stepOfCode } from './totp.ts';

export interface TotpState {
  enrolledAt: Date | null;
  recoveryCodesLeft: number;
}

export async function totpState(db: Queryable, personId: string): Promise<TotpState> {
  const row = await db
    .selectFrom('credentials as c')
    .select((each) => [
      'c.totp_confirmed_at',
      each
        .selectFrom('recovery_codes as r')
        .select((inner) => inner.fn.countAll<number>().as('left'))
        .whereRef('r.person_id', '=', 'c.person_id')
        .where('r.used_at', 'is', null)
        .as('left'),
    ])
    .where('c.person_id', '=', personId)
    .executeTakeFirst();
  return { enrolledAt: row?.totp_confirmed_at ?? null, recoveryCodesLeft: row?.left ?? 0 };
}

/** A secret that counts once confirmed; null when another one is confirmed already. */
export async function beginTotp(db: Queryable, vault: Vault, personId: string): Promise<string | null> {
  const secret = newSecret();
  const { numUpdatedRows } = await db
    .updateTable('credentials')
    .set({ totp_sealed: vault.seal('totp', secret) })
    .where('person_id', '=', personId)
    .where('totp_confirmed_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n ? secret : null;
}

/** The code shows that the app has the secret. Answers the recovery codes, to be shown once. In a transaction. */
export async function confirmTotp(
  db: Queryable,
  vault: Vault,
  personId: string,
  code: string,
): Promise<string[] | 'wrong' | 'not_begun'> {
  const row = await db
    .selectFrom('credentials')
    .select('totp_sealed')
    .where('person_id', '=', personId)
    .where('totp_confirmed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!row?.totp_sealed) return 'not_begun';
  const step = stepOfCode(vault.open('totp', row.totp_sealed), code);
  if (step === null) return 'wrong';
  await db
    .updateTable('credentials')
    .set({ totp_confirmed_at: new Date(), totp_last_step: step })
    .where('person_id', '=', personId)
    .execute();
  const codes = newRecoveryCodes();
  await db.deleteFrom('recovery_codes').where('person_id', '=', personId).execute();
  const rows = codes.map((each) => ({ person_id: personId, code_hash: recoveryCodeHash(each), used_at: null }));
  await db.insertInto('recovery_codes').values(rows).execute();
  return codes;
}

/** Whether a code is right, which it is once. */
export async function takeCode(db: Queryable, vault: Vault, personId: string, code: string): Promise<boolean> {
  const row = await db
    .selectFrom('credentials')
    .select('totp_sealed')
    .where('person_id', '=', personId)
    .where('totp_confirmed_at', 'is not', null)
    .executeTakeFirst();
  if (!row?.totp_sealed) return false;
  const step = stepOfCode(vault.open('totp', row.totp_sealed), code);
  if (step === null) return takeRecoveryCode(db, personId, code);
  const { numUpdatedRows } = await db
    .updateTable('credentials')
    .set({ totp_last_step: step })
    .where('person_id', '=', personId)
    .where('totp_last_step', '<', step)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

async function takeRecoveryCode(db: Queryable, personId: string, code: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('recovery_codes')
    .set({ used_at: sql<Date>`now()` })
    .where('person_id', '=', personId)
    .where('code_hash', '=', recoveryCodeHash(code))
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** The next sign-in asks for no code; true when there was one to ask for. */
export async function removeTotp(db: Queryable, personId: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('credentials')
    .set({ totp_sealed: null, totp_confirmed_at: null, totp_last_step: 0 })
    .where('person_id', '=', personId)
    .where('totp_confirmed_at', 'is not', null)
    .executeTakeFirst();
  await db.deleteFrom('recovery_codes').where('person_id', '=', personId).execute();
  return numUpdatedRows > 0n;
}
