import { levelOf } from '@rexian/contracts';
import { expect, it } from 'vitest';
import { dueOfRow, remaining, span } from './deadline.ts';

const now = Date.parse('2026-11-23T08:00:00Z');
const inHours = (hours: number) => new Date(now + hours * 3_600_000);

it('what is left is said in the unit that says enough', () => {
  expect(remaining(inHours(3.5), now)).toBe('剩 3 小时');
  expect(remaining(inHours(-50), now)).toBe('超 2 天');
  expect(remaining(inHours(47.9), now)).toBe('剩 47 小时');
  expect(span(59 * 60_000)).toBe('59 分钟');
  expect(span(0)).toBe('不到 1 分钟');
});

it('is near from when most of its time is gone, however much is left', () => {
  const level = (due: number, warn: number | null) =>
    levelOf({ at: inHours(due), warnAt: warn === null ? null : inHours(warn) }, now);
  expect([level(5, 1), level(60, 0), level(0, -1), level(-0.1, -1), level(5, null)]).toEqual([
    ...['normal', 'near', 'near', 'overdue', 'normal'],
  ]);
});

it('the viewer’s own part comes before the order, signing before handling', () => {
  const task = {
    ...{ id: '', title: '', state: 'waiting' as const, kind: 'lead' as const, unit: { id: '', name: '', path: 'a' } },
    ...{ person: null, dueAt: inHours(10), warnAt: inHours(8), signDueAt: inHours(2), mine: true },
  };
  const row = { tasks: [task], dueAt: inHours(1), warnAt: inHours(-1), state: 'open' as const };
  expect(dueOfRow(row)).toEqual({ at: inHours(2), warnAt: inHours(8), what: '签收' });
  const later = { ...task, dueAt: inHours(40), warnAt: inHours(-2), signDueAt: null };
  expect(dueOfRow({ ...row, tasks: [task, later] })).toEqual({ at: inHours(2), warnAt: inHours(-2), what: '签收' });
  expect(dueOfRow({ ...row, tasks: [{ ...task, mine: false }] })).toEqual({
    ...{ at: inHours(1), warnAt: inHours(-1), what: '办理' },
  });
  expect(dueOfRow({ ...row, state: 'closed' })).toBe(null);
});
