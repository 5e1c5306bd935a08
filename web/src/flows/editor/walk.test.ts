import type { FlowDocument } from '@rexian/contracts';
import { expect, it } from 'vitest';
import { free, openExit } from './place.ts';
import { along, findNodes, inOrder } from './walk.ts';

const play = (title: string, next: Record<string, string>) => ({
  type: 'play',
  title,
  config: { text: `${title}的内容` },
  next,
  at: { x: 0, y: 0 },
});
const flow: FlowDocument = {
  start: 'welcome',
  nodes: {
    lost: play('走不到', { done: 'end' }),
    end: { type: 'hang_up', config: {}, next: {}, at: { x: 600, y: 0 } },
    welcome: play('欢迎词', { done: 'hours' }),
    hours: { type: 'hours', config: {}, next: { open: 'queue', closed: 'end' }, at: { x: 300, y: 0 } },
    queue: { type: 'queue', title: '咨询', config: { queueId: 'q1' }, next: { done: 'welcome' } },
  },
};

it('goes as a caller would, exit by exit, and last to what no caller comes by', () => {
  expect(inOrder(flow)).toEqual(['welcome', 'hours', 'queue', 'end', 'lost']);
  expect([along(flow, null, 1), along(flow, 'hours', 1), along(flow, 'hours', -1)]).toEqual([
    'welcome',
    'queue',
    'welcome',
  ]);
  expect([along(flow, 'lost', 1), along(flow, 'welcome', -1), along(flow, null, -1)]).toEqual([null, null, 'lost']);
});

it('finds by title, type, text and by what a node points to', () => {
  const names = new Map([['q1', '南宁咨询组']]);
  const find = (query: string) => findNodes(flow, query, names);
  expect(find('欢迎')).toEqual(['welcome']);
  expect(find('挂机')).toEqual(['end']);
  expect(find('的内容 不到')).toEqual(['lost']);
  expect(find('南宁')).toEqual(['queue']);
  expect(find(' ')).toEqual([]);
});

it('continues at the first exit that leads nowhere, those that may stay open last', () => {
  expect(openExit(flow, 'hours')).toBe('holiday');
  expect(openExit({ start: 'a', nodes: { a: play('', {}) } }, 'a')).toBe('done');
});

it('covers nothing with a new node', () => {
  const place = free(flow, { x: 5, y: 12 });
  expect(place).toEqual({ x: 0, y: 120 });
  expect(free(flow, { x: 2000, y: 12 })).toEqual({ x: 2000, y: 20 });
});
