/** The way of one call through flows, with the flows as they were. */
import type { FlowPath } from '@rexian/contracts';
import { sql } from 'kysely';
import { contactScope } from '../contacts/scope.ts';
import { testCall } from '../contacts/test-calls.ts';
import type { Caller } from '../platform/api.ts';
import type { Db } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { WAY_EVENTS, type Way, type WayEvent, wayOf } from './way.ts';

/** `db` shows the viewer's centre. Throws NOT_FOUND. */
export async function flowPath(db: Db, caller: Caller, id: string): Promise<FlowPath> {
  const { rows } = await sql<{
    flowId: string | null;
    version: number | null;
    test: boolean;
    endedAt: Date | null;
    reason: NonNullable<FlowPath['end']>['reason'];
    by: NonNullable<FlowPath['end']>['by'];
  }>`
    select c.flow_id as "flowId", c.flow_version as version, ${testCall} as test, c.ended_at as "endedAt", c.end_reason as reason,
      c.ended_by as by
    from contacts c where c.id = ${id} and (${contactScope(caller)} or ${testedBy(caller)})`.execute(db);
  const [contact] = rows;
  if (!contact) throw refusal('NOT_FOUND');
  const { flowId, version, test, endedAt, reason, by } = contact;
  const events = await sql<WayEvent>`
    select type, at, data from contact_events
    where contact_id = ${id} and type = any(${WAY_EVENTS as unknown as string[]}) order by at, sequence`.execute(db);
  const way = wayOf(events.rows, flowId !== null && version !== null ? { id: flowId, version } : null);
  const flows = await documentsOf(db, way);
  return { flows, steps: way.steps, end: endedAt && { at: endedAt, reason, by }, test };
}

const testedBy = ({ viewer }: Caller) =>
  sql`exists (select from flow_tests t where t.contact_id = c.id and t.person_id = ${viewer.id})`;

/** A flow that the viewer doesn't see. */
const ELSEWHERE = '其他中心流程';

async function documentsOf(db: Db, { flows }: Way): Promise<FlowPath['flows']> {
  const ids = flows.map(({ id }) => id);
  const versions = flows.map(({ version }) => version);
  const { rows } = await sql<FlowPath['flows'][number]>`
    select went.id, went.version, coalesce(f.name, ${ELSEWHERE}) as name, v.graph as document
    from unnest(${ids}::uuid[], ${versions}::int[]) with ordinality as went (id, version, place)
      left join flows f on f.id = went.id left join flow_versions v on v.flow_id = f.id and v.version = went.version
    order by went.place`.execute(db);
  return rows;
}
