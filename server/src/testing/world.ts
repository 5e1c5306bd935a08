/**
 * A small province for tests of who sees what: 12366 at the top, two cities with a district each, and in every centre a row in every
 * business table. All text of a centre carries its mark, so that a leak is found wherever it comes out.
 */
import type { BuiltInRole, DataScope, Permission, UnitKind } from '@rexian/contracts';
import { sql } from 'kysely';
import { sealNumber } from '../contacts/caller-number.ts';
import { dayName } from '../platform/clock.ts';
import type { Db } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import type { Vault } from '../platform/vault.ts';
import { addPerson } from '../seed/person.ts';

export interface WorldUnit {
  id: string;
  path: string;
}

/** Ids of one centre's rows. */
export interface WorldCentre {
  /** In every text of the centre's rows. */
  mark: string;
  unit: WorldUnit;
  district: WorldUnit;
  agent: string;
  /** Somebody without a role, to be changed by tests. */
  clerk: string;
  queue: string;
  flow: string;
  category: string;
  number: string;
  dialled: string;
  accessCode: string;
  trunk: string;
  listEntry: string;
  calendar: string;
  prompt: string;
  rule: string;
  customer: string;
  role: string;
  apiKey: string;
  device: string;
  contact: string;
  /** A caller who was lost, and a call-back that waits. */
  lostCall: string;
  callback: string;
  /** A message and its draft. */
  workOrder: string;
  message: string;
  sms: string;
  leg: string;
  recording: string;
  caller: string;
}

export interface World {
  province: WorldUnit;
  nanning: WorldCentre;
  liuzhou: WorldCentre;
}

export async function seedWorld(db: Db, vault: Vault): Promise<World> {
  const province = await addUnit(db, 'gx', '广西12366', 'centre');
  return {
    province,
    nanning: await seedCity(db, vault, { path: 'gx.nn', mark: 'NNQX7', dialled: '077112366', caller: '13800770001' }),
    liuzhou: await seedCity(db, vault, { path: 'gx.lz', mark: 'LZYF9', dialled: '077212366', caller: '13900880002' }),
  };
}

async function addUnit(db: Db, path: string, name: string, kind: UnitKind): Promise<WorldUnit> {
  const id = newId();
  await db.insertInto('units').values({ id, path, name, kind }).execute();
  return { id, path };
}

async function seedCity(
  db: Db,
  vault: Vault,
  { path, mark, dialled, caller }: { path: string; mark: string; dialled: string; caller: string },
): Promise<WorldCentre> {
  const unit = await addUnit(db, path, `市12366 ${mark}`, 'centre');
  const district = await addUnit(db, `${path}.d1`, `区税务局 ${mark}`, 'bureau');
  const [queue, flow, category, number, accessCode, listEntry] = [newId(), newId(), newId(), newId(), newId(), newId()];
  const [calendar, rule, customer, role, apiKey, trunk] = [newId(), newId(), newId(), newId(), newId(), newId()];
  const prompt = newId();
  const of = { unit_id: unit.id };
  await db
    .insertInto('queues')
    .values({ id: queue, ...of, name: `咨询 ${mark}` })
    .execute();
  await db
    .insertInto('flows')
    .values({ id: flow, ...of, name: `开场 ${mark}` })
    .execute();
  const graph = { start: 'end', nodes: { end: { type: 'hang_up', config: {}, next: {} } } };
  await db
    .insertInto('flow_versions')
    .values({ flow_id: flow, version: 1, graph: JSON.stringify(graph) })
    .execute();
  await db
    .insertInto('categories')
    .values({ id: category, ...of, parent_id: null, name: `增值税 ${mark}` })
    .execute();
  await db
    .insertInto('service_numbers')
    .values({ id: number, ...of, number: dialled, name: `热线 ${mark}`, flow_id: flow })
    .execute();
  await db
    .insertInto('access_codes')
    .values({
      id: accessCode,
      ...of,
      code: dialled.slice(0, 4),
      name: `接入码 ${mark}`,
      number_id: number,
      accepts: ['above'],
    })
    .execute();
  await seedTrunk(db, vault, { ...of, id: trunk, mark });
  const sealed = sealNumber(vault, caller);
  if (!sealed.sealed || !sealed.index) throw new Error('a caller without a number');
  const columns = { number_sealed: sealed.sealed, number_index: sealed.index, number_tail: sealed.tail };
  await db
    .insertInto('list_entries')
    .values({
      id: listEntry,
      ...of,
      ...columns,
      kind: 'black',
      reason: `骚扰 ${mark}`,
      expires_at: null,
      created_by: mark,
    })
    .execute();
  await db
    .insertInto('calendars')
    .values({
      id: calendar,
      ...of,
      name: `日历 ${mark}`,
      week: JSON.stringify(Array(7).fill([])),
      holidays: true,
      special_days: '[]',
    })
    .execute();
  await db
    .insertInto('prompts')
    .values({
      id: prompt,
      ...of,
      name: '欢迎词',
      text: `您好 ${mark}`,
      recording_key: null,
      recording_ms: null,
      changed_by: mark,
    })
    .execute();
  const name = `韦${mark}`;
  await sql`insert into customers (id, unit_id, number_sealed, number_index, number_tail, name_sealed, name_index, company)
    values (${customer}, ${unit.id}, ${sealed.sealed}, ${sealed.index}, ${sealed.tail}, ${vault.seal('name', name)},
      ${vault.index('name', name)}, ${`公司 ${mark}`})`.execute(db);
  await db
    .insertInto('roles')
    .values({ id: role, ...of, code: null, name: `自定角色 ${mark}`, permissions: ['contacts.read'] })
    .execute();
  await db
    .insertInto('api_keys')
    .values({
      id: apiKey,
      ...of,
      name: `合作方 ${mark}`,
      permissions: ['contacts.read'],
      rate_per_minute: 600,
      created_by: mark,
    })
    .execute();
  await db
    .insertInto('api_key_secrets')
    .values({
      id: newId(),
      key_id: apiKey,
      secret_hash: Buffer.from(mark),
      hint: mark.slice(-4),
      expires_at: null,
      last_used_at: null,
      last_used_address: null,
    })
    .execute();
  const device = newId();
  await db
    .insertInto('devices')
    .values({
      id: device,
      ...of,
      name: `sip-${mark.toLowerCase()}`,
      label: `话机 ${mark}`,
      password_sealed: vault.seal('sip_password', mark),
      person_id: null,
    })
    .execute();
  await sql`insert into routing_rules (id, unit_id, name, position, conditions, effects) values (${rule}, ${unit.id}, ${`规则 ${mark}`}, 1,
    '{"classes":["white"],"origins":[],"calledNumberIds":[],"regions":[],"hours":null}',
    '{"priority":10,"queueId":null,"persons":[],"personSeconds":0}')`.execute(db);
  const agent = await person(db, unit, `agent${mark}`, ['agent'], 'own');
  const clerk = await person(db, unit, `clerk${mark}`, [], 'own');
  await db.insertInto('queue_members').values({ queue_id: queue, person_id: agent }).execute();
  const call = await seedCall(db, { unit, agent, queue, category, flow, dialled, mark, sealed });
  const lost = await seedLost(db, { unit, queue, dialled, mark, sealed, contact: call.contact });
  const left = await seedMessage(db, vault, { unit, mark, sealed, contact: call.contact });
  const sms = await seedSms(db, vault, { unit, mark, sealed, contact: call.contact });
  return {
    ...{ mark, unit, district, agent, clerk, queue, flow, category, number, dialled, accessCode, trunk, listEntry },
    ...{ calendar, prompt, rule, customer, role, apiKey, device, ...call, ...lost, ...left, sms, caller },
  };
}

/** A trunk to another platform. */
async function seedTrunk(db: Db, vault: Vault, of: { unit_id: string; id: string; mark: string }): Promise<void> {
  const { unit_id, id, mark } = of;
  const account = { username: `u${mark}`, password_sealed: vault.seal('sip_password', `password ${mark}`) };
  const state = { reachable: true, reachable_since: new Date(), round_trip_ms: 12 };
  await db
    .insertInto('trunks')
    .values({
      ...{ id, unit_id, ...account, ...state },
      ...{ code: mark.toLowerCase(), name: `中继 ${mark}`, kind: 'platform', host: 'peer.example', port: 5060 },
    })
    .execute();
}

interface CallOf {
  unit: WorldUnit;
  agent: string;
  queue: string;
  category: string;
  flow: string;
  dialled: string;
  mark: string;
  sealed: ReturnType<typeof sealNumber>;
}

/** A finished call with everything that hangs on it. */
async function seedCall(db: Db, of: CallOf): Promise<{ contact: string; leg: string; recording: string }> {
  const { unit, agent, queue, category, flow, dialled, mark, sealed } = of;
  const [contact, leg, recording, session, owner] = [newId(), newId(), newId(), newId(), newId()];
  const at = new Date(Date.now() - 3_600_000);
  await sql`insert into agent_sessions (id, owner, person_id, unit_id, phone_kind, state, reason, state_since, idle_since, signed_in_at, signed_out_at)
    values (${session}, ${owner}, ${agent}, ${unit.id}, 'sip', 'not_ready', 'meal', ${at}, ${at}, ${at}, ${at})`.execute(
    db,
  );
  await sql`insert into agent_events (at, person_id, session_id, unit_id, from_state, to_state, reason, from_ms)
    values (${at}, ${agent}, ${session}, ${unit.id}, null, 'not_ready', 'signed_in', 0)`.execute(db);
  await sql`insert into contacts (id, unit_id, source, external_id, channel_id, state, state_since, caller_sealed, caller_index,
      caller_tail, called_number, called_name, flow_id, flow_version, queue_id, agent_id, category_id, arrived_at, queued_at, connected_at,
      ended_at, end_reason, ended_by, result, recorded, talking_ms)
    values (${contact}, ${unit.id}, 'trunk', ${`${mark}-1`}, ${`${mark}-1`}, 'ended', ${at}, ${sealed.sealed}, ${sealed.index},
      ${sealed.tail}, ${dialled}, ${`热线 ${mark}`}, ${flow}, 1, ${queue}, ${agent}, ${category}, ${at}, ${at}, ${at}, ${at},
      'completed', 'caller', 'resolved', true, 60000)`.execute(db);
  await sql`insert into contact_events (contact_id, unit_id, at, type, data) values
    (${contact}, ${unit.id}, ${at}, 'key_pressed', ${JSON.stringify({ key: '1', label: `咨询 ${mark}` })})`.execute(db);
  const passage = { unit_id: unit.id, flow_id: flow, version: 1, day: dayName(at), title: `开场 ${mark}` };
  for (const table of ['flow_days', 'flow_passages'] as const)
    await db
      .insertInto(table)
      .values({
        ...{ ...passage, type: 'node_entered', node: 'end', from_node: null, exit: null, node_type: 'hang_up' },
        ...{ times: 1, stays: 0, ms: 0, calls: 1, version_calls: 1 },
      })
      .execute();
  await sql`insert into contact_legs (id, contact_id, number, unit_id, person_id, session_id, queue_id, channel_id, state, outcome,
      offered_at, connected_at, ended_at, remark)
    values (${leg}, ${contact}, 1, ${unit.id}, ${agent}, ${session}, ${queue}, ${`${mark}-leg`}, 'ended', 'answered', ${at}, ${at}, ${at},
      ${`备注 ${mark}`})`.execute(db);
  await sql`insert into recordings (id, contact_id, leg_id, unit_id, state, started_at, source_path, storage_key, duration_ms, bytes)
    values (${recording}, ${contact}, ${leg}, ${unit.id}, 'stored', ${at}, ${`/${mark}.raw`}, ${`recordings/${mark}.opus`}, 60000, 1000)`.execute(
    db,
  );
  return { contact, leg, recording };
}

/** A caller to be called back, and one who booked it. */
async function seedLost(
  db: Db,
  of: Pick<CallOf, 'unit' | 'queue' | 'dialled' | 'mark' | 'sealed'> & { contact: string },
): Promise<{ lostCall: string; callback: string }> {
  const { unit, queue, dialled, mark, sealed, contact } = of;
  const [lostCall, callback] = [newId(), newId()];
  const at = new Date(Date.now() - 1_800_000);
  await sql`insert into lost_calls (id, unit_id, day, key_id, caller_sealed, caller_index, caller_tail, first_at, last_at, contact_id,
      end_reason, queue_id, remark)
    values (${lostCall}, ${unit.id}, ${dayName(at)}::date, 1, ${sealed.sealed}, ${sealed.index}, ${sealed.tail}, ${at}, ${at}, ${contact},
      'abandoned_in_queue', ${queue}, ${`说明 ${mark}`})`.execute(db);
  await sql`insert into contacts (id, unit_id, direction, origin, source, external_id, channel_id, state, state_since, caller_sealed,
      caller_index, caller_tail, called_number, called_name, queue_id, previous_id, arrived_at, queued_at, queue_entered_at)
    values (${callback}, ${unit.id}, 'outbound', 'callback', 'trunk', ${`callback:${mark}`}, '', 'queued', ${at}, ${sealed.sealed},
      ${sealed.index}, ${sealed.tail}, ${dialled}, ${`热线 ${mark}`}, ${queue}, ${contact}, ${at}, ${at}, ${at})`.execute(
    db,
  );
  return { lostCall, callback };
}

async function seedMessage(
  db: Db,
  vault: Vault,
  { unit, mark, sealed, contact }: Pick<CallOf, 'unit' | 'mark' | 'sealed'> & { contact: string },
): Promise<{ message: string; workOrder: string }> {
  const [message, workOrder] = [newId(), newId()];
  const at = new Date(Date.now() - 1_200_000);
  await sql`insert into recordings (id, contact_id, leg_id, unit_id, kind, scene, node, state, started_at, source_path, storage_key,
      duration_ms, bytes)
    values (${message}, ${contact}, null, ${unit.id}, 'voicemail', 'closed', 'message', 'stored', ${at}, ${`/${mark}.sln`},
      ${`recordings/${mark}-message.opus`}, 9000, 500)`.execute(db);
  const sealedText = (text: string) => vault.seal('work_order', text);
  await sql`insert into work_orders (id, number, unit_id, source, title_sealed, content_sealed, content_index, caller_sealed, caller_index,
      caller_tail, contact_id, recording_id, scene, node, created_at)
    values (${workOrder}, ${`GD${mark}`}, ${unit.id}, 'voicemail', ${sealedText(`留言 ${mark}`)}, ${sealedText('')},
      ${vault.index('work_order', '')}, ${sealed.sealed}, ${sealed.index}, ${sealed.tail}, ${contact}, ${message}, 'closed', 'message',
      ${at})`.execute(db);
  return { message, workOrder };
}

/** A short message that the gateway has. */
async function seedSms(
  db: Db,
  vault: Vault,
  { unit, mark, sealed, contact }: Pick<CallOf, 'unit' | 'mark' | 'sealed'> & { contact: string },
): Promise<string> {
  const id = newId();
  const at = new Date(Date.now() - 1_200_000);
  const text = `您的编号是 ${mark}`;
  await sql`insert into sms_messages (id, sending_id, unit_id, contact_id, node, number_sealed, number_index, number_tail, text_sealed,
      text_index, state, attempts, next_at, queued_at, expires_at, done_at)
    values (${id}, ${id}, ${unit.id}, ${contact}, 'sms', ${sealed.sealed}, ${sealed.index}, ${sealed.tail}, ${vault.seal('sms_text', text)},
      ${vault.index('sms_text', text)}, 'sent', 1, ${at}, ${at}, ${at}, ${at})`.execute(db);
  return id;
}

export function person(
  db: Db,
  unit: WorldUnit,
  login: string,
  roles: BuiltInRole[],
  scope: DataScope,
): Promise<string> {
  const agentNumber = null;
  return addPerson(db, {
    unitId: unit.id,
    login,
    name: `人员 ${login}`,
    agentNumber,
    roles,
    scope,
    passwordHash: 'none',
  });
}

/** Somebody with a role of exactly these permissions. */
export async function personWith(
  db: Db,
  unit: WorldUnit,
  login: string,
  permissions: readonly Permission[],
  scope: DataScope,
): Promise<string> {
  const id = await person(db, unit, login, [], scope);
  const roleId = newId();
  const role = { id: roleId, unit_id: unit.id, code: null, name: `role of ${login}`, permissions: [...permissions] };
  await db.insertInto('roles').values(role).execute();
  await db.insertInto('person_roles').values({ person_id: id, role_id: roleId }).execute();
  return id;
}
