/**
 * After a start or a lost connection: what the ledger believes is held against what Asterisk really has. Calls that live are taken
 * over where they stand; calls that ended meanwhile are booked with the time of Asterisk's own journal; what belongs to nobody goes.
 */
import { sql } from 'kysely';
import { openNumber } from '../contacts/caller-number.ts';
import { appendEvents, endContact } from '../contacts/ledger.ts';
import type { Channel } from '../engines/asterisk/generated/ari.ts';
import { type Hangup, readHangups } from '../engines/asterisk/journal.ts';
import { type FlowGraph, readGraph } from '../flows/graph.ts';
import { bookUnserved, externalId, graphOf, INBOUND_CONTEXT } from './arrivals.ts';
import { Call } from './call.ts';
import { bridgeId, type CallEngine } from './context.ts';
import { type Leg, legEnded, legFailed } from './legs.ts';
import type { QueueResume } from './queue-visit.ts';
import { type Refusal, refusalFlows } from './refusals.ts';
import { watchChannel } from './ringing.ts';

export interface Adoption {
  /** Calls to go on with; not yet running. */
  adopted: Call[];
  ended: number;
  unserved: number;
}

interface OpenContact {
  id: string;
  unit_id: string;
  channel_id: string;
  state: 'arrived' | 'in_flow' | 'queued' | 'ringing' | 'talking';
  caller_sealed: Buffer | null;
  flow_id: string | null;
  flow_version: number | null;
  flow_node: string | null;
  graph: unknown;
  blocked: boolean;
  queued_at: Date | null;
  connected_at: Date | null;
  leg_id: string | null;
  session_id: string;
  person_id: string;
  leg_channel: string;
  ring_seconds: number;
  offered_at: Date;
  held_since: Date | null;
}

/** What Asterisk has, at one moment. */
interface Engine {
  channels: Map<string, Channel>;
  hangups: Map<string, Hangup>;
}

/** `known`: contacts that this very process is running and will end itself. */
export async function adopt(engine: CallEngine, journalDir: string, known: ReadonlySet<string>): Promise<Adoption> {
  const channels = new Map((await engine.ari.request('channels.list', {})).map((channel) => [channel.id, channel]));
  const there: Engine = { channels, hangups: await readHangups(journalDir) };
  const open = (await openContacts(engine)).filter((contact) => !known.has(contact.id));
  const adopted: Call[] = [];
  let ended = 0;
  for (const contact of open) {
    try {
      const call = await adoptOne(engine, there, contact);
      if (call) adopted.push(call);
      else ended += 1;
    } catch (error) {
      engine.log.error({ contactId: contact.id, error }, 'contact could not be adopted');
    }
  }
  const unserved = await bookMissed(engine, there);
  await removeStrays(engine, there, new Set([...known, ...adopted.map((call) => call.contactId)]));
  return { adopted, ended, unserved };
}

async function openContacts(engine: CallEngine): Promise<OpenContact[]> {
  const result = await sql<OpenContact>`
    select c.id, c.unit_id, c.channel_id, c.state, c.caller_sealed, c.flow_id, c.flow_version, c.flow_node, v.graph, c.queued_at,
      c.connected_at, l.id as leg_id, l.session_id, l.person_id, l.channel_id as leg_channel, l.offered_at, l.held_since,
      q.ring_seconds, c.flow_id is null and exists (
        select from contact_events e where e.contact_id = c.id and e.type = 'blocked') as blocked
    from contacts c
    left join flow_versions v on v.flow_id = c.flow_id and v.version = c.flow_version
    left join contact_legs l on l.contact_id = c.id and l.state <> 'ended'
    left join queues q on q.id = l.queue_id
    where c.state <> 'ended' and c.external_id like ${`${engine.ari.app}:%`}
    order by c.id`.execute(engine.db);
  return result.rows;
}

async function adoptOne(engine: CallEngine, there: Engine, contact: OpenContact): Promise<Call | null> {
  const queue = await settleLeg(engine, there, contact);
  if (!there.channels.has(contact.channel_id)) {
    await endMissing(engine, there, contact);
    return null;
  }
  await watchChannel(engine, contact.channel_id);
  const at = new Date();
  await appendEvents(engine.db, contact.id, [{ type: 'adopted', at, data: { state: contact.state } }]);
  return new Call(engine, {
    contactId: contact.id,
    unitId: contact.unit_id,
    channelId: contact.channel_id,
    callerNumber: openNumber(engine.vault, contact.caller_sealed),
    graph: graphFor(contact),
    refusal: refusalFor(contact),
    resume: { node: contact.flow_node, queue, talked: contact.connected_at !== null },
  });
}

function refusalFor({ flow_id, blocked }: OpenContact): Refusal | null {
  if (flow_id !== null) return null;
  return blocked ? 'blocked' : 'number_unknown';
}

function graphFor(contact: OpenContact): FlowGraph {
  const refusal = refusalFor(contact);
  if (refusal || contact.flow_id === null || contact.flow_version === null)
    return refusalFlows[refusal ?? 'number_unknown'];
  return contact.graph
    ? graphOf({ id: contact.flow_id, version: contact.flow_version, document: contact.graph })
    : readGraph({ start: 'end', nodes: { end: { type: 'hang_up', config: {}, next: {} } } });
}

/** Brings the agent's side in line with the engine and says what the caller is to go on with. */
async function settleLeg(engine: CallEngine, there: Engine, contact: OpenContact): Promise<QueueResume | null> {
  const callerThere = there.channels.has(contact.channel_id);
  const queuedAt = contact.queued_at ?? new Date();
  const leg = legOf(contact);
  if (!leg) return withoutLeg(contact, queuedAt);
  const agentChannel = there.channels.get(leg.channelId);
  if (agentChannel) await watchChannel(engine, leg.channelId);
  const callerLeft = there.hangups.get(contact.channel_id)?.at ?? new Date();
  const agentLeft = there.hangups.get(leg.channelId)?.at ?? new Date();

  if (contact.state === 'talking') {
    if (callerThere && agentChannel) return { state: 'talking', leg, onHold: contact.held_since !== null };
    const byCaller = !callerThere && (Boolean(agentChannel) || callerLeft <= agentLeft);
    await legEnded(engine.db, leg, byCaller ? 'caller' : 'agent', byCaller ? callerLeft : agentLeft);
    if (agentChannel) await engine.ari.attempt('channels.hangup', { channelId: leg.channelId });
    return { state: 'served', by: byCaller ? 'caller' : 'agent' };
  }
  if (callerThere && agentChannel) {
    const answered = agentChannel.state === 'Up' && agentChannel.dialplan.app_name === 'Stasis';
    const ringing = { ...leg, ringSeconds: contact.ring_seconds, startedAt: contact.offered_at.getTime() };
    return { state: 'ringing', queuedAt, leg: ringing, answered };
  }
  if (agentChannel) await engine.ari.attempt('channels.hangup', { channelId: leg.channelId });
  // A phone that Asterisk never heard of was never rung: the offer died with the process that made it.
  const outcome = there.hangups.has(leg.channelId) ? 'no_answer' : 'withdrawn';
  await legFailed(engine.db, leg, callerThere ? outcome : 'caller_left', callerThere ? agentLeft : callerLeft);
  return callerThere ? { state: 'queued', queuedAt } : null;
}

function withoutLeg(contact: OpenContact, queuedAt: Date): QueueResume | null {
  if (contact.state === 'queued') return { state: 'queued', queuedAt };
  // The talk was over, but the flow had not yet left the queue's node.
  const inQueueNode = graphFor(contact).nodes.get(contact.flow_node ?? '')?.type === 'queue';
  return inQueueNode && contact.connected_at ? { state: 'served', by: 'agent' } : null;
}

function legOf(contact: OpenContact): Leg | null {
  if (contact.leg_id === null) return null;
  const { leg_id, id, session_id, person_id, leg_channel } = contact;
  return { legId: leg_id, contactId: id, sessionId: session_id, personId: person_id, channelId: leg_channel };
}

/** The caller has gone while nobody listened. */
async function endMissing(engine: CallEngine, there: Engine, contact: OpenContact): Promise<void> {
  const at = there.hangups.get(contact.channel_id)?.at ?? new Date();
  await engine.ari.attempt('bridges.destroy', { bridgeId: bridgeId(contact.id) });
  const agentFirst = contact.state === 'in_flow' && contact.connected_at !== null;
  const reason =
    refusalFor(contact) ??
    (contact.connected_at !== null
      ? 'completed'
      : contact.state === 'queued'
        ? 'abandoned_in_queue'
        : contact.state === 'ringing'
          ? 'abandoned_while_ringing'
          : 'abandoned_in_flow');
  await endContact(engine.db, { contactId: contact.id, at, reason, by: agentFirst ? 'agent' : 'caller' });
}

/** Inbound calls that came and went while no controller was connected: those of the journal that the ledger doesn't know. */
async function bookMissed(engine: CallEngine, there: Engine): Promise<number> {
  const inbound = [...there.hangups.values()].filter((hangup) => hangup.context === INBOUND_CONTEXT);
  const ids = inbound.map((hangup) => externalId(engine.ari.app, hangup.channelId));
  const known = await sql<{ external_id: string }>`
    select external_id from contacts where external_id = any(${ids})`.execute(engine.db);
  const booked = new Set(known.rows.map((row) => row.external_id));
  let count = 0;
  for (const hangup of inbound)
    if (!booked.has(externalId(engine.ari.app, hangup.channelId)) && (await bookUnserved(engine, hangup))) count += 1;
  return count;
}

/** Agents' channels and bridges of contacts that are over. */
async function removeStrays(engine: CallEngine, there: Engine, alive: ReadonlySet<string>): Promise<void> {
  const contactOf = (name: string) => /^contact-([0-9a-f-]{36})/.exec(name)?.[1];
  for (const id of there.channels.keys()) {
    const contactId = contactOf(id);
    if (contactId && !alive.has(contactId)) await engine.ari.attempt('channels.hangup', { channelId: id });
  }
  for (const bridge of await engine.ari.request('bridges.list', {})) {
    const contactId = contactOf(bridge.id);
    if (contactId && !alive.has(contactId)) await engine.ari.attempt('bridges.destroy', { bridgeId: bridge.id });
  }
}
