/** What other platforms send: who it is, whether it was here before, and then into the order. */
import type { PartnerKind } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Caller, RequestContext } from '../platform/api.ts';
import type { Db } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import type { Vault } from '../platform/vault.ts';
import { type Incoming, receive, type Teller } from '../work-orders/exchange/incoming.ts';
import type { OrderSteps } from '../work-orders/steps/steps.ts';
import { bodyHash, SIGNATURE_HEADER, signatureFault, TIME_HEADER } from './signature.ts';

export interface Inbound {
  /** Sees everything. */
  db: Db;
  vault: Vault;
  steps: OrderSteps;
}
type Raw = NonNullable<RequestContext['raw']>;
/** Somebody whose key and signature are right, with what they sent. */
export interface Known {
  teller: Teller;
  unitName: string;
  raw: Raw;
}

interface Row extends Teller {
  unitName: string;
  enabled: boolean;
  secret: Buffer;
  oldSecret: Buffer | null;
  oldUntil: Date | null;
}

/** Throws FORBIDDEN, BAD_SIGNATURE. */
export async function knownPartner(
  { db, vault }: Pick<Inbound, 'db' | 'vault'>,
  { viewer }: Caller,
  raw: RequestContext['raw'],
  kind: PartnerKind,
): Promise<Known> {
  if (viewer.kind !== 'key' || !raw) throw refusal('FORBIDDEN', '此接口仅供协同平台调用');
  const { rows } = await sql<Row>`select p.id, p.name, p.kind, p.unit_id as "unitId", u.name as "unitName", p.enabled,
      p.secret_sealed as secret, p.old_secret_sealed as "oldSecret", p.old_secret_until as "oldUntil"
    from partners p join units u on u.id = p.unit_id where p.api_key_id = ${viewer.id}`.execute(db);
  const [row] = rows;
  if (row?.kind !== kind) throw refusal('FORBIDDEN', '该密钥未用于此类协同平台');
  if (!row.enabled) throw refusal('FORBIDDEN', '该协同平台已停用');
  const now = new Date();
  const secrets = [row.secret, ...(row.oldSecret && row.oldUntil && row.oldUntil > now ? [row.oldSecret] : [])];
  const opened = secrets.map((secret) => vault.open('partner_secret', secret));
  const signed = { ...raw, at: raw.header(TIME_HEADER) };
  const fault = signatureFault(opened, signed, raw.header(SIGNATURE_HEADER), now);
  if (fault) throw refusal('BAD_SIGNATURE', fault);
  const { id, name, unitId, unitName } = row;
  return { teller: { id, name, kind, unitId }, unitName, raw };
}

export interface Envelope {
  id: string;
  exchange: string;
  sequence: number | null;
}

/** Our number of the order. The same message again gets the same answer. Throws NOT_FOUND, REFUSED, OUT_OF_ORDER. */
export async function takeMessage(
  { db, steps }: Inbound,
  { teller, raw }: Known,
  { id, exchange, sequence }: Envelope,
  message: Incoming,
): Promise<string> {
  const hash = bodyHash(Buffer.concat([Buffer.from(`${raw.path}\n`), raw.body]));
  return db.transaction().execute(async (trx) => {
    await sql`set local statement_timeout = '10s'; set local lock_timeout = '5s'`.execute(trx);
    const first = await trx
      .insertInto('partner_inbox')
      .values({ partner_id: teller.id, message_id: id, body_hash: hash, at: new Date(), answer: null })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (first.numInsertedOrUpdatedRows === 0n) {
      const before = await trx
        .selectFrom('partner_inbox')
        .select(['body_hash', 'answer'])
        .where('partner_id', '=', teller.id)
        .where('message_id', '=', id)
        .executeTakeFirstOrThrow();
      if (!before.body_hash.equals(hash)) throw refusal('REFUSED', '该消息编号已用于其他内容');
      return String(before.answer?.reference ?? '');
    }
    const reference = await receive({ trx, steps, from: teller, exchange, sequence }, message);
    await trx
      .updateTable('partner_inbox')
      .set({ answer: JSON.stringify({ reference }) })
      .where('partner_id', '=', teller.id)
      .where('message_id', '=', id)
      .execute();
    return reference;
  });
}
