/**
 * How an order walks through its workflow: pure steps over a marking. A marking is kept with the order and its tasks; whoever takes a
 * step writes what comes out of it, the trail and the notices in one transaction. Source of the semantics: BPMN 2.0 §13, as far as we
 * execute it; going back (`move`) and a manager's `jump` are ours, no drawing has to foresee them.
 */
import { evaluate } from '@rexian/flows/expressions.ts';
import type { Scope } from '@rexian/flows/variables.ts';
import { restsIn, type SequenceFlow, type WorkflowGraph, type WorkflowNode } from './graph.ts';
import type { ActionSettings, EndSettings } from './settings.ts';

export interface Token {
  /** Unique in the order, in rising order. */
  id: number;
  /** A node that the order rests in, or a parallel gateway that waits for others. */
  node: string;
  /** The flow by which it came to a gateway; null in other nodes. */
  by: string | null;
  /** Tasks it went through since the start or the last parallel gateway, oldest first: where it can be returned to. */
  trail: readonly string[];
}

export interface Marking {
  tokens: readonly Token[];
  /** Id of the next token. */
  next: number;
}

export interface Step {
  marking: Marking;
  /** Tokens that came to rest in a task or a wait. */
  opened: Token[];
  /** Tokens whose task or wait is over. */
  closed: Token[];
  /** Actions passed on the way, in order. */
  actions: { node: string; settings: ActionSettings }[];
  /** The last token has gone; null: others are on their way. */
  ended: EndSettings | null;
}

/** The step can't be taken: someone else was faster, or the drawing doesn't allow it. */
export class StepRefused extends Error {}

/** Gateways and actions between two rests; a drawing that was checked has far fewer. */
const MAX_PASSED = 500;
const MAX_TRAIL = 50;

/** Variables of a condition: `outcome` and the order's facts. */
export type Facts = Scope;

export function start(graph: WorkflowGraph, facts: Facts): Step {
  const walk = new Walk(graph, { tokens: [], next: 1 }, facts);
  walk.leave(nodeOf(graph, graph.start), []);
  return walk.done();
}

/** A task or wait is over; the order goes on by its exit. Throws StepRefused. */
export function complete(graph: WorkflowGraph, marking: Marking, tokenId: number, facts: Facts): Step {
  const { walk, token, node } = taken(graph, marking, tokenId, facts);
  walk.leave(node, trailAfter(token));
  return walk.done();
}

/** The time of a task or wait that has a timer is over. Throws StepRefused. */
export function expire(graph: WorkflowGraph, marking: Marking, tokenId: number, facts: Facts): Step {
  const { walk, token, node } = taken(graph, marking, tokenId, facts);
  if (!restsIn(node) || !node.timer) throw new StepRefused('该环节没有定时');
  walk.along(flowOf(graph, node.timer.flow), trailAfter(token));
  return walk.done();
}

/** Where a token can be returned to, the last one first. */
export const returnsOf = ({ trail, node }: Token): string[] =>
  [...new Set([...trail].reverse())].filter((each) => each !== node);

/** Back to a task that the token went through. Throws StepRefused. */
export function moveBack(graph: WorkflowGraph, marking: Marking, tokenId: number, to: string): Step {
  const { walk, token } = taken(graph, marking, tokenId, {});
  if (!returnsOf(token).includes(to)) throw new StepRefused('不能退回到该环节');
  walk.rest(nodeOf(graph, to), token.trail.slice(0, token.trail.lastIndexOf(to)));
  return walk.done();
}

/** A manager puts the order into a task; whatever else was under way is over. Throws StepRefused. */
export function jump(graph: WorkflowGraph, marking: Marking, to: string): Step {
  const node = graph.nodes.get(to);
  if (!restsIn(node)) throw new StepRefused('只能跳转到办理环节');
  const walk = new Walk(graph, { tokens: [], next: marking.next }, {});
  walk.closed.push(...marking.tokens);
  walk.rest(node, []);
  return walk.done();
}

function taken(graph: WorkflowGraph, marking: Marking, tokenId: number, facts: Facts) {
  const token = marking.tokens.find(({ id }) => id === tokenId);
  const node = token && graph.nodes.get(token.node);
  if (!token || !restsIn(node)) throw new StepRefused('该环节已办结或已被他人处理');
  const rest = marking.tokens.filter(({ id }) => id !== tokenId);
  const walk = new Walk(graph, { tokens: rest, next: marking.next }, facts);
  walk.closed.push(token);
  return { walk, token, node };
}

const trailAfter = ({ trail, node }: Token): string[] => [...trail, node].slice(-MAX_TRAIL);

class Walk {
  readonly closed: Token[] = [];
  readonly #graph: WorkflowGraph;
  readonly #facts: Facts;
  readonly #opened: Token[] = [];
  readonly #actions: Step['actions'] = [];
  #tokens: Token[];
  #next: number;
  #passed = 0;
  #ended: EndSettings | null = null;

  constructor(graph: WorkflowGraph, { tokens, next }: Marking, facts: Facts) {
    this.#graph = graph;
    this.#tokens = [...tokens];
    this.#next = next;
    this.#facts = facts;
  }

  done(): Step {
    const over = this.#tokens.length === 0;
    return {
      marking: { tokens: this.#tokens, next: this.#next },
      opened: this.#opened,
      closed: this.closed,
      actions: this.#actions,
      ended: over ? (this.#ended ?? { as: 'closed' }) : null,
    };
  }

  /** By the exit of a node that has one. */
  leave(node: WorkflowNode, trail: readonly string[]): void {
    const [out] = node.outgoing;
    if (out === undefined) throw new StepRefused('流程图中该环节没有出口');
    this.along(flowOf(this.#graph, out), trail);
  }

  along(flow: SequenceFlow, trail: readonly string[]): void {
    if (++this.#passed > MAX_PASSED) throw new StepRefused('流程图中存在无法离开的循环');
    const node = nodeOf(this.#graph, flow.to);
    switch (node.type) {
      case 'task':
      case 'wait':
        this.rest(node, trail);
        break;
      case 'action':
        this.#actions.push({ node: node.id, settings: node.settings });
        this.leave(node, trail);
        break;
      case 'choice':
        this.along(this.#chosen(node), trail);
        break;
      case 'parallel':
        this.#arrive(node, flow, trail);
        break;
      case 'end':
        this.#ended = node.settings;
        break;
      case 'start':
        this.leave(node, trail);
        break;
    }
  }

  rest(node: WorkflowNode, trail: readonly string[]): void {
    const token = this.#put(node.id, null, trail);
    this.#opened.push(token);
  }

  #put(node: string, by: string | null, trail: readonly string[]): Token {
    const token = { id: this.#next++, node, by, trail };
    this.#tokens.push(token);
    return token;
  }

  #chosen({ outgoing, fallback }: Extract<WorkflowNode, { type: 'choice' }>): SequenceFlow {
    for (const id of outgoing) {
      const flow = flowOf(this.#graph, id);
      if (id === fallback || flow.condition === null) continue;
      const result = evaluate(flow.condition, this.#facts);
      if (result.ok && result.value === true) return flow;
    }
    return flowOf(this.#graph, fallback);
  }

  /** The gateway lets go once somebody has come by each of its entrances. */
  #arrive(node: WorkflowNode, by: SequenceFlow, trail: readonly string[]): void {
    this.#put(node.id, by.id, trail);
    const here = this.#tokens.filter((token) => token.node === node.id);
    const used = node.incoming.map((id) => here.find((token) => token.by === id));
    if (used.some((token) => token === undefined)) return;
    this.#tokens = this.#tokens.filter((token) => !used.includes(token));
    // Behind a gateway that joins, what lay before it can be returned to no more: the branches are over.
    for (const id of node.outgoing) this.along(flowOf(this.#graph, id), []);
  }
}

function nodeOf({ nodes }: WorkflowGraph, id: string): WorkflowNode {
  const node = nodes.get(id);
  if (!node) throw new StepRefused('流程图中没有该环节');
  return node;
}

function flowOf({ flows }: WorkflowGraph, id: string): SequenceFlow {
  const flow = flows.get(id);
  if (!flow) throw new StepRefused('流程图中没有该连线');
  return flow;
}
