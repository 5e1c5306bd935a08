import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceOf, type FlowDifference } from './difference.ts';
import type { FlowDocument } from './graph.ts';
import { nodeTypes } from './registry.ts';
import { END, FLOW, QUEUE } from './testing.ts';

const difference = (before: FlowDocument, after: FlowDocument) => differenceOf(before, after, nodeTypes);
const isSame = ({ start, nodes, added, removed }: FlowDifference): boolean =>
  start === null && nodes.length + added.length + removed.length === 0;
const menu = (items: { key: string; label: string }[], config: object = {}): FlowDocument['nodes'][string] => ({
  type: 'menu',
  title: '主菜单',
  config: { text: '请选择', items, ...config },
  next: Object.fromEntries([...items.map(({ key }) => [`key_${key}`, 'end']), ['exhausted', 'end']]),
});
const flowOf = (nodes: FlowDocument['nodes']): FlowDocument => ({ start: 'menu', nodes: { ...nodes, end: END } });
const one = [{ key: '1', label: '咨询' }];

describe('a difference', () => {
  it('tells fields in the words of the form', () => {
    const before = flowOf({ menu: menu(one) });
    const after = flowOf({ menu: menu([{ key: '1', label: '人工' }], { timeoutSeconds: 8, repeatKey: '9' }) });
    expect(difference(before, after).nodes).toEqual([
      {
        ...{ node: 'menu', title: '主菜单', how: 'changed' },
        fields: [
          { field: 'config.items.0.label', label: '按键第 1 行名称', before: '咨询', after: '人工' },
          { field: 'config.repeatKey', label: '重听键', before: null, after: '9' },
          { field: 'config.timeoutSeconds', label: '等待按键', before: '5 秒', after: '8 秒' },
        ],
      },
    ]);
  });

  it('tells nodes and connections that came and went', () => {
    const queue = { type: 'queue', config: { queueId: QUEUE }, next: { served: 'end', timeout: 'end' } };
    const first = menu(one);
    const before = flowOf({ menu: first });
    const after = flowOf({ menu: { ...first, next: { ...first.next, key_1: 'queue' } }, queue });
    expect(difference(before, after)).toEqual({
      start: null,
      nodes: [{ node: 'queue', title: '排队', how: 'added', fields: [] }],
      added: [
        { node: 'menu', port: 'key_1', label: '1 咨询', target: 'queue' },
        { node: 'queue', port: 'served', label: '通话结束', target: 'end' },
        { node: 'queue', port: 'timeout', label: '等待超时', target: 'end' },
      ],
      removed: [{ node: 'menu', port: 'key_1', label: '1 咨询', target: 'end' }],
    });
  });

  it('tells things outside by their names, and one unknown thing from another', () => {
    const to = (queueId: string) => flowOf({ menu: { type: 'queue', config: { queueId }, next: {} } });
    const names = differenceOf(to(QUEUE), to(FLOW), nodeTypes, (_, id) => (id === QUEUE ? '税务咨询' : undefined));
    expect(names.nodes[0]?.fields).toMatchObject([{ before: '税务咨询', after: '已停用或不存在' }]);
    expect(difference(to(QUEUE), to(FLOW)).nodes).toHaveLength(1);
  });

  it('is none for what is drawn elsewhere, or says what holds anyway', () => {
    const before = flowOf({ menu: menu(one) });
    const moved = flowOf({ menu: { ...menu(one, { attempts: 3 }), at: { x: 9, y: 9 } } });
    expect(isSame(difference(before, moved))).toBe(true);
  });

  const ids = fc.constantFrom('a', 'b', 'c');
  const anyNode = fc.record({
    type: fc.constantFrom('play', 'queue', 'menu', 'gone'),
    config: fc.oneof(fc.record({ text: fc.constantFrom('一', '二') }), fc.constant({ queueId: QUEUE }), fc.jsonValue()),
    next: fc.dictionary(fc.constantFrom('done', 'served', 'x'), ids),
  });
  const flows = fc.record({ start: ids, nodes: fc.dictionary(ids, anyNode) });

  it('of a flow to itself is none, and the way back is the way there turned round', () => {
    fc.assert(
      fc.property(flows, flows, (before, after) => {
        expect(isSame(difference(before, before))).toBe(true);
        const [there, back] = [difference(before, after), difference(after, before)];
        const how = (wanted: string, of: typeof there) => of.nodes.filter((node) => node.how === wanted).length;
        expect(how('added', there)).toBe(how('removed', back));
        expect(how('changed', there)).toBe(how('changed', back));
        expect(there.added).toHaveLength(back.removed.length);
        const types = (of: FlowDocument) => Object.entries(of.nodes).map(([id, node]) => [id, node.type, node.next]);
        if (isSame(there)) expect(new Map(types(after) as never)).toEqual(new Map(types(before) as never));
      }),
    );
  });
});
