/** Lists of orders: what waits for the viewer, what they have had a part in, and everything in reach. */
import {
  ORDER_COUNT_LIMIT,
  type OrderFilter,
  type OrderList,
  type OrderRow,
  type WorkOrderState,
  workOrderState,
} from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import { reachableUnits, reachableWithin } from '../../centres/reach.ts';
import { firstIdAt } from '../../platform/ids.ts';
import { findOrders, type OrdersWanted } from '../search/search.ts';
import { joinedColumns, wanted } from '../search/text-index.ts';
import type { Actor } from '../steps/actor.ts';
import { decidesFor } from '../steps/verbs/requests.ts';
import { besideRows, type ListReader, rowColumns, rowShown, type StoredRow } from './rows.ts';

export type OrderSearch = OrderFilter & { list: OrderList; cursor?: string | undefined; limit: number };

/** Newest first, what waits by its deadline; `cursor` is the place of the last order of the page before. */
export async function listOrders(
  reader: ListReader,
  search: OrderSearch,
): Promise<{ rows: OrderRow[]; nextCursor: string | null }> {
  const { db, all } = reader;
  const sought = searched(reader, search);
  const found = sought
    ? (await findOrders(db, sought, search.limit + 1)).map((id) => ({ id, place: id }))
    : await listed(reader, search);
  const page = found.slice(0, search.limit);
  const { rows } = await sql<StoredRow>`select ${rowColumns} from work_orders w
    where w.id = any(${page.map(({ id }) => id)}::uuid[])`.execute(db);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const beside = await besideRows(all, [...byId.keys()]);
  return {
    rows: page.flatMap(({ id }) => byId.get(id) ?? []).map((row) => rowShown(reader, row, beside.get(row.id))),
    nextCursor: found.length > search.limit ? (page.at(-1)?.place ?? null) : null,
  };
}

/** Of which state orders of a list are. */
const statesOf: Record<OrderList, readonly WorkOrderState[]> = {
  todo: ['open'],
  asked: ['open'],
  doing: ['open', 'suspended'],
  done: ['closed', 'void', 'merged'],
  urged: ['open'],
  copied: workOrderState.values,
  drafts: ['draft'],
  all: workOrderState.values.filter((state) => state !== 'draft'),
};
const statesIn = ({ list, states }: OrderSearch): readonly WorkOrderState[] =>
  states?.length ? statesOf[list].filter((state) => states.includes(state)) : statesOf[list];

/** Lists of millions are searched for; null: the list is short, or something is asked that has an index of its own. */
function searched({ actor }: ListReader, search: OrderSearch): OrdersWanted | null {
  const { list, from, to, cursor, text, kinds, sources, urgencies, categoryId, unitId, atUnitId, registeredBy } =
    search;
  const isExact = search.orderNumber || search.number || search.taxNumber || search.due || search.node;
  if (isExact || (list !== 'all' && list !== 'done')) return null;
  const given = <T>(values: readonly T[] | undefined) => (values?.length ? values : undefined);
  const one = (id: string | undefined) => (id === undefined ? undefined : [id]);
  const choices = {
    ...{ kind: given(kinds), source: given(sources), urgency: given(urgencies), category: one(categoryId) },
    ...{ owner: one(unitId), at: one(atUnitId), registrar: one(registeredBy) },
    ...{ state: list === 'all' ? given(search.states) : statesIn(search) },
    ...(list === 'done' ? { worker: [actor.id] } : {}),
  };
  return { words: text, from, to, cursor, choices };
}

/** In a scope with fewer open orders, deadlines are looked for among these; with more, some of the newest soon turn up. */
const FEW = 300;

/** All open orders in reach, where they are few; null: they aren't. */
async function fewOpen(reader: ListReader): Promise<string[] | null> {
  const open = await findOrders(reader.db, { choices: { state: ['open'] } }, FEW);
  return open.length < FEW ? open : null;
}

async function listed(reader: ListReader, search: OrderSearch): Promise<{ id: string; place: string }[]> {
  const { list, limit } = search;
  const own = list === 'all' ? null : ownOrders(list, reader.actor);
  const among = list === 'all' && search.due ? await fewOpen(reader) : null;
  const where = sql.join(
    [...conditions(reader, search), ...(among ? [sql`w.id = any(${among}::uuid[])`] : [])],
    sql` and `,
  );
  const { rows } = await sql<{
    id: string;
    place: string;
  }>`select w.id, ${list === 'todo' ? sql`${firstDue} || '~' || w.id` : sql`w.id`} as place
    from ${own ? sql`${own} own join work_orders w on w.id = own.id` : sql`work_orders w`} where ${where}
    order by ${list === 'todo' ? sql`${firstDue}, w.id` : sql`w.id desc`} limit ${limit + 1}`.execute(reader.db);
  return rows;
}

/** The first deadline of the viewer's own parts, in seconds; those without one come last. */
const firstDue = sql`coalesce(extract(epoch from own.due_at), 'Infinity')`;
/** `table` has the deadline and when it is near (临期), as screens colour it: contracts/deadlines.ts. */
const isDue = (due: 'near' | 'overdue', table: string) => {
  const [at, warn] = [sql.ref(`${table}.due_at`), sql.ref(`${table}.warn_at`)];
  return due === 'overdue' ? sql`${at} < now()` : sql`${at} >= now() and ${warn} <= now()`;
};

/** Orders of a list as `own`, each once; of what waits with its first deadlines. */
const ownOrders = (list: Exclude<OrderList, 'all'>, actor: Actor): RawBuilder<unknown> =>
  sql`own_orders(${list}, ${(list === 'asked' ? decidesFor(actor) : actor.unitIds) as string[]}::uuid[])`;

function conditions({ vault, scope }: ListReader, search: OrderSearch): RawBuilder<unknown>[] {
  const list: RawBuilder<unknown>[] = [sql`w.state = any(${statesIn(search) as string[]})`];
  const add = (condition: RawBuilder<unknown>) => void list.push(condition);
  if (search.list === 'all')
    add(sql`(w.unit_id in (${reachableUnits({ scope })}) or w.place_ids && array(${reachableUnits({ scope })}))`);
  const [, lastDue, lastId] = /^(Infinity|\d+(?:\.\d+)?)~([0-9a-f-]{36})$/.exec(search.cursor ?? '') ?? [];
  if (search.list !== 'todo' && search.cursor) add(sql`w.id::text < ${search.cursor}`);
  else if (lastDue && lastId) add(sql`(${firstDue}, w.id) > (${lastDue}::numeric, ${lastId}::uuid)`);
  if (search.from) add(sql`w.id >= ${firstIdAt(search.from)}::uuid`);
  if (search.to) add(sql`w.id < ${firstIdAt(search.to)}::uuid`);
  if (search.unitId) add(sql`w.unit_id in (${reachableWithin({ scope }, search.unitId)})`);
  if (search.atUnitId)
    add(sql`exists (select from work_order_tasks t where t.order_id = w.id and t.done_at is null
      and t.unit_id in (${reachableWithin({ scope }, search.atUnitId)}))`);
  if (search.kinds?.length) add(sql`w.kind = any(${search.kinds as string[]})`);
  if (search.sources?.length) add(sql`w.source = any(${search.sources as string[]})`);
  if (search.urgencies?.length) add(sql`w.urgency = any(${search.urgencies as string[]})`);
  if (search.categoryId)
    add(sql`w.category_id in (with recursive below as (select id from categories where id = ${search.categoryId}
      union select c.id from categories c join below on c.parent_id = below.id) select id from below)`);
  if (search.node)
    add(sql`exists (select from work_order_tasks t where t.order_id = w.id and t.done_at is null
      and t.node = ${search.node})`);
  if (search.due && search.list === 'todo') add(isDue(search.due, 'own'));
  else if (search.due) add(sql`w.state = 'open' and ${isDue(search.due, 'w')}`);
  if (search.registeredBy) add(sql`w.registered_by = ${search.registeredBy}`);
  if (search.orderNumber) add(sql`w.number = ${search.orderNumber.toUpperCase()}`);
  if (search.taxNumber)
    add(sql`w.tax_index = any(${vault.indexes('tax_number', search.taxNumber.toUpperCase())}::bytea[])`);
  if (search.number?.length === 4) add(sql`w.caller_tail = any(${vault.tails('number', search.number)}::bytea[])`);
  else if (search.number) add(sql`w.caller_index = any(${vault.indexes('number', search.number)}::bytea[])`);
  if (search.text) add(saying(search.text));
  return list;
}

/** As they are searched for: each word anywhere in the texts, however it is written. */
function saying(words: string): RawBuilder<boolean> {
  const text = wanted(words);
  if (!text) return sql<boolean>`false`;
  const texts = joinedColumns(['w.title', 'w.content', 'w.answer']);
  return sql<boolean>`(select bool_and(strpos(texts, part) > 0) from (select ${texts} as texts) said, unnest(${text.parts}::text[]) part)`;
}

/** Of a list's own orders; some may not be in the state that the list shows. */
const COUNTED = 2 * ORDER_COUNT_LIMIT;

/** None above the limit; of what waits, `near` and `overdue` are by the same deadline as the list. */
export async function countOrders({ db, actor }: ListReader) {
  const lists = ['todo', 'asked', 'doing', 'urged', 'drafts'] as const;
  const own = lists.map(
    (list) => sql`(select ${sql.lit(list)} as list, * from ${ownOrders(list, actor)} limit ${COUNTED})`,
  );
  const shown = lists.map((list) => sql`own.list = ${sql.lit(list)} and w.state = any(${statesOf[list] as string[]})`);
  const counted = (rows: RawBuilder<unknown>) => sql`least(count(*) filter (where ${rows}), ${ORDER_COUNT_LIMIT})::int`;
  const ofList = (list: (typeof lists)[number]) => counted(sql`list = ${sql.lit(list)}`);
  const ofTodo = (due: 'near' | 'overdue') => counted(sql`list = 'todo' and ${isDue(due, 'shown')}`);
  const { rows } = await sql<
    Record<'todo' | 'asked' | 'doing' | 'urged' | 'copied' | 'drafts' | 'near' | 'overdue', number>
  >`select ${ofList('todo')} as todo, ${ofList('asked')} as asked, ${ofList('doing')} as doing, ${ofList('urged')} as urged, ${ofList('drafts')} as drafts,
      (select count(*)::int from (select from work_order_copies k where k.person_id = ${actor.id} and k.read_at is null
        limit ${ORDER_COUNT_LIMIT}) unread) as copied,
      ${ofTodo('near')} as near, ${ofTodo('overdue')} as overdue
    from (select own.list, own.due_at, own.warn_at from (${sql.join(own, sql` union all `)}) own
      join work_orders w on w.id = own.id where ${sql.join(
        shown.map((one) => sql`(${one})`),
        sql` or `,
      )}) shown`.execute(db);
  const [counts] = rows;
  if (!counts) throw new Error('counting orders gave no row');
  return counts;
}
