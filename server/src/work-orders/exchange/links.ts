/** Which orders are, or came from, other platforms. */
import type { ExchangeState, PartnerKind } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import type { Queryable } from '../../platform/db.ts';

export interface Link {
  id: string;
  orderId: string;
  partnerId: string;
  partnerName: string;
  partnerKind: PartnerKind;
  direction: 'in' | 'out';
  exchange: string;
  state: ExchangeState;
  dueAt: Date | null;
  waitNode: string | null;
  received: number;
}

/** Whether something is still expected of the side that handles the order. */
export const isLive = ({ state }: Pick<Link, 'state'>): boolean => state === 'sent' || state === 'signed';

async function select(trx: Queryable, which: RawBuilder<unknown>): Promise<Link[]> {
  const { rows } =
    await sql<Link>`select l.id, l.order_id as "orderId", l.partner_id as "partnerId", p.name as "partnerName",
      p.kind as "partnerKind", l.direction, l.exchange, l.state, l.due_at as "dueAt", l.wait_node as "waitNode", l.received
    from partner_orders l join partners p on p.id = l.partner_id where ${which} order by l.id desc`.execute(trx);
  return rows;
}

/** Newest first. */
export const linksOf = (trx: Queryable, orderId: string, direction: Link['direction']): Promise<Link[]> =>
  select(trx, sql`l.order_id = ${orderId} and l.direction = ${direction}`);

/** Where orders came from that were merged into this one. */
export const linksOfMerged = (trx: Queryable, orderId: string): Promise<Link[]> =>
  select(
    trx,
    sql`l.direction = 'in' and l.order_id in (select id from work_orders where merged_into = ${orderId} and state = 'merged')`,
  );

/** By the name between the two platforms, or by the number that the other one has given. The newest first. */
export async function findLink(trx: Queryable, partnerId: string, exchange: string): Promise<Link | null> {
  const [link] = await select(
    trx,
    sql`l.partner_id = ${partnerId} and (l.exchange = ${exchange} or l.direction = 'out' and l.reference = ${exchange})`,
  );
  return link ?? null;
}

export async function changeLink(
  trx: Queryable,
  link: Link,
  { state = link.state, dueAt = link.dueAt, waitNode = link.waitNode }: Partial<Link>,
): Promise<void> {
  Object.assign(link, { state, dueAt, waitNode });
  await sql`update partner_orders set state = ${state}, due_at = ${dueAt}, wait_node = ${waitNode} where id = ${link.id}`.execute(
    trx,
  );
}
