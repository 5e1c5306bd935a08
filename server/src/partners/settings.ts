/** Platforms that orders are exchanged with. Everything in the transaction that the caller hands in. */
import type { Partner, PartnerKind } from '@rexian/contracts';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import { reachableOrUpperUnits, reachableUnit, unitJson } from '../centres/reach.ts';
import { createKey, revokeKey, rotateKey } from '../keys/service.ts';
import type { Caller } from '../platform/api.ts';
import type { Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import type { Database } from '../platform/schema.ts';
import type { Vault } from '../platform/vault.ts';
import { askAgain } from '../work-orders/exchange/arrivals.ts';
import { wakeFetcher } from '../work-orders/exchange/files.ts';
import { wakeSender } from '../work-orders/exchange/outbox.ts';
import { newSigningSecret } from './signature.ts';
import type { Peer } from './wire.ts';

export interface PartnerFacts {
  name: string;
  address: string;
  theirKey?: string | undefined;
  theirSecret?: string | undefined;
  deadlineSeconds: number;
  enabled: boolean;
}

/** Who works on platforms, and where. */
export interface PartnerKeeper {
  trx: Transaction<Database>;
  caller: Caller;
  vault: Vault;
  /** Addresses without TLS may be given: there are networks inside that are named for it. */
  takesPlain: boolean;
}

export const nameTaken = () => refusal('TAKEN', '该机构已有同名的协同平台');

type Row = Omit<Partner, 'keyHint' | 'can'> & { theirKey: Buffer | null; inReach: boolean };

/** What belongs to units in reach, and to those above, which hand it down. */
export const listPartners = (db: Queryable, caller: Caller, vault: Vault): Promise<Partner[]> =>
  select(db, caller, vault, sql`true`);

async function select(db: Queryable, caller: Caller, vault: Vault, which: RawBuilder<unknown>): Promise<Partner[]> {
  const { rows } =
    await sql<Row>`select p.id, p.name, p.kind, ${unitJson('u')} as unit, p.address, p.their_key_sealed as "theirKey",
      p.deadline_seconds as "deadlineSeconds", p.enabled, p.api_key_id as "apiKeyId", box.waiting, box.refused, box."lastSentAt",
      (select count(*)::int from partner_files f where f.partner_id = p.id and f.state <> 'fetched' and f.error is not null) as "filesMissing",
      box.error, p.unit_id = any(${caller.unitIds as string[]}::uuid[]) as "inReach"
    from partners p join units u on u.id = p.unit_id, lateral (
      select count(*) filter (where o.state = 'waiting')::int as waiting, count(*) filter (where o.state = 'refused')::int as refused,
        (select max(done_at) from partner_outbox s where s.partner_id = p.id and s.state = 'sent') as "lastSentAt",
        (array_agg(o.error order by o.id desc) filter (where o.error is not null))[1] as error
      from partner_outbox o where o.partner_id = p.id and o.state <> 'sent') box
    where p.unit_id in (${reachableOrUpperUnits(caller)}) and ${which} order by u.path, p.name`.execute(db);
  const manages = caller.viewer.permissions.includes('partners.manage');
  return rows.map(({ theirKey, inReach, ...row }) => ({
    ...row,
    keyHint: theirKey ? vault.open('partner_secret', theirKey).slice(-4) : null,
    can: { change: manages && inReach },
  }));
}

/** Throws NOT_FOUND. */
async function inReach({ trx, caller, vault }: PartnerKeeper, id: string): Promise<Partner> {
  const [partner] = await select(
    trx,
    caller,
    vault,
    sql`p.id = ${id} and p.unit_id = any(${caller.unitIds as string[]}::uuid[])`,
  );
  if (!partner) throw refusal('NOT_FOUND', '没有找到协同平台');
  return partner;
}

/** Changes of one platform come one after the other. */
async function locked(keeper: PartnerKeeper, id: string): Promise<Partner> {
  await sql`select from partners where id = ${id} for update`.execute(keeper.trx);
  return inReach(keeper, id);
}

/** With the key and the secret for the other side, told this once. */
export async function createPartner(
  keeper: PartnerKeeper,
  { kind, unitId, ...facts }: PartnerFacts & { kind: PartnerKind; unitId: string },
) {
  const { trx, caller, vault } = keeper;
  if (!(await reachableUnit(trx, caller, unitId))) throw refusal('NOT_FOUND', '没有找到所选机构');
  const columns = columnsOf(keeper, facts);
  const { key, secret: keySecret } = await createKey(
    { trx, caller },
    {
      ...{ name: `协同平台：${facts.name}`, unitId, permissions: ['work_orders.exchange'], networks: [] },
      ratePerMinute: KEY_RATE,
    },
    null,
  );
  const secret = newSigningSecret();
  const id = newId();
  await trx
    .insertInto('partners')
    .values({ id, unit_id: unitId, kind, ...columns, api_key_id: key.id, secret_sealed: sealed(vault, secret) })
    .execute();
  return { partner: await inReach(keeper, id), key: keySecret, secret };
}

/** Requests a minute: every step of every order is one. */
const KEY_RATE = 3_000;

export async function changePartner(keeper: PartnerKeeper, { id, ...facts }: PartnerFacts & { id: string }) {
  const before = await locked(keeper, id);
  await keeper.trx.updateTable('partners').set(columnsOf(keeper, facts)).where('id', '=', id).execute();
  // What waited for the right address or key goes out now.
  for (const table of ['partner_outbox', 'partner_files'])
    await sql`update ${sql.table(table)} set next_at = now() where partner_id = ${id} and state = 'waiting'`.execute(
      keeper.trx,
    );
  return { before, after: await inReach(keeper, id) };
}

export async function rotatePartner(keeper: PartnerKeeper, id: string, overlapHours: number) {
  const { trx, caller, vault } = keeper;
  const { apiKeyId } = await locked(keeper, id);
  const { secret: key } = await rotateKey({ trx, caller }, apiKeyId, overlapHours, null);
  const secret = newSigningSecret();
  await sql`update partners set old_secret_sealed = secret_sealed, old_secret_until = now() + make_interval(hours => ${overlapHours}),
    secret_sealed = ${sealed(vault, secret)} where id = ${id}`.execute(trx);
  return { partner: await inReach(keeper, id), key, secret };
}

/** Asks for everything again that could not be fetched. Throws NOT_FOUND. */
export async function fetchMissing(keeper: PartnerKeeper, id: string): Promise<Partner> {
  await inReach(keeper, id);
  await askAgain(keeper.trx, sql`partner_id = ${id} and error is not null`, new Date());
  return inReach(keeper, id);
}

/** One that orders have been exchanged with breaks the database's promise: see `refusing`. */
export async function removePartner(keeper: PartnerKeeper, id: string): Promise<Partner> {
  const { trx, caller } = keeper;
  const partner = await locked(keeper, id);
  await trx.deleteFrom('partners').where('id', '=', id).execute();
  await revokeKey({ trx, caller }, partner.apiKeyId);
  return partner;
}

/** Throws REFUSED before the other side's key is known. */
export async function peerOf(keeper: PartnerKeeper, id: string): Promise<Peer> {
  const { kind, address, deadlineSeconds } = await inReach(keeper, id);
  const { their_key_sealed: theirKey, their_secret_sealed: theirSecret } = await keeper.trx
    .selectFrom('partners')
    .select(['their_key_sealed', 'their_secret_sealed'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  if (!theirKey || !theirSecret) throw refusal('REFUSED', '请先填写对方提供的接口密钥和签名密钥');
  return { kind, address, deadlineSeconds, theirKey, theirSecret };
}

/** As the audit log tells it; of secrets only that they were set. */
export const partnerTold = ({ name, unit, kind, address, keyHint, deadlineSeconds, enabled }: Partner) => ({
  ...{ name, partnerKind: kind, partnerAddress: address, deadlineSeconds, active: enabled },
  unit: unit.name,
  hint: keyHint,
});

const sealed = (vault: Vault, secret: string): Buffer => vault.seal('partner_secret', secret);

function columnsOf({ vault, takesPlain }: PartnerKeeper, facts: PartnerFacts) {
  const { name, address, theirKey, theirSecret, deadlineSeconds, enabled } = facts;
  if (!takesPlain && !address.startsWith('https:'))
    throw refusal('REFUSED', '地址须以 https:// 开头；内网地址须先由运维人员登记');
  return {
    ...{ name, address: address.replace(/\/+$/, ''), deadline_seconds: deadlineSeconds, enabled },
    ...(theirKey === undefined ? {} : { their_key_sealed: sealed(vault, theirKey) }),
    ...(theirSecret === undefined ? {} : { their_secret_sealed: sealed(vault, theirSecret) }),
  };
}

/** What is due goes out, and is fetched, at once. `db` is the engine's. */
export async function wakeExchange(db: Queryable): Promise<void> {
  await wakeSender(db);
  await wakeFetcher(db);
}
