/** Flows as callers go through them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FlowHost } from './flow-host.ts';
import { type FlowDocument, flowTexts } from './graph.ts';
import { FlowLeft, QUEUE_WAYS } from './host.ts';
import { mainMenuNodeOf, surveyNodeOf } from './landmarks.ts';
import { END, FLOW, graphOf, QUEUE, scripted, walk } from './testing.ts';

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
    bye: END,
  },
};
type QueueOutcome = Awaited<ReturnType<FlowHost['queue']>>;
const queueing = (...outcomes: QueueOutcome[]) => ({ queue: async () => outcomes.shift() ?? ('served' as const) });

describe('a flow', () => {
  it('goes from the welcome through the menu to an agent', async () => {
    const host = scripted({ keys: ['1'] });
    expect((await walk(document, host)).path).toEqual(['welcome', 'menu', 'queue', 'bye']);
    expect(host.keys).toEqual([['menu', '1', '人工']]);
  });

  it('repeats the menu after a wrong key and after silence, saying why', async () => {
    const host = scripted({ keys: ['5', null, '1'] });
    expect((await walk(document, host)).path).toEqual(['welcome', 'menu', 'queue', 'bye']);
    expect(host.spoken).toEqual([
      '您好',
      '人工请按1',
      '您的输入有误，请重新选择。人工请按1',
      '没有收到您的按键。人工请按1',
    ]);
    expect(host.keys).toEqual([
      ['menu', '5', null],
      ['menu', '1', '人工'],
    ]);
  });

  it('gives up after the attempts, and apologises when nobody was free in time', async () => {
    expect((await walk(document, scripted())).path).toEqual(['welcome', 'menu', 'bye']);
    const { path } = await walk(document, scripted({ keys: ['1'] }, queueing('timeout')));
    expect(path).toEqual(['welcome', 'menu', 'queue', 'sorry', 'bye']);
  });

  it('goes on from the node where it stood, and from the start when that is gone', async () => {
    const from = (node: string) => ({ node, variables: {}, stack: [] });
    expect((await walk(document, scripted(), { from: from('queue') })).path).toEqual(['queue', 'bye']);
    expect((await walk(document, scripted(), { from: from('gone') })).path[0]).toBe('welcome');
  });

  it('comes to an end whatever is pressed, with every key in the trajectory', async () => {
    const key = fc.option(fc.constantFrom(...'0123456789*#'), { nil: null });
    await fc.assert(
      fc.asyncProperty(fc.array(key, { maxLength: 6 }), async (keys) => {
        const host = scripted({ keys });
        const { path } = await walk(document, host);
        expect(path.at(-1)).toBe('bye');
        const right = keys.indexOf('1');
        const used = keys.slice(0, Math.min(right < 0 ? 3 : right + 1, 3)).filter((each) => each !== null);
        expect(host.keys.map(([, each]) => each)).toEqual(used);
      }),
    );
  });

  it('stops at once when the caller leaves', async () => {
    const leaving = new AbortController();
    const host = scripted(
      {},
      {
        collectKey: async () => {
          leaving.abort(new Error('left'));
          return '1';
        },
      },
    );
    await expect(walk(document, host, { signal: leaving.signal })).rejects.toThrow('left');
    expect(host.spoken).toEqual(['您好']);
    expect(host.troubles).toEqual([]);
  });

  it('lets a host leave it', async () => {
    class Elsewhere extends FlowLeft {}
    const host = scripted({ keys: ['1'] }, { queue: () => Promise.reject(new Elsewhere()) });
    await expect(walk(document, host)).rejects.toThrow(Elsewhere);
    expect(host.troubles).toEqual([]);
  });
});

describe('what goes wrong', () => {
  const broken = { queue: () => Promise.reject(new Error('no such queue')) };

  it('leads to the exit for it', async () => {
    const flow = structuredClone(document);
    Object.assign(flow.nodes.queue?.next ?? {}, { failed: 'sorry' });
    const host = scripted({ keys: ['1'] }, broken);
    const { path, end } = await walk(flow, host);
    expect([path.at(-2), end]).toEqual(['sorry', { how: 'ended' }]);
    expect(host.troubles).toEqual([['queue', 'Error: no such queue']]);
  });

  it('leads to the exit that stands for it', async () => {
    const flow = structuredClone(document);
    Object.assign(flow.nodes.queue?.next ?? {}, { timeout: 'sorry' });
    const { path, end } = await walk(flow, scripted({ keys: ['1'] }, broken));
    expect([path.at(-2), end]).toEqual(['sorry', { how: 'ended' }]);
  });

  it('is apologised for where there is none: nobody is left in silence', async () => {
    const host = scripted({ keys: ['1'] }, { keyPressed: () => Promise.reject(new Error('no ledger')) });
    expect((await walk(document, host)).end).toMatchObject({ how: 'failed', node: 'menu' });
    expect(host.spoken.at(-1)).toBe('系统繁忙，请稍后再拨。');
  });

  it('never throws, even when nothing can be said', async () => {
    const host = scripted({}, { play: () => Promise.reject(new Error('mute')) });
    expect((await walk(document, host)).end).toMatchObject({ how: 'failed', node: 'welcome' });
    expect(host.troubles).toHaveLength(2);
  });

  it('cuts off a circle that nobody does anything in', async () => {
    const circle = { start: 'a', nodes: { a: { type: 'play', config: { text: '等' }, next: { done: 'a' } } } };
    const host = scripted();
    expect((await walk(circle, host)).end).toMatchObject({ how: 'failed' });
    expect(host.spoken).toHaveLength(501);
  });
});

describe('sub-flows', () => {
  const into = (flowId: string, next: Record<string, string>) => ({ type: 'sub_flow', config: { flowId }, next });
  const outer: FlowDocument = {
    start: 'in',
    nodes: {
      in: into(FLOW, { done: 'say' }),
      say: { type: 'play', config: { text: '税号{tax:digits}' }, next: { done: 'bye' } },
      bye: END,
    },
  };
  const inner: FlowDocument = {
    start: 'ask',
    nodes: {
      ask: { type: 'collect', config: { text: '请输入', variable: 'tax' }, next: { done: 'back', exhausted: 'bye' } },
      back: { type: 'return', config: {}, next: {} },
      bye: END,
    },
  };
  const flows = { [FLOW]: inner };

  it('share variables and come back', async () => {
    const host = scripted({ keys: ['1', '2', '#'], flows });
    const { path, steps, states } = await walk(outer, host);
    expect(path).toEqual(['in', 'ask', 'back', 'say', 'bye']);
    expect(steps).toEqual([null, null, 'ask/done', 'in/done', 'say/done']);
    expect(states[1]?.stack).toEqual([{ flowId: FLOW, version: 1, node: 'in' }]);
    expect(states[3]).toMatchObject({ stack: [], variables: { tax: '12' } });
    expect(host.spoken.at(-1)).toBe('税号幺二');
  });

  it('end the call where they hang up', async () => {
    expect((await walk(outer, scripted({ flows }))).path).toEqual(['in', 'ask', 'bye']);
  });

  it('go on in the version that they were in', async () => {
    const asked: [string, number | null][] = [];
    const host = scripted({ keys: ['7', '#'] });
    host.flow = async (id, version) => {
      asked.push([id, version]);
      return { version: 9, graph: graphOf(inner) };
    };
    const from = { node: 'ask', variables: {}, stack: [{ flowId: FLOW, version: 4, node: 'in' }] };
    expect((await walk(outer, host, { from })).path).toEqual(['ask', 'back', 'say', 'bye']);
    expect(asked).toEqual([[FLOW, 4]]);
  });

  it('that are not there lead to the exit for it, else to an apology', async () => {
    expect((await walk(outer, scripted())).end).toMatchObject({ how: 'failed', node: 'in' });
    const careful = structuredClone(outer);
    Object.assign(careful.nodes.in?.next ?? {}, { failed: 'bye' });
    expect((await walk(careful, scripted())).path).toEqual(['in', 'bye']);
  });

  it('that go into themselves end', async () => {
    const host = scripted({ flows: { [FLOW]: outer } });
    expect((await walk(outer, host)).end).toMatchObject({ how: 'failed' });
    expect(String(host.troubles[0])).toContain('inside each other');
  });
});

describe('a queue with further ways out', () => {
  const withWays = (next: Record<string, string>): FlowDocument => ({
    start: 'queue',
    nodes: {
      queue: { type: 'queue', config: { queueId: QUEUE }, next: { served: 'survey', timeout: 'sorry', ...next } },
      survey: { type: 'satisfaction', config: {}, next: { done: 'bye' } },
      message: { type: 'voicemail', config: {}, next: { left: 'bye', none: 'sorry' } },
      offer: { type: 'callback', config: {}, next: { booked: 'bye', declined: 'queue' } },
      sorry: { type: 'play', config: { text: '坐席忙' }, next: { done: 'bye' } },
      bye: END,
    },
  });
  const pathOf = async (next: Record<string, string>, ...outcomes: QueueOutcome[]) =>
    (await walk(withWays(next), scripted({}, queueing(...outcomes)))).path;

  it.each([...QUEUE_WAYS, 'failed'] as const)('goes by timeout where it has no exit %s', async (way) => {
    expect(await pathOf({}, way)).toEqual(['queue', 'sorry', 'bye']);
  });

  it('takes each exit that it has', async () => {
    const all = { full: 'offer', voicemail: 'message' };
    expect(await pathOf(all, 'voicemail')).toEqual(['queue', 'message', 'bye']);
    expect(await pathOf(all, 'full')).toEqual(['queue', 'offer', 'bye']);
    expect(await pathOf(all, 'served')).toEqual(['queue', 'survey', 'bye']);
  });

  it('tells the host what it may offer, and passes no other exit', async () => {
    const host = scripted();
    await walk(withWays({ voicemail: 'message' }), host);
    expect(host.asked[0]?.[1].ways).toEqual(new Set(['voicemail']));
    expect(() => graphOf(withWays({ maybe: 'bye' }))).toThrow('没有出口“maybe”');
  });

  it('goes on where a call-back was declined', async () => {
    const host = scripted({}, { ...queueing('full', 'served'), callback: async () => 'declined' });
    expect((await walk(withWays({ full: 'offer' }), host)).path).toEqual(['queue', 'offer', 'queue', 'survey', 'bye']);
  });
});

describe('reading a flow', () => {
  it('names every fault', () => {
    const bad = structuredClone(document);
    bad.start = 'nowhere';
    bad.nodes.menu = { type: 'menu', config: { text: '', items: [] }, next: {} };
    bad.nodes.welcome = { type: 'play', config: { text: '您好' }, next: { done: 'gone', other: 'bye' } };
    bad.nodes.x = { type: 'dance', config: {}, next: {} };
    const faults = [
      'menu: 菜单提示语：',
      '没有“dance”这种节点',
      '没有设置开始节点',
      '没有出口“other”',
      '“播放完”连向的节点不存在',
    ];
    for (const fault of faults) expect(() => graphOf(bad)).toThrow(fault);
  });

  it('wants both ways out of the working hours connected', () => {
    const half = { start: 'hours', nodes: { hours: { type: 'hours', config: {}, next: { open: 'hours' } } } };
    expect(() => graphOf(half)).toThrow('hours: 出口“非工作时段”没有连接');
  });

  it('lists the texts that can be spoken beforehand', () => {
    expect(flowTexts(graphOf(document))).toContain('您前面还有3位来电人，请耐心等候。');
    const later = { start: 'a', nodes: { a: { type: 'play', config: { text: '{x}' }, next: { done: 'b' } }, b: END } };
    expect(flowTexts(graphOf(later))).toEqual([]);
  });

  it('finds the nearest menu and the nearest survey', () => {
    const graph = graphOf(document);
    expect([mainMenuNodeOf(graph), surveyNodeOf(graph)]).toEqual(['menu', null]);
  });
});
