/** Messages on their way to other platforms: written in the transaction of the step that they tell of, sent by a job (partners/send.ts). */
import type { ExchangeMessageKind, exchangeBodies, PartnerKind } from '@rexian/contracts';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Queryable } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { addJob } from '../../platform/jobs.ts';
import type { Vault } from '../../platform/vault.ts';
import type { Link } from './links.ts';

/** By kind, what is told. `extension` is known to 12345 alone: our own platforms say it as progress. */
export type OutgoingBodies = { [Kind in keyof typeof exchangeBodies]: z.infer<(typeof exchangeBodies)[Kind]> } & {
  extension: { until: Date; reason: string };
};
export type Outgoing = {
  [Kind in ExchangeMessageKind]: { kind: Kind; body: OutgoingBodies[Kind] };
}[ExchangeMessageKind];

/** What a kind of platform doesn't want to know. */
const untold: Record<PartnerKind, readonly ExchangeMessageKind[]> = {
  rexian: ['extension'],
  platform_12345: ['progress'],
};

export interface Posting {
  trx: Queryable;
  vault: Vault;
  at: Date;
}

export async function post({ trx, vault, at }: Posting, link: Link, { kind, body }: Outgoing): Promise<void> {
  if (untold[link.partnerKind].includes(kind)) return;
  // The row stays locked: messages of an order are numbered as its steps follow each other.
  const { rows } = await sql<{ sent: number }>`update partner_orders set sent = sent + 1 where id = ${link.id}
    returning sent`.execute(trx);
  await trx
    .insertInto('partner_outbox')
    .values({
      ...{ id: newId(), partner_id: link.partnerId, link_id: link.id, order_id: link.orderId, kind },
      sequence: rows[0]?.sent ?? 1,
      payload_sealed: vault.seal('partner_message', JSON.stringify(body)),
      ...{ queued_at: at, next_at: at },
    })
    .execute();
  await wakeSender(trx);
}

export const wakeSender = (db: Queryable): Promise<void> =>
  addJob(db, 'send_partner_messages', {}, { key: 'send_partner_messages' });
