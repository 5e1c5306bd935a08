/**
 * Whether every order comes to an end whatever people decide: the drawing as a Petri net (places are its flows and the nodes an order
 * rests in), all markings of which are walked. Source: soundness of workflow nets, van der Aalst 1998.
 */
import type { Finding, WorkflowGraph, WorkflowNode } from './graph.ts';

/** A drawing with more markings than this has too many branches at once to be understood by anybody. */
const MAX_MARKINGS = 20_000;

interface Transition {
  element: string;
  /** Happens at once, without anybody's decision. */
  isAutomatic: boolean;
  from: readonly string[];
  to: readonly string[];
}

export function soundness(graph: WorkflowGraph): Finding[] {
  const transitions = [...graph.nodes.values()].flatMap(transitionsOf);
  const explored = explore(graph, transitions);
  if (!explored) return [{ element: null, message: '流程分支过多，无法校验，请简化' }];
  const { markings, fired, doubled } = explored;
  const findings: Finding[] = [];
  for (const id of graph.nodes.keys())
    if (!fired.has(id)) findings.push({ element: id, message: '任何工单都到不了这里' });
  for (const place of doubled)
    findings.push({ element: elementOf(graph, place), message: '同一工单会重复到达，并行分支须先汇合' });
  if (findings.length === 0) findings.push(...endless(graph, markings));
  return findings;
}

/** Where a drawing gets stuck, or goes round for ever. */
function endless(graph: WorkflowGraph, markings: ReadonlyMap<string, readonly string[]>): Finding[] {
  const before = new Map<string, string[]>();
  for (const [marking, followers] of markings)
    for (const follower of followers) before.set(follower, [...(before.get(follower) ?? []), marking]);
  const ends = new Set(['']);
  for (const marking of ends) for (const earlier of before.get(marking) ?? []) ends.add(earlier);
  const lost = [...markings.keys()].filter((marking) => !ends.has(marking));
  const stuck = lost.find((marking) => markings.get(marking)?.length === 0) ?? lost[0];
  if (stuck === undefined) return [];
  const places = stuck.split('\n');
  const waiting = places.find((place) => graph.flows.has(place)) ?? places[0] ?? '';
  return [{ element: elementOf(graph, waiting), message: '工单到这里后可能永远无法办结' }];
}

/** The node that a place belongs to: of a flow, where it leads. */
const elementOf = ({ flows }: WorkflowGraph, place: string): string => flows.get(place)?.to ?? place;

function transitionsOf(node: WorkflowNode): Transition[] {
  const { id: element, incoming, outgoing } = node;
  const automatic = (from: readonly string[], to: readonly string[]) => ({ element, isAutomatic: true, from, to });
  const decided = (to: readonly string[]) => ({ element, isAutomatic: false, from: [element], to });
  switch (node.type) {
    case 'start':
      return [automatic([element], outgoing)];
    case 'task':
    case 'wait':
      return [
        ...incoming.map((flow) => automatic([flow], [element])),
        decided(outgoing),
        ...(node.timer ? [decided([node.timer.flow])] : []),
      ];
    case 'action':
      return incoming.map((flow) => automatic([flow], outgoing));
    case 'choice':
      return incoming.flatMap((flow) => outgoing.map((out) => automatic([flow], [out])));
    case 'parallel':
      return [automatic(incoming, outgoing)];
    case 'end':
      return incoming.map((flow) => automatic([flow], []));
  }
}

interface Explored {
  /** By marking (places, sorted, a line each) those that can follow. */
  markings: Map<string, string[]>;
  /** Nodes that an order can come to. */
  fired: Set<string>;
  /** Places that can hold more than one token. */
  doubled: Set<string>;
}

function explore(graph: WorkflowGraph, transitions: readonly Transition[]): Explored | null {
  const explored: Explored = { markings: new Map(), fired: new Set([graph.start]), doubled: new Set() };
  const open = [[graph.start]];
  for (let marking = open.pop(); marking; marking = open.pop()) {
    const key = marking.join('\n');
    if (explored.markings.has(key)) continue;
    if (explored.markings.size >= MAX_MARKINGS) return null;
    const followers: string[] = [];
    explored.markings.set(key, followers);
    for (const { element, from, to } of nextOf(transitions, marking)) {
      explored.fired.add(element);
      const rest = marking.filter((place) => !from.includes(place));
      for (const place of to) if (rest.includes(place)) explored.doubled.add(place);
      const follower = [...new Set([...rest, ...to])].sort();
      followers.push(follower.join('\n'));
      open.push(follower);
    }
  }
  return explored;
}

/**
 * What can happen next. No place leads to two nodes, so what happens at once in one node hinders nothing elsewhere: the first such node
 * alone is looked at, which keeps the markings few.
 */
function nextOf(transitions: readonly Transition[], marking: readonly string[]): Transition[] {
  const enabled = transitions.filter(({ from }) => from.every((place) => marking.includes(place)));
  const first = enabled.find(({ isAutomatic }) => isAutomatic);
  return first ? enabled.filter(({ isAutomatic, from }) => isAutomatic && from[0] === first.from[0]) : enabled;
}
