/** Test calls of flows, and the sums that their statistics are read from. */
import { auditAction } from '@rexian/contracts';
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const actions = sql.raw(auditAction.values.map((value) => `'${value}'`).join(', '));
  const statements = [
    sql`alter table audit_log drop constraint audit_log_action_values,
      add constraint audit_log_action_values check (action in (${actions}))`,
    // A number is never used again: contacts name the draft that they ran when it has been forgotten.
    sql`create sequence flow_test_versions as int`,
    sql`create table flow_tests (
      -- SHA-256 of the code that is dialled.
      code_hash bytea primary key, flow_id uuid not null, version int not null, person_id uuid not null,
      contact_id uuid not null unique, expires_at timestamptz not null,
      -- The engine's call that used it.
      external_id text,
      foreign key (flow_id, version) references flow_versions on delete cascade)`,
    // Few among millions: what counts calls leaves them out, what shows them looks nowhere else.
    sql`create index contacts_test on contacts (id) where source = 'test'`,
    sql`alter table contact_events add column flow_id uuid`,
    ...passages,
    sql`create or replace function count_contact() returns trigger language plpgsql security definer
      set search_path = public, pg_temp as $$
      begin
        if new.source = 'test' then return null; end if;
        if tg_op = 'UPDATE' then
          if old.unit_id = new.unit_id and old.arrived_at = new.arrived_at then return null; end if;
          update contact_days set contacts = contacts - 1
          where unit_id = old.unit_id and day = (old.arrived_at at time zone 'Asia/Shanghai')::date;
        end if;
        insert into contact_days as d values (new.unit_id, (new.arrived_at at time zone 'Asia/Shanghai')::date, 1)
        on conflict (unit_id, day) do update set contacts = d.contacts + 1;
        return null;
      end $$`,
  ];
  for (const statement of statements) await statement.execute(db);
}

/** What statistics of flows are read from (flow-runs/days.ts). Days are Beijing's. */
const passages = [
  sql`create table flow_days (
    unit_id uuid not null, flow_id uuid not null, version int not null, day date not null, type text not null, node text not null,
    -- The node of the same flow that led there, and by which exit.
    from_node text, exit text,
    title text, node_type text, times int not null,
    -- Stays of known length in the node that was left.
    stays int not null, ms bigint not null,
    -- Calls that had not been in the flow before, and those that had not been in this version of it.
    calls int not null, version_calls int not null,
    unique nulls not distinct (flow_id, day, unit_id, version, type, node, from_node, exit)) with (fillfactor = 50)`,
  // One row an event, until it is added to the day's. It goes with the event: what commits late is added late, and nothing twice.
  sql`create table flow_passages (like flow_days)`,
  // Which of two entrances came first is in the sequence, wherever the clock stood. Sub-flows of a test call are published ones.
  sql`create function note_passage() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    declare
      flow_version int := new.data ->> 'flowVersion';
      stay bigint := round((new.data ->> 'ms')::numeric);
      came boolean := new.type = 'node_entered' and not new.data ? 'from';
      known int[] := '{}';
    begin
      if not coalesce(flow_version, 0) > 0 or new.data ? 'resumed' or new.data ->> 'node' is null then return null; end if;
      if exists (select from contacts c where c.id = new.contact_id and c.source = 'test') then return null; end if;
      if came then
        known := array(select (e.data ->> 'flowVersion')::int from contact_events e
          where e.contact_id = new.contact_id and e.flow_id = new.flow_id and e.type = 'node_entered' and e.sequence < new.sequence
            and not e.data ?| '{from,resumed}' and (e.data ->> 'flowVersion')::int > 0);
      end if;
      insert into flow_passages (unit_id, flow_id, version, day, type, node, from_node, exit, title, node_type, times, stays, ms,
        calls, version_calls)
      values (new.unit_id, new.flow_id, flow_version, (new.at at time zone 'Asia/Shanghai')::date, new.type, new.data ->> 'node',
        new.data ->> 'from', new.data ->> 'exit', new.data ->> 'title', new.data ->> 'nodeType', 1, (stay is not null)::int,
        coalesce(stay, 0), (came and known = '{}')::int, (came and flow_version <> all (known))::int);
      return null;
    end $$`,
  sql`create trigger passage_noted after insert on contact_events for each row
    when (new.flow_id is not null and (new.type in ('node_entered', 'fault') or (new.type = 'ended'
      and new.data ->> 'reason' in ('abandoned_in_flow', 'abandoned_in_queue', 'abandoned_while_ringing'))))
    execute function note_passage()`,
];
