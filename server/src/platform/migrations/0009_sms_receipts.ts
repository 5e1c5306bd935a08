/** Short messages can be found, retried, and reported by the gateway. */
import { auditSubject, contactEventType, smsState } from '@rexian/contracts';
import { type Kysely, sql } from 'kysely';
import type { Vault } from '../vault.ts';

const listed = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

export async function up(db: Kysely<unknown>, vault: Vault): Promise<void> {
  const before = [
    sql`alter table audit_log drop constraint audit_log_subject_kind_values,
      add constraint audit_log_subject_kind_values check (subject_kind in (${listed(auditSubject.values)}))`,
    sql`alter table contact_events drop constraint contact_events_type_values,
      add constraint contact_events_type_values check (type in (${listed(contactEventType.values)}))`,
    sql`alter table sms_messages drop constraint sms_messages_state_check,
      add constraint sms_messages_state_check check (state in (${listed(smsState.values)})),
      add column sending_id uuid, add column expires_at timestamptz, add column reported_at timestamptz,
      add column number_index bytea, add column number_tail bytea`,
    sql`update sms_messages set sending_id = id, expires_at = queued_at + interval '6 hours'`,
  ];
  const after = [
    sql`alter table sms_messages alter column sending_id set not null, alter column expires_at set not null,
      alter column number_index set not null`,
    sql`create unique index sms_messages_sending on sms_messages (sending_id)`,
    sql`create index sms_messages_newest on sms_messages (unit_id, id desc)`,
    sql`create index sms_messages_number on sms_messages (number_index)`,
    sql`create index sms_messages_tail on sms_messages (number_tail)`,
  ];
  for (const statement of before) await statement.execute(db);
  await indexNumbers(db, vault);
  for (const statement of after) await statement.execute(db);
}

async function indexNumbers(db: Kysely<unknown>, vault: Vault): Promise<void> {
  const { rows } = await sql<{ id: string; sealed: Buffer }>`
    select id, number_sealed as sealed from sms_messages`.execute(db);
  const numbers = rows.map(({ sealed }) => vault.open('number', sealed));
  await sql`update sms_messages m set number_index = n.index, number_tail = n.tail
    from unnest(${rows.map(({ id }) => id)}::uuid[], ${numbers.map((number) => vault.index('number', number))}::bytea[],
      ${numbers.map((number) => vault.tail('number', number))}::bytea[]) as n(id, index, tail) where m.id = n.id`.execute(
    db,
  );
}
