import type { FlowOptions } from '@rexian/contracts';
import { expect, it } from 'vitest';
import { findingsOf } from './findings.ts';
import { knownOf } from './known.ts';

const unit = { id: 'u', name: '南宁', path: 'gx.nn' };
const options: FlowOptions = {
  queues: [{ id: 'q', name: '咨询', unit }],
  people: [],
  accessCodes: [],
  flows: [{ id: 'other', name: '夜间', unit, goesInto: ['self'] }],
  prompts: [{ id: 'p', name: '欢迎词', text: '您好', recorded: false, unit }],
};
const end = { type: 'hang_up', config: {}, next: {} };
const play = (text: string) => ({ type: 'play', config: { text }, next: { done: 'end' } });

it('marks nodes by what is worst, with one object for the same mark', () => {
  const nodes = { a: play('{{没有}}'), b: play('{{欢迎词}}'), c: play('{{也没有}}'), end };
  const { faults, warnings, byNode, nodeMarks } = findingsOf({ start: 'a', nodes }, knownOf(options, 'self'));
  expect(faults.map(({ node, message }) => `${node} ${message}`)).toEqual([
    'a 播放内容：语音库中没有“没有”',
    'c 播放内容：语音库中没有“也没有”',
  ]);
  expect(warnings.map(({ node }) => node)).toEqual(['b', 'c']);
  expect(byNode.get('c')?.map(({ tone }) => tone)).toEqual(['fault', 'warning']);
  expect(Object.fromEntries(nodeMarks)).toEqual({
    a: { tone: 'fault', badge: '1 处错误' },
    b: { tone: 'warning', badge: '1 处提醒' },
    c: { tone: 'fault', badge: '1 处错误' },
  });
  expect(nodeMarks.get('a')).toBe(nodeMarks.get('c'));
});

it('keeps what is wrong as it was', () => {
  const known = knownOf(options, 'self');
  const before = findingsOf({ start: 'a', nodes: { a: play('{{没有}}'), end } }, known);
  const typed = { a: { ...play('{{没有}}'), title: '欢迎' }, end };
  expect(findingsOf({ start: 'a', nodes: typed }, known, before)).toBe(before);
  const more = findingsOf({ start: 'a', nodes: { ...typed, b: play('您好') } }, known, before);
  expect(more.byNode.get('a')).toBe(before.byNode.get('a'));
  expect(more.warnings).not.toEqual(before.warnings);
});

it('tells of sub-flows that come back here, and of nothing outside while that isn’t known', () => {
  const id = '019a0000-0000-7000-8000-000000000001';
  const here = { ...options, flows: [{ id, name: '夜间', unit, goesInto: ['self'] }] };
  const nodes = { a: { type: 'sub_flow', config: { flowId: id }, next: { done: 'end' } }, end };
  const messages = (known: ReturnType<typeof knownOf> | null) =>
    findingsOf({ start: 'a', nodes }, known).faults.map(({ message }) => message);
  expect(messages(null)).toEqual([]);
  expect(messages(knownOf(here, 'self'))).toEqual(['子流程又会回到本流程，形成循环调用']);
  expect(messages(knownOf(options, 'self'))).toEqual(['流程不存在或已停用']);
});
