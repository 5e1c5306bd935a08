/** What conditions of a drawing may ask: `outcome`, which the task before gave, and the facts of the order. */
import { workOrderKind, workOrderSource, workOrderUrgency } from '@rexian/contracts';
import { readExpression } from '@rexian/flows/expressions.ts';
import type { Finding, WorkflowGraph } from './graph.ts';

export interface FactType {
  label: string;
  /** Values with their labels; null: true or false. */
  values: Readonly<Record<string, string>> | null;
}

/** By the name behind `order.` in a condition. */
export const orderFacts = {
  kind: { label: '工单类型', values: workOrderKind.labels },
  urgency: { label: '紧急程度', values: workOrderUrgency.labels },
  source: { label: '来源', values: workOrderSource.labels },
  /** 是否即办: answered when it was registered. */
  immediate: { label: '即办', values: null },
  /** The caller wants to be known to nobody. */
  anonymous: { label: '匿名', values: null },
  /** The caller was asked for satisfaction before the task that is over now. */
  redone: { label: '已重办', values: null },
} as const satisfies Record<string, FactType>;
export type OrderFact = keyof typeof orderFacts;
export type OrderFacts = {
  [Fact in OrderFact]: (typeof orderFacts)[Fact]['values'] extends null ? boolean : string;
};

const OUTCOME = /\boutcome\s*[!=]=\s*"([^"\\]*)"/g;
const FACT = /\border\.(\w+)\s*[!=]=\s*"([^"\\]*)"/g;

/** Why a condition can't be asked, in Chinese; null: it can. `outcomes`: those of the tasks that lead there; null: not known. */
export function conditionFault(condition: string, outcomes: ReadonlySet<string> | null): string | null {
  const read = readExpression(condition);
  if ('fault' in read) return read.fault;
  for (const { name, part } of read.names) {
    if (name === 'outcome' && part === undefined) continue;
    if (name !== 'order' || part === undefined || !Object.hasOwn(orderFacts, part))
      return `条件中的 ${part === undefined ? name : `${name}.${part}`} 不存在`;
  }
  for (const [, fact, value] of condition.matchAll(FACT)) {
    const { values }: FactType = orderFacts[fact as OrderFact];
    if (!values || !Object.hasOwn(values, value ?? '')) return `条件中的 order.${fact} 没有“${value}”`;
  }
  for (const [, outcome = ''] of condition.matchAll(OUTCOME))
    if (outcomes && !outcomes.has(outcome)) return `条件中的“${outcome}”不是前面环节的办理结果`;
  return null;
}

/** Faults of all conditions, by flow. `isWhole`: no node of the drawing is missing in the graph. */
export function conditionFaults(graph: WorkflowGraph, isWhole: boolean): Finding[] {
  return [...graph.flows.values()].flatMap(({ id, from, condition }) => {
    const node = graph.nodes.get(from);
    if (condition === null || (!node && !isWhole)) return [];
    const outcomes = isWhole ? outcomesBefore(from, inGraph(graph)) : null;
    const message = node?.type === 'choice' ? conditionFault(condition, outcomes) : '只有分支网关的出口可以带条件';
    return message === null ? [] : [{ element: id, message }];
  });
}

/** A drawing as far as `outcomesBefore` looks at it. */
export interface Neighbours {
  /** Nodes whose flows lead into it; a boundary timer's is the node that it is at. */
  before(id: string): readonly string[];
  /** null: no task. */
  outcomes(id: string): readonly string[] | null;
}

const inGraph = ({ nodes, flows }: WorkflowGraph): Neighbours => ({
  before: (id) => nodes.get(id)?.incoming.flatMap((flow) => flows.get(flow)?.from ?? []) ?? [],
  outcomes: (id) => {
    const node = nodes.get(id);
    return node?.type === 'task' ? node.settings.outcomes : null;
  },
});

/** Outcomes of the tasks from which an order comes to a node without another task between. */
export function outcomesBefore(id: string, { before, outcomes }: Neighbours): Set<string> {
  const found = new Set<string>();
  const seen = new Set([id]);
  const open = [...before(id)];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    if (seen.has(each)) continue;
    seen.add(each);
    const own = outcomes(each);
    if (own) for (const outcome of own) found.add(outcome);
    else open.push(...before(each));
  }
  return found;
}
