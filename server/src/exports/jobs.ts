/** Exports under way: asked for by people, made by the worker from what those might see, kept for some days. */
import {
  EXPORT_MAX_ROWS,
  EXPORTS_PATH,
  type ExportJob,
  type KnowledgeExport,
  knowledgeExport,
  orderFilter,
  orderList,
  type Permission,
  permission,
} from '@rexian/contracts';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Trees } from '../centres/trees.ts';
import { dateTime } from '../platform/clock.ts';
import type { Db, Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { addJob } from '../platform/jobs.ts';
import type { Logger } from '../platform/log.ts';
import type { Storage } from '../platform/storage.ts';
import type { RowScope, Store } from '../platform/store.ts';
import type { Vault } from '../platform/vault.ts';
import type { ListReader } from '../work-orders/reading/rows.ts';
import { actorAt } from '../work-orders/steps/actor.ts';
import { knowledgeExportNames, knowledgeLines } from './knowledge.ts';
import { orderLines } from './orders.ts';
import { writeBook } from './write.ts';

const orders = orderFilter.extend({ list: orderList });
export type OrderExport = z.infer<typeof orders>;
const request = z.union([knowledgeExport, orders]);
const seen = z.object({
  scope: z.object({
    patterns: z.array(z.string()),
    everything: z.boolean(),
    home: z.string(),
    personId: z.string().nullable(),
    desks: z.array(z.string()).optional(),
  }),
  permissions: z.array(permission.schema),
});

const KEPT_DAYS = 7;
/** Under way at once, of one person. */
const MOST_WAITING = 3;

const expiry = sql<Date | null>`finished_at + make_interval(days => ${KEPT_DAYS})`;
const columns = sql`id, name, state, total, done, created_at as "createdAt", ${expiry} as "expiresAt", bytes::int as bytes, error,
  case when state = 'done' then ${`${EXPORTS_PATH}/`} || id end as url`;

export async function listExports(db: Queryable): Promise<ExportJob[]> {
  const { rows } = await sql<ExportJob>`select ${columns} from exports order by id desc limit 50`.execute(db);
  return rows;
}

/** `reader.scope` is what whoever asks sees now. Throws REFUSED while too many are under way. */
export const askForOrders = ({ actor, scope, vault }: ListReader, trx: Queryable, wanted: OrderExport) =>
  askFor(
    trx,
    { personId: actor.id, permissions: actor.permissions, scope, vault, name: '工单', about: 'work_order' },
    wanted,
  );

/** The same of reports on knowledge. */
export const askForKnowledge = (asking: Omit<Asking, 'name' | 'about'>, trx: Queryable, wanted: KnowledgeExport) =>
  askFor(trx, { ...asking, name: knowledgeExportNames[wanted.what], about: 'article' }, wanted);

export interface Asking {
  personId: string;
  permissions: readonly Permission[];
  /** What they see now. */
  scope: RowScope;
  vault: Vault;
  name: string;
  /** What the download is put on record as. */
  about: 'work_order' | 'article';
}

async function askFor(
  trx: Queryable,
  { personId, permissions, scope, vault, name, about }: Asking,
  wanted: OrderExport | KnowledgeExport,
): Promise<ExportJob> {
  const waiting =
    await sql`select from exports where person_id = ${personId} and state in ('queued', 'running')`.execute(trx);
  if (waiting.rows.length >= MOST_WAITING) throw refusal('REFUSED', '已有导出任务正在生成，请稍后再试');
  const [id, at] = [newId(), new Date()];
  await trx
    .insertInto('exports')
    .values({
      ...{ id, person_id: personId, name: `${name} ${dateTime(at).replace(':', '')}`, created_at: at, about },
      request_sealed: vault.seal('order_filter', JSON.stringify(wanted)),
      scope: JSON.stringify({ scope, permissions }),
    })
    .execute();
  await addJob(trx, 'make_export', { exportId: id }, { maxAttempts: 3 });
  const { rows } = await sql<ExportJob>`select ${columns} from exports where id = ${id}`.execute(trx);
  const [job] = rows;
  if (!job) throw new Error(`export ${id} is not seen by whoever asked for it`);
  return job;
}

export interface Maker {
  store: Store;
  vault: Vault;
  trees: Trees;
  storage: Storage;
  log: Logger;
}

/** Does nothing when it was removed meanwhile. A second try begins anew. */
export async function makeExport(maker: Maker, id: string): Promise<void> {
  const { store, vault, trees, storage, log } = maker;
  const { system } = store;
  const job = await sql<{
    name: string;
    sealed: Buffer;
    scope: unknown;
    personId: string;
    who: string;
    unitId: string;
    active: boolean;
  }>`
    update exports e set state = 'running', done = 0 from people p
    where e.id = ${id} and p.id = e.person_id and e.state in ('queued', 'running')
    returning e.name, e.request_sealed as sealed, e.scope, e.person_id as "personId", p.name || coalesce('（' || p.agent_number || '）', '') as who,
      p.unit_id as "unitId", p.active`.execute(system);
  const [found] = job.rows;
  if (!found) return;
  if (!found.active) return fail(system, id, '导出人已停用');
  const { scope, permissions } = seen.parse(found.scope);
  const tree = await trees.tree();
  const actor = actorAt(tree, found.unitId, { id: found.personId, name: found.who, permissions });
  const rows: RowScope = { ...scope, desks: actor.desks };
  const db = store.scoped(rows);
  const wanted = request.parse(revived(JSON.parse(vault.open('order_filter', found.sealed))));
  const onRows = (done: number) => onPage(system, id, done);
  const lines =
    'what' in wanted
      ? await knowledgeLines(
          { db, all: system, unitIds: await visibleUnits(db) },
          tree,
          wanted,
          EXPORT_MAX_ROWS,
          onRows,
        )
      : await orderLines({ db, all: system, vault, scope: rows, actor }, wanted, EXPORT_MAX_ROWS, onRows);
  if (lines.rows > EXPORT_MAX_ROWS) return fail(system, id, `超过 ${EXPORT_MAX_ROWS} 条，请缩小查询范围`);
  const at = new Date();
  const mark = `导出人：${found.who}　导出时间：${dateTime(at)}　共 ${lines.rows} 条　仅限内部使用，请勿外传`;
  const path = await storage.workPath(`${id}.xlsx`);
  const bytes = await writeBook(path, await lines.book(found.name, mark));
  const key = `exports/${id}.xlsx`;
  await storage.put(key, path);
  const done =
    await sql`update exports set state = 'done', storage_key = ${key}, bytes = ${bytes}, total = ${lines.rows},
    done = ${lines.rows}, finished_at = ${at} where id = ${id} and state = 'running'`.execute(system);
  if (done.numAffectedRows === 0n) await storage.remove(key);
  log.info({ export: id, rows: lines.rows, bytes }, 'exported');
}

/** Times in the request are text since. */
const revived = (stored: unknown): unknown => {
  if (knowledgeExport.safeParse(stored).success) return stored;
  const { from, to, ...rest } = z
    .looseObject({ from: z.coerce.date().optional(), to: z.coerce.date().optional() })
    .parse(stored);
  return { ...rest, ...(from ? { from } : {}), ...(to ? { to } : {}) };
};

async function visibleUnits(db: Queryable): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select visible_units() as id`.execute(db);
  return rows.map(({ id }) => id);
}

class Removed extends Error {}

async function onPage(db: Db, id: string, done: number): Promise<void> {
  const { numAffectedRows } =
    await sql`update exports set done = ${done} where id = ${id} and state = 'running'`.execute(db);
  if (numAffectedRows === 0n) throw new Removed('the export was removed');
}

export async function fail(db: Queryable, id: string, error: string): Promise<void> {
  await sql`update exports set state = 'failed', error = ${error}, finished_at = now() where id = ${id}`.execute(db);
}

/** Throws NOT_FOUND for another's. */
export async function removeExport(db: Queryable, storage: Storage, id: string): Promise<void> {
  const { rows } = await sql<{
    key: string | null;
  }>`delete from exports where id = ${id} returning storage_key as key`.execute(db);
  if (!rows[0]) throw refusal('NOT_FOUND', '没有找到导出任务');
  if (rows[0].key) await storage.remove(rows[0].key);
}

/** Those that are old. Returns how many. */
export async function forgetExports(db: Db, storage: Storage, now: Date): Promise<number> {
  const { rows } = await sql<{ id: string; key: string | null }>`select id, storage_key as key from exports
    where coalesce(finished_at, created_at) < ${now}::timestamptz - make_interval(days => ${KEPT_DAYS}) limit 1000`.execute(
    db,
  );
  for (const { id, key } of rows) {
    if (key) await storage.remove(key);
    await sql`delete from exports where id = ${id}`.execute(db);
  }
  return rows.length;
}
