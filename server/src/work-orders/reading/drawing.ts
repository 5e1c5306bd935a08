/** Where an order is in the drawing of its workflow. */
import type { DrawnNode } from '@rexian/contracts';
import { restsIn } from '@rexian/workflows/graph.ts';
import { sql } from 'kysely';
import { personJson } from '../../centres/reach.ts';
import { refusal } from '../../platform/errors.ts';
import { publishedVersion } from '../../workflows/queries.ts';
import type { Graphs } from '../steps/graphs.ts';
import { type ActingReader, unitNamed } from './rows.ts';

type Been = Pick<DrawnNode, 'node' | 'state' | 'since' | 'doneAt' | 'dueAt' | 'warnAt' | 'unit' | 'person'>;

/** Who sees the order sees how it walks. Throws NOT_FOUND, REFUSED for an order without a workflow. */
export async function orderDrawing(
  reader: ActingReader,
  graphs: Graphs,
  orderId: string,
): Promise<{ drawing: string; nodes: DrawnNode[] }> {
  const { rows } = await sql<{ id: string | null; version: number | null }>`
    select workflow_id as id, workflow_version as version from work_orders where id = ${orderId}`.execute(reader.db);
  const { all } = reader;
  const [walks] = rows;
  if (!walks) throw refusal('NOT_FOUND', '没有找到工单');
  const { id, version } = walks;
  if (id === null || version === null) throw refusal('REFUSED', '该工单没有流程');
  const [{ drawing }, graph, been] = await Promise.all([
    publishedVersion(all, { id, version }),
    graphs.graph(all, id, version),
    lastStays(reader, orderId),
  ]);
  const nodes = [...graph.nodes.values()].filter(restsIn).map((node): DrawnNode => {
    const last = been.find((each) => each.node === node.id);
    const isTask = node.type === 'task';
    const nowhere = { state: null, since: null, doneAt: null, dueAt: null, warnAt: null, unit: null, person: null };
    return {
      ...(last ?? nowhere),
      ...{ node: node.id, title: node.title, isTask },
      isChosen: isTask && node.settings.assign.to === 'sender',
    };
  });
  return { drawing, nodes };
}

/** The last stay in each node that the order has been in; what is open comes before what is over. */
async function lastStays({ all, actor }: ActingReader, orderId: string): Promise<Been[]> {
  const { rows } = await sql<
    Omit<Been, 'unit'> & { unitId: string }
  >`select distinct on (t.node) t.node, t.state, t.arrived_at as since, t.done_at as "doneAt",
      t.due_at as "dueAt", t.warn_at as "warnAt", t.unit_id as "unitId",
      ${personJson('t.person_id', 'p')} as person
    from work_order_tasks t left join people p on p.id = t.person_id
    where t.order_id = ${orderId} and t.kind <> 'assist'
    order by t.node, t.done_at is null desc, t.arrived_at desc, t.id desc`.execute(all);
  return rows.map(({ unitId, ...stay }) => ({ ...stay, unit: unitNamed(actor, unitId) }));
}
