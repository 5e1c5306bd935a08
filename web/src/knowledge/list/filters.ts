/** Tab and filter of the list in the address: they survive a reload and can be sent to a colleague. */
import { type ArticleFilter, type ArticleState, articleFilter } from '@rexian/contracts';
import { sensible } from '../../listing/sensible.ts';

export const tabs = {
  all: '全部',
  draft: '草稿',
  toReview: '待我审核',
  inReview: '审核中',
  published: '已发布',
  revising: '修订中',
  expired: '已过期',
  withdrawn: '已下架',
} as const;
export type Tab = keyof typeof tabs;
const FIRST: Tab = 'all';

/** What is in a tab; none: whatever its state. */
export const statesOf: Partial<Record<Tab, readonly ArticleState[]>> = {
  draft: ['draft'],
  inReview: ['in_review', 'revision_in_review'],
  published: ['published'],
  revising: ['revising'],
  expired: ['expired'],
  withdrawn: ['withdrawn'],
};

const texts = {
  library: 'libraryId',
  category: 'categoryId',
  tag: 'tag',
  region: 'region',
  validity: 'validity',
  unit: 'unitId',
  q: 'search',
} as const;

export interface Listed {
  tab: Tab;
  filter: ArticleFilter;
}

const isTab = (value: string | null): value is Tab => value !== null && Object.hasOwn(tabs, value);

export function readListed(query: URLSearchParams): Listed {
  const given = query.get('tab');
  const raw: { [Key in keyof ArticleFilter]?: unknown } = {};
  for (const [name, key] of Object.entries(texts)) raw[key] = query.get(name) ?? undefined;
  if (query.has('state')) raw.states = query.getAll('state');
  return { tab: isTab(given) ? given : FIRST, filter: sensible(articleFilter, raw) };
}

export function writeListed({ tab, filter }: Listed): URLSearchParams {
  const query = new URLSearchParams();
  if (tab !== FIRST) query.set('tab', tab);
  for (const [name, key] of Object.entries(texts)) if (filter[key]) query.set(name, filter[key]);
  for (const state of filter.states ?? []) query.append('state', state);
  return query;
}

/** What is asked for: a tab narrows the filter. */
export function askedOf({ tab, filter }: Listed): ArticleFilter {
  const states = statesOf[tab];
  return {
    ...filter,
    ...(states ? { states: [...states] } : {}),
    ...(tab === 'toReview' ? { toReview: true } : {}),
  };
}
