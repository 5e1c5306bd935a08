/** Makes a draft ready to be dialled. */
import type { FlowDocument } from '@rexian/contracts';
import type { Finding } from '@rexian/flows/graph.ts';
import { nodeTypes } from '@rexian/flows/registry.ts';
import { validate } from '@rexian/flows/validate.ts';
import { sql } from 'kysely';
import { openTestCall, type TestCall } from '../calls/test-calls.ts';
import { reachableUnits } from '../centres/reach.ts';
import type { Caller } from '../platform/api.ts';
import type { Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';

interface Tested extends TestCall {
  flow: { id: string; name: string; unitId: string };
}

/** Within a transaction. `revision` 0: what is published. Throws NOT_FOUND, CHANGED, REFUSED. */
export async function testFlow(
  trx: Queryable,
  caller: Caller,
  { id, revision }: { id: string; revision: number },
): Promise<Tested> {
  const { rows } = await sql<{ name: string; unitId: string; revision: number; document: FlowDocument | null }>`
    select f.name, f.unit_id as "unitId", case when f.draft is null then 0 else f.draft_revision end as revision,
      coalesce(f.draft, (select v.graph from flow_versions v where v.flow_id = f.id and v.version > 0 order by v.version desc limit 1))
        as document
    from flows f where f.id = ${id} and f.removed_at is null and f.unit_id in (${reachableUnits(caller)})`.execute(trx);
  const [flow] = rows;
  if (!flow) throw refusal('NOT_FOUND');
  if (flow.revision !== revision) throw refusal('CHANGED');
  if (!flow.document) throw refusal('REFUSED', '流程还没有内容');
  const { faults } = validate(flow.document, nodeTypes, null);
  if (faults.length > 0) throw refusal('REFUSED', inWords(flow.document, faults));
  const { name, unitId } = flow;
  const by = { personId: caller.viewer.id, by: caller.viewer.name };
  return { ...(await openTestCall(trx, { flowId: id, document: flow.document, ...by })), flow: { id, name, unitId } };
}

const MOST_FAULTS = 5;

/** What stands in the way, node by node. */
function inWords({ nodes }: FlowDocument, faults: readonly Finding[]): string {
  const told = faults.slice(0, MOST_FAULTS).map(({ node, message }) => {
    const title = node === null ? undefined : (nodes[node]?.title ?? node);
    return title === undefined ? message : `“${title}”${message}`;
  });
  return `流程还不能试拨：${told.join('；')}${faults.length > told.length ? ` 等 ${faults.length} 处` : ''}`;
}
