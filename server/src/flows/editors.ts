/** Who has a flow open in the editor. Pages say every ten seconds that they are there. `all` sees everyone's names. */
import type { FlowEditor } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Queryable } from '../platform/db.ts';

/** Two signs of life missed. */
const GONE = sql`now() - interval '25 seconds'`;

export type OpenEditor = Omit<FlowEditor, 'mine'> & { flowId: string; personId: string; client: string };

/** Of these flows, those who came first before others. */
export async function editorsOf(all: Queryable, flowIds: readonly string[]): Promise<OpenEditor[]> {
  const { rows } =
    await sql<OpenEditor>`select e.flow_id as "flowId", e.person_id as "personId", e.client, p.name, e.since
    from flow_editors e join people p on p.id = e.person_id
    where e.flow_id = any(${flowIds as string[]}::uuid[]) and e.seen_at > ${GONE} order by e.since, e.client`.execute(
      all,
    );
  return rows;
}

export interface Presence {
  flowId: string;
  client: string;
  personId: string;
}

/** Books that a page is there; true: others see somebody new. A page is the person's who opened it. */
export async function noteEditor(db: Queryable, { flowId, client, personId }: Presence): Promise<boolean> {
  const { rows } = await sql<{ came: boolean }>`
    insert into flow_editors as open (flow_id, client, person_id) values (${flowId}, ${client}, ${personId})
    on conflict (flow_id, client) do update set seen_at = now(), since =
      case when open.seen_at > ${GONE} then open.since else now() end
      where open.person_id = excluded.person_id
    returning since = now() as came`.execute(db);
  await sql`delete from flow_editors where flow_id = ${flowId} and seen_at < now() - interval '1 hour'`.execute(db);
  return rows[0]?.came ?? false;
}

/** True: it was there. */
export async function dropEditor(db: Queryable, { flowId, client, personId }: Presence): Promise<boolean> {
  const dropped = await db
    .deleteFrom('flow_editors')
    .where('flow_id', '=', flowId)
    .where('client', '=', client)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return dropped.numDeletedRows > 0n;
}
