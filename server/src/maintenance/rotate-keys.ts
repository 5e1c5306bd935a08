/**
 * Changing the key of personal data while the platform runs: first everyone learns the new key (and seals with it), then what lies under
 * old keys is sealed anew, row by row in batches, with its indexes. Interrupted, it is simply run again. Searches look under all keys
 * meanwhile, so nothing disappears.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import type { Purpose, Vault } from '../platform/vault.ts';

/** Every sealed column of the house, with what it is and which indexes stand beside it. */
interface SealedColumn {
  table:
    | 'contacts'
    | 'contact_legs'
    | 'lost_calls'
    | 'customers'
    | 'list_entries'
    | 'credentials'
    | 'devices'
    | 'trunks'
    | 'agent_sessions'
    | 'work_orders'
    | 'work_order_tasks'
    | 'work_order_events'
    | 'work_order_requests'
    | 'work_order_urges'
    | 'saved_filters'
    | 'exports'
    | 'sms_messages'
    | 'taxpayer_sources'
    | 'taxpayer_answers'
    | 'partners'
    | 'partner_outbox';
  key: 'id' | 'person_id' | 'unit_id';
  sealed: string;
  index?: string;
  tail?: string;
  purpose: Purpose;
}

export const sealedColumns: readonly SealedColumn[] = [
  {
    table: 'contacts',
    key: 'id',
    sealed: 'caller_sealed',
    index: 'caller_index',
    tail: 'caller_tail',
    purpose: 'number',
  },
  {
    table: 'list_entries',
    key: 'id',
    sealed: 'number_sealed',
    index: 'number_index',
    tail: 'number_tail',
    purpose: 'number',
  },
  {
    table: 'customers',
    key: 'id',
    sealed: 'number_sealed',
    index: 'number_index',
    tail: 'number_tail',
    purpose: 'number',
  },
  { table: 'customers', key: 'id', sealed: 'name_sealed', index: 'name_index', purpose: 'name' },
  {
    table: 'customers',
    key: 'id',
    sealed: 'id_number_sealed',
    index: 'id_number_index',
    tail: 'id_number_tail',
    purpose: 'id_number',
  },
  {
    table: 'customers',
    key: 'id',
    sealed: 'tax_number_sealed',
    index: 'tax_number_index',
    tail: 'tax_number_tail',
    purpose: 'tax_number',
  },
  { table: 'credentials', key: 'person_id', sealed: 'totp_sealed', purpose: 'totp' },
  {
    table: 'lost_calls',
    key: 'id',
    sealed: 'caller_sealed',
    index: 'caller_index',
    tail: 'caller_tail',
    purpose: 'number',
  },
  {
    table: 'work_orders',
    key: 'id',
    sealed: 'caller_sealed',
    index: 'caller_index',
    tail: 'caller_tail',
    purpose: 'number',
  },
  { table: 'work_orders', key: 'id', sealed: 'texts_sealed', purpose: 'work_order' },
  { table: 'work_orders', key: 'id', sealed: 'caller_name_sealed', index: 'caller_name_index', purpose: 'name' },
  { table: 'work_orders', key: 'id', sealed: 'tax_sealed', index: 'tax_index', purpose: 'tax_number' },
  { table: 'work_order_tasks', key: 'id', sealed: 'draft_sealed', purpose: 'work_order' },
  { table: 'work_order_events', key: 'id', sealed: 'text_sealed', purpose: 'work_order' },
  { table: 'work_order_requests', key: 'id', sealed: 'texts_sealed', purpose: 'work_order' },
  { table: 'work_order_urges', key: 'id', sealed: 'texts_sealed', purpose: 'work_order' },
  { table: 'saved_filters', key: 'id', sealed: 'query_sealed', purpose: 'order_filter' },
  { table: 'exports', key: 'id', sealed: 'request_sealed', purpose: 'order_filter' },
  {
    table: 'sms_messages',
    key: 'id',
    sealed: 'number_sealed',
    index: 'number_index',
    tail: 'number_tail',
    purpose: 'number',
  },
  { table: 'sms_messages', key: 'id', sealed: 'text_sealed', index: 'text_index', purpose: 'sms_text' },
  {
    table: 'taxpayer_answers',
    key: 'id',
    sealed: 'asked_sealed',
    index: 'asked_index',
    purpose: 'taxpayer_query',
  },
  { table: 'taxpayer_answers', key: 'id', sealed: 'answer_sealed', purpose: 'taxpayer' },
  { table: 'taxpayer_sources', key: 'unit_id', sealed: 'key_sealed', purpose: 'source_key' },
  { table: 'partners', key: 'id', sealed: 'secret_sealed', purpose: 'partner_secret' },
  { table: 'partners', key: 'id', sealed: 'old_secret_sealed', purpose: 'partner_secret' },
  { table: 'partners', key: 'id', sealed: 'their_key_sealed', purpose: 'partner_secret' },
  { table: 'partners', key: 'id', sealed: 'their_secret_sealed', purpose: 'partner_secret' },
  { table: 'partner_outbox', key: 'id', sealed: 'payload_sealed', purpose: 'partner_message' },
  { table: 'contact_legs', key: 'id', sealed: 'party_sealed', purpose: 'number' },
  { table: 'trunks', key: 'id', sealed: 'password_sealed', purpose: 'sip_password' },
  { table: 'devices', key: 'id', sealed: 'password_sealed', purpose: 'sip_password' },
  { table: 'agent_sessions', key: 'id', sealed: 'outside_sealed', purpose: 'number' },
];

/** What flows of calls in progress know, as text in JSON (calls/flow-state.ts). */
const flowVariables = sql`select id, decode(flow_variables->>'sealed', 'base64') as sealed from contacts
  where state <> 'ended' and flow_variables->>'sealed' is not null`;

const BATCH = 2_000;

export interface KeyUse {
  keyId: number;
  values: number;
}

/** How many values lie under each key. */
export async function keyUse(db: Db): Promise<KeyUse[]> {
  const parts = sealedColumns.map(
    ({ table, sealed }) =>
      sql`select ${keyIdOf(sealed)} as id from ${sql.table(table)} where ${sql.ref(sealed)} is not null`,
  );
  parts.push(sql`select ${keyIdOf('sealed')} as id from (${flowVariables}) variables`);
  const { rows } = await sql<KeyUse>`select id as "keyId", count(*)::int as values
    from (${sql.join(parts, sql` union all `)}) used group by id order by id`.execute(db);
  return rows;
}

/** Bytes 1 and 2 of a sealed value are its key's number (platform/vault.ts). */
const keyIdOf = (column: string): RawBuilder<number> =>
  sql<number>`(get_byte(${sql.ref(column)}, 1) * 256 + get_byte(${sql.ref(column)}, 2))`;

/** Seals everything that lies under another key with the active one. Returns how many values that were. */
export async function resealAll(db: Db, vault: Vault, onProgress: (done: number) => void): Promise<number> {
  let done = 0;
  for (const column of sealedColumns) {
    for (let after: string | null = null; ; ) {
      const found = await nextBatch(db, vault, column, after);
      if (found.length === 0) break;
      done += await resealBatch(db, vault, column, found);
      after = found.at(-1)?.key ?? null;
      onProgress(done);
    }
  }
  return done + (await resealFlows(db, vault));
}

/** A call that meanwhile has gone on to another node has sealed anew by itself. */
async function resealFlows(db: Db, vault: Vault): Promise<number> {
  const { rows } = await sql<{ id: string; sealed: Buffer }>`
    select * from (${flowVariables}) variables where ${keyIdOf('sealed')} <> ${vault.activeKeyId}`.execute(db);
  let done = 0;
  for (const { id, sealed } of rows) {
    const anew = vault.seal('flow_variables', vault.open('flow_variables', sealed)).toString('base64');
    const { numAffectedRows } = await sql`
      update contacts set flow_variables = jsonb_build_object('sealed', ${anew}::text)
      where id = ${id} and flow_variables->>'sealed' = ${sealed.toString('base64')}`.execute(db);
    done += Number(numAffectedRows ?? 0);
  }
  return done;
}

interface Found {
  key: string;
  sealed: Buffer;
}

async function nextBatch(db: Db, vault: Vault, column: SealedColumn, after: string | null): Promise<Found[]> {
  const [key, sealed] = [sql.ref(column.key), sql.ref(column.sealed)];
  const { rows } = await sql<Found>`select ${key} as key, ${sealed} as sealed from ${sql.table(column.table)}
    where ${sealed} is not null and ${keyIdOf(column.sealed)} <> ${vault.activeKeyId}
      ${after === null ? sql`` : sql`and ${key} > ${after}`}
    order by ${key} limit ${BATCH}`.execute(db);
  return rows;
}

/** Only where the value is still what was read: a change in between has been sealed with the new key already. */
async function resealBatch(db: Db, vault: Vault, column: SealedColumn, found: readonly Found[]): Promise<number> {
  const { purpose } = column;
  const texts = found.map(({ sealed }) => vault.open(purpose, sealed));
  const sets = [sql`${sql.ref(column.sealed)} = n.sealed`];
  if (column.index) sets.push(sql`${sql.ref(column.index)} = n.index`);
  if (column.tail) sets.push(sql`${sql.ref(column.tail)} = n.tail`);
  const { numAffectedRows } = await sql`
    update ${sql.table(column.table)} t set ${sql.join(sets)}
    from unnest(${found.map(({ key }) => key)}::uuid[], ${found.map(({ sealed }) => sealed)}::bytea[],
        ${texts.map((text) => vault.seal(purpose, text))}::bytea[], ${texts.map((text) => vault.index(purpose, text))}::bytea[],
        ${texts.map((text) => vault.tail(purpose, text))}::bytea[]) as n(key, old, sealed, index, tail)
    where t.${sql.ref(column.key)} = n.key and t.${sql.ref(column.sealed)} = n.old`.execute(db);
  return Number(numAffectedRows ?? 0);
}
