/** What is asked in `bench tickets`, by whom, and the right answers, found by the owner by looking at every order. */
import type { WorkOrderDesk } from '@rexian/contracts';
import { UnitTree } from '@rexian/server/centres/tree.ts';
import type { Db } from '@rexian/server/platform/db.ts';
import { firstIdAt } from '@rexian/server/platform/ids.ts';
import type { RowScope, Store } from '@rexian/server/platform/store.ts';
import type { Vault } from '@rexian/server/platform/vault.ts';
import type { OrderSearch } from '@rexian/server/work-orders/reading/lists.ts';
import type { ListReader } from '@rexian/server/work-orders/reading/rows.ts';
import { type RawBuilder, sql } from 'kysely';
import { EMPTY } from './tickets-data.ts';

const PAGE = 20;

export interface TicketUser {
  name: string;
  path: string;
  unitId: string;
  personId: string;
  /** Ids of the units in reach. */
  reach: string[];
  desks: WorkOrderDesk[];
  reader: ListReader;
}

/** Of the province, its largest and its smallest city, a district, one where nothing happened; each is whoever has handled most there. */
export async function ticketUsers(store: Store, vault: Vault): Promise<TicketUser[]> {
  const { system } = store;
  const units = await system.selectFrom('units').select(['id', 'path', 'name', 'kind', 'active']).execute();
  const tree = new UnitTree(units);
  const users: TicketUser[] = [];
  for (const [name, path, desks] of [
    ['province', 'gx', []],
    ['city', 'gx.c01', ['complaint', 'report']],
    ['small city', 'gx.c14', []],
    ['district', 'gx.c01.d01', []],
    ['empty', EMPTY, []],
  ] as const satisfies [string, string, WorkOrderDesk[]][]) {
    const unit = tree.at(path);
    if (!unit) throw new Error(`no unit ${path}`);
    const { rows } = await sql<{
      id: string;
      name: string;
    }>`select p.id, p.name from people p where p.unit_id = ${unit.id}
      order by (select count(*) from work_order_tasks t where t.done_by = p.id and t.done_at is not null) desc limit 1`.execute(
      system,
    );
    const person = rows[0] ?? { id: '', name: '' };
    const scope: RowScope = {
      ...{ patterns: [`${path}.*`], everything: path === 'gx', home: path, personId: person.id, desks },
    };
    const actor = { ...person, unit, permissions: [], desks, unitIds: [unit.id], tree };
    const reader = { db: store.scoped(scope), all: system, vault, scope, actor };
    const reach = tree.subtree(unit).map(({ id }) => id);
    users.push({ name, path, unitId: unit.id, personId: person.id, reach, desks: [...desks], reader });
  }
  return users;
}

/** Words to look for, by how often they come. */
export interface Words {
  kind: 'common' | 'seasonal' | 'rare' | 'absent';
  words: string;
}

const FIXED: Words[] = [
  ...['发票', '社保', '退税', '契税'].map((words): Words => ({ kind: 'common', words })),
  ...['社保缴费', '个人所得', '纳税申报'].map((words): Words => ({ kind: 'common', words })),
  ...['城乡居民养老保险', '一直显示审核中', '灵活就业人员业务'].map((words): Words => ({ kind: 'common', words })),
  // Asked from March to June alone.
  ...['算清', '汇算清缴', '所得年度汇算清缴'].map((words): Words => ({ kind: 'seasonal', words })),
  // Of no text though all their pairs are common; of no text at all.
  ...['税契', '甪甪', '社保发票', '得税专用', '龘靐齉爩', '个人所得税专用发', '增值税社保费发票'].map(
    (words): Words => ({ kind: 'absent', words }),
  ),
];

/** With words of 2, 4 and 8 characters out of orders drawn by chance: parts of names, streets, sums. */
export async function wordsOf(owner: Db, seed: number): Promise<Words[]> {
  const { rows } = await sql<{ street: string; content: string }>`
    select substring(content from '市(.{2})路') as street, content from work_orders tablesample system (1) repeatable (${sql.lit(seed)})
    where confidential is null limit 6`.execute(owner);
  const parts = rows.flatMap(({ street, content }) => {
    const at = content.indexOf(street);
    return [street, content.slice(at - 2, at + 2), content.slice(at - 2, at + 6)];
  });
  return [...FIXED, ...parts.map((words): Words => ({ kind: 'rare', words }))];
}

const everything = { list: 'all', limit: PAGE } as const;

/** The same words, with what may be asked together with them. */
export function textSearches(words: readonly Words[], now: Date, categoryId: string): OrderSearch[] {
  const day = (ago: number) => new Date(now.getTime() - ago * 86_400_000);
  const combined: Partial<OrderSearch>[] = [
    {},
    { from: day(300), to: day(210) },
    { from: day(30) },
    { states: ['open'] },
    { kinds: ['inquiry'], states: ['closed'] },
    { categoryId },
  ];
  return words.flatMap(({ words: text }) => combined.map((together) => ({ ...everything, text, ...together })));
}

export function listSearches(now: Date, categories: readonly string[]): OrderSearch[] {
  const day = (ago: number) => new Date(now.getTime() - ago * 86_400_000);
  const lists: Partial<OrderSearch>[] = [
    {},
    { states: ['open'] },
    { states: ['closed'] },
    { states: ['open'], kinds: ['inquiry', 'suggestion'] },
    { states: ['void', 'merged'] },
    { categoryId: categories[0] },
    { categoryId: categories[149] },
    { categoryId: categories[150], states: ['open'] },
    { categoryId: categories[89], states: ['closed'], from: day(400), to: day(300) },
    { from: day(500), to: day(499) },
    { kinds: ['message'], to: day(600) },
    { kinds: ['consultation', 'inquiry'], states: ['closed'], from: day(60) },
    { due: 'near' },
    { due: 'overdue' },
  ];
  return lists.map((asked) => ({ ...everything, ...asked }));
}

/** Past every index, function and policy that is measured. */
export async function rightAnswer(owner: Db, user: TicketUser, asked: OrderSearch): Promise<string[]> {
  const { personId, reach, desks } = user;
  const part = sql`(exists (select from work_order_tasks t where t.order_id = w.id and t.person_id = ${personId})
    or exists (select from work_order_copies c where c.order_id = w.id and c.person_id = ${personId}))`;
  const where: RawBuilder<unknown>[] = [
    sql`w.state <> 'draft'`,
    sql`(w.unit_id = any(${reach}::uuid[]) or w.place_ids && ${reach}::uuid[] or ${part})`,
    sql`(w.confidential is null or w.confidential = any(${desks}::text[]) or w.registered_by = ${personId} or ${part})`,
  ];
  if (asked.text) where.push(sql`position(${asked.text} in concat_ws(chr(10), w.title, w.content, w.answer)) > 0`);
  if (asked.states) where.push(sql`w.state = any(${asked.states as string[]})`);
  if (asked.kinds) where.push(sql`w.kind = any(${asked.kinds as string[]})`);
  if (asked.categoryId) where.push(sql`w.category_id = ${asked.categoryId}`);
  if (asked.due === 'near') where.push(sql`w.state = 'open' and w.due_at >= now() and w.warn_at <= now()`);
  if (asked.due === 'overdue') where.push(sql`w.state = 'open' and w.due_at < now()`);
  if (asked.from) where.push(sql`w.id >= ${firstIdAt(asked.from)}::uuid`);
  if (asked.to) where.push(sql`w.id < ${firstIdAt(asked.to)}::uuid`);
  const { rows } = await sql<{ id: string }>`select w.id from work_orders w where ${sql.join(where, sql` and `)}
    order by w.id desc limit ${PAGE}`.execute(owner);
  return rows.map(({ id }) => id);
}
