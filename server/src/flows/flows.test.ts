import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FlowDocument, flowTexts, readGraph } from './graph.ts';
import { type FlowHost, QUEUE_WAYS, type QueueRequest, type SatisfactionRequest } from './host.ts';
import { runFlow } from './interpreter.ts';
import { mainMenuNodeOf, surveyFlow, surveyNodeOf } from './landmarks.ts';

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

type QueueOutcome = Awaited<ReturnType<FlowHost['queue']>>;

/** A host that answers from a script and notes what was asked of it. */
function scripted(keys: (string | null)[], queue: QueueOutcome = 'served', open = true) {
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
    satisfaction: async () => undefined,
    voicemail: async () => 'left',
    callback: async () => 'booked',
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

const END = { type: 'hang_up', config: {}, next: {} };

/** Walks a graph with a host; the nodes in order. */
async function pathOf(graph: FlowDocument, host: FlowHost): Promise<string[]> {
  const path: string[] = [];
  const signal = new AbortController().signal;
  await runFlow({ graph: readGraph(graph), host, from: null, signal, onEnter: async (node) => void path.push(node) });
  return path;
}

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

  it.each(QUEUE_WAYS)('goes by timeout where it has no exit %s', async (way) => {
    expect(await pathOf(withWays({}), scripted([], way).host)).toEqual(['queue', 'sorry', 'bye']);
  });

  it('takes each exit that it has', async () => {
    const all = { full: 'offer', voicemail: 'message' };
    expect(await pathOf(withWays(all), scripted([], 'voicemail').host)).toEqual(['queue', 'message', 'bye']);
    expect(await pathOf(withWays(all), scripted([], 'full').host)).toEqual(['queue', 'offer', 'bye']);
    expect(await pathOf(withWays(all), scripted([]).host)).toEqual(['queue', 'survey', 'bye']);
  });

  it('tells the host what it may offer, and passes no other exit', async () => {
    const asked: QueueRequest[] = [];
    const { host } = scripted([]);
    host.queue = async (request) => {
      asked.push(request);
      return 'served';
    };
    await pathOf(withWays({ voicemail: 'message' }), host);
    expect([...(asked[0]?.ways ?? [])]).toEqual(['voicemail']);
    expect(() => readGraph(withWays({ maybe: 'bye' }))).toThrow("no exit 'maybe'");
  });

  it('goes on where a call-back was declined', async () => {
    const { host } = scripted([], 'full');
    const outcomes: QueueOutcome[] = ['full', 'served'];
    host.queue = async () => outcomes.shift() ?? 'served';
    host.callback = async () => 'declined';
    expect(await pathOf(withWays({ full: 'offer' }), host)).toEqual(['queue', 'offer', 'queue', 'survey', 'bye']);
  });
});

describe('a survey', () => {
  it('asks in the words of its node, with the reasons by their keys', async () => {
    const asked: SatisfactionRequest[] = [];
    const { host } = scripted([]);
    host.satisfaction = async (request) => void asked.push(request);
    const config = {
      timeoutSeconds: 4,
      reasons: [
        { key: '1', label: '态度' },
        { key: '3', label: '解答' },
      ],
    };
    await pathOf({ start: 's', nodes: { s: { type: 'satisfaction', config, next: { done: 'e' } }, e: END } }, host);
    expect(asked[0]).toMatchObject({ node: 's', attempts: 2, timeoutMs: 4_000, reasons: config.reasons });
    expect(asked[0]?.reasonText).toBe('请问您不满意的原因是，态度请按1，解答请按3。');
    expect(asked[0]?.invitation).toContain('非常满意请按1');
  });
});

describe('landmarks', () => {
  it('are the nearest menu and the nearest survey', () => {
    const graph = readGraph(document);
    expect([mainMenuNodeOf(graph), surveyNodeOf(graph)]).toEqual(['menu', null]);
    expect(surveyNodeOf(surveyFlow)).toBe('survey');
    expect(mainMenuNodeOf(surveyFlow)).toBe(null);
  });
});
