/**
 * Takes messages out of the outbox to the platforms that they are for: of each order one after the other, as they were written. Claiming one sets
 * when it is tried next, so one whose process dies in the attempt is simply due again, under the same id.
 */
import { exchangeMessageKind } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Lookup } from '../engines/lookup/lookup.ts';
import type { Db } from '../platform/db.ts';
import type { Logger } from '../platform/log.ts';
import type { Vault } from '../platform/vault.ts';
import type { OrderSteps } from '../work-orders/steps/steps.ts';
import type { Letter } from './adapters/adapter.ts';
import { adapters } from './adapters/choose.ts';
import { type Outcome, type Peer, say } from './wire.ts';

export interface Sending {
  db: Db;
  vault: Vault;
  lookup: Lookup;
  steps: OrderSteps;
  log: Logger;
}

/** Waits between attempts: half a minute, doubled each time, ten minutes at most. */
const FIRST_WAIT_SECONDS = 30;
const LONGEST_WAIT_SECONDS = 600;
const AT_ONCE = 10;

interface Claimed extends Peer {
  id: string;
  partnerId: string;
  partnerName: string;
  orderId: string;
  linkId: string;
  exchange: string;
  sequence: number;
  kindOfMessage: Letter['kind'];
  payload: Buffer;
  at: Date;
}

/** Sends what is due to this platform, until it fails. Returns how many messages were taken there. */
export async function sendTo(sending: Sending, partnerId: string, now = new Date()): Promise<number> {
  for (let taken = 0; ; ) {
    const claimed = await claim(sending, partnerId, now);
    const outcomes = await Promise.all(claimed.map((message) => sendOne(sending, message, now)));
    taken += outcomes.filter(({ is }) => is === 'taken').length;
    if (claimed.length === 0 || outcomes.some(({ is }) => is === 'failed')) return taken;
  }
}

/** The first that hasn't gone of each order. */
async function claim({ db }: Sending, partnerId: string, now: Date): Promise<Claimed[]> {
  const { rows } = await sql<Claimed>`
    update partner_outbox o set attempts = attempts + 1, next_at = ${now}::timestamptz + make_interval(secs =>
        greatest(p.deadline_seconds + 5, least(${FIRST_WAIT_SECONDS} * power(2, least(attempts, 20)), ${LONGEST_WAIT_SECONDS})))
    from partners p, partner_orders l
    where p.id = o.partner_id and p.enabled and l.id = o.link_id and o.id in (
      select due.id from partner_outbox due
      where due.partner_id = ${partnerId} and due.state = 'waiting' and due.next_at <= ${now}
        and not exists (select from partner_outbox earlier
          where earlier.link_id = due.link_id and earlier.sequence < due.sequence and earlier.state <> 'sent')
      order by due.next_at, due.id limit ${AT_ONCE} for update skip locked)
    returning o.id, o.partner_id as "partnerId", p.name as "partnerName", o.order_id as "orderId", o.link_id as "linkId", l.exchange,
      o.sequence, o.kind as "kindOfMessage", o.payload_sealed as payload, o.queued_at as at, p.kind, p.address,
      p.their_key_sealed as "theirKey", p.their_secret_sealed as "theirSecret", p.deadline_seconds as "deadlineSeconds"`.execute(
    db,
  );
  return rows;
}

async function sendOne(sending: Sending, message: Claimed, now: Date): Promise<Outcome> {
  const outcome = await say(sending, message, adapters[message.kind].call(letterOf(sending, message)));
  const { id, sequence, partnerId, linkId } = message;
  const { db, log } = sending;
  switch (outcome.is) {
    case 'taken':
      await taken(sending, message, outcome.reference, now);
      return outcome;
    case 'gap': {
      log.warn({ messageId: id, sequence, expected: outcome.expected }, 'message out of order there');
      await realign(sending, linkId, outcome.expected, now);
      // Nothing would change: it is the one that they wait for.
      return outcome.expected === sequence ? { is: 'failed', why: '对方未接收，稍后重试' } : outcome;
    }
    case 'refused':
      await refused(sending, message, outcome.why, now);
      return outcome;
    case 'failed':
      log.warn({ messageId: id, partnerId, error: outcome.why }, 'message to another platform not sent');
      await db.updateTable('partner_outbox').set({ error: outcome.why }).where('id', '=', id).execute();
      return outcome;
  }
}

function letterOf({ vault }: Sending, { id, exchange, sequence, at, kindOfMessage: kind, payload }: Claimed): Letter {
  const body = JSON.parse(vault.open('partner_message', payload)) as Letter['body'];
  return { id, exchange, sequence, at, kind, body } as Letter;
}

/** Whatever else waits for this platform needn't wait any longer. */
async function taken({ db }: Sending, { id, linkId, partnerId }: Claimed, reference: string, now: Date): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`update partner_outbox set state = 'sent', done_at = ${now}, error = null where id = ${id}`.execute(trx);
    await sql`update partner_orders set reference = ${reference}
      where id = ${linkId} and direction = 'out' and reference = '' and ${reference} <> ''`.execute(trx);
    await sql`update partner_outbox set next_at = ${now}
      where partner_id = ${partnerId} and state = 'waiting' and error is not null and next_at > ${now}`.execute(trx);
  });
}

/** They have lost what we think they have, or have what we think was lost. */
async function realign({ db }: Sending, linkId: string, expected: number, now: Date): Promise<void> {
  await sql`update partner_outbox set state = case when sequence < ${expected} then 'sent' else 'waiting' end,
      done_at = case when sequence < ${expected} then coalesce(done_at, ${now}) end, next_at = ${now}
    where link_id = ${linkId} and (sequence < ${expected} and state <> 'sent' or sequence >= ${expected} and state = 'sent'
      or sequence > ${expected} and state = 'waiting')`.execute(db);
}

/** It waits for somebody to look into it; whoever handles the order is told. */
async function refused({ db, steps, log }: Sending, message: Claimed, why: string, now: Date): Promise<void> {
  const { id, orderId, partnerName, kindOfMessage } = message;
  log.warn({ messageId: id, orderId, error: why }, 'message refused by another platform');
  await sql`update partner_outbox set state = 'refused', done_at = ${now}, error = ${why} where id = ${id}`.execute(db);
  const title = `${partnerName}未接收${exchangeMessageKind.labels[kindOfMessage]}`;
  await steps
    .take(orderId, null, (step) => step.event('platform_told', { title, text: why }))
    .catch((error: unknown) => log.error({ orderId, error: String(error) }, 'refusal not told in the order'));
}

const KEPT_DAYS = 180;

/** What was taken long ago; the trail of the order tells of it. */
export async function forgetOld(db: Db, now: Date): Promise<void> {
  const before = new Date(now.getTime() - KEPT_DAYS * 86_400_000);
  await sql`delete from partner_inbox where at < ${before}`.execute(db);
  await sql`delete from partner_outbox where state = 'sent' and done_at < ${before}`.execute(db);
}
