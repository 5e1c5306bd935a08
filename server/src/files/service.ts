/** Attachments: known to their uploader until an order or an article takes them, then to whoever sees that; row-level security says so. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { FILE_MAX_BYTES, FILE_NAME_MAX, type StoredFile } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Caller } from '../platform/api.ts';
import type { Db, Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import type { Storage } from '../platform/storage.ts';
import { endingOf, mediaTypeOf } from './content.ts';

/** One person's files that nothing has, together. */
const MOST_UNBOUND_BYTES = 1_000_000_000;
/** Files that nothing takes by then are forgotten. */
const KEPT_MS = 24 * 3_600_000;

const columns = sql`f.id, f.name, f.media_type as "mediaType", f.bytes,
  coalesce(p.name, k.name, case when f.partner_id is null then '其他单位人员' else '协同平台' end) as "uploadedBy",
  f.partner_id is not null as "fromPlatform", f.uploaded_at as "uploadedAt", f.order_id is not null or f.article_id is not null as bound`;
const tables = sql`files f left join people p on p.id = f.uploaded_by left join partners k on k.id = f.partner_id`;

/** Those of them that the scope of `db` sees, in the order of the ids. */
export async function filesInSight(db: Queryable, ids: readonly string[]): Promise<StoredFile[]> {
  const { rows } = await sql<StoredFile>`select ${columns} from ${tables}
    where f.id = any(${ids}::uuid[]) and f.removed_at is null
    order by array_position(${ids}::uuid[], f.id)`.execute(db);
  return rows;
}

export interface Kept extends StoredFile {
  storageKey: string;
  orderId: string | null;
}

/** For a download: null when the scope of `db` doesn't see it. */
export async function keptFile(db: Queryable, id: string): Promise<Kept | null> {
  const { rows } =
    await sql<Kept>`select ${columns}, f.storage_key as "storageKey", f.order_id as "orderId" from ${tables}
    where f.id = ${id} and f.removed_at is null`.execute(db);
  return rows[0] ?? null;
}

/** Takes a file in as it arrives. Throws BAD_FILE, TOO_LARGE, REFUSED. */
export async function takeFile(
  { db, storage, caller: { viewer } }: { db: Db; storage: Storage; caller: Caller },
  { name: given, content }: { name: string; content: AsyncIterable<Buffer> },
): Promise<StoredFile> {
  const name = fileName(given);
  await refuseHoarding(db, viewer.id);
  const id = await keep({ db, storage }, { unit_id: viewer.unit.id, uploaded_by: viewer.id }, { name, content });
  const [taken] = await filesInSight(db, [id]);
  if (!taken) throw new Error(`file ${id} is gone`);
  return taken;
}

/** What is expected of a file that a platform has told of. */
export interface ToldFile {
  name: string;
  bytes: number;
  sha256: Buffer;
}

/**
 * Takes in what a platform sends of a file that it has told of, for an order of the unit; its id. `db` is the engine's. Throws BAD_FILE when it
 * is something else than was told, and whatever `content` throws.
 */
export function takeToldFile(
  services: { db: Db; storage: Storage },
  { unitId, partnerId, ...told }: ToldFile & { unitId: string; partnerId: string },
  content: AsyncIterable<Buffer>,
): Promise<string> {
  const differs = () => refusal('BAD_FILE', '收到的内容与对方所述不符');
  const expected = async function* () {
    let bytes = 0;
    for await (const chunk of content) {
      bytes += chunk.length;
      if (bytes > told.bytes) throw differs();
      yield chunk;
    }
  };
  return keep(
    services,
    { unit_id: unitId, partner_id: partnerId },
    {
      name: fileName(told.name),
      content: expected(),
      check: ({ bytes, sha256 }) => {
        if (bytes !== told.bytes || !sha256.equals(told.sha256)) throw differs();
      },
    },
  );
}

/** Throws BAD_FILE for what no file that is taken is called. */
export function fileName(given: string): string {
  const name = plainName(given);
  endingOf(name);
  return name;
}

interface Content {
  name: string;
  content: AsyncIterable<Buffer>;
  check?(received: Received): void;
}

/** Of no order yet. */
async function keep(
  { db, storage }: { db: Db; storage: Storage },
  of: { unit_id: string; uploaded_by?: string; partner_id?: string },
  { name, content, check }: Content,
): Promise<string> {
  const id = newId();
  const prepared = await storage.workPath(`file-${id}`);
  try {
    const received = await receive(content, prepared);
    check?.(received);
    const mediaType = await mediaTypeOf(prepared, name);
    // Ids carry the time: a folder for each three days.
    const key = `files/${id.slice(0, 5)}/${id}`;
    // Known before it is there: a process that dies between leaves a row, which is swept, not a file that nobody knows.
    await db
      .insertInto('files')
      .values({ id, name, media_type: mediaType, storage_key: key, ...of, ...received })
      .execute();
    await storage.put(key, prepared);
  } catch (error) {
    await rm(prepared, { force: true });
    throw error;
  }
  return id;
}

/** Without a path, and without what would make it read otherwise than it is (controls, changes of direction). */
function plainName(given: string): string {
  const name = given
    .replace(/^.*[/\\]/, '')
    .replace(/\p{Cc}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim();
  if (name.length > FILE_NAME_MAX) throw refusal('BAD_FILE', `文件名最多 ${FILE_NAME_MAX} 个字`);
  return name;
}

async function refuseHoarding(db: Queryable, personId: string): Promise<void> {
  const { rows } = await sql<{ bytes: number }>`select coalesce(sum(bytes), 0)::bigint as bytes from files
    where order_id is null and article_id is null and uploaded_by = ${personId}`.execute(db);
  if ((rows[0]?.bytes ?? 0) > MOST_UNBOUND_BYTES)
    throw refusal('REFUSED', '未保存的附件过多，请先保存或删除不用的附件');
}

type Received = Pick<ToldFile, 'bytes' | 'sha256'>;

async function receive(content: AsyncIterable<Buffer>, path: string): Promise<Received> {
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(
    content,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        if (bytes > FILE_MAX_BYTES) throw refusal('TOO_LARGE', '文件超过 50 MB');
        hash.update(chunk);
        yield chunk;
      }
    },
    createWriteStream(path, { flags: 'wx', mode: 0o600 }),
  );
  if (bytes === 0) throw refusal('BAD_FILE', '文件是空的');
  return { bytes, sha256: hash.digest() };
}

/** Throws NOT_FOUND for what isn't the person's own, or belongs to an order. */
export async function dropFile(db: Queryable, { id, personId }: { id: string; personId: string }): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('files')
    .set({ removed_at: new Date() })
    .where('id', '=', id)
    .where('uploaded_by', '=', personId)
    .where('order_id', 'is', null)
    .where('article_id', 'is', null)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw refusal('NOT_FOUND', '没有找到附件，或已保存');
}

/** Of an order, in the order they came. */
export async function filesOfOrder(db: Queryable, orderId: string): Promise<StoredFile[]> {
  const { rows } = await sql<StoredFile>`select ${columns} from ${tables}
    where f.order_id = ${orderId} and f.removed_at is null order by f.id`.execute(db);
  return rows;
}

/** Gives a file that a platform has sent to the order that it was told of in. */
export async function bindToldFile(trx: Queryable, id: string, orderId: string): Promise<void> {
  await sql`update files set order_id = ${orderId} where id = ${id} and order_id is null and partner_id is not null`.execute(
    trx,
  );
}

/** What an order that is still being written has no more. */
export async function letGo(trx: Queryable, orderId: string, kept: readonly string[]): Promise<void> {
  await sql`update files set removed_at = now()
    where order_id = ${orderId} and removed_at is null and not id = any(${kept as string[]}::uuid[])`.execute(trx);
}

/**
 * Gives a person's files to an order, in the transaction that saves it; those that it has already stay. Throws REFUSED when one is neither:
 * then none is given.
 */
export async function bindFiles(
  trx: Queryable,
  { orderId, fileIds, by }: { orderId: string; fileIds: readonly string[]; by: string },
): Promise<void> {
  const { rows } = await sql`update files set order_id = ${orderId}
    where id = any(${fileIds}::uuid[]) and removed_at is null
      and (order_id = ${orderId} or (order_id is null and article_id is null and uploaded_by = ${by})) returning id`.execute(
    trx,
  );
  refuseLost(rows, fileIds);
}

/** The same for an article. What a version shows stays with it, so an article lets nothing go. */
export async function bindArticleFiles(
  trx: Queryable,
  { articleId, fileIds, by }: { articleId: string; fileIds: readonly string[]; by: string },
): Promise<void> {
  const { rows } = await sql`update files set article_id = ${articleId}
    where id = any(${fileIds}::uuid[]) and removed_at is null
      and (article_id = ${articleId} or (order_id is null and article_id is null and uploaded_by = ${by})) returning id`.execute(
    trx,
  );
  refuseLost(rows, fileIds);
}

function refuseLost(bound: readonly unknown[], fileIds: readonly string[]): void {
  if (bound.length < new Set(fileIds).size) throw refusal('REFUSED', '有附件已失效，请删除后重新上传');
}

/** Forgets what no order and no article has taken, and what was removed before one did; how many. */
export async function sweepFiles(db: Db, storage: Storage, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_MS);
  await storage.forgetWork(before);
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ id: string; key: string }>`select id, storage_key as key from files
      where order_id is null and article_id is null and (uploaded_at < ${before} or removed_at is not null)
      limit 1000 for update skip locked`.execute(trx);
    // The content first: after a crash the rows are still there to be swept again.
    for (const { key } of rows) await storage.remove(key);
    await sql`delete from files where id = any(${rows.map(({ id }) => id)}::uuid[])`.execute(trx);
    return rows.length;
  });
}
