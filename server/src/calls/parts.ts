/** Opens somebody's part in a call: an agent asked for by name (consulted, added, handed the call, supervising), or a number outside. */
import type { AgentState, LegRole, SuperviseMode } from '@rexian/contracts';
import { sql } from 'kysely';
import { type Phone, phoneOf, type SeatRow, seatColumns, type TrunkLine } from '../agents/seat.ts';
import { moveAgent } from '../agents/transitions.ts';
import { appendEvents, type LedgerEvent } from '../contacts/ledger.ts';
import type { Db, Queryable } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import { maskNumber } from '../platform/masking.ts';
import type { Vault } from '../platform/vault.ts';
import type { Leg } from './legs.ts';

/** Why somebody can't be had, in Chinese. */
export class PartRefused extends Error {}

export interface Part extends Leg {
  phone: Phone;
  autoAnswer: boolean;
  /** What a number outside sees; left out: what the call shows. */
  shownNumber?: string | null;
}

export interface PartRequest {
  contactId: string;
  role: LegRole;
  invitedBy: string | null;
  at: Date;
  events?: (leg: Leg) => LedgerEvent[];
}

interface AgentPart extends PartRequest {
  personId: string;
  /** States that the agent may be called from. */
  from: readonly AgentState[];
  /** The state that they are in meanwhile. */
  to: 'reserved' | 'dialling' | 'supervising';
  mode?: SuperviseMode;
  watches?: string;
  /** They asked for it themselves. */
  own?: boolean;
}

/** Reserves an agent. Throws PartRefused when they can't be had now. */
export async function reserveAgent(db: Db, vault: Vault, request: AgentPart): Promise<Part> {
  return db.transaction().execute((trx) => reserveAgentIn(trx, vault, request));
}

export async function reserveAgentIn(trx: Queryable, vault: Vault, request: AgentPart): Promise<Part> {
  const { personId, contactId, role, at } = request;
  const who = request.own ? '您' : '对方';
  const found = await sql<SeatRow & { state: AgentState; reachable: boolean }>`
    select ${seatColumns}, s.state, (s.phone_registered or s.phone_kind = 'outside') as reachable
    from agent_sessions s join people p on p.id = s.person_id
    where s.person_id = ${personId} and s.signed_out_at is null and p.active for update of s`.execute(trx);
  const [seat] = found.rows;
  if (!seat) throw new PartRefused(`${who}未签入`);
  if (!request.from.includes(seat.state)) throw new PartRefused(`${who}正忙`);
  const phone = phoneOf(seat, vault);
  if (!seat.reachable || !phone) throw new PartRefused(`${who}话机不可达`);
  const legId = newId();
  const { sessionId } = seat;
  const moved = await moveAgent(trx, { sessionId, from: request.from, to: request.to, legId, at, comeBack: true });
  if (!moved) throw new PartRefused(`${who}正忙`);
  const channelId = await insertLeg(trx, { ...request, legId, personId, sessionId });
  const leg = { legId, contactId, role, channelId, sessionId, personId, outside: null };
  await appendEvents(trx, contactId, request.events?.(leg) ?? []);
  return { ...leg, phone, autoAnswer: seat.autoAnswer || request.to !== 'reserved' };
}

interface OutsidePart extends PartRequest {
  number: string;
  /** Set when the number is at another platform. */
  platform?: TrunkLine & { name: string; accessCodeId: string };
}

/** Opens the part of somebody at a number outside. */
export async function openOutside(db: Db, vault: Vault, request: OutsidePart): Promise<Part> {
  return db.transaction().execute((trx) => openOutsideIn(trx, vault, request));
}

export async function openOutsideIn(trx: Queryable, vault: Vault, request: OutsidePart): Promise<Part> {
  const { contactId, role, number, platform } = request;
  const legId = newId();
  const outside = platform?.name ?? maskNumber(number);
  const sealed = vault.seal('number', number);
  const accessCodeId = platform?.accessCodeId ?? null;
  const channelId = await insertLeg(trx, { ...request, legId, sealed, name: outside, accessCodeId });
  const leg = { legId, contactId, role, channelId, sessionId: null, personId: null, outside };
  await appendEvents(trx, contactId, request.events?.(leg) ?? []);
  const trunk = platform ? { trunk: { endpoint: platform.endpoint, headers: platform.headers } } : {};
  return { ...leg, phone: { kind: 'outside', number, confirmKey: false, ...trunk }, autoAnswer: false };
}

interface NewLeg extends PartRequest {
  legId: string;
  personId?: string;
  sessionId?: string;
  sealed?: Buffer;
  name?: string;
  accessCodeId?: string | null;
  mode?: SuperviseMode;
  watches?: string;
}

/** Gives the id of its channel: the contact's and the part's number. */
async function insertLeg(trx: Queryable, leg: NewLeg): Promise<string> {
  const result = await sql<{ channel_id: string }>`
    insert into contact_legs (id, contact_id, number, unit_id, person_id, session_id, channel_id, state, offered_at, role,
      party_sealed, party_name, access_code_id, invited_by, mode, watches)
    select ${leg.legId}, c.id, n.number, c.unit_id, ${leg.personId ?? null}, ${leg.sessionId ?? null},
      'contact-' || c.id || '-agent-' || n.number, 'reserved', ${leg.at}, ${leg.role}, ${leg.sealed ?? null},
      ${leg.name ?? ''}, ${leg.accessCodeId ?? null}, ${leg.invitedBy}, ${leg.mode ?? null}, ${leg.watches ?? null}
    from contacts c, lateral (select coalesce(max(l.number), 0) + 1 as number from contact_legs l where l.contact_id = c.id) n
    where c.id = ${leg.contactId} and c.state <> 'ended'
    returning channel_id`.execute(trx);
  const row = result.rows[0];
  if (!row) throw new PartRefused('通话已结束');
  return row.channel_id;
}
