/** Changing the own password. */
import type { Db } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { keepOldPassword } from './credentials.ts';
import { type PasswordOwner, passwordFault } from './password-rules.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import type { SecurityStore } from './settings.ts';

interface Change extends PasswordOwner {
  personId: string;
  /** The hash that `current` was found right against. */
  passwordHash: string;
  current: string;
  next: string;
}

/** The hash to store. Throws PASSWORD_REFUSED with what is missing. */
export async function acceptedHash(db: Db, security: SecurityStore, change: Change): Promise<string> {
  const { password: policy } = await security.get();
  const { next, current } = change;
  const refuse = (message: string) => refusal('PASSWORD_REFUSED', message);
  if (next.normalize('NFKC') === current.normalize('NFKC')) throw refuse('新密码不能与当前密码相同');
  const fault = await passwordFault(policy, next, change);
  if (fault) throw refuse(fault);
  if (policy.history > 0) {
    const old = await db
      .selectFrom('old_passwords')
      .select('password_hash')
      .where('person_id', '=', change.personId)
      .orderBy('at', 'desc')
      .limit(policy.history)
      .execute();
    for (const { password_hash } of old)
      if ((await verifyPassword(password_hash, next)).right)
        throw refuse(`最近 ${policy.history} 次用过的密码不能再用，请换一个`);
  }
  return hashPassword(next);
}

/** Replaces the password in a transaction, unless another change came first. */
export async function replacePassword(
  db: Parameters<typeof keepOldPassword>[0],
  { personId, passwordHash }: Change,
  newHash: string,
): Promise<void> {
  await db.selectFrom('credentials').select('person_id').where('person_id', '=', personId).forUpdate().execute();
  await keepOldPassword(db, personId);
  const { numUpdatedRows } = await db
    .updateTable('credentials')
    .set({ password_hash: newHash, changed_at: new Date(), must_change: false })
    .where('person_id', '=', personId)
    .where('password_hash', '=', passwordHash)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw refusal('BAD_CREDENTIALS', '密码刚刚已被修改，请重新登录');
  await db.deleteFrom('sign_in_tickets').where('person_id', '=', personId).execute();
}
