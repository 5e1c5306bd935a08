/** A workflow of work orders as it runs: BPMN 2.0 reduced to what we execute. */
import type { ActionSettings, EndSettings, TaskSettings, WaitSettings } from './settings.ts';

interface Element {
  id: string;
  title: string;
  /** Sequence flows by id, in the order of the drawing's XML. */
  incoming: readonly string[];
  outgoing: readonly string[];
}

export type WorkflowNode =
  | (Element & { type: 'start' })
  /** userTask: waits for people. */
  | (Element & { type: 'task'; settings: TaskSettings; timer: BoundaryTimer | null })
  /** receiveTask: waits for what was sent away (another platform, children) to come back. */
  | (Element & { type: 'wait'; settings: WaitSettings; timer: BoundaryTimer | null })
  /** serviceTask: done by itself, in the transaction of the step. */
  | (Element & { type: 'action'; settings: ActionSettings })
  /** exclusiveGateway: the first exit whose condition holds, else the default one. */
  | (Element & { type: 'choice'; fallback: string })
  /** parallelGateway: waits for all that come in, goes on by all that lead out. */
  | (Element & { type: 'parallel' })
  | (Element & { type: 'end'; settings: EndSettings });

/** An interrupting boundary event: when the node's time (`due`) is over the order leaves the node by its flow. */
export interface BoundaryTimer {
  id: string;
  title: string;
  /** The sequence flow that leads out of it. */
  flow: string;
}

export interface SequenceFlow {
  id: string;
  title: string;
  from: string;
  to: string;
  /** CEL; null: always. */
  condition: string | null;
}

export interface WorkflowGraph {
  start: string;
  nodes: ReadonlyMap<string, WorkflowNode>;
  flows: ReadonlyMap<string, SequenceFlow>;
}

/** Something that people should know of a drawing. */
export interface Finding {
  /** An element's id; null: of the drawing as a whole. */
  element: string | null;
  /** Chinese, a whole sentence without the element's name. */
  message: string;
}

/** Nodes in which an order rests. */
export const restsIn = (node: WorkflowNode | undefined): node is Extract<WorkflowNode, { type: 'task' | 'wait' }> =>
  node?.type === 'task' || node?.type === 'wait';
