/** A host for tests: answers from a script and notes what was asked of it. */

import type { FlowHost } from './flow-host.ts';
import { type FlowDocument, type FlowGraph, readGraph } from './graph.ts';
import { atStart, type FlowEnd, type FlowState, runFlow } from './interpreter.ts';
import { nodeTypes } from './registry.ts';
import type { Facts, Variables } from './variables.ts';

export const QUEUE = '018f0000-0000-7000-8000-000000000001';
export const PERSON = '018f0000-0000-7000-8000-000000000002';
export const FLOW = '018f0000-0000-7000-8000-000000000003';
export const CODE = '018f0000-0000-7000-8000-000000000004';
export const END = { type: 'hang_up', config: {}, next: {} };
export const FACTS: Facts = {
  caller: { number: '13800138000', region: '南宁市', class: 'ordinary' },
  called: { number: '12366', name: '热线' },
};
/** Sunday, 16:05 in Beijing. */
export const NOW = new Date('2026-11-22T08:05:00Z');

export const graphOf = (document: FlowDocument): FlowGraph => readGraph(document, nodeTypes);

interface Asked {
  /** What was asked, in order: the method and what it was asked with, without the signal. */
  asked: [string, Record<string, unknown>][];
  spoken: string[];
  /** Node, keys and their words. */
  keys: [string, string, string | null][];
  troubles: [string, string][];
}

/** `keys`: pressed one for each question; null is silence, as is their end. */
export function scripted(
  { keys = [], flows = {} }: { keys?: (string | null)[]; flows?: Record<string, FlowDocument> } = {},
  answers: Partial<FlowHost> = {},
): FlowHost & Asked {
  const noted: Asked = { asked: [], spoken: [], keys: [], troubles: [] };
  const note = (method: string, { signal: _signal, ...request }: Record<string, unknown>) =>
    void noted.asked.push([method, request]);
  const left = [...keys];
  const host: FlowHost = {
    facts: async () => FACTS,
    now: () => NOW,
    play: async ({ text }) => void noted.spoken.push(text),
    collectKey: async ({ texts }) => {
      if (texts.length > 0) noted.spoken.push(texts.join(''));
      return left.shift() ?? null;
    },
    keyPressed: async (...pressed) => void noted.keys.push(pressed),
    opening: async () => 'open',
    queue: async () => 'served',
    agent: async () => 'served',
    transfer: async () => 'served',
    satisfaction: async () => undefined,
    voicemail: async () => 'left',
    callback: async () => 'booked',
    lookup: async () => 'not_found',
    sms: async () => 'sent',
    workOrder: async () => 'created',
    flow: async (id, version) => {
      const document = flows[id];
      if (!document) throw new Error(`no flow ${id}`);
      return { version: version ?? 1, graph: graphOf(document) };
    },
    trouble: async (node, error) => void noted.troubles.push([node, String(error)]),
    ...answers,
  };
  const noting = [
    'queue',
    'agent',
    'transfer',
    'satisfaction',
    'voicemail',
    'callback',
    'lookup',
    'sms',
    'workOrder',
  ] as const;
  for (const method of noting) {
    const answer = host[method] as (request: unknown) => Promise<never>;
    host[method] = async (request: object) => {
      note(method, { ...request });
      return answer(request);
    };
  }
  return { ...host, ...noted };
}

export interface Walked {
  path: string[];
  /** Of each node, `node/exit` that led to it. */
  steps: (string | null)[];
  states: FlowState[];
  variables: Variables;
  end: FlowEnd;
}

interface WalkOptions {
  from?: FlowState;
  signal?: AbortSignal;
  /** Called as each node is entered. */
  entered?: () => void;
}

/** Walks a flow to its end. */
export async function walk(
  document: FlowDocument,
  host: FlowHost,
  { from = atStart, signal = new AbortController().signal, entered = () => undefined }: WalkOptions = {},
): Promise<Walked> {
  const states: (FlowState & { node: string })[] = [];
  const steps: (string | null)[] = [];
  const end = await runFlow({
    ...{ graph: graphOf(document), host, from, signal },
    onEnter: async ({ node, variables, stack, from: step }) => {
      states.push({ node, variables, stack });
      steps.push(step && `${step.node}/${step.exit}`);
      entered();
    },
  });
  return { path: states.map(({ node }) => node), steps, states, variables: states.at(-1)?.variables ?? {}, end };
}

/** A flow of one node, whose exits each lead to a hang-up of their name. */
export function around(type: string, config: object, exits: readonly string[]): FlowDocument {
  return {
    start: 'it',
    nodes: {
      it: { type, config, next: Object.fromEntries(exits.map((exit) => [exit, exit])) },
      ...Object.fromEntries(exits.map((exit) => [exit, END])),
    },
  };
}
