/** Test calls of flows, and the index that their statistics are read by. */
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
    // Where callers stood in a flow.
    sql`create index contact_events_flow on contact_events ((data ->> 'flowId'), at)
      where type in ('node_entered', 'fault', 'ended')`,
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
