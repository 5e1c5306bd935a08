/**
 * Fetches attachments that other platforms have told of. Claiming one sets when it is tried next, so one whose process dies in the attempt is
 * simply due again; an order has it whole, or not at all.
 */
import { ORPCError } from '@orpc/server';
import { FILE_MAX_BYTES } from '@rexian/contracts';
import { sql } from 'kysely';
import { Unusable } from '../engines/lookup/lookup.ts';
import { fileName, type ToldFile, takeToldFile } from '../files/service.ts';
import type { Db } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import type { Storage } from '../platform/storage.ts';
import { fileArrived } from '../work-orders/exchange/arrivals.ts';
import type { Sending } from './send.ts';
import { fetchFile, type NotTaken, type Peer, unheard, wholeMs } from './wire.ts';

export interface Fetching extends Sending {
  storage: Storage;
}

/** Waits between attempts: half a minute, doubled each time, an hour at most. */
const FIRST_WAIT_SECONDS = 30;
const LONGEST_WAIT_SECONDS = 3_600;
/** After that nobody there will find it any more. */
const KEPT_TRYING_MS = 7 * 86_400_000;

interface Claimed extends Peer, ToldFile {
  id: string;
  theirId: string;
  partnerId: string;
  partnerName: string;
  orderId: string;
  unitId: string;
  askedAt: Date;
}

/** Fetches what is due from this platform, one after the other, until it fails to answer. Returns how many are here now. */
export async function fetchFrom(fetching: Fetching, partnerId: string, now = new Date()): Promise<number> {
  for (let fetched = 0; ; ) {
    const file = await claim(fetching.db, partnerId, now);
    if (!file) return fetched;
    const outcome = await fetchOne(fetching, file);
    if (outcome === 'here') fetched += 1;
    else await notHere(fetching, file, outcome, now);
    if (outcome !== 'here' && outcome.is === 'failed') return fetched;
  }
}

async function claim(db: Db, partnerId: string, now: Date): Promise<Claimed | null> {
  const { rows } =
    await sql<Claimed>`select f.id, f.their_id as "theirId", f.name, f.bytes, f.sha256, f.partner_id as "partnerId",
      p.name as "partnerName", f.order_id as "orderId", w.unit_id as "unitId", f.asked_at as "askedAt", p.kind, p.address,
      p.their_key_sealed as "theirKey", p.their_secret_sealed as "theirSecret", p.deadline_seconds as "deadlineSeconds"
    from partner_files f join partners p on p.id = f.partner_id join work_orders w on w.id = f.order_id
    where f.partner_id = ${partnerId} and f.state = 'waiting' and f.next_at <= ${now} and p.enabled
    order by f.next_at, f.id limit 1`.execute(db);
  const [file] = rows;
  if (!file) return null;
  // Not before the attempt is over, whatever becomes of it.
  const leased = new Date(now.getTime() + wholeMs(file, Math.min(file.bytes, FILE_MAX_BYTES)) + 60_000);
  const { numAffectedRows } = await sql`update partner_files set attempts = attempts + 1, next_at = ${leased}
    where id = ${file.id} and state = 'waiting' and next_at <= ${now}`.execute(db);
  // Another process was faster.
  return numAffectedRows === 0n ? claim(db, partnerId, now) : file;
}

async function fetchOne(fetching: Fetching, file: Claimed): Promise<'here' | NotTaken> {
  const { steps } = fetching;
  try {
    fileName(file.name);
    if (file.bytes > FILE_MAX_BYTES) throw refusal('BAD_FILE', '文件超过 50 MB');
    const found = await fetchFile(fetching, file, { id: file.theirId, bytes: file.bytes });
    if (found.is !== 'found') return found;
    const fileId = await takeToldFile(fetching, file, found.content);
    await steps.take(file.orderId, null, (step) =>
      fileArrived(step, { id: file.id, name: file.name, platform: file.partnerName }, fileId),
    );
    return 'here';
  } catch (error) {
    if (error instanceof ORPCError && error.code === 'BAD_FILE') return { is: 'refused', why: error.message };
    if (error instanceof Unusable) return unheard(error);
    fetching.log.error({ fileId: file.id, error: String(error) }, 'attachment of another platform not kept');
    return { is: 'failed', why: '附件未能保存' };
  }
}

/** What is no use to be tried again waits for somebody to look into it; whoever handles the order is told. */
async function notHere(fetching: Fetching, file: Claimed, { is, why }: NotTaken, now: Date): Promise<void> {
  const { db, steps, log } = fetching;
  const { id, orderId, partnerId, partnerName, name } = file;
  log.warn({ fileId: id, partnerId, error: why }, 'attachment of another platform not fetched');
  if (is === 'failed' && now.getTime() - file.askedAt.getTime() < KEPT_TRYING_MS) {
    await sql`update partner_files set error = ${why}, next_at = ${now}::timestamptz + make_interval(secs =>
        least(${FIRST_WAIT_SECONDS} * power(2, least(attempts - 1, 20)), ${LONGEST_WAIT_SECONDS}))
      where id = ${id} and state = 'waiting'`.execute(db);
    return;
  }
  await steps.take(orderId, null, async (step) => {
    const { numAffectedRows = 0n } = await sql`update partner_files set state = 'failed', next_at = null, error = ${why}
      where id = ${id} and state = 'waiting'`.execute(step.trx);
    const title = `未能获取${partnerName}的附件`;
    if (numAffectedRows > 0n) await step.event('platform_told', { title, text: `${name}：${why}` });
  });
}
