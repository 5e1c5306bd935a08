/**
 * The ledger: contacts and their append-only events. A transition is one guarded UPDATE that also books the time spent in the
 * state it leaves, writes the events and sends the hint, in one statement: it happens whole or not at all.
 */
import type { ContactEventType, ContactOrigin, ContactState, EndedBy, EndReason } from '@rexian/contracts';
import type { Frame } from '@rexian/flows/interpreter.ts';
import { type RawBuilder, sql } from 'kysely';
import type { Queryable } from '../platform/db.ts';
import type { SealedNumber } from './caller-number.ts';
import { bookLoss, lossColumns } from './loss.ts';

export interface LedgerEvent {
  type: ContactEventType;
  at: Date;
  personId?: string | null;
  data?: Record<string, unknown>;
}

export interface NewContact {
  id: string;
  unitId: string;
  source: string;
  /** Unique id of the call at the engine: the same call never makes two contacts. */
  externalId: string;
  channelId: string;
  caller: SealedNumber;
  calledNumber: string;
  calledName: string;
  /** What was dialled when it was an access code of the called number. */
  accessCode?: string | null;
  flow: { id: string; version: number } | null;
  /** Callers with a higher one are served first. Default 0. */
  priority?: number;
  /** Set when another centre handed the call over. */
  sent?: SentOn;
  /** What was decided at the arrival. */
  events?: LedgerEvent[];
  arrivedAt: Date;
}

/** How a call came here from another centre. */
export interface SentOn {
  origin: ContactOrigin;
  /** First contact of the call, and the one before this; null: at another platform. */
  chainId: string | null;
  previousId: string | null;
  unitId: string | null;
  unitName: string;
  personId: string | null;
  personName: string;
  note: string;
  /** The other platform's contact. */
  remoteReference: string | null;
}

const DIRECT: SentOn = {
  ...{ origin: 'direct', chainId: null, previousId: null, unitId: null, unitName: '' },
  ...{ personId: null, personName: '', note: '', remoteReference: null },
};

/** Opens a contact; false when this call is already in the ledger. */
export async function openContact(db: Queryable, contact: NewContact): Promise<boolean> {
  const { source, accessCode, priority = 0, arrivedAt } = contact;
  const data = { source, ...(accessCode ? { accessCode } : {}), ...(priority > 0 ? { priority } : {}) };
  const sent = contact.sent ?? DIRECT;
  const events = [
    { type: 'arrived' as const, at: arrivedAt, data },
    ...arrivalByTransfer(contact),
    ...(contact.events ?? []),
  ];
  const result = await sql<{ id: string }>`
    with opened as (
      insert into contacts (id, unit_id, source, external_id, channel_id, state, state_since, caller_sealed,
        caller_index, caller_tail, priority, called_number, called_name, flow_id, flow_version, arrived_at, origin, chain_id,
        previous_id, from_unit_id, from_unit_name, sent_by, sent_by_name, note, remote_reference)
      values (${contact.id}, ${contact.unitId}, ${contact.source}, ${contact.externalId}, ${contact.channelId},
        'arrived', ${contact.arrivedAt}, ${contact.caller.sealed}, ${contact.caller.index}, ${contact.caller.tail},
        ${priority}, ${contact.calledNumber}, ${contact.calledName},
        ${contact.flow?.id ?? null}, ${contact.flow?.version ?? null}, ${contact.arrivedAt}, ${sent.origin}, ${sent.chainId},
        ${sent.previousId}, ${sent.unitId}, ${sent.unitName}, ${sent.personId}, ${sent.personName}, ${sent.note},
        ${sent.remoteReference})
      on conflict (external_id) do nothing
      returning id, unit_id),
    logged as (${insertEvents('opened', events)})
    select id, ${contactHint()} from opened`.execute(db);
  return result.rows.length === 1;
}

function arrivalByTransfer({ sent, arrivedAt: at }: NewContact): LedgerEvent[] {
  if (!sent || sent.origin === 'direct') return [];
  const { unitName: unit, personName: person, note, remoteReference: reference } = sent;
  const data = { unit, person, note, ...(reference ? { reference } : {}) };
  return [{ type: 'arrived_by_transfer', at, personId: sent.personId, data }];
}

export interface Transition {
  contactId: string;
  from: readonly ContactState[];
  to: ContactState;
  at: Date;
  /** Further columns to set with it. */
  set?: ContactChange;
  events?: LedgerEvent[];
}

interface ContactChange {
  answered_at?: Date;
  queued_at?: Date;
  connected_at?: Date;
  queue_id?: string | null;
  queue_entered_at?: Date;
  priority?: number;
  wanted_persons?: string[] | null;
  wanted_until?: Date | null;
  placement?: Record<string, unknown>;
  agent_id?: string;
  flow_id?: string;
  flow_version?: number;
  flow_node?: string;
  flow_variables?: Record<string, unknown>;
  flow_stack?: readonly Frame[];
  ended_at?: Date;
  end_reason?: EndReason;
  ended_by?: EndedBy;
  recorded?: boolean;
}

/** Milliseconds that the row has spent in its state until `at`; a clock that went backwards counts as none. */
const spent = (at: Date) => sql`greatest(0, extract(epoch from (${at}::timestamptz - state_since)) * 1000)::int`;

const contactHint = () =>
  sql`pg_notify('rexian', json_build_object('topic', 'contact', 'contactId', id,
    'unitPath', (select u.path::text from units u where u.id = unit_id))::text)`;

/** Moves a contact on; false when it was in none of the expected states (someone else was faster). */
export function moveContact(db: Queryable, move: Transition): Promise<boolean> {
  return transition(db, move, []);
}

/** `also`: further parts of the statement, which find the contact as `moved`. */
async function transition(db: Queryable, move: Transition, also: RawBuilder<unknown>[]): Promise<boolean> {
  const changes = Object.entries(move.set ?? {}).map(([column, value]) => assignment(column, value));
  const result = await sql<{ id: string }>`
    with moved as (
      update contacts set state = ${move.to}, state_since = ${move.at},
        flow_ms = flow_ms + case when state in ('arrived', 'in_flow') then ${spent(move.at)} else 0 end,
        waiting_ms = waiting_ms + case when state = 'queued' then ${spent(move.at)} else 0 end,
        ringing_ms = ringing_ms + case when state in ('ringing', 'dialling') then ${spent(move.at)} else 0 end,
        talking_ms = talking_ms + case when state = 'talking' then ${spent(move.at)} else 0 end
        ${changes.length > 0 ? sql`, ${sql.join(changes)}` : sql``}
      where id = ${move.contactId} and state = any(${move.from as string[]})
      returning ${lossColumns}),
    ${sql.join([sql`logged as (${insertEvents('moved', move.events ?? [])})`, ...also])}
    select id, ${contactHint()} from moved`.execute(db);
  return result.rows.length === 1;
}

const JSON_COLUMNS = new Set(['flow_variables', 'flow_stack', 'placement']);

function assignment(column: string, value: unknown): RawBuilder<unknown> {
  // The first time an agent was reached or the queue was entered is what reports ask for.
  if (column === 'connected_at' || column === 'queued_at' || column === 'answered_at')
    return sql`${sql.ref(column)} = coalesce(${sql.ref(column)}, ${value})`;
  return sql`${sql.ref(column)} = ${JSON_COLUMNS.has(column) ? JSON.stringify(value) : value}`;
}

function insertEvents(source: 'opened' | 'moved' | 'found', events: LedgerEvent[]): RawBuilder<unknown> {
  const rows = events.map((event) => ({
    at: event.at.toISOString(),
    type: event.type,
    person_id: event.personId ?? null,
    data: event.data ?? {},
  }));
  return sql`
    insert into contact_events (contact_id, unit_id, at, type, person_id, data)
    select id, unit_id, e.at, e.type, e.person_id, e.data from ${sql.table(source)},
      jsonb_to_recordset(${JSON.stringify(rows)}) as e(at timestamptz, type text, person_id uuid, data jsonb)`;
}

/** Adds events to a contact in whatever state it is. */
export async function appendEvents(db: Queryable, contactId: string, events: LedgerEvent[]): Promise<void> {
  await sql`
    with found as (select id, unit_id from contacts where id = ${contactId}),
    logged as (${insertEvents('found', events)})
    select ${contactHint()} from found`.execute(db);
}

/** What is told of a node that is entered: statistics and paths of flows live on it (flow-runs/). */
export interface NodeTold {
  node: string;
  nodeType: string;
  title: string;
  /** Which flow the node is of; null: the house's own. */
  flowId: string | null;
  flowVersion: number | null;
  /** The node of the same flow that led here, by which exit, after how long; left out: none did. */
  from?: string;
  exit?: string;
  /** Milliseconds; left out: not known. */
  ms?: number;
  /** The caller was in it before a restart. */
  resumed?: true;
}

export interface NodeEntry extends NodeTold {
  variables: Record<string, unknown>;
  stack: readonly Frame[];
  at: Date;
}

/** Keeps where a flow stands, so that a restarted process goes on from there. */
export async function enterFlowNode(db: Queryable, contactId: string, entry: NodeEntry): Promise<boolean> {
  const { variables, stack, at, ...data } = entry;
  return moveContact(db, {
    contactId,
    from: ['arrived', 'in_flow'],
    to: 'in_flow',
    at,
    set: { flow_node: data.node, flow_variables: variables, flow_stack: stack },
    events: [{ type: 'node_entered', at, data }],
  });
}

/** Ends a contact: the one place where a call becomes a CDR, and who reached nobody a lost caller. False when it had ended before. */
export async function endContact(
  db: Queryable,
  end: { contactId: string; at: Date; reason: EndReason; by: EndedBy; data?: Record<string, unknown> },
): Promise<boolean> {
  const move: Transition = {
    contactId: end.contactId,
    from: ['arrived', 'in_flow', 'queued', 'ringing', 'dialling', 'talking'],
    to: 'ended',
    at: end.at,
    // What a caller has entered is needed no more.
    set: { ended_at: end.at, end_reason: end.reason, ended_by: end.by, flow_variables: {} },
    events: [{ type: 'ended', at: end.at, data: { reason: end.reason, by: end.by, ...end.data } }],
  };
  return transition(db, move, [bookLoss(end)]);
}
