/** Attachments of orders that are exchanged: what another platform may fetch, and what it has told of. Their contents travel by partners/fetch.ts. */
import { SHARED_FILES_MAX, type SharedFile } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Queryable } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { addJob } from '../../platform/jobs.ts';
import type { Link } from './links.ts';

/** What the order has that didn't come from there, which may be fetched from now on; `fresh`: as far as that is news. Oldest first. */
export async function shareFiles(trx: Queryable, link: Link, which: 'all' | 'fresh' = 'all'): Promise<SharedFile[]> {
  const { rows } = await sql<SharedFile>`with own as (
      select id, name, media_type, bytes, sha256 from files
      where order_id = ${link.orderId} and removed_at is null and partner_id is distinct from ${link.partnerId}),
    fresh as (insert into partner_offers (link_id, file_id) select ${link.id}, id from own on conflict do nothing returning file_id)
    select id, name, media_type as "mediaType", bytes, encode(sha256, 'hex') as sha256 from own
    where ${which === 'all'} or id in (select file_id from fresh) order by id limit ${SHARED_FILES_MAX}`.execute(trx);
  return rows;
}

/** Has them fetched. One that was told of before is the same. */
export async function expectFiles(
  trx: Queryable,
  { id, orderId, partnerId }: Pick<Link, 'id' | 'orderId' | 'partnerId'>,
  files: readonly SharedFile[],
  at: Date,
): Promise<void> {
  if (files.length === 0) return;
  const told = files.map((file) => ({
    ...{ id: newId(), link_id: id, order_id: orderId, partner_id: partnerId, their_id: file.id, name: file.name },
    ...{ bytes: file.bytes, sha256: Buffer.from(file.sha256, 'hex'), asked_at: at, next_at: at },
  }));
  await trx
    .insertInto('partner_files')
    .values(told)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await wakeFetcher(trx);
}

export const wakeFetcher = (trx: Queryable): Promise<void> =>
  addJob(trx, 'fetch_partner_files', {}, { key: 'fetch_partner_files' });

export const namesOf = (files: readonly Pick<SharedFile, 'name'>[]): string => files.map(({ name }) => name).join('、');
