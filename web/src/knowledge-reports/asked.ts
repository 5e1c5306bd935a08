/** Which report is shown, of what time and of whose, in the address. */
import { knowledgeKind } from '@rexian/contracts';
import { DAY, type Dayjs, readWall, wallNow } from '../platform/beijing.ts';

export const reports = { maintenance: '维护情况', usage: '使用情况', items: '使用查询' } as const;
export type Report = keyof typeof reports;
export const groupings = { unit: '按中心', library: '按知识库', person: '按人员' } as const;
export type Grouping = keyof typeof groupings;
export const periods = { today: '今日', week: '本周', month: '本月', other: '自选' } as const;
export type Period = keyof typeof periods;

/** Longest time that is summed up, in days. */
export const LONGEST_DAYS = 366;

export interface Asked {
  report: Report;
  period: Period;
  /** Both included, `2026-11-01`. */
  from: string;
  to: string;
  by: Grouping;
  unitId?: string;
  libraryId?: string;
  kind?: 'article' | 'answer';
  search?: string;
  unused?: true;
}

const IS_DAY = /^\d{4}-\d{2}-\d{2}$/;
const ID = /^[0-9a-f-]{36}$/;
const named = <Names extends object>(names: Names, value: string | null, first: keyof Names): keyof Names =>
  value !== null && Object.hasOwn(names, value) ? (value as keyof Names) : first;

/** Parts that make no sense are left out; a time that is too long is the present month. */
export function readAsked(query: URLSearchParams, now: Dayjs = wallNow()): Asked {
  const period = named(periods, query.get('period'), 'month');
  const kind = knowledgeKind.schema.safeParse(query.get('kind')).data;
  const search = query.get('q')?.trim().slice(0, 60);
  return {
    ...{ report: named(reports, query.get('tab'), 'maintenance'), by: named(groupings, query.get('by'), 'unit') },
    ...periodOf(period, query, now),
    ...idIn(query, 'unit', 'unitId'),
    ...idIn(query, 'library', 'libraryId'),
    ...(kind && { kind }),
    ...(search && { search }),
    ...(query.get('unused') === 'yes' && { unused: true as const }),
  };
}

const idIn = (query: URLSearchParams, name: string, key: 'unitId' | 'libraryId') => {
  const id = query.get(name) ?? '';
  return ID.test(id) ? { [key]: id } : {};
};

function periodOf(period: Period, query: URLSearchParams, now: Dayjs): Pick<Asked, 'period' | 'from' | 'to'> {
  const to = now.format(DAY);
  switch (period) {
    case 'today':
      return { period, from: to, to };
    case 'week':
      // Mondays first, whatever the page's language says.
      return { period, from: now.subtract((now.day() + 6) % 7, 'day').format(DAY), to };
    case 'month':
      return { period, from: now.startOf('month').format(DAY), to };
    case 'other': {
      const chosen = { from: query.get('from') ?? '', to: query.get('to') ?? '' };
      const days = readWall(chosen.to).diff(chosen.from, 'day') + 1;
      const usable = IS_DAY.test(chosen.from) && IS_DAY.test(chosen.to) && days >= 1 && days <= LONGEST_DAYS;
      return usable ? { period, ...chosen } : periodOf('month', query, now);
    }
  }
}

export function writeAsked({ report, period, from, to, by, unitId, libraryId, kind, search, unused }: Asked) {
  const parts = {
    ...{ tab: report === 'maintenance' ? '' : report, period: period === 'month' ? '' : period },
    ...(period === 'other' ? { from, to } : {}),
    ...{ by: by === 'unit' ? '' : by, unit: unitId, library: libraryId, kind, q: search, unused: unused && 'yes' },
  };
  return new URLSearchParams(Object.entries(parts).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}
