import type { Notice } from '@rexian/contracts';
import { expect, it } from 'vitest';
import { cameSince } from './cameSince.ts';

const unread = (...ids: string[]) => ids.map((id) => ({ id })) as Notice[];
const told = (seen: string | null, ...ids: string[]) => {
  const came = cameSince(seen, unread(...ids));
  return [came.newest, came.told.map(({ id }) => id).join(''), came.more];
};

it('tells what is new to the page, oldest first, and of many that there are more', () => {
  expect(told(null, 'c', 'b')).toEqual(['c', '', false]);
  expect(told(null)).toEqual(['', '', false]);
  expect(told('', 'a')).toEqual(['a', 'a', false]);
  expect(told('b', 'd', 'c', 'b')).toEqual(['d', 'cd', false]);
  expect(told('a', 'e', 'd', 'c', 'b')).toEqual(['e', 'cde', true]);
  // Read elsewhere: what is left is nothing new.
  expect(told('d', 'b')).toEqual(['d', '', false]);
});
