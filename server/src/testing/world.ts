/**
 * A small province for tests of who sees what: 12366 at the top, two cities with a district each, and in every centre a row in every
 * business table. All text of a centre carries its mark, so that a leak is found wherever it comes out.
 */
import { readFileSync } from 'node:fs';
import { type BuiltInRole, type DataScope, formField, type Permission, type UnitKind } from '@rexian/contracts';
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
  workflow: string;
  orderForm: string;
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
  /** One on its way, waiting at the desk of return visits. It and what follows are made by `seedOrders`. */
  order: string;
  task: string;
  request: string;
  urge: string;
  /** Of the agent. */
  savedFilter: string;
  exportJob: string;
  /** Knowledge; made by `seedKnowledge`. */
  library: string;
  knowledgeCategory: string;
  article: string;
  feedback: string;
  /** A question that was asked and not found. */
  missing: string;
  answer: string;
  /** A change of it that waits, by the clerk. */
  proposal: string;
  term: string;
  /** Attached to the message's work order. */
  file: string;
  sms: string;
  /** A platform that has its draft, and what it is to be told of it. */
  partner: string;
  partnerMessage: string;
  partnerFile: string;
  taxpayerAnswer: string;
  smsTemplate: string;
  /** What the agent is told. */
  notice: string;
  leg: string;
  recording: string;
  caller: string;
}

/** What tells that something of this centre came out: ids, and what stands in its texts. */
export const tracesOf = ({ unit, district, dialled: _, ...rest }: WorldCentre): string[] => [
  ...Object.values(rest),
  unit.id,
  district.id,
];

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

/** A workflow of one task. */
export const blankDrawing = readFileSync(new URL('../../../workflows/templates/blank.bpmn', import.meta.url), 'utf8');

async function seedCity(
  db: Db,
  vault: Vault,
  { path, mark, dialled, caller }: { path: string; mark: string; dialled: string; caller: string },
): Promise<WorldCentre> {
  const unit = await addUnit(db, path, `市12366 ${mark}`, 'centre');
  const district = await addUnit(db, `${path}.d1`, `区税务局 ${mark}`, 'bureau');
  const [queue, flow, category, number, accessCode, listEntry] = [newId(), newId(), newId(), newId(), newId(), newId()];
  const [calendar, rule, customer, role, apiKey, trunk] = [newId(), newId(), newId(), newId(), newId(), newId()];
  const [prompt, workflow, orderForm] = [newId(), newId(), newId()];
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
    .insertInto('workflows')
    .values({ id: workflow, ...of, kind: 'consultation', name: `咨询流程 ${mark}` })
    .execute();
  await db
    .insertInto('workflow_versions')
    .values({ workflow_id: workflow, version: 1, drawing: blankDrawing, published_by: mark })
    .execute();
  await db
    .insertInto('order_forms')
    .values({ id: orderForm, ...of, kind: 'complaint' })
    .execute();
  const field = formField.parse({ key: 'demand', label: `诉求 ${mark}`, type: 'textarea' });
  await db
    .insertInto('order_form_versions')
    .values({ form_id: orderForm, version: 1, fields: JSON.stringify([field]), published_by: mark })
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
  const taxpayerAnswer = await seedTaxpayers(db, vault, { unit, mark });
  const [smsTemplate, notice] = [newId(), newId()];
  await db
    .insertInto('sms_templates')
    .values({
      id: smsTemplate,
      ...of,
      code: 'answered',
      name: `答复 ${mark}`,
      text: `已答复 ${mark}`,
      changed_by: mark,
    })
    .execute();
  const told = { kind: 'task_arrived' as const, title: `新工单 ${mark}`, order_id: left.workOrder };
  await db
    .insertInto('notices')
    .values({
      id: notice,
      person_id: agent,
      at: new Date(),
      ...told,
      link: `/messages/${left.workOrder}`,
      read_at: null,
    })
    .execute();
  const file = newId();
  await db
    .insertInto('files')
    .values({
      ...{
        id: file,
        ...of,
        order_id: left.workOrder,
        name: `合同 ${mark}.pdf`,
        media_type: 'application/pdf',
        bytes: 1000,
      },
      ...{ sha256: Buffer.alloc(32), storage_key: `files/${mark}`, uploaded_by: agent },
    })
    .execute();
  const exchanged = await seedPartner(db, vault, { unit, mark, apiKey, workOrder: left.workOrder });
  return {
    ...exchanged,
    ...{
      mark,
      unit,
      district,
      agent,
      clerk,
      queue,
      flow,
      workflow,
      orderForm,
      category,
      number,
      dialled,
      accessCode,
      trunk,
      listEntry,
    },
    ...{
      calendar,
      prompt,
      rule,
      customer,
      role,
      apiKey,
      device,
      ...call,
      ...lost,
      ...left,
      ...{ order: newId(), task: newId(), request: newId(), urge: newId(), savedFilter: newId(), exportJob: newId() },
      ...{ library: newId(), knowledgeCategory: newId(), article: newId(), feedback: newId(), missing: newId() },
      ...{ library: newId(), knowledgeCategory: newId(), article: newId(), feedback: newId() },
      ...{ answer: newId(), proposal: newId(), term: newId() },
      file,
      sms,
      taxpayerAnswer,
      smsTemplate,
      notice,
      caller,
    },
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
  const texts = vault.seal('work_order', JSON.stringify({ title: `留言 ${mark}`, content: '' }));
  await sql`insert into work_orders (id, number, unit_id, source, texts_sealed, content_index, caller_sealed, caller_index,
      caller_tail, contact_id, recording_id, scene, node, created_at)
    values (${workOrder}, ${`GD${mark}`}, ${unit.id}, 'voicemail', ${texts},
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

/** A source about taxpayers, and what it answered. */
async function seedTaxpayers(db: Db, vault: Vault, { unit, mark }: Pick<CallOf, 'unit' | 'mark'>): Promise<string> {
  const [id, version] = [newId(), newId()];
  const at = new Date();
  await db
    .insertInto('taxpayer_sources')
    .values({
      ...{ unit_id: unit.id, version, enabled: true, adapter: 'demo', url: '', deadline_ms: 1_000, cache_minutes: 30 },
      key_sealed: vault.seal('source_key', mark),
    })
    .execute();
  const persons = { legalRepresentative: `韦${mark}`, financeManager: '', taxClerk: '' };
  const facts = {
    creditCode: '91450103MA5KXXXX0A',
    name: `公司 ${mark}`,
    authority: '',
    status: '正常',
    creditRating: 'A',
  };
  await db
    .insertInto('taxpayer_answers')
    .values({
      ...{ id, unit_id: unit.id, source_version: version, asked_at: at, fresh_until: at },
      asked_sealed: vault.seal('taxpayer_query', mark),
      asked_index: vault.index('taxpayer_query', mark),
      answer_sealed: vault.seal('taxpayer', JSON.stringify([{ ...facts, ...persons, matchedBy: [], extras: [] }])),
      kept_until: new Date(at.getTime() + 3_600_000),
    })
    .execute();
  return id;
}

async function seedPartner(
  db: Db,
  vault: Vault,
  { unit, mark, apiKey, workOrder }: { unit: WorldUnit; mark: string; apiKey: string; workOrder: string },
): Promise<{ partner: string; partnerMessage: string; partnerFile: string }> {
  const [partner, link, partnerMessage] = [newId(), newId(), newId()];
  await sql`insert into partners (id, unit_id, name, kind, address, api_key_id, secret_sealed, deadline_seconds)
    values (${partner}, ${unit.id}, ${`平台 ${mark}`}, 'rexian', 'https://peer.example', ${apiKey},
      ${vault.seal('partner_secret', mark)}, 10)`.execute(db);
  await sql`insert into partner_orders (id, order_id, partner_id, direction, exchange, sent)
    values (${link}, ${workOrder}, ${partner}, 'out', ${`${mark}-1`}, 1)`.execute(db);
  await sql`insert into partner_outbox (id, partner_id, link_id, order_id, sequence, kind, payload_sealed, queued_at, next_at)
    values (${partnerMessage}, ${partner}, ${link}, ${workOrder}, 1, 'urge', ${vault.seal('partner_message', '{"text":"快"}')}, now(),
      now())`.execute(db);
  const partnerFile = newId();
  await sql`insert into partner_files (id, partner_id, link_id, order_id, their_id, name, bytes, sha256, asked_at, state, error)
    values (${partnerFile}, ${partner}, ${link}, ${workOrder}, '1', '回执.pdf', 10, ${Buffer.alloc(32)}, now(), 'failed', '对方没有按时应答')`.execute(
    db,
  );
  return { partner, partnerMessage, partnerFile };
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
