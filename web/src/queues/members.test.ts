import { expect, it } from 'vitest';
import { type Member, matches, memberOf, weighted, without } from './members.ts';

const agent = (id: string, name: string, agentNumber: string) => ({
  person: { id, name, agentNumber },
  unit: { id: 'u', name: '南宁', path: 'gx.nanning' },
  state: null,
});
const members: Member[] = [
  { ...agent('a', '韦晓兰', '1001'), weight: 80 },
  { ...agent('b', '黄志强', '1002'), weight: 50 },
];

it('finds by part of the name or the beginning of the number', () => {
  expect(members.filter((each) => matches(each, ' 晓 '))).toEqual([members[0]]);
  expect(members.filter((each) => matches(each, '100'))).toEqual(members);
  expect(members.filter((each) => matches(each, '02'))).toEqual([]);
});

it('weighs and removes those who are marked, and nobody else', () => {
  expect(weighted(members, new Set(['b']), 10).map(({ weight }) => weight)).toEqual([80, 10]);
  expect(without(members, new Set(['a']))).toEqual([members[1]]);
});

it('takes the weight of its own queue', () => {
  const serves = {
    ...agent('a', '韦晓兰', '1001'),
    queues: [
      { queueId: 'x', weight: 7 },
      { queueId: 'y', weight: 9 },
    ],
  };
  expect(memberOf(serves, 'y').weight).toBe(9);
});
