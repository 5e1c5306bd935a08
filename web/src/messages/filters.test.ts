import type { MessageFilter } from '@rexian/contracts';
import { expect, it } from 'vitest';
import { readFilter, writeFilter } from './filters.ts';
import { nextOf } from './next.ts';

const ID = '01a20467-c038-7de9-a71e-0bb1aa897e41';

it.each<MessageFilter>([
  { states: ['draft'] },
  {},
  { states: ['void'], sources: ['voicemail'], scenes: ['closed', 'holiday'], unitId: ID, assignedTo: 'nobody' },
  { states: ['closed'], from: new Date('2026-11-01T00:00:00Z'), assignedTo: ID, number: '+8613800138000' },
])('a filter survives the address: %j', (filter) => {
  expect(readFilter(writeFilter(filter))).toEqual(filter);
});

it('begins with what waits, and leaves out what makes no sense', () => {
  expect(readFilter(new URLSearchParams())).toEqual({ states: ['draft'] });
  const nonsense = 'state=all&from=yesterday&unit=7&person=me&scene=moon&number=abc';
  expect(readFilter(new URLSearchParams(nonsense))).toEqual({});
});

it('goes on with the one below, then from the top, until none waits', () => {
  const row = (id: string, state: 'draft' | 'closed') => ({ id, state });
  const rows = [row('a', 'draft'), row('b', 'closed'), row('c', 'draft')];
  expect(nextOf(rows, 'a')).toBe('c');
  expect(nextOf(rows, 'c')).toBe('a');
  expect(nextOf(rows, 'gone')).toBe('a');
  expect(nextOf([row('a', 'draft')], 'a')).toBe(null);
});
