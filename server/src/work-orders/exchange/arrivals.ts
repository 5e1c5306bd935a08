/** Attachments that another platform has told of, on their way into an order. */
import type { ArrivingFile } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import { bindToldFile } from '../../files/service.ts';
import type { Queryable } from '../../platform/db.ts';
import { refusal } from '../../platform/errors.ts';
import type { OrderStep } from '../steps/step.ts';
import { wakeFetcher } from './files.ts';

/** What has been told of and isn't here, oldest first. */
export async function arrivingOf(db: Queryable, orderId: string): Promise<ArrivingFile[]> {
  const { rows } =
    await sql<ArrivingFile>`select f.id, f.name, f.bytes, p.name as platform, f.state, f.error, f.next_at as "nextAt"
    from partner_files f join partners p on p.id = f.partner_id
    where f.order_id = ${orderId} and f.state <> 'fetched' order by f.id`.execute(db);
  return rows;
}

/** Those of them that aren't here are due at once; false: all are here. */
export async function askAgain(trx: Queryable, which: RawBuilder<unknown>, at: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`update partner_files
    set state = 'waiting', asked_at = ${at}, next_at = ${at}, attempts = 0, error = null
    where ${which} and state <> 'fetched'`.execute(trx);
  return numAffectedRows !== undefined && numAffectedRows > 0n;
}

/** Throws REFUSED for one that is here. */
export async function fetchAgain({ trx, order, at }: OrderStep, fileId: string): Promise<void> {
  if (!(await askAgain(trx, sql`id = ${fileId} and order_id = ${order.id}`, at)))
    throw refusal('REFUSED', '附件已获取，请刷新');
  await wakeFetcher(trx);
}

/** The content is kept as `fileId`: now the order has it. False: it had it already. */
export async function fileArrived(
  step: OrderStep,
  { id, name, platform }: { id: string; name: string; platform: string },
  fileId: string,
): Promise<boolean> {
  const { trx, order } = step;
  const { numAffectedRows } = await sql`update partner_files
    set state = 'fetched', file_id = ${fileId}, next_at = null, error = null
    where id = ${id} and state <> 'fetched'`.execute(trx);
  if (numAffectedRows === 0n) return false;
  await bindToldFile(trx, fileId, order.id);
  await step.event('files_changed', { title: `收到${platform}的附件`, text: name });
  return true;
}
