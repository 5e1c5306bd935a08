/** Partners' keys of the units in reach. */
import type { ApiKey } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import { unitsInReach } from '../contacts/scope.ts';
import type { Caller } from '../platform/api.ts';
import type { Queryable } from '../platform/db.ts';

type Secret = ApiKey['secrets'][number];
type StoredSecret = { [fact in keyof Secret]: Secret[fact] extends Date | null ? string | null : Secret[fact] };
type Row = Omit<ApiKey, 'secrets'> & { secrets: StoredSecret[] };

/** Secrets of a key that are shown, newest first: old ones only tell of the past. */
const SECRETS_SHOWN = 10;

/** Keys in force first, then the revoked ones; newest first. */
export const listKeys = (db: Queryable, caller: Caller): Promise<ApiKey[]> => select(db, caller, sql`true`);

export async function findKey(db: Queryable, caller: Caller, id: string): Promise<ApiKey | null> {
  const [key] = await select(db, caller, sql`k.id = ${id}`);
  return key ?? null;
}

async function select(db: Queryable, caller: Caller, which: RawBuilder<unknown>): Promise<ApiKey[]> {
  const result = await sql<Row>`
    select k.id, k.name, json_build_object('id', u.id, 'name', u.name, 'path', u.path::text) as unit, k.permissions, k.networks,
      k.rate_per_minute as "ratePerMinute", k.created_at as "createdAt", k.created_by as "createdBy", k.revoked_at as "revokedAt",
      coalesce((select json_agg(json_build_object('id', s.id, 'hint', s.hint, 'createdAt', s.created_at, 'expiresAt', s.expires_at,
        'lastUsedAt', s.last_used_at, 'lastUsedAddress', s.last_used_address) order by s.created_at desc, s.id desc)
        from (select * from api_key_secrets where key_id = k.id order by created_at desc, id desc limit ${SECRETS_SHOWN}) s),
        '[]') as secrets
    from api_keys k join units u on u.id = k.unit_id
    where k.unit_id in (${unitsInReach(caller)}) and ${which}
    order by k.revoked_at is not null, k.created_at desc, k.id desc`.execute(db);
  return result.rows.map(({ secrets, ...key }) => ({ ...key, secrets: secrets.map(toSecret) }));
}

/** JSON out of the database knows no dates. */
const toSecret = ({ createdAt, expiresAt, lastUsedAt, ...secret }: StoredSecret): Secret => ({
  ...secret,
  createdAt: new Date(createdAt ?? Number.NaN),
  expiresAt: expiresAt === null ? null : new Date(expiresAt),
  lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt),
});
