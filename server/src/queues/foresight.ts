/** What would happen now to a call (路由预演), and why a call of the ledger went as it did (路由说明). */
import type { PersonRef, PlacementPreview, RoutingExplanation } from '@rexian/contracts';
import { sql } from 'kysely';
import { contactScope, type LedgerReader } from '../contacts/scope.ts';
import { refusal } from '../platform/errors.ts';
import type { Sources } from './callers.ts';
import { estimateWait } from './estimate.ts';
import { type ExplainedContact, type ExplainedEvent, explain } from './explanation.ts';
import { place, type ToPlace } from './place.ts';
import { refusedBy, surroundings } from './placement.ts';

/** `sources` sees every centre: a call is placed by what its viewer may not see as well. */
export async function preview(sources: Sources, call: ToPlace): Promise<PlacementPreview> {
  const { db } = sources;
  const { queueId, queueName, priority, region, classes, wanted, reasons } = await place(sources, call);
  const { before } = await surroundings(db, { queueId, contactId: null, priority, at: call.at });
  return {
    queue: { id: queueId, name: queueName },
    refused: await refusedBy(db, queueId, null),
    ...{ priority, region, classes, reasons, before },
    wanted: wanted && { persons: await personRefs(sources, wanted.persons), seconds: wanted.seconds },
    waitMs: await estimateWait(db, { queueId, before }),
  };
}

async function personRefs({ db }: Sources, ids: readonly string[]): Promise<PersonRef[]> {
  const { rows } = await sql<PersonRef>`select id, name, agent_number as "agentNumber" from people
    where id = any(${ids as string[]}::uuid[]) order by agent_number`.execute(db);
  return rows;
}

type ContactRow = Omit<ExplainedContact, 'queueNames'>;

/** Throws NOT_FOUND when there is no such contact for this viewer. */
export async function explainContact({ db, caller }: LedgerReader, contactId: string): Promise<RoutingExplanation> {
  const found = await sql<ContactRow>`
    select c.called_number as "calledNumber", c.called_name as "calledName", c.origin, c.from_unit_name as "fromUnitName"
    from contacts c where c.id = ${contactId} and ${contactScope(caller)}`.execute(db);
  const [contact] = found.rows;
  if (!contact) throw refusal('NOT_FOUND');
  const { rows: events } = await sql<ExplainedEvent>`
    select e.at, e.type, e.data,
      case when e.person_id is not null then
        json_build_object('id', e.person_id, 'name', coalesce(p.name, '其他中心坐席'), 'agentNumber', p.agent_number) end as person
    from contact_events e left join people p on p.id = e.person_id
    where e.contact_id = ${contactId} order by e.at, e.sequence`.execute(db);
  const ids = events.flatMap(({ data }) => (typeof data.queueId === 'string' ? [data.queueId] : []));
  const queues = await sql<{ id: string; name: string }>`select id, name from queues
    where id = any(${ids}::uuid[])`.execute(db);
  const queueNames = new Map(queues.rows.map(({ id, name }) => [id, name]));
  return { contactId, lines: explain({ ...contact, queueNames }, events) };
}
