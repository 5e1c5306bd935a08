/** Whom an agent can hand a call to, ask, or show as the sender of a call: those of the own centre, and other centres by their codes. */
import type { CallTargets } from '@rexian/contracts';
import { sql } from 'kysely';
import { centresFor } from '../calls/centres.ts';
import type { Db } from '../platform/db.ts';
import type { Seat } from './seat.ts';

const MOST = 200;

/** `system`: sees the codes of other centres. */
export async function callTargets(seat: Seat, system: Db, text = ''): Promise<CallTargets> {
  const { viewer } = seat;
  const [agents, queues, flows, centres, shown] = await Promise.all([
    agentTargets(seat, text),
    queueTargets(seat, text),
    flowTargets(seat, text),
    viewer.permissions.includes('calls.transfer_centre') ? centresFor(system, { unitId: viewer.unit.id }) : [],
    viewer.permissions.includes('calls.dial') ? shownNumbers(seat) : [],
  ]);
  const fits = ({ code, name, unit }: (typeof centres)[number]) => `${code} ${name} ${unit}`.includes(text);
  return { agents, queues, flows, centres: centres.filter(fits), shownNumbers: shown };
}

const like = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

async function agentTargets({ db, viewer }: Seat, text: string): Promise<CallTargets['agents']> {
  const result = await sql<CallTargets['agents'][number]>`
    select json_build_object('id', p.id, 'name', p.name, 'agentNumber', p.agent_number) as person, u.name as unit,
      s.state, s.reason, s.state_since as since,
      json_build_object('transfer', s.state = 'ready' and r.reachable, 'consult', s.state in ('ready', 'not_ready') and r.reachable) as can
    from agent_sessions s join people p on p.id = s.person_id join units u on u.id = p.unit_id,
      lateral (select s.phone_registered or s.phone_kind = 'outside' as reachable) r
    where s.signed_out_at is null and p.active and p.id <> ${viewer.id}
      and (p.name ilike ${like(text)} or p.agent_number ilike ${like(text)} or u.name ilike ${like(text)})
    order by s.state <> 'ready', p.agent_number limit ${MOST}`.execute(db);
  return result.rows.map((row) => ({ ...row, since: new Date(row.since) }));
}

async function queueTargets({ db }: Seat, text: string): Promise<CallTargets['queues']> {
  const result = await sql<CallTargets['queues'][number]>`
    select q.id, q.name, u.name as unit,
      (select count(*)::int from contacts c where c.queue_id = q.id and c.state = 'queued' and c.state <> 'ended') as waiting,
      (select count(*)::int from queue_members m join agent_sessions s using (person_id)
        where m.queue_id = q.id and s.signed_out_at is null and s.state = 'ready') as ready
    from queues q join units u on u.id = q.unit_id
    where q.active and q.name ilike ${like(text)} order by u.path, q.name limit ${MOST}`.execute(db);
  return result.rows;
}

async function flowTargets({ db, viewer }: Seat, text: string): Promise<CallTargets['flows']> {
  const result = await sql<{ id: string; name: string }>`
    select f.id, f.name from flows f join units u on u.id = f.unit_id
    where f.removed_at is null and exists (select from flow_versions v where v.flow_id = f.id and v.version > 0)
      and u.path @> ${viewer.unit.path}::ltree and f.name ilike ${like(text)} order by f.name limit ${MOST}`.execute(
    db,
  );
  return result.rows;
}

/** Service numbers that calls of this agent may show: those of the own centre, the nearest first. */
export async function shownNumbers({ db, viewer }: Seat): Promise<CallTargets['shownNumbers']> {
  const result = await sql<CallTargets['shownNumbers'][number]>`
    select n.id, n.number, n.name from service_numbers n join units u on u.id = n.unit_id
    where n.active order by u.path @> ${viewer.unit.path}::ltree desc, nlevel(u.path), n.number limit ${MOST}`.execute(
    db,
  );
  return result.rows;
}
