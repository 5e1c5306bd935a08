/** The way of a call as it is drawn: which nodes and exits are lit. */
import type { FlowDocument, FlowNodeDocument, FlowPath, PathStep } from '@rexian/contracts';
import { exitTaken } from '@rexian/flows/graph.ts';
import { portsOf } from '../canvas/exits.ts';
import { type EdgeMark, edgeKey, type Marks, type NodeMark } from '../canvas/marks.ts';
import { nodeTypes } from '../registry.ts';

/** More visits of one node are only counted. */
const NUMBERED = 3;
const LEFT = new Set(['abandoned_in_flow', 'abandoned_in_queue', 'abandoned_while_ringing']);

const portsOfNode = ({ type, config }: FlowNodeDocument) => {
  const definition = nodeTypes.get(type);
  return definition ? portsOf(definition, config) : [];
};

/** What an exit is called; its name where the node has none of it. */
export const exitLabel = (node: FlowNodeDocument | undefined, exit: string): string =>
  (node && portsOfNode(node).find(({ name }) => name === exit)?.label) ?? exit;

/** The exit that is drawn as connected when a node is left at `exit`. */
export function drawnExit(document: FlowDocument, node: string, exit: string): string | undefined {
  const found = document.nodes[node];
  return found && exitTaken({ next: found.next, ports: portsOfNode(found) }, exit);
}

/** Index in `path.flows` of a flow; null: the call has not come to it. */
export function indexOfFlow({ flows }: FlowPath, flowId: string): number | null {
  const index = flows.findIndex(({ id }) => id === flowId);
  return index < 0 ? null : index;
}

/** The flow of `path.flows` as it stands after so many steps: each node with the numbers of its steps, the last one lit. */
export function marksOf(path: FlowPath, flow: number, document: FlowDocument, steps = path.steps.length): Marks {
  const gone = path.steps.slice(0, steps);
  const here = gone.flatMap((step, index) => (step.flow === flow ? [{ step, number: index + 1 }] : []));
  const nodes = new Map<string, NodeMark>();
  for (const [node, visits] of Map.groupBy(here, ({ step }) => step.node)) {
    const fault = visits.some(({ step }) => step.faults.length > 0);
    nodes.set(node, { tone: fault ? 'fault' : 'passed', badge: badgeOf(visits.map(({ number }) => number)) });
  }
  const edges = new Map<string, EdgeMark>();
  for (const [index, { step }] of here.entries()) {
    const exit = index + 1 < here.length && step.exit !== null ? drawnExit(document, step.node, step.exit) : undefined;
    if (exit !== undefined) edges.set(edgeKey(step.node, exit), { tone: 'passed' });
  }
  const last = here.at(-1)?.step;
  const tone = last && toneOfLast(path, last, gone);
  if (last && tone) nodes.set(last.node, { ...nodes.get(last.node), tone });
  return { nodes, edges };
}

/** The step in which the call stands is lit, and so is the node that went into the flow in which it does; a hang-up is told apart. */
function toneOfLast(path: FlowPath, last: PathStep, gone: readonly PathStep[]): NodeMark['tone'] | null {
  const current = gone.at(-1);
  const over = path.end !== null && gone.length === path.steps.length;
  if (!over) return last === current || (last.exit === null && current?.flow !== null) ? 'active' : null;
  return last === current && LEFT.has(path.end?.reason ?? '') ? 'fault' : null;
}

const badgeOf = (numbers: readonly number[]): string =>
  numbers.length > NUMBERED ? `${numbers.length} 次` : numbers.join('·');
