import { ORDER_TEXT_MAX } from '@rexian/contracts';
import { expect, it } from 'vitest';
import { addedTo, withBasis } from './said.ts';

it('goes below what stands there, once, with what it rests on', () => {
  const text = withBasis('可以申请退还', ' 财税公告2026年第3号 ');
  expect(text).toBe('可以申请退还（依据：财税公告2026年第3号）');
  expect(withBasis('可以申请退还', '')).toBe('可以申请退还');
  expect(addedTo('', text)).toBe(text);
  expect(addedTo('已告知\n', text)).toBe(`已告知\n${text}`);
  expect(addedTo(addedTo('已告知', text), text)).toBe(`已告知\n${text}`);
});

it('is never longer than an answer may be', () => {
  expect(addedTo('好'.repeat(ORDER_TEXT_MAX - 3), '可以申请退还')).toHaveLength(ORDER_TEXT_MAX);
});
