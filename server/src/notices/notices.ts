/** What people are told in the console: written in the transaction of what they are told of, so that neither comes without the other. */
import { NOTICE_COUNT_LIMIT, type Notice, type NoticeKind } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Db, Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { sendHints } from '../platform/hints.ts';
import { firstIdAt, newId } from '../platform/ids.ts';

export interface Told {
  personId: string;
  kind: NoticeKind;
  /** In Chinese. Without personal data and what not everybody may know of an order: screens show it to whoever passes by. */
  title: string;
  /** Page of the console, `/orders/…`; null: nothing to be opened. */
  link: string | null;
  orderId?: string;
}

const KEPT_DAYS = 90;
const BATCH = 10_000;

/** Tells people; their pages hear of it once `trx` commits. */
export async function notify(trx: Queryable, told: readonly Told[], at = new Date()): Promise<void> {
  if (told.length === 0) return;
  const rows = told.map(({ personId, kind, title, link, orderId = null }) => ({
    ...{ id: newId(at.getTime()), person_id: personId, order_id: orderId },
    ...{ at, kind, title, link, read_at: null },
  }));
  await trx.insertInto('notices').values(rows).execute();
  await tell(
    trx,
    told.map(({ personId }) => personId),
  );
}

const tell = (trx: Queryable, personIds: readonly string[]): Promise<void> =>
  sendHints(
    trx,
    [...new Set(personIds)].map((personId) => ({ topic: 'notice', personId })),
  );

const columns = sql`n.id, n.at, n.kind, n.title, n.order_id as "orderId", n.link, n.read_at as "readAt"`;

/** Newest first. */
export async function listNotices(
  db: Queryable,
  personId: string,
  { unread, cursor, limit }: { unread: boolean; cursor?: string | undefined; limit: number },
): Promise<{ rows: Notice[]; nextCursor: string | null }> {
  const { rows } = await sql<Notice>`select ${columns} from notices n
    where n.person_id = ${personId} ${unread ? sql`and n.read_at is null` : sql``} ${cursor ? sql`and n.id < ${cursor}::uuid` : sql``}
    order by n.id desc limit ${limit + 1}`.execute(db);
  const page = rows.slice(0, limit);
  return { rows: page, nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

/** How many are unread, and the newest `newest` of them. */
export async function unreadNotices(db: Queryable, personId: string, newest: number) {
  const { rows } = await sql<{ count: number }>`select count(*) as count from (
    select from notices n where n.person_id = ${personId} and n.read_at is null limit ${NOTICE_COUNT_LIMIT}) unread`.execute(
    db,
  );
  const page = await listNotices(db, personId, { unread: true, limit: newest });
  return { count: rows[0]?.count ?? 0, newest: page.rows };
}

/** Throws NOT_FOUND. Read again it stays as it is. */
export async function readNotice(trx: Queryable, personId: string, id: string): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable('notices')
    .set({ read_at: sql`coalesce(read_at, now())` })
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw refusal('NOT_FOUND', '没有找到通知');
  await tell(trx, [personId]);
}

/** All up to `newest`. */
export async function readNotices(trx: Queryable, personId: string, newest: string): Promise<void> {
  await trx
    .updateTable('notices')
    .set({ read_at: new Date() })
    .where('person_id', '=', personId)
    .where('read_at', 'is', null)
    .where('id', '<=', newest)
    .execute();
  await tell(trx, [personId]);
}

/** What is older than 90 days goes, read or not. Returns how many. */
export async function forgetNotices(db: Db, now: Date): Promise<number> {
  const before = firstIdAt(new Date(now.getTime() - KEPT_DAYS * 86_400_000));
  for (let gone = 0; ; ) {
    const { numAffectedRows = 0n } = await sql`delete from notices where id in (
      select id from notices where id < ${before}::uuid order by id limit ${BATCH})`.execute(db);
    gone += Number(numAffectedRows);
    if (numAffectedRows < BATCH) return gone;
  }
}
