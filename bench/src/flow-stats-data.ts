/**
 * What `bench flow-stats` reads: thirty days of calls that walk through one flow of three versions, some seven nodes each, and the same
 * figures counted from every event.
 */
import type { FlowStatistics } from '@rexian/contracts';
import { dayBounds, dayName } from '@rexian/server/platform/clock.ts';
import { type Db, openDb } from '@rexian/server/platform/db.ts';
import { newId } from '@rexian/server/platform/ids.ts';
import { addPerson } from '@rexian/server/seed/person.ts';
import { sql } from 'kysely';

export const DAYS = 30;
/** Months before this one, as a platform has them that has run for two years. */
const MONTHS = 24;
const MOST_NODES = 12;
const WAYS = 4;

export interface FlowWorld {
  flowId: string;
  unitId: string;
  /** An administrator of the centre. */
  personId: string;
}

/** A centre with a flow; no calls yet. */
export async function addFlow(ownerUrl: string): Promise<FlowWorld> {
  const { db, close } = openDb(ownerUrl, { max: 1 });
  try {
    const [unitId, flowId] = [newId(), newId()];
    await db.insertInto('units').values({ id: unitId, path: 'gx', name: '广西12366', kind: 'centre' }).execute();
    await db.insertInto('flows').values({ id: flowId, unit_id: unitId, name: '主流程' }).execute();
    const graph = JSON.stringify({ start: 'end', nodes: { end: { type: 'hang_up', config: {}, next: {} } } });
    for (const version of [1, 2, 3])
      await db.insertInto('flow_versions').values({ flow_id: flowId, version, graph }).execute();
    const admin = { unitId, login: 'admin', name: 'admin', agentNumber: null, passwordHash: 'none' };
    const personId = await addPerson(db, { ...admin, roles: ['centre_admin'], scope: 'subtree' });
    for (let month = 1; month <= MONTHS; month += 1) await addMonth(db, month);
    return { flowId, unitId, personId };
  } finally {
    await close();
  }
}

async function addMonth(db: Db, ago: number): Promise<void> {
  const { rows } = await sql<{ name: string; begin: string; end: string }>`
    select 'contact_events_' || to_char(first, 'YYYY_MM') as name, first::text || '+00' as begin, (first + interval '1 month')::text || '+00' as end
    from (select date_trunc('month', now() at time zone 'UTC') - make_interval(months => ${ago}::int) as first) m`.execute(
    db,
  );
  for (const { name, begin, end } of rows)
    await sql`create table ${sql.table(name)} partition of contact_events
      for values from (${sql.lit(begin)}) to (${sql.lit(end)})`.execute(db);
}

/** Calls of one day: from menu to menu by one of four ways, each for some seconds; one in seven hangs up there, one in a thousand is a test. */
export async function addCalls(db: Db, { flowId, unitId }: FlowWorld, daysAgo: number, calls: number): Promise<void> {
  // The count of contacts a day takes each row by itself; here only flows matter.
  await sql`alter table contacts disable trigger counted`.execute(db);
  await sql`create temp table day_calls as
    select uuidv7(d.at - now()) as id, d.at, 2 + floor((${MOST_NODES}::int - 2) * random())::int as nodes,
      case when random() < 0.001 then 'test' else 'trunk' end as source,
      case when ${daysAgo}::int > 20 then 1 when ${daysAgo}::int > 5 then 2 else 3 end as version, random() < 0.15 as lost
    from (select ((now() at time zone 'Asia/Shanghai')::date - ${daysAgo}::int) at time zone 'Asia/Shanghai'
      + least(interval '1 hour' * (24 * random()), interval '23:59:59') as at from generate_series(1, ${calls}::int)) d`.execute(
    db,
  );
  await sql`insert into contacts (id, unit_id, source, external_id, channel_id, state, state_since, called_number, called_name, flow_id,
      flow_version, arrived_at, answered_at, ended_at, end_reason, ended_by)
    select id, ${unitId}, source, id::text, id::text, 'ended', at + interval '2 minutes', '12366', '广西12366', ${flowId}, version, at, at,
      at + interval '2 minutes', case when lost then 'abandoned_in_flow' else 'flow_ended' end, 'caller'
    from day_calls`.execute(db);
  await sql`insert into contact_events (contact_id, unit_id, at, type, flow_id, data)
    select c.id, ${unitId}, c.at + s.step * interval '7 seconds', case when s.step < c.nodes then 'node_entered' else 'ended' end, ${flowId},
      jsonb_build_object('node', case when s.step < c.nodes then w.node else w.before end, 'flowId', ${flowId}::text,
          'flowVersion', c.version)
        || case when s.step = 0 then '{}' else jsonb_build_object('ms', 1000 + (w.luck & 8191)) end
        || case when s.step = c.nodes then jsonb_build_object('reason', case when c.lost then 'abandoned_in_flow' else 'flow_ended' end)
          else jsonb_build_object('nodeType', 'menu', 'title', '菜单 ' || w.node)
            || case when s.step = 0 then '{}' else jsonb_build_object('from', w.before, 'exit', 'key_' || (w.luck & ${WAYS - 1})) end end
    from day_calls c, lateral generate_series(0, c.nodes) as s(step), lateral (
      select hashtext(c.id::text || s.step) as luck, s.step || '_' || (hashtext(c.id::text || s.step) & ${WAYS - 1}) as node,
        s.step - 1 || '_' || (hashtext(c.id::text || (s.step - 1)) & ${WAYS - 1}) as before) w`.execute(db);
  await sql`drop table day_calls`.execute(db);
  await sql`alter table contacts enable trigger counted`.execute(db);
}

/** What statistics must say of the days from `from` to today, each event looked at. */
export async function countEvents(db: Db, { flowId }: FlowWorld, from: string): Promise<FlowStatistics> {
  const [[begin], [, end]] = [dayBounds(from), dayBounds(dayName(new Date()))];
  const events = sql`contact_events e where e.flow_id = ${flowId} and e.at >= ${begin}
    and e.at < ${end}
    and (e.data ->> 'flowVersion')::int > 0 and not e.data ? 'resumed'
    and e.contact_id not in (select c.id from contacts c where c.source = 'test')`;
  const { rows: ways } = await sql<Way>`
    select e.type, e.data ->> 'node' as node, e.data ->> 'from' as "from", e.data ->> 'exit' as exit, max(e.data ->> 'title') as title,
      count(*) as times, count(e.data ->> 'ms') as stays, coalesce(sum((e.data ->> 'ms')::bigint), 0) as ms
    from ${events} and (e.type = 'node_entered' or (e.type = 'ended' and e.data ->> 'reason' like 'abandoned%'))
    group by 1, 2, 3, 4`.execute(db);
  const { rows: versions } = await sql<{ version: number | null; calls: number }>`
    select version, count(distinct contact_id) as calls from (
      select e.contact_id, (e.data ->> 'flowVersion')::int as version from ${events} and e.type = 'node_entered' and not e.data ? 'from'
      group by 1, 2) came
    group by grouping sets ((version), ()) order by version desc nulls last`.execute(db);
  return {
    calls: versions.find(({ version }) => version === null)?.calls ?? 0,
    nodes: [...new Set(ways.flatMap(({ node, from }) => (from === null ? [node] : [node, from])))].map((node) =>
      ofNode(ways, node),
    ),
    versions: versions.flatMap(({ version, calls }) => (version === null ? [] : [{ version, calls }])),
  };
}

interface Way {
  type: 'node_entered' | 'ended';
  node: string;
  from: string | null;
  exit: string | null;
  title: string | null;
  times: number;
  stays: number;
  ms: number;
}

function ofNode(ways: readonly Way[], node: string): FlowStatistics['nodes'][number] {
  const entered = ways.filter((way) => way.type === 'node_entered' && way.node === node);
  const ended = ways.filter((way) => way.type === 'ended' && way.node === node);
  const left = ways.filter((way) => way.from === node);
  const sum = (of: readonly Way[], column: 'times' | 'stays' | 'ms') => of.reduce((all, way) => all + way[column], 0);
  const exits = [...new Set(left.map(({ exit }) => exit ?? ''))];
  const [totalMs, stays] = [sum([...left, ...ended], 'ms'), sum([...left, ...ended], 'stays')];
  return {
    ...{ node, title: entered[0]?.title ?? node, nodeType: 'menu', faults: 0 },
    ...{ entries: sum(entered, 'times'), dropOuts: sum(ended, 'times') },
    exits: exits.map((exit) => ({
      exit,
      count: sum(
        left.filter((way) => way.exit === exit),
        'times',
      ),
    })),
    ...{ totalMs, meanMs: stays > 0 ? Math.round(totalMs / stays) : 0 },
  };
}
