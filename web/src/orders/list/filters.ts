/** The filter of the lists in the address: it survives a reload, is kept under a name, and can be sent to a colleague. */
import { type OrderFilter, type OrderList, orderFilter, orderList } from '@rexian/contracts';
import { sensible } from '../../listing/sensible.ts';

/** 暂存 has a page of its own, at the registration. */
export type Tab = Exclude<OrderList, 'drafts'>;
export const tabs = {
  todo: '待办',
  asked: '待审批',
  doing: '在办',
  done: '已办',
  urged: '催督办',
  copied: '抄送',
  all: '全部',
} satisfies Record<Tab, string>;
/** Whose orders are all open: nobody has to be told their state. */
export const allOpen: readonly Tab[] = ['todo', 'asked', 'urged'];
const FIRST: Tab = 'todo';

const texts = {
  unit: 'unitId',
  at: 'atUnitId',
  node: 'node',
  category: 'categoryId',
  due: 'due',
  number: 'number',
  order: 'orderNumber',
  tax: 'taxNumber',
  by: 'registeredBy',
  q: 'text',
} as const;
const lists = { state: 'states', kind: 'kinds', source: 'sources', urgency: 'urgencies' } as const;
const times = ['from', 'to'] as const;

export interface Listed {
  tab: Tab;
  filter: OrderFilter;
}

export function readListed(query: URLSearchParams): Listed {
  const tab = orderList.exclude(['drafts']).safeParse(query.get('tab')).data ?? FIRST;
  const raw: { [Key in keyof OrderFilter]?: unknown } = {};
  for (const [name, key] of Object.entries(texts)) raw[key] = query.get(name) ?? undefined;
  for (const [name, key] of Object.entries(lists)) raw[key] = query.has(name) ? query.getAll(name) : undefined;
  for (const name of times) raw[name] = query.has(name) ? new Date(query.get(name) ?? '') : undefined;
  return { tab, filter: sensible(orderFilter, raw) };
}

export function writeListed({ tab, filter }: Listed): URLSearchParams {
  const query = new URLSearchParams();
  if (tab !== FIRST) query.set('tab', tab);
  for (const name of times) if (filter[name]) query.set(name, filter[name].toISOString());
  for (const [name, key] of Object.entries(texts)) if (filter[key]) query.set(name, filter[key]);
  for (const [name, key] of Object.entries(lists)) for (const value of filter[key] ?? []) query.append(name, value);
  return query;
}
