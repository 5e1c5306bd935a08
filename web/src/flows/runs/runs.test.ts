import type { FlowDocument, FlowPath, FlowStatistics, PathStep } from '@rexian/contracts';
import { describe, expect, it } from 'vitest';
import { dropOutRate, heatMarks } from './heat.ts';
import { drawnExit, exitLabel, indexOfFlow, marksOf } from './way.ts';

const SUB = '018f0000-0000-7000-8000-000000000003';
const document: FlowDocument = {
  start: 'menu',
  nodes: {
    menu: {
      type: 'menu',
      config: { text: '请按键', items: [{ key: '1', label: '咨询' }] },
      next: { key_1: 'in', exhausted: 'end' },
    },
    in: { type: 'sub_flow', config: { flowId: SUB }, next: { done: 'end' } },
    end: { type: 'hang_up', config: {}, next: {} },
  },
};
const at = new Date('2026-11-22T08:00:00Z');
const step = (flow: number | null, node: string, exit: string | null, faults: PathStep['faults'] = []): PathStep => ({
  ...{ at, flow, node, exit, faults, title: node, nodeType: 'x', ms: 1_000, keys: [], resumed: false },
});
const path: FlowPath = {
  flows: [
    { id: 'a', version: 1, name: '主', document },
    { id: SUB, version: 1, name: '子', document: null },
  ],
  steps: [step(0, 'menu', 'key_1'), step(0, 'in', 'done'), step(1, 'ask', null), step(0, 'end', null)],
  end: { at, reason: 'flow_ended', by: 'system' },
  test: false,
};
const tones = (marked: FlowPath, steps?: number) =>
  Object.fromEntries([...marksOf(marked, 0, document, steps).nodes].map(([node, { tone }]) => [node, tone]));

describe('the way of a call', () => {
  it('is lit step by step, with the exits that were taken', () => {
    expect(tones(path, 1)).toEqual({ menu: 'active' });
    expect([...(marksOf(path, 0, document, 1).edges ?? [])]).toEqual([]);
    const two = marksOf(path, 0, document, 2);
    expect([...(two.edges ?? [])]).toEqual([['menu/key_1', { tone: 'passed' }]]);
    expect(tones(path)).toEqual({ menu: 'passed', in: 'passed', end: 'passed' });
    expect(marksOf(path, 0, document).nodes.get('end')?.badge).toBe('4');
    expect([...(marksOf(path, 0, document).edges?.keys() ?? [])]).toEqual(['menu/key_1', 'in/done']);
  });

  it('keeps the node lit that went into another flow', () => {
    const inside = { ...path, steps: [step(0, 'menu', 'key_1'), step(0, 'in', null), step(1, 'ask', null)], end: null };
    expect(tones(inside)).toEqual({ menu: 'passed', in: 'active' });
  });

  it('tells faults, and where the caller hung up', () => {
    const left: FlowPath = {
      ...path,
      steps: [step(0, 'menu', null)],
      end: { at, reason: 'abandoned_in_flow', by: 'caller' },
    };
    expect(tones(left)).toEqual({ menu: 'fault' });
    const faulty = { ...path, steps: [step(0, 'menu', 'exhausted', [{ at, reason: '' }]), step(0, 'end', null)] };
    expect(tones(faulty)).toEqual({ menu: 'fault', end: 'passed' });
  });

  it('numbers visits, and counts many', () => {
    const again = { ...path, steps: Array.from({ length: 5 }, () => step(0, 'menu', null)) };
    expect(marksOf(again, 0, document, 2).nodes.get('menu')?.badge).toBe('1·2');
    expect(marksOf(again, 0, document).nodes.get('menu')?.badge).toBe('5 次');
  });

  it('takes the exit that is connected for one that is not', () => {
    expect(drawnExit(document, 'menu', 'timeout')).toBe('exhausted');
    expect(drawnExit(document, 'menu', 'key_9')).toBeUndefined();
    expect(drawnExit(document, 'gone', 'done')).toBeUndefined();
    expect(exitLabel(document.nodes.menu, 'key_1')).toBe('1 咨询');
    expect(exitLabel(undefined, 'done')).toBe('done');
    expect([indexOfFlow(path, SUB), indexOfFlow(path, 'b')]).toEqual([1, null]);
  });
});

describe('figures laid over a flow', () => {
  const node = { title: '', nodeType: '', totalMs: 0, faults: 0 };
  const figures: FlowStatistics = {
    calls: 10,
    versions: [],
    nodes: [
      {
        ...{ ...node, node: 'menu', entries: 10, dropOuts: 1, meanMs: 4_000 },
        exits: [
          { exit: 'key_1', count: 5 },
          { exit: 'exhausted', count: 1 },
          { exit: 'timeout', count: 2 },
        ],
      },
      { ...node, node: 'in', entries: 5, dropOuts: 2, meanMs: 1_000, exits: [] },
      { ...node, node: 'none', entries: 0, dropOuts: 0, meanMs: 0, exits: [] },
    ],
  };

  it('are hot in proportion to the hottest', () => {
    const heats = (measure: 'entries' | 'dropOuts' | 'time') =>
      [...heatMarks(figures, document, measure).nodes.values()].map(({ heat, badge }) => [heat, badge]);
    expect(heats('entries')).toEqual([
      [1, '10'],
      [0.5, '5'],
      [0, '0'],
    ]);
    expect(heats('dropOuts')).toEqual([
      [0.25, '10.0%'],
      [1, '40.0%'],
      [0, '—'],
    ]);
    expect(heats('time')).toEqual([
      [1, '00:04'],
      [0.25, '00:01'],
      [0, '00:00'],
    ]);
    expect(dropOutRate({ ...node, node: 'x', entries: 1, dropOuts: 3, meanMs: 0, exits: [] })).toBe(1);
  });

  it('count exits where they lead', () => {
    expect([...(heatMarks(figures, document, 'entries').edges ?? [])]).toEqual([
      ['menu/key_1', { tone: 'passed', badge: '5' }],
      ['menu/exhausted', { tone: 'passed', badge: '3' }],
    ]);
  });

  it('of a flow that nobody called are none', () => {
    const none = heatMarks({ calls: 0, versions: [], nodes: [] }, document, 'time');
    expect([none.nodes.size, none.edges?.size]).toEqual([0, 0]);
  });
});
