/**
 * After a start or a lost connection: what the ledger believes is held against what Asterisk really has. Calls that live are taken
 * over where they stand; calls that ended meanwhile are booked with the time of Asterisk's own journal; what belongs to nobody goes.
 */
import type { ContactDirection, ContactState, LegRole, LegState, SuperviseMode } from '@rexian/contracts';
import type { FlowGraph, FlowNode } from '@rexian/flows/graph.ts';
import type { Frame } from '@rexian/flows/interpreter.ts';
import { sql } from 'kysely';
import { openNumber } from '../contacts/caller-number.ts';
import { appendEvents, endContact } from '../contacts/ledger.ts';
import { Call } from './call.ts';
import { bridgeId, type CallEngine } from './context.ts';
import { elapsed, flowAt, openVariables } from './flow-state.ts';
import { graphOf, noFlow, surveyFlow } from './graphs.ts';
import { messageLeft } from './host/voicemail.ts';
import { recordingPath, watchChannel } from './invite.ts';
import { backToFlow, backToQueue, type Leg, legConnected, legEnded, legFailed } from './legs.ts';
import { type EngineView, wentDown } from './reconcile.ts';
import { type Refusal, refusalFlows } from './refusals.ts';
import type { Member } from './room/member.ts';
import type { Party } from './room/state.ts';
import type { RoomSeat } from './start.ts';

export interface Adoption {
  /** Calls to go on with; not yet running. */
  adopted: Call[];
  ended: number;
}

interface OpenContact {
  id: string;
  unit_id: string;
  direction: ContactDirection;
  origin: string;
  channel_id: string;
  state: Exclude<ContactState, 'ended'>;
  caller_sealed: Buffer | null;
  flow_id: string | null;
  flow_version: number | null;
  flow_node: string | null;
  flow_variables: { sealed?: unknown };
  flow_stack: Frame[];
  graph: unknown;
  /** Of the innermost sub-flow; null: the caller is in none. */
  inner_graph: unknown;
  blocked: boolean;
  queue_id: string | null;
  connected_at: Date | null;
  state_since: Date;
  ring_seconds: number | null;
  recorded: boolean;
}

interface OpenLeg {
  id: string;
  contact_id: string;
  role: LegRole;
  state: Exclude<LegState, 'ended'>;
  channel_id: string;
  session_id: string | null;
  person_id: string | null;
  party_name: string;
  offered_at: Date;
  held_since: Date | null;
  muted: boolean;
  invited_by: string | null;
  mode: SuperviseMode | null;
  watches: string | null;
  access_code_id: string | null;
  /** The queue that found them; null: they were asked for by name or number. */
  queue_id: string | null;
  recorded: boolean;
}

/** Contacts of a process that lives: what it has just begun is not forgotten, it's only not yet among its calls. */
const FORGOTTEN_AFTER_MS = 60_000;
const AT_ONCE = 8;

/** What the ledger knows and no process has. `known`: contacts that this very process is running and will end itself. */
export async function adopt(engine: CallEngine, there: EngineView, known: ReadonlySet<string>): Promise<Adoption> {
  const open = (await openContacts(engine)).filter((contact) => !known.has(contact.id));
  const adoption = await adoptAll(engine, there, open);
  await removeStrays(engine, there, new Set([...known, ...adoption.adopted.map((call) => call.contactId)]));
  return adoption;
}

/** The same while this process serves: calls that it has lost, because something could not be booked for too long. */
export async function adoptForgotten(
  engine: CallEngine,
  there: EngineView,
  known: ReadonlySet<string>,
): Promise<Adoption> {
  const before = Date.now() - FORGOTTEN_AFTER_MS;
  const open = (await openContacts(engine)).filter(
    ({ id, state_since }) => !known.has(id) && state_since.getTime() < before,
  );
  return adoptAll(engine, there, open);
}

async function adoptAll(engine: CallEngine, there: EngineView, open: readonly OpenContact[]): Promise<Adoption> {
  const legs = Map.groupBy(await openLegs(engine), (leg) => leg.contact_id);
  const adoption: Adoption = { adopted: [], ended: 0 };
  const contacts = open.values();
  const adoptNext = async () => {
    for (const contact of contacts) {
      try {
        const call = await adoptOne(engine, there, contact, legs.get(contact.id) ?? []);
        if (call) adoption.adopted.push(call);
        else adoption.ended += 1;
      } catch (error) {
        engine.log.error({ contactId: contact.id, error }, 'contact could not be adopted');
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, adoptNext));
  return adoption;
}

/** Call-backs that wait have no channel: nothing is to be done for them until an agent is free. */
async function openContacts(engine: CallEngine): Promise<OpenContact[]> {
  const result = await sql<OpenContact>`
    select c.id, c.unit_id, c.direction, c.origin, c.channel_id, c.state, c.caller_sealed, c.flow_id, c.flow_version, c.flow_node,
      c.flow_variables, c.flow_stack, c.state_since, v.graph, i.graph as inner_graph, c.queue_id, c.connected_at, q.ring_seconds,
      coalesce(q.recorded, true) as recorded, c.flow_id is null and exists (
        select from contact_events e where e.contact_id = c.id and e.type = 'blocked') as blocked
    from contacts c
    left join flow_versions v on v.flow_id = c.flow_id and v.version = c.flow_version
    left join flow_versions i on i.flow_id = (c.flow_stack -> -1 ->> 'flowId')::uuid
      and i.version = (c.flow_stack -> -1 ->> 'version')::int
    left join queues q on q.id = c.queue_id
    where c.state <> 'ended' and not (c.direction = 'outbound' and c.state = 'queued' and c.connected_at is null)
      and (c.direction = 'outbound' or c.external_id like ${`${engine.ari.app}:%`})
    order by c.id`.execute(engine.db);
  return result.rows;
}

async function openLegs(engine: CallEngine): Promise<OpenLeg[]> {
  const result = await sql<OpenLeg>`
    select l.id, l.contact_id, l.role, l.state, l.channel_id, l.session_id, l.person_id, l.party_name, l.offered_at, l.held_since,
      l.muted, l.invited_by, l.mode, l.watches, l.access_code_id, l.queue_id,
      exists (select from recordings r where r.leg_id = l.id and r.state = 'recording') as recorded
    from contact_legs l where l.state <> 'ended' order by l.number`.execute(engine.db);
  return result.rows;
}

async function adoptOne(
  engine: CallEngine,
  there: EngineView,
  contact: OpenContact,
  legs: readonly OpenLeg[],
): Promise<Call | null> {
  const callerThere = there.channels.has(contact.channel_id);
  const talking = legs.filter(({ state }) => state === 'talking').map((leg) => leg.channel_id);
  wentDown(there, [contact.channel_id, ...talking], contact.state_since);
  if (!callerThere) {
    await endLegsWithout(engine, there, contact, legs);
    await endMissing(engine, there, contact);
    return null;
  }
  const seat = await seatOf(engine, there, contact, legs);
  if (seat === 'hopeless') {
    await engine.ari.attempt('channels.hangup', { channelId: contact.channel_id });
    await endMissing(engine, there, contact);
    return null;
  }
  await watchChannel(engine, contact.channel_id);
  await appendEvents(engine.db, contact.id, [{ type: 'adopted', at: new Date(), data: { state: contact.state } }]);
  return new Call(engine, {
    contactId: contact.id,
    direction: contact.direction,
    unitId: contact.unit_id,
    channelId: contact.channel_id,
    callerNumber: openNumber(engine.vault, contact.caller_sealed),
    graph: graphFor(contact),
    refusal: refusalFor(contact),
    ...(contact.direction === 'outbound' ? { outbound: { agent: null, callback: contact.origin === 'callback' } } : {}),
    resume: {
      node: contact.flow_node,
      carried: { variables: openVariables(engine.vault, contact.flow_variables), stack: contact.flow_stack },
      connects: nodeOf(contact)?.definition.connects,
      room: seat,
      talked: contact.connected_at !== null,
    },
  });
}

function refusalFor({ flow_id, blocked, direction }: OpenContact): Refusal | null {
  if (flow_id !== null || direction === 'outbound') return null;
  return blocked ? 'blocked' : 'number_unknown';
}

function graphFor(contact: OpenContact): FlowGraph {
  const refusal = refusalFor(contact);
  if (refusal) return refusalFlows[refusal];
  const { flow_id: id, flow_version: version, graph: document, flow_node: node } = contact;
  const own = id !== null && version !== null && document ? graphOf({ id, version, document }) : noFlow;
  // Sent to the survey from a flow that has none.
  return node && !own.nodes.has(node) && surveyFlow.nodes.has(node) ? surveyFlow : own;
}

/** The node that the caller is in, of the innermost flow. */
function nodeOf(contact: OpenContact): FlowNode | undefined {
  const { flow_node: node, flow_stack: stack, inner_graph: document } = contact;
  const inner = stack.at(-1);
  const graph = inner && document ? graphOf({ id: inner.flowId, version: inner.version, document }) : graphFor(contact);
  return graph.nodes.get(node ?? '');
}

/** Brings the others' side in line with the engine and says what the caller is to go on with. */
async function seatOf(
  engine: CallEngine,
  there: EngineView,
  contact: OpenContact,
  legs: readonly OpenLeg[],
): Promise<RoomSeat | null | 'hopeless'> {
  const alive = legs.filter((leg) => there.channels.has(leg.channel_id));
  await Promise.all(alive.map((leg) => watchChannel(engine, leg.channel_id)));
  const dialling = contact.state === 'dialling';
  if (dialling && there.channels.get(contact.channel_id)?.state === 'Down') {
    for (const leg of legs) await endLeg(engine, there, leg, 'system');
    return 'hopeless';
  }
  const talking = legs.filter((leg) => leg.state === 'talking' || (dialling && leg.role === 'lead'));
  if (talking.length > 0 || contact.state === 'talking') {
    for (const leg of legs.filter((each) => !alive.includes(each))) await endLeg(engine, there, leg, 'agent');
    const ends = legs.flatMap((leg) => there.hangups.get(leg.channel_id)?.at.getTime() ?? []);
    return roomOf(engine, there, contact, alive, ends.length > 0 ? new Date(Math.max(...ends)) : new Date());
  }
  const offered = legs.find((leg) => leg.role === 'lead');
  // Somebody whom the flow named: their phone rings on, or the flow names them again.
  if (contact.state === 'ringing' && offered?.queue_id == null && nodeOf(contact)?.definition.connects === 'room')
    return namedSeat(engine, there, contact, legs);
  if (offered) return offeredSeat(engine, there, contact, offered);
  if (contact.state === 'queued' || contact.state === 'ringing') {
    if (contact.state === 'ringing')
      await engine.db.transaction().execute((trx) => backToQueue(contact.id, new Date())(trx));
    return { in: 'queue', resume: { state: 'queued' } };
  }
  // The talk was over, but the flow had not yet left the queue's node.
  const inNode = nodeOf(contact)?.definition.connects !== undefined;
  const over = contact.connected_at && (inNode || contact.direction === 'outbound');
  return over ? { in: 'served', by: 'agent' } : null;
}

/** Those of a talk who are still there. With nobody who serves the caller, it was over at `over`. */
async function roomOf(
  engine: CallEngine,
  there: EngineView,
  contact: OpenContact,
  alive: readonly OpenLeg[],
  over: Date,
): Promise<RoomSeat> {
  const serving = alive.filter(({ role }) => role === 'lead' || role === 'member');
  const consulted = alive.find(({ role }) => role === 'consulted');
  if (serving.length === 0 && consulted?.state === 'talking') {
    // Who consulted has gone: the consulted goes on with the caller, as they would have with us.
    await engine.db.updateTable('contact_legs').set({ role: 'lead' }).where('id', '=', consulted.id).execute();
    consulted.role = 'lead';
  } else if (serving.length === 0) {
    for (const leg of alive) await endLeg(engine, there, leg, 'system');
    await engine.db.transaction().execute((trx) => backToFlow(contact.id, over)(trx));
    return { in: 'served', by: 'agent' };
  }
  const answered = there.channels.get(contact.channel_id)?.state === 'Up';
  return {
    in: 'room',
    caller: contact.state === 'dialling' && !answered ? 'calling' : 'there',
    held: alive.some((leg) => leg.held_since !== null),
    members: alive.map((leg) => seated(engine, there, contact, leg)),
  };
}

function seated(
  engine: CallEngine,
  there: EngineView,
  contact: OpenContact,
  leg: OpenLeg,
): { member: Member; party: Party } {
  const up = isUp(there, leg);
  const dialling = contact.state === 'dialling' && leg.role === 'lead';
  const calling = leg.state !== 'talking' && !dialling && !up;
  const recording = recordingOf(engine, contact, leg);
  const ringing = { startedAt: leg.offered_at.getTime(), ringSeconds: contact.ring_seconds ?? 25, recording };
  return {
    member: {
      ...legOf(leg),
      recorded: leg.recorded || (calling && recording !== null),
      ringing: calling ? ringing : null,
      platform: leg.access_code_id !== null,
      recording,
    },
    party: {
      legId: leg.id,
      outside: leg.person_id === null,
      role: leg.role,
      state: calling ? leg.state : 'talking',
      away: false,
      muted: leg.muted,
      invitedBy: leg.invited_by,
      mode: leg.mode,
      watches: leg.watches,
    },
  };
}

/** Answered, and past the dialplan. */
function isUp(there: EngineView, leg: OpenLeg): boolean {
  const channel = there.channels.get(leg.channel_id);
  return channel?.state === 'Up' && channel.dialplan.app_name === 'Stasis';
}

async function namedSeat(
  engine: CallEngine,
  there: EngineView,
  contact: OpenContact,
  legs: readonly OpenLeg[],
): Promise<RoomSeat | null> {
  const alive = legs.filter((leg) => there.channels.has(leg.channel_id));
  for (const leg of alive.filter((each) => isUp(there, each))) {
    await legConnected(engine.db, legOf(leg), recordingOf(engine, contact, leg), new Date());
    leg.state = 'talking';
  }
  if (alive.length > 0) return roomOf(engine, there, contact, alive, new Date());
  for (const leg of legs) await endLeg(engine, there, leg, 'system', 'in_flow');
  await engine.db.transaction().execute((trx) => backToFlow(contact.id, new Date())(trx));
  return null;
}

async function offeredSeat(
  engine: CallEngine,
  there: EngineView,
  contact: OpenContact,
  offered: OpenLeg,
): Promise<RoomSeat | null | 'hopeless'> {
  const channel = there.channels.get(offered.channel_id);
  const leg = legOf(offered);
  if (channel && contact.direction === 'inbound') {
    const answered = isUp(there, offered);
    const ringing = {
      ...leg,
      ringSeconds: contact.ring_seconds ?? 15,
      startedAt: offered.offered_at.getTime(),
      recording: recordingOf(engine, contact, offered),
    };
    return { in: 'queue', resume: { state: 'ringing', leg: ringing, answered } };
  }
  await endLeg(engine, there, offered, 'system');
  return contact.direction === 'inbound' ? { in: 'queue', resume: { state: 'queued' } } : 'hopeless';
}

/** Where Asterisk records somebody to from their answer on: the dialplan was told when they were called. */
const recordingOf = ({ recordingsDir }: CallEngine, { recorded }: OpenContact, { id, role }: OpenLeg) =>
  recorded && role !== 'supervisor' ? recordingPath(recordingsDir, id) : null;

const legOf = (leg: OpenLeg): Leg => ({
  legId: leg.id,
  contactId: leg.contact_id,
  role: leg.role,
  channelId: leg.channel_id,
  sessionId: leg.session_id,
  personId: leg.person_id,
  outside: leg.person_id === null ? leg.party_name : null,
});

/** A part that is over: when it was, by Asterisk's journal. */
async function endLeg(
  engine: CallEngine,
  there: EngineView,
  open: OpenLeg,
  by: 'agent' | 'caller' | 'system',
  back: 'queued' | 'in_flow' = 'queued',
): Promise<void> {
  const leg = legOf(open);
  const hangup = there.hangups.get(leg.channelId);
  if (there.channels.has(leg.channelId)) await engine.ari.attempt('channels.hangup', { channelId: leg.channelId });
  if (open.state === 'talking') return legEnded(engine.db, leg, { by, at: hangup?.at ?? new Date() });
  // A phone that Asterisk never heard of was never rung: the offer died with the process that made it.
  const outcome = by === 'caller' ? 'caller_left' : hangup && by === 'agent' ? 'no_answer' : 'withdrawn';
  return legFailed(engine.db, leg, outcome, hangup?.at ?? new Date(), open.role === 'lead' ? back : null);
}

/** The caller has gone while nobody listened, and with them everybody's part. */
async function endLegsWithout(
  engine: CallEngine,
  there: EngineView,
  contact: OpenContact,
  legs: readonly OpenLeg[],
): Promise<void> {
  const callerLeft = there.hangups.get(contact.channel_id)?.at ?? new Date();
  for (const leg of legs) {
    const agentLeft = there.hangups.get(leg.channel_id)?.at;
    const byAgent = !there.channels.has(leg.channel_id) && agentLeft !== undefined && agentLeft < callerLeft;
    if (there.channels.has(leg.channel_id)) await engine.ari.attempt('channels.hangup', { channelId: leg.channel_id });
    const at = byAgent ? agentLeft : callerLeft;
    if (leg.state === 'talking') await legEnded(engine.db, legOf(leg), { by: byAgent ? 'agent' : 'caller', at });
    else await legFailed(engine.db, legOf(leg), 'caller_left', callerLeft, null);
  }
}

async function endMissing(engine: CallEngine, there: EngineView, contact: OpenContact): Promise<void> {
  const at = there.hangups.get(contact.channel_id)?.at ?? new Date();
  for (const suffix of ['', '-aside'])
    await engine.ari.attempt('bridges.destroy', { bridgeId: `${bridgeId(contact.id)}${suffix}` });
  const agentFirst = contact.state === 'in_flow' && contact.connected_at !== null;
  const by =
    contact.direction === 'outbound' && contact.connected_at === null ? 'system' : agentFirst ? 'agent' : 'caller';
  const reason = reasonFor(contact);
  const left = (await messageLeft(engine, contact.id, at)) && reason === 'abandoned_in_flow';
  const { flow_node: node, state, state_since: since } = contact;
  const ms = state === 'in_flow' ? { ms: elapsed(since, at) } : {};
  const data = node === null ? {} : { node, ...flowAt(graphFor(contact), contact.flow_stack), ...ms };
  await endContact(engine.db, { contactId: contact.id, at, reason: left ? 'voicemail' : reason, by, data });
}

function reasonFor(contact: OpenContact) {
  const refusal = refusalFor(contact);
  if (refusal) return refusal;
  if (contact.connected_at !== null) return 'completed';
  if (contact.direction === 'outbound') return contact.state === 'dialling' ? 'no_answer' : 'cancelled';
  if (contact.state === 'queued') return 'abandoned_in_queue';
  return contact.state === 'ringing' ? 'abandoned_while_ringing' : 'abandoned_in_flow';
}

/** Agents' channels and bridges of contacts that are over. */
async function removeStrays(engine: CallEngine, there: EngineView, alive: ReadonlySet<string>): Promise<void> {
  const contactOf = (name: string) => /^contact-([0-9a-f-]{36})/.exec(name)?.[1];
  const parts = new Set((await openLegs(engine)).map((leg) => leg.channel_id));
  for (const id of there.channels.keys()) {
    const contactId = contactOf(id);
    const forgotten = /-agent-[\d.]+$/.test(id) && !parts.has(id);
    if (contactId && (forgotten || !alive.has(contactId)))
      await engine.ari.attempt('channels.hangup', { channelId: id });
  }
  for (const bridge of await engine.ari.request('bridges.list', {})) {
    const contactId = contactOf(bridge.id);
    if (contactId && !alive.has(contactId)) await engine.ari.attempt('bridges.destroy', { bridgeId: bridge.id });
  }
}
