/** Any graph of any nodes, with any keys and any luck, comes to an end. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FlowDocument, readGraph } from './graph.ts';
import { type FlowHost, QUEUE_WAYS } from './host.ts';
import { runFlow } from './interpreter.ts';

const QUEUE = '018f0000-0000-7000-8000-000000000001';

/** Graphs of all kinds of nodes, connected at random: circles, dead ends and all. */
const graphs = fc.integer({ min: 1, max: 8 }).chain((size) => {
  const target = fc.integer({ min: 0, max: size - 1 }).map((index) => `n${index}`);
  const node = (type: string, config: object, ports: string[], optional: string[] = []) =>
    fc
      .record({
        ...Object.fromEntries(ports.map((port) => [port, target])),
        ...Object.fromEntries(optional.map((port) => [port, fc.option(target, { nil: undefined })])),
      })
      .map((next) => ({ type, config, next: JSON.parse(JSON.stringify(next)) as Record<string, string> }));
  const menu = { text: '请选择', items: [{ key: '1', label: '一' }], attempts: 2 };
  const any = fc.oneof(
    node('play', { text: '您好' }, ['done']),
    node('menu', menu, ['key_1', 'exhausted']),
    node('queue', { queueId: QUEUE }, ['served', 'timeout'], [...QUEUE_WAYS]),
    node('hours', {}, ['open', 'closed']),
    node('satisfaction', {}, ['done']),
    node('voicemail', {}, ['left', 'none']),
    node('callback', {}, ['booked', 'declined']),
    node('hang_up', {}, []),
  );
  return fc.array(any, { minLength: size, maxLength: size }).map(
    (nodes): FlowDocument => ({
      start: 'n0',
      nodes: Object.fromEntries(nodes.map((each, index) => [`n${index}`, each])),
    }),
  );
});

describe('any flow', () => {
  it('comes to an end whatever is pressed and whatever its queues do, along its own connections', async () => {
    const draws = fc.array(fc.nat(), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(graphs, draws, async (graph, numbers) => {
        let at = 0;
        const pick = <T>(...values: readonly T[]): T =>
          values[(numbers[at++ % numbers.length] ?? 0) % values.length] as T;
        const host: FlowHost = {
          play: async () => undefined,
          collectKey: async () => pick('1', '2', '#', null),
          keyPressed: async () => undefined,
          isOpen: async () => pick(true, false),
          queue: async () => pick('served', 'timeout', ...QUEUE_WAYS),
          satisfaction: async () => undefined,
          voicemail: async () => pick('left', 'none'),
          callback: async () => pick('booked', 'declined'),
        };
        const path: string[] = [];
        const signal = new AbortController().signal;
        const onEnter = async (node: string) => void path.push(node);
        const end = await runFlow({ graph: readGraph(graph), host, from: null, signal, onEnter }).then(
          () => 'end',
          (error: Error) => error.message,
        );
        if (end === 'end') expect(graph.nodes[path.at(-1) ?? '']?.type).toBe('hang_up');
        else expect(end).toMatch(/passed 500 nodes without an end/);
        path.slice(1).forEach((node, index) => {
          expect(Object.values(graph.nodes[path[index] ?? '']?.next ?? {})).toContain(node);
        });
      }),
    );
  });
});
