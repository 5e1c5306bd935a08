/** Giving, changing, rotating and revoking partners' keys. Everything in the transaction that the caller hands in. */
import type { ApiKey, Permission, UnitRef } from '@rexian/contracts';
import { sql, type Transaction } from 'kysely';
import { unitsInReach } from '../contacts/scope.ts';
import type { Caller } from '../platform/api.ts';
import { refusal } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import type { Database } from '../platform/schema.ts';
import { findKey } from './queries.ts';
import { newSecret } from './secret.ts';

export interface KeyFacts {
  name: string;
  unitId: string;
  permissions: Permission[];
  networks: string[];
  ratePerMinute: number;
}

/** Who works on keys, and where; `trx` shows what lies in the caller's scope. */
export interface KeyKeeper {
  trx: Transaction<Database>;
  caller: Caller;
}

export async function createKey(keeper: KeyKeeper, facts: KeyFacts, expiresAt: Date | null) {
  const { trx, caller } = keeper;
  refusePast(expiresAt);
  await unitInReach(keeper, facts.unitId);
  const id = newId();
  const { name, login } = caller.viewer;
  await trx
    .insertInto('api_keys')
    .values({ id, ...columnsOf(facts), created_by: `${name}（${login}）`, revoked_at: null })
    .execute();
  const secret = await addSecret(keeper, id, expiresAt);
  return { key: await getKey(keeper, id), secret };
}

export async function changeKey(keeper: KeyKeeper, id: string, facts: KeyFacts): Promise<Change> {
  const before = await lockKey(keeper, id);
  refuseRevoked(before);
  await unitInReach(keeper, facts.unitId);
  await keeper.trx.updateTable('api_keys').set(columnsOf(facts)).where('id', '=', id).execute();
  return { before, after: await getKey(keeper, id) };
}

/** A new secret; those before it end in so many hours, unless they do sooner. */
export async function rotateKey(keeper: KeyKeeper, id: string, overlapHours: number, expiresAt: Date | null) {
  refusePast(expiresAt);
  refuseRevoked(await lockKey(keeper, id));
  await sql`update api_key_secrets set expires_at = least(expires_at, now() + make_interval(hours => ${overlapHours}))
    where key_id = ${id} and (expires_at is null or expires_at > now())`.execute(keeper.trx);
  const secret = await addSecret(keeper, id, expiresAt);
  return { key: await getKey(keeper, id), secret };
}

/** Ends all secrets of a key for good. */
export async function revokeKey(keeper: KeyKeeper, id: string): Promise<Change> {
  const before = await lockKey(keeper, id);
  if (before.revokedAt) return { before, after: before };
  await keeper.trx.updateTable('api_keys').set({ revoked_at: new Date() }).where('id', '=', id).execute();
  return { before, after: await getKey(keeper, id) };
}

export interface Change {
  before: ApiKey;
  after: ApiKey;
}

const columnsOf = ({ name, unitId, permissions, networks, ratePerMinute }: KeyFacts) => ({
  name,
  unit_id: unitId,
  permissions: [...new Set(permissions)],
  networks: [...new Set(networks)],
  rate_per_minute: ratePerMinute,
});

async function addSecret({ trx }: KeyKeeper, keyId: string, expiresAt: Date | null): Promise<string> {
  const { secret, hash, hint } = newSecret();
  await trx
    .insertInto('api_key_secrets')
    .values({
      id: newId(),
      key_id: keyId,
      secret_hash: hash,
      hint,
      created_at: new Date(),
      expires_at: expiresAt,
      last_used_at: null,
      last_used_address: null,
    })
    .execute();
  return secret;
}

async function getKey({ trx, caller }: KeyKeeper, id: string): Promise<ApiKey> {
  const key = await findKey(trx, caller, id);
  if (!key) throw refusal('NOT_FOUND');
  return key;
}

/** Changes of one key come one after the other. */
async function lockKey(keeper: KeyKeeper, id: string): Promise<ApiKey> {
  await sql`select from api_keys k where k.id = ${id} and k.unit_id in (${unitsInReach(keeper.caller)}) for update`.execute(
    keeper.trx,
  );
  return getKey(keeper, id);
}

/** A unit out of reach is as good as none. */
async function unitInReach({ trx, caller }: KeyKeeper, id: string): Promise<void> {
  const found = await sql<Pick<UnitRef, 'id'>>`select id from units
    where id = ${id} and id in (${unitsInReach(caller)})`.execute(trx);
  if (found.rows.length === 0) throw refusal('NOT_FOUND', '没有找到所属单位');
}

function refuseRevoked(key: ApiKey): void {
  if (key.revokedAt) throw refusal('REFUSED', '密钥已吊销，请新增一个');
}

function refusePast(expiresAt: Date | null): void {
  if (expiresAt && expiresAt.getTime() <= Date.now()) throw refusal('BAD_REQUEST', '有效期须晚于现在');
}
