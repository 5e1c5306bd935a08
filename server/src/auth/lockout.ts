/**
 * Waits after wrong passwords and codes: per account, whether it exists or not, and per address. An account's try is counted before it is
 * judged, so that guesses sent at once are as many as guesses sent in turn; an address's only once it was wrong, so that a whole centre
 * behind one address can sign in at the same minute.
 */
import type { SecuritySettings } from '@rexian/contracts';
import ipaddr from 'ipaddr.js';
import { sql } from 'kysely';
import type { Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';

type Limits = SecuritySettings['lockout'];
type Kind = 'account' | 'address';

export interface Attempt {
  login: string;
  address: string;
}

/** Failures are forgotten after this long without another one. */
const REMEMBERED = { account: '24 hours', address: '1 hour' } as const;
const LOGIN = /^[A-Za-z0-9._-]{2,64}$/;

/** Whether anybody can have this login; what else people type there (a password, say) is neither looked up nor written down. */
export const isLogin = (text: string): boolean => LOGIN.test(text);
/** All that can't be anybody's is counted as one. */
const accountKey = (login: string) => (isLogin(login) ? login : '?');

/** An IPv6 host has a whole /64 to choose its address from. */
export function addressKey(address: string): string {
  if (!ipaddr.isValid(address)) return address.slice(0, 64);
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv4' ? parsed.toString() : `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed}/64`)}/64`;
}

/**
 * Lets a try pass, counted against the account; throws LOCKED with the time to wait. Answers for how many seconds the account is locked
 * should this try be wrong; 0: there are more.
 */
export async function admit(db: Queryable, { login, address }: Attempt, limits: Limits): Promise<number> {
  const addressWait = await secondsLocked(db, 'address', addressKey(address));
  if (addressWait > 0) throw locked(addressWait);
  const counted = await count(db, 'account', accountKey(login), limits);
  if (counted === null) throw locked(await secondsLocked(db, 'account', accountKey(login)));
  return counted;
}

/** The try was wrong. Answers for how many seconds its address is locked by this one; 0: it isn't. */
export async function countWrong(db: Queryable, { address }: Attempt, limits: Limits): Promise<number> {
  return (await count(db, 'address', addressKey(address), limits)) ?? 0;
}

/** The try was neither right nor wrong (nobody judged it, or a second step decides): it doesn't count. */
export async function takeBack(db: Queryable, login: string): Promise<void> {
  await db
    .updateTable('sign_in_failures')
    .set((each) => ({ failures: each('failures', '-', 1), locked_until: null }))
    .where('kind', '=', 'account')
    .where('key', '=', accountKey(login))
    .where('failures', '>', 0)
    .execute();
}

/** Ends the wait of an account and forgets its failures; true when there was something to forget. */
export async function unlock(db: Queryable, login: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('sign_in_failures')
    .where('kind', '=', 'account')
    .where('key', '=', accountKey(login))
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Until when the accounts with these logins are locked; those that aren't are left out. */
export async function lockedUntil(db: Queryable, logins: readonly string[]): Promise<Map<string, Date>> {
  if (logins.length === 0) return new Map();
  const rows = await db
    .selectFrom('sign_in_failures')
    .select(['key', 'locked_until'])
    .where('kind', '=', 'account')
    .where('key', 'in', logins)
    .where('locked_until', '>', sql<Date>`now()`)
    .execute();
  return new Map(rows.flatMap(({ key, locked_until }) => (locked_until ? [[key, locked_until] as const] : [])));
}

/**
 * One more, unless it is locked already: then null. Answers for how many seconds that locks it. An account is locked by each failure from
 * the limit on, twice as long each time; an address by every so many, or one slip of a colleague would lock a centre again and again.
 */
async function count(db: Queryable, kind: Kind, key: string, limits: Limits): Promise<number | null> {
  const { accountFailures, addressFailures, firstSeconds, maxSeconds } = limits;
  const failures = sql`case when f.last_at < now() - ${REMEMBERED[kind]}::interval then 1 else f.failures + 1 end`;
  const [locks, doublings] =
    kind === 'account'
      ? [sql`${failures} >= ${accountFailures}::int`, sql`${failures} - ${accountFailures}::int`]
      : [sql`${failures} % ${addressFailures}::int = 0`, sql`${failures} / ${addressFailures}::int - 1`];
  const wait = sql`least(${maxSeconds}::float8, ${firstSeconds}::float8 * power(2, least(${doublings}, 30)))`;
  const result = await sql<{ seconds: number }>`
    insert into sign_in_failures as f (kind, key, failures, last_at) values (${kind}, ${key}, 1, now())
    on conflict (kind, key) do update set failures = ${failures}, last_at = now(),
      locked_until = case when ${locks} then now() + make_interval(secs => ${wait}) end
      where f.locked_until is null or f.locked_until <= now()
    returning coalesce(ceil(extract(epoch from locked_until - now())), 0)::int as seconds`.execute(db);
  return result.rows[0]?.seconds ?? null;
}

async function secondsLocked(db: Queryable, kind: Kind, key: string): Promise<number> {
  const row = await db
    .selectFrom('sign_in_failures')
    .select(sql<number>`ceil(extract(epoch from locked_until - now()))::int`.as('seconds'))
    .where('kind', '=', kind)
    .where('key', '=', key)
    .where('locked_until', '>', sql<Date>`now()`)
    .executeTakeFirst();
  return row?.seconds ?? 0;
}

/** The refusal that says how long to wait. */
export function locked(seconds: number) {
  const wait = seconds <= 90 ? `${Math.max(1, seconds)} 秒` : `${Math.ceil(seconds / 60)} 分钟`;
  return refusal('LOCKED', `登录失败次数过多，请 ${wait}后再试`);
}
