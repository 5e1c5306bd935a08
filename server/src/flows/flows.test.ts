import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FlowDocument, flowTexts, readGraph } from './graph.ts';
import type { FlowHost } from './host.ts';
import { runFlow } from './interpreter.ts';

const QUEUE = '018f0000-0000-7000-8000-000000000001';
const document: FlowDocument = {
  start: 'welcome',
  nodes: {
    welcome: { type: 'play', config: { text: '您好' }, next: { done: 'menu' } },
    menu: {
      type: 'menu',
      config: { text: '人工请按1', items: [{ key: '1', label: '人工' }], repeatKey: '9', attempts: 3 },
      next: { key_1: 'queue', exhausted: 'bye' },
    },
    queue: { type: 'queue', config: { queueId: QUEUE }, next: { served: 'bye', timeout: 'sorry' } },
    sorry: { type: 'play', config: { text: '坐席忙' }, next: { done: 'bye' } },
    bye: { type: 'hang_up', config: {}, next: {} },
  },
};

/** A host that answers from a script and notes what was asked of it. */
function scripted(keys: (string | null)[], queue: 'served' | 'timeout' = 'served', open = true) {
  const spoken: string[] = [];
  const trajectory: [string, string | null][] = [];
  const host: FlowHost = {
    play: async ({ text }) => void spoken.push(text),
    collectKey: async ({ texts }) => {
      spoken.push(texts.join(''));
      return keys.shift() ?? null;
    },
    keyPressed: async (_, key, label) => void trajectory.push([key, label]),
    isOpen: async () => open,
    queue: async () => queue,
  };
  return { host, spoken, trajectory };
}

async function walk(keys: (string | null)[], queue: 'served' | 'timeout' = 'served', from: string | null = null) {
  const { host, spoken, trajectory } = scripted(keys, queue);
  const path: string[] = [];
  await runFlow({
    graph: readGraph(document),
    host,
    from,
    signal: new AbortController().signal,
    onEnter: async (node) => void path.push(node),
  });
  return { path, spoken, trajectory };
}

describe('flow', () => {
  it('goes from the welcome through the menu to an agent', async () => {
    const { path, trajectory } = await walk(['1']);
    expect(path).toEqual(['welcome', 'menu', 'queue', 'bye']);
    expect(trajectory).toEqual([['1', '人工']]);
  });

  it('repeats the menu after a wrong key and after silence, saying why', async () => {
    const { path, spoken, trajectory } = await walk(['5', null, '1']);
    expect(path).toEqual(['welcome', 'menu', 'queue', 'bye']);
    expect(spoken).toEqual(['您好', '人工请按1', '您的输入有误，请重新选择。人工请按1', '没有收到您的按键。人工请按1']);
    expect(trajectory).toEqual([
      ['5', null],
      ['1', '人工'],
    ]);
  });

  it('gives up after the attempts', async () => {
    expect((await walk([null, null, null])).path).toEqual(['welcome', 'menu', 'bye']);
  });

  it('apologises when nobody was free in time', async () => {
    expect((await walk(['1'], 'timeout')).path).toEqual(['welcome', 'menu', 'queue', 'sorry', 'bye']);
  });

  it.each([
    [true, ['hours', 'welcome', 'bye']],
    [false, ['hours', 'sorry', 'bye']],
  ])('parts calls by the calendar: open %s', async (open, expected) => {
    const path: string[] = [];
    const [hours, bye] = [{ type: 'hours', next: { open: 'welcome', closed: 'sorry' } }, document.nodes.bye];
    const say = (text: string) => ({ type: 'play', config: { text }, next: { done: 'bye' } });
    const graph = readGraph({
      start: 'hours',
      nodes: { hours: { config: {}, ...hours }, welcome: say('您好'), sorry: say('已下班'), bye: bye ?? say('') },
    });
    const { host } = scripted([], 'served', open);
    const signal = new AbortController().signal;
    await runFlow({ graph, host, from: null, signal, onEnter: async (node) => void path.push(node) });
    expect(path).toEqual(expected);
  });

  it('goes on from the node where it stood', async () => {
    expect((await walk([], 'served', 'queue')).path).toEqual(['queue', 'bye']);
  });

  it('comes to an end whatever is pressed, with every key in the trajectory', async () => {
    const key = fc.option(fc.constantFrom(...'0123456789*#'), { nil: null });
    await fc.assert(
      fc.asyncProperty(fc.array(key, { maxLength: 6 }), async (keys) => {
        const asked = [...keys];
        const { path, trajectory } = await walk(keys);
        expect(path.at(-1)).toBe('bye');
        const used = asked.slice(0, asked.length - keys.length).filter((k) => k !== null);
        expect(trajectory.map(([k]) => k)).toEqual(used);
      }),
    );
  });

  it('stops at once when the caller leaves', async () => {
    const leaving = new AbortController();
    const { host } = scripted([]);
    host.collectKey = async () => {
      leaving.abort(new Error('left'));
      return '1';
    };
    const path: string[] = [];
    const run = runFlow({
      graph: readGraph(document),
      host,
      from: null,
      signal: leaving.signal,
      onEnter: async (node) => void path.push(node),
    });
    await expect(run).rejects.toThrow('left');
    expect(path).toEqual(['welcome', 'menu']);
  });
});

describe('readGraph', () => {
  it('names every fault of a flow', () => {
    const bad = structuredClone(document);
    bad.start = 'nowhere';
    bad.nodes.menu = { type: 'menu', config: { text: '', items: [] }, next: {} };
    bad.nodes.welcome = { type: 'play', config: { text: '您好' }, next: { done: 'gone', other: 'bye' } };
    bad.nodes.x = { type: 'dance', config: {}, next: {} };
    expect(() => readGraph(bad)).toThrow(/menu.*unknown node type 'dance'.*nowhere.*no exit 'other'.*'gone'/s);
  });

  it('wants both ways out of the working hours connected', () => {
    const half = { start: 'hours', nodes: { hours: { type: 'hours', config: {}, next: { open: 'hours' } } } };
    expect(() => readGraph(half)).toThrow("hours: exit 'closed' leads nowhere");
  });

  it('lists the texts that can be spoken beforehand', () => {
    expect(flowTexts(readGraph(document))).toContain('您前面还有3位来电人，请耐心等候。');
  });
});
