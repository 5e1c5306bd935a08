import type { SmsFilter } from '@rexian/contracts';
import { expect, it } from 'vitest';
import { readFilter, writeFilter } from './filters.ts';

const ID = '01a20467-c038-7de9-a71e-0bb1aa897e41';

it.each<SmsFilter>([
  {},
  { states: ['failed', 'expired'], unitId: ID, number: '5678' },
  { from: new Date('2026-11-01T00:00:00Z'), to: new Date('2026-11-02T00:00:00Z'), number: '+8613800138000' },
])('a filter survives the address: %j', (filter) => {
  expect(readFilter(writeFilter(filter))).toEqual(filter);
});

it('leaves out what makes no sense', () => {
  expect(readFilter(new URLSearchParams('state=all&from=yesterday&unit=7&number=abc'))).toEqual({});
});
