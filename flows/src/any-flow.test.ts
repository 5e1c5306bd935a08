/** Any graph of any nodes, with sub-flows, expressions, any keys and any luck, comes to an end, and goes on from wherever it stood. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FlowHost } from './flow-host.ts';
import type { FlowDocument, FlowGraph } from './graph.ts';
import { type LookupAnswer, QUEUE_WAYS } from './host.ts';
import type { FlowState } from './interpreter.ts';
import { nodeTypes } from './registry.ts';
import { CODE, FACTS, graphOf, NOW, PERSON, QUEUE, walk } from './testing.ts';
import { validate } from './validate.ts';

const FLOWS = ['018f0000-0000-7000-8000-00000000000a', '018f0000-0000-7000-8000-00000000000b'] as const;
const EXPRESSIONS = [
  'x + 1',
  'x',
  'caller.region == "南宁市"',
  '1 / 0',
  'x > 2',
  'y + y',
  'size(y) > 3',
  'now.hour',
  'gone',
];
const MAX_NODES = 500;

type Kind = readonly [type: string, config: object, ports: readonly string[], optional?: readonly string[]];

const KINDS: readonly Kind[] = [
  ['play', { text: '您好{x}{caller.region}{y:money}' }, ['done']],
  [
    'menu',
    { text: '请选择', items: [{ key: '1', label: '一' }], attempts: 2, variable: 'x' },
    ['key_1', 'exhausted'],
    ['timeout', 'invalid'],
  ],
  [
    'collect',
    { text: '请输入', variable: 'y', attempts: 2, maxDigits: 3 },
    ['done', 'exhausted'],
    ['timeout', 'invalid'],
  ],
  ['say', { value: 'y', as: 'money' }, ['done'], ['failed']],
  ['hours', {}, ['open', 'closed'], ['holiday']],
  [
    'lookup',
    { url: 'https://a.cn/{x}', results: [{ path: 'a.b', variable: 'y' }] },
    ['found', 'not_found'],
    ['failed'],
  ],
  ['queue', { queueId: QUEUE }, ['served', 'timeout'], [...QUEUE_WAYS, 'failed']],
  ['agent', { personId: PERSON }, ['served', 'unavailable'], ['failed']],
  ['transfer', { accessCodeId: CODE }, ['served', 'failed']],
  ['satisfaction', {}, ['done']],
  ['voicemail', {}, ['left', 'none']],
  ['callback', {}, ['booked', 'declined']],
  ['sms', { text: '{y}' }, ['sent'], ['failed']],
  ['work_order', { title: '{y}', content: 'x' }, ['created'], ['failed']],
  ['return', {}, []],
  ['hang_up', {}, []],
];
const kinds: fc.Arbitrary<Kind> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...KINDS) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...FLOWS).map((flowId): Kind => ['sub_flow', { flowId }, ['done'], ['failed']]),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('x', 'y'), fc.constantFrom(...EXPRESSIONS))
      .map(([variable, value]): Kind => ['set', { variable, value }, ['done'], ['failed']]),
  },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.constantFrom(...EXPRESSIONS), { minLength: 1, maxLength: 3 })
      .map(
        (when): Kind => [
          'branch',
          { ways: when.map((each) => ({ label: each, when: each })) },
          [...when.map((_, index) => `way_${index + 1}`), 'otherwise'],
        ],
      ),
  },
);

/** Graphs of all kinds of nodes, connected at random: circles, dead ends and all. */
const graphs = fc.integer({ min: 1, max: 8 }).chain((size) => {
  const target = fc.integer({ min: 0, max: size - 1 }).map((index) => `n${index}`);
  const node = kinds.chain(([type, config, ports, optional = []]) =>
    fc
      .record({
        ...Object.fromEntries(ports.map((port) => [port, target])),
        ...Object.fromEntries(optional.map((port) => [port, fc.option(target, { nil: undefined })])),
      })
      .map((next) => ({ type, config, next: JSON.parse(JSON.stringify(next)) as Record<string, string> })),
  );
  return fc.array(node, { minLength: size, maxLength: size }).map(
    (nodes): FlowDocument => ({
      start: 'n0',
      nodes: Object.fromEntries(nodes.map((each, index) => [`n${index}`, each])),
    }),
  );
});
const draws = fc.array(fc.nat(), { minLength: 1, maxLength: 20 });

/** Answers by luck, and fails now and then. `told` is what it was asked, in order; `from`: how far an earlier process got. */
function lucky(numbers: readonly number[], flows: readonly FlowDocument[], from = 0) {
  let at = from;
  const read = flows.map(graphOf);
  const told: string[] = [];
  const draw = () => numbers[at++ % numbers.length] ?? 0;
  const pick = <T>(...values: readonly T[]): T => values[draw() % values.length] as T;
  const answer =
    <T>(what: string, ...values: readonly T[]) =>
    async () => {
      told.push(what);
      const lucky = pick(...values.map((value) => [value] as const), null);
      if (!lucky) throw new Error('bad luck');
      return lucky[0];
    };
  /** What hardly ever fails. */
  const mostly = async <T>(what: string, give: () => T): Promise<T> => {
    told.push(what);
    if (draw() % 16 === 15) throw new Error('very bad luck');
    return give();
  };
  const host: FlowHost = {
    facts: async () => FACTS,
    now: () => NOW,
    play: ({ text }) => mostly(text, () => undefined),
    collectKey: ({ texts }) => mostly(texts.join(), () => pick('1', '2', '#', null)),
    keyPressed: (node) => mostly(`keys of ${node}`, () => undefined),
    opening: answer('hours', 'open', 'closed', 'holiday'),
    queue: answer('queue', 'served', 'timeout', 'failed', ...QUEUE_WAYS),
    agent: answer('agent', 'served', 'unavailable'),
    transfer: answer('transfer', 'served', 'failed'),
    satisfaction: answer('satisfaction', undefined),
    voicemail: answer('voicemail', 'left', 'none'),
    callback: answer('callback', 'booked', 'declined'),
    lookup: answer<LookupAnswer>('lookup', 'not_found', 'failed', { found: { a: { b: 7 } } }, { found: 'rubbish' }),
    sms: answer('sms', 'sent', 'failed'),
    workOrder: answer('work order', 'created', 'failed'),
    flow: async (id, version) => {
      const index = FLOWS.indexOf(id as (typeof FLOWS)[number]);
      const give = () => ({ version: version ?? index + 1, graph: read[index] as FlowGraph });
      // A version that somebody is in doesn't go.
      return version === null ? mostly(`flow ${id}`, give) : give();
    },
    trouble: async () => undefined,
  };
  return { host, told, drawn: () => at };
}

/** The host of a caller who hangs up while the `last` question is asked: it breaks off, or answers all the same. */
function leaving(host: FlowHost, { last, breaksOff }: { last: number; breaksOff: boolean }) {
  const caller = new AbortController();
  let [asked, after] = [0, 0];
  const wrap =
    (ask: (...parts: never[]) => unknown) =>
    async (...parts: never[]) => {
      asked += 1;
      if (asked > last) after += 1;
      if (asked === last) {
        caller.abort(new Error('the caller has left'));
        if (breaksOff) throw new Error('broken off');
      }
      return ask(...parts);
    };
  const { now, trouble, ...asking } = host;
  const wrapped = Object.fromEntries(Object.entries(asking).map(([name, ask]) => [name, wrap(ask)]));
  return { host: { ...wrapped, now, trouble } as FlowHost, signal: caller.signal, askedAfter: () => after };
}

/** A place in a document, by a number for each level. */
function spoil(document: unknown, steps: readonly number[], by: unknown): unknown {
  const copy = structuredClone(document);
  let at = copy as Record<string, unknown>;
  for (const step of steps) {
    const names = Object.keys(at);
    const name = names[step % names.length];
    if (name === undefined) return copy;
    const inside = at[name];
    if (step % 3 === 0 || inside === null || typeof inside !== 'object') {
      if (by === undefined) delete at[name];
      else at[name] = by;
      return copy;
    }
    at = inside as Record<string, unknown>;
  }
  return copy;
}

describe('any flow', () => {
  it('is made of every kind of node', () => {
    const types = ['sub_flow', 'set', 'branch', ...KINDS.map(([type]) => type)];
    expect(types.sort()).toEqual([...nodeTypes.keys()].sort());
  });

  it('comes to an end whatever is pressed and whatever its host does, along its own connections', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, graphs, graphs, draws, async (graph, first, second, numbers) => {
        const flows = [first, second];
        const { host, told } = lucky(numbers, flows);
        const { states, end } = await walk(graph, host);
        expect(states.length).toBeLessThanOrEqual(MAX_NODES);
        const last = states.at(-1);
        const documentOf = ({ stack }: FlowState) => flows[(stack.at(-1)?.version ?? 0) - 1] ?? graph;
        const typeOf = (state: FlowState) => documentOf(state).nodes[state.node ?? '']?.type ?? '';
        if (end.how === 'ended') expect(['hang_up', 'return']).toContain(last && typeOf(last));
        else {
          expect(told.at(-1)).toBe('系统繁忙，请稍后再拨。');
          expect(String(end.error)).not.toMatch(/nowhere|there is no node/);
        }
        const strayed = states.filter((state, index) => {
          const before = states[index - 1];
          if (!before || before.stack.length !== state.stack.length) return false;
          const { next = {} } = documentOf(before).nodes[before.node ?? ''] ?? {};
          return !Object.values(next).includes(state.node ?? '');
        });
        expect(strayed).toEqual([]);
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  it('is over when its caller hangs up, wherever that is', async () => {
    const hangUp = fc.record({ last: fc.integer({ min: 1, max: 30 }), breaksOff: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(graphs, graphs, graphs, draws, hangUp, async (graph, first, second, numbers, when) => {
        const { host, signal, askedAfter } = leaving(lucky(numbers, [first, second]).host, when);
        const walked = walk(graph, host, { signal });
        // Too late: the flow had ended.
        await walked.catch(() => undefined);
        fc.pre(signal.aborted);
        await expect(walked).rejects.toThrow('the caller has left');
        // By the node that they left; the host doesn't answer to a signal that has been given.
        expect(askedAfter()).toBeLessThanOrEqual(1);
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  it('goes on from any node as if nothing had happened', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, graphs, graphs, draws, fc.nat(), async (graph, first, second, numbers, pick) => {
        const flows = [first, second];
        const one = lucky(numbers, flows);
        const draw: number[] = [];
        const whole = await walk(graph, one.host, { entered: () => void draw.push(one.drawn()) });
        // Cut off by the number of nodes, which begins anew in another process.
        fc.pre(whole.states.length < MAX_NODES);
        const at = pick % whole.states.length;
        // As a row of the ledger gives it back.
        const from = JSON.parse(JSON.stringify(whole.states[at])) as FlowState;
        const rest = await walk(graph, lucky(numbers, flows, draw[at]).host, { from });
        expect(rest.states).toEqual(whole.states.slice(at));
        expect(rest.end.how).toBe(whole.end.how);
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it('can be validated', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { faults } = validate(graph, nodeTypes, null);
        expect(faults.filter(({ message }) => !message.includes('无限循环'))).toEqual([]);
      }),
    );
  });

  it('that was valid and has been spoiled is refused, or runs to an end', async () => {
    const places = fc.array(fc.nat(), { minLength: 1, maxLength: 6 });
    const things = fc.oneof(
      fc.constantFrom('n0', 'n1', 'hang_up', 'play', 'x + 1', '', -1, 10 ** 9, undefined, null, {}, []),
      fc.anything(),
    );
    await fc.assert(
      fc.asyncProperty(graphs, places, things, draws, async (graph, steps, thing, numbers) => {
        const document = spoil(graph, steps, thing) as FlowDocument;
        const { faults } = validate(document, nodeTypes, null);
        for (const { message } of faults) expect(message).toMatch(/\p{Script=Han}/u);
        if (faults.some(({ message }) => !message.includes('无限循环'))) return;
        const { end } = await walk(document, lucky(numbers, [graph, graph]).host);
        if (end.how === 'failed') expect(String(end.error)).not.toMatch(/nowhere|there is no node/);
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('that is anything at all is read or refused with sentences', () => {
    const near = fc.record(
      {
        start: fc.oneof(fc.string(), fc.constant('a')),
        nodes: fc.dictionary(
          fc.oneof(fc.string(), fc.constantFrom('a', 'b', '__proto__', 'constructor')),
          fc.record(
            {
              type: fc.constantFrom(...nodeTypes.keys(), 'x'),
              config: fc.anything(),
              next: fc.dictionary(fc.string(), fc.string()),
            },
            { requiredKeys: [] },
          ),
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.anything(), near), (document) => {
        const { faults, warnings } = validate(document, nodeTypes, null);
        for (const { message } of [...faults, ...warnings]) expect(message).toMatch(/\p{Script=Han}/u);
      }),
      { numRuns: 500 },
    );
  });
});
