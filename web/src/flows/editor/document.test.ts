import { type FlowDocument, flowDocument } from '@rexian/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeTypes } from '../registry.ts';
import {
  addNode,
  connect,
  copyNodes,
  moveNodes,
  paste,
  readClipboard,
  removeNodes,
  setConfig,
  setStart,
  setTitle,
} from './document.ts';
import { begun, changed, undone } from './history.ts';

const play = (next: Record<string, string> = {}) => ({
  type: 'play',
  config: { text: '您好' },
  next,
  at: { x: 0, y: 0 },
});
const two: FlowDocument = { start: 'a', nodes: { a: play({ done: 'b' }), b: play() } };
const menu = (keys: string[], next: Record<string, string>): FlowDocument => ({
  start: 'm',
  nodes: { m: { type: 'menu', config: { text: '请选择', items: rows(keys) }, next }, a: play(), b: play() },
});
const rows = (keys: string[]) => keys.map((key) => ({ key: key[0], label: key.slice(1) }));
const nextOf = (document: FlowDocument) => document.nodes.m?.next;
const withKeys = (document: FlowDocument, keys: string[]) =>
  setConfig(document, 'm', { text: '请选择', items: rows(keys) });

describe('a new node', () => {
  it('is what the exit leads to', () => {
    const { document, id } = addNode(two, { type: 'hang_up', at: { x: 20, y: 0 }, after: { node: 'b', port: 'done' } });
    expect(document.nodes[id]).toEqual({ type: 'hang_up', config: {}, next: {}, at: { x: 20, y: 0 } });
    expect(document.nodes.b?.next).toEqual({ done: id });
    expect(document.nodes.a).toBe(two.nodes.a);
  });

  it('is where a flow without any begins', () => {
    const { document, id } = addNode({ start: 'none', nodes: {} }, { type: 'play', at: { x: 0, y: 0 } });
    expect(document.start).toBe(id);
  });
});

it('leaves nothing leading to what was removed', () => {
  expect(removeNodes(two, new Set(['b']))).toEqual({ start: 'a', nodes: { a: play() } });
});

it('says by the same object that nothing has changed', () => {
  for (const same of [
    connect(two, 'a', 'done', 'b'),
    connect(two, 'b', 'done', null),
    connect(two, 'b', 'done', 'nobody'),
    moveNodes(two, new Map([['a', { x: 0, y: 0 }]])),
    removeNodes(two, new Set(['nobody'])),
    setStart(two, 'a'),
    setStart(two, 'nobody'),
  ])
    expect(same).toBe(two);
});

it('takes a title away', () => {
  const titled = setTitle(two, 'a', '欢迎词');
  expect(titled.nodes.a?.title).toBe('欢迎词');
  expect(setTitle(titled, 'a', undefined)).toEqual(two);
});

describe('connections of a menu', () => {
  const connected = menu(['1咨询', '2投诉'], { key_1: 'a', key_2: 'b' });

  it('follow their row when it gets another key', () => {
    expect(nextOf(withKeys(connected, ['3咨询', '2投诉']))).toEqual({ key_3: 'a', key_2: 'b' });
  });
  it('stay when a row is called something else, or another order is heard', () => {
    expect(nextOf(withKeys(connected, ['1政策', '2投诉']))).toEqual({ key_1: 'a', key_2: 'b' });
    expect(nextOf(withKeys(connected, ['2投诉', '1咨询']))).toEqual({ key_1: 'a', key_2: 'b' });
  });
  it('go with their row', () => {
    expect(nextOf(withKeys(connected, ['2投诉']))).toEqual({ key_2: 'b' });
  });
  it('are kept while nothing can be made of the configuration', () => {
    expect(nextOf(setConfig(connected, 'm', { items: null }))).toEqual({ key_1: 'a', key_2: 'b' });
  });
});

it('lets the ways of a branch keep where they lead when they change places', () => {
  const ways = (labels: string[]) => ({ ways: labels.map((label) => ({ label, when: 'now.hour < 12' })) });
  const document: FlowDocument = {
    start: 'm',
    nodes: { m: { type: 'branch', config: ways(['甲', '乙', '丙']), next: { way_1: 'm', way_2: 'b' } }, b: play() },
  };
  expect(nextOf(setConfig(document, 'm', ways(['乙', '甲', '丙'])))).toEqual({ way_2: 'm', way_1: 'b' });
  expect(nextOf(setConfig(document, 'm', ways(['乙', '丙'])))).toEqual({ way_1: 'b' });
});

describe('the clipboard', () => {
  it('carries nodes to another flow with the connections among them', () => {
    const copied = readClipboard(JSON.stringify(copyNodes(two, new Set(['a', 'b']))));
    if (!copied) throw new Error('not read');
    const { document, ids } = paste({ start: 'x', nodes: { x: play() } }, copied, { x: 100, y: 40 });
    const [a = '', b = ''] = ids;
    expect(document.nodes[a]).toEqual({ ...play({ done: b }), at: { x: 100, y: 40 } });
    expect(document.start).toBe('x');
  });

  it('leaves out what leads elsewhere', () => {
    expect(copyNodes(two, new Set(['a'])).nodes).toEqual({ a: play() });
  });

  it.each([
    '',
    'null',
    '{"nodes":{}}',
    '{"format":"rexian-flow-nodes","nodes":{}}',
    '{"format":"rexian-flow-nodes","nodes":{"__proto__x y":1}}',
  ])('takes no %s', (text) => expect(readClipboard(text)).toBeNull());
});

const types = [...nodeTypes.keys()];
const index = fc.nat(40);
const point = fc.record({ x: fc.integer({ min: -5000, max: 5000 }), y: fc.integer({ min: -5000, max: 5000 }) });
const ports = fc.constantFrom('done', 'key_1', 'way_1', 'failed', 'otherwise');
const edit = fc.oneof(
  fc.record({
    what: fc.constant('add' as const),
    type: fc.constantFrom(...types),
    at: point,
    from: index,
    port: ports,
  }),
  fc.record({ what: fc.constant('connect' as const), from: index, port: ports, to: fc.option(index) }),
  fc.record({ what: fc.constant('remove' as const), ids: fc.array(index, { maxLength: 3 }) }),
  fc.record({ what: fc.constant('copy' as const), ids: fc.array(index, { maxLength: 4 }), at: point }),
  fc.record({ what: fc.constant('move' as const), id: index, at: point }),
  fc.record({ what: fc.constant('config' as const), id: index, config: fc.anything() }),
  fc.record({ what: fc.constant('start' as const), id: index }),
);
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

function edited(document: FlowDocument, step: Edit): FlowDocument {
  const ids = Object.keys(document.nodes);
  const id = (number: number) => ids[number % Math.max(ids.length, 1)] ?? 'nobody';
  const all = (numbers: number[]) => new Set(numbers.map(id));
  switch (step.what) {
    case 'add':
      return addNode(document, { ...step, after: { node: id(step.from), port: step.port } }).document;
    case 'connect':
      return connect(document, id(step.from), step.port, step.to === null ? null : id(step.to));
    case 'remove':
      return removeNodes(document, all(step.ids));
    case 'copy':
      return paste(document, copyNodes(document, all(step.ids)), step.at).document;
    case 'move':
      return moveNodes(document, new Map([[id(step.id), step.at]]));
    case 'config':
      return setConfig(document, id(step.id), step.config);
    case 'start':
      return setStart(document, id(step.id));
  }
}

it('makes a flow of a flow whatever is done, changes none that was there, and undo leads back', () => {
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 40 }), (steps) => {
      const before = JSON.stringify(two);
      let history = begun(two);
      for (const step of steps) {
        const next = edited(history.present, step);
        expect(flowDocument.safeParse(next).error).toBeUndefined();
        for (const { next: exits } of Object.values(next.nodes))
          for (const target of Object.values(exits)) expect(Object.keys(next.nodes)).toContain(target);
        history = changed(history, next);
      }
      while (history.past.length > 0) history = undone(history);
      expect(history.present).toBe(two);
      expect(JSON.stringify(two)).toBe(before);
    }),
  );
});
