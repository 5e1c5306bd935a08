/** Where an order goes next, told before it goes. */
import type { NextNode, Registration, WorkflowInForce } from '@rexian/contracts';
import type { WorkflowGraph } from '@rexian/workflows/graph.ts';
import { complete, type Step } from '@rexian/workflows/marking.ts';
import { sql } from 'kysely';
import { personJson, unitJson } from '../../centres/reach.ts';
import type { Queryable } from '../../platform/db.ts';
import { refusal } from '../../platform/errors.ts';
import type { Vault } from '../../platform/vault.ts';
import { workflowInForce } from '../../workflows/queries.ts';
import { confidentialOf } from '../registration/save.ts';
import { begun } from '../registration/submit.ts';
import { type Actor, isTheirs } from '../steps/actor.ts';
import type { Graphs } from '../steps/graphs.ts';
import { type Order, openTasks, orderOf } from '../steps/order.ts';
import { type Place, placeOf } from '../steps/places.ts';
import { factsOf } from '../steps/step.ts';
import { walked } from '../steps/verbs/handle.ts';

export interface Looking {
  /** Sees everything. */
  db: Queryable;
  vault: Vault;
  graphs: Graphs;
  actor: Actor;
}

export interface Next {
  ends: boolean;
  nodes: NextNode[];
}

export type FirstFacts = Pick<Registration, 'unitId' | 'kind' | 'urgency' | 'source' | 'anonymous' | 'categoryId'> & {
  immediate: boolean;
};

/** Of an order that is registered so, and by what it will walk. */
export async function firstSteps(
  looking: Looking,
  facts: FirstFacts,
): Promise<Next & { workflow: WorkflowInForce | null }> {
  const { db, graphs, actor } = looking;
  const workflow = await workflowInForce(db, facts);
  if (!workflow) {
    if (facts.immediate) return { ends: true, nodes: [], workflow };
    throw refusal('REFUSED', '该机构没有此类工单的流程，请联系管理员');
  }
  const order = {
    ...{ ...facts, id: '', redone: false, registeredBy: actor.id, confidential: confidentialOf(facts.kind) },
    ...{ workflowId: workflow.id, workflowVersion: workflow.version },
  };
  const step = await begun(graphs, db, order);
  return { ...(await next(looking, await graphs.graph(db, workflow.id, workflow.version), order, step)), workflow };
}

/** Of a task that is done with this outcome. Throws REFUSED when it isn't open any more or somebody else's. */
export async function nextSteps(looking: Looking, at: { id: string; taskId: string; outcome: string }): Promise<Next> {
  const { db, vault, graphs, actor } = looking;
  const order = await orderOf(db, vault, at.id);
  const task = (await openTasks(db, order.id)).find(({ id }) => id === at.taskId);
  const { workflowId, workflowVersion, marking } = order;
  if (!task || !isTheirs(actor, task) || !marking || workflowId === null || workflowVersion === null)
    throw refusal('REFUSED', '该环节已办结或已被他人处理，请刷新');
  if (task.kind === 'assist') return { ends: false, nodes: [] };
  const graph = await graphs.graph(db, workflowId, workflowVersion);
  const step = walked(() => complete(graph, marking, task.token, { outcome: at.outcome, order: factsOf(order) }));
  return next(looking, graph, order, step);
}

async function next({ db, actor }: Looking, graph: WorkflowGraph, order: Placed, step: Step): Promise<Next> {
  const nodes: NextNode[] = [];
  for (const { node: id } of step.opened) {
    const node = graph.nodes.get(id);
    if (node?.type !== 'task') continue;
    const isChosen = node.settings.assign.to === 'sender';
    const to = isChosen ? null : await placeShown(db, await placeOf({ trx: db, order, by: actor, targets: {} }, node));
    nodes.push({ node: id, title: node.title, to });
  }
  return { ends: step.ended !== null, nodes };
}

type Placed = Pick<Order, 'id' | 'unitId' | 'registeredBy' | 'confidential'>;

async function placeShown(db: Queryable, { unitId, desk, personId }: Place): Promise<NextNode['to']> {
  const { rows } = await sql<NonNullable<NextNode['to']>>`select ${unitJson('u')} as unit, ${desk} as desk,
      case when p.id is not null then ${personJson('p.id', 'p')} end as person
    from units u left join people p on p.id = ${personId} where u.id = ${unitId}`.execute(db);
  return rows[0] ?? null;
}
