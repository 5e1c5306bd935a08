import { differenceOf } from '@rexian/flows/difference.ts';
import { expect, it } from 'vitest';
import { nodeTypes } from '../registry.ts';
import { marksOf } from './marksOf.ts';

const play = (text: string, done: string) => ({ type: 'play', config: { text }, next: { done } });
const end = { type: 'hang_up', config: {}, next: {} };

it('marks each side with what is to be seen there', () => {
  const before = { start: 'a', nodes: { a: play('一', 'b'), b: play('二', 'end'), end } };
  const after = { start: 'a', nodes: { a: play('甲', 'c'), c: play('三', 'end'), end } };
  const marks = marksOf(differenceOf(before, after, nodeTypes));
  expect(Object.fromEntries(marks.before.nodes)).toEqual({ a: { tone: 'changed' }, b: { tone: 'removed' } });
  expect(Object.fromEntries(marks.after.nodes)).toEqual({ a: { tone: 'changed' }, c: { tone: 'added' } });
  expect(Object.fromEntries(marks.before.edges ?? [])).toEqual({
    'a/done': { tone: 'removed' },
    'b/done': { tone: 'removed' },
  });
  expect([...(marks.after.edges?.keys() ?? [])]).toEqual(['a/done', 'c/done']);
});
