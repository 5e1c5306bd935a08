/** The contact at an agent's hand: who calls, how they came, who else is in it, and what can be done now. */
import { type CallParty, type CallVerb, callVerb, type DeskContact } from '@rexian/contracts';
import { sql } from 'kysely';
import { type Party, type RoomState, type RoomVerb, refusalOf } from '../calls/room/state.ts';
import { openNumber } from '../contacts/caller-number.ts';
import { contactHistory } from '../contacts/queries.ts';
import { maskNumber } from '../platform/masking.ts';
import type { Vault } from '../platform/vault.ts';
import type { LiveSession, Seat } from './seat.ts';

const HISTORY_LENGTH = 10;

type Row = Omit<
  DeskContact,
  'history' | 'waitedMs' | 'callerNumber' | 'parties' | 'can' | 'whyNot' | 'sentBy' | 'callerRegion' | 'wrapUp'
> & {
  caller: Buffer | null;
  waitingMs: number;
  contactState: string;
  fromUnit: string;
  sentByName: string;
  note: string;
  region: string | null;
  mandatory: boolean | null;
};

export async function readContact(
  { db, viewer }: Seat,
  vault: Vault,
  session: LiveSession,
): Promise<DeskContact | null> {
  const { leg_id: legId } = session;
  if (!legId) return null;
  const result = await sql<Row>`
    select c.id as "contactId", l.id as "legId", l.state as "legState", l.role, c.state as "contactState", c.direction, c.origin,
      c.caller_sealed as caller, c.called_number as "calledNumber", c.called_name as "calledName",
      case when q.id is not null then json_build_object('id', q.id, 'name', q.name) end as queue,
      c.waiting_ms as "waitingMs", l.ringing_at as "ringingAt", l.connected_at as "connectedAt", l.ended_at as "endedAt",
      exists (select from contact_legs h where h.contact_id = c.id and h.held_since is not null and h.state = 'talking') as "onHold",
      l.muted, case when i.id is null then c.from_unit_name else '' end as "fromUnit",
      case when i.id is null then c.sent_by_name else coalesce(p.name, '') end as "sentByName",
      case when i.id is null then c.note else coalesce((select e.data->>'note' from contact_events e
        where e.contact_id = c.id and e.type in ('consult_started', 'member_invited', 'transferred')
          and e.data->>'legId' = i.id::text and e.at <= l.offered_at order by e.at desc, e.sequence desc limit 1), '') end as note,
      c.placement->>'region' as region,
      q.wrap_up_mandatory as mandatory,
      coalesce((select json_agg(json_build_object('key', e.data->>'key', 'label', e.data->>'label') order by e.at, e.sequence)
        from contact_events e where e.contact_id = c.id and e.type = 'key_pressed' and e.data->>'label' is not null), '[]')
        as trajectory
    from contact_legs l join contacts c on c.id = l.contact_id left join queues q on q.id = c.queue_id
      -- Whoever asked for this part of the call wrote the note for it; the contact's own came with the caller.
      left join contact_legs i on i.id = l.invited_by and l.role <> 'supervisor' left join people p on p.id = i.person_id
    where l.id = ${legId} and l.person_id = ${viewer.id}`.execute(db);
  const row = result.rows[0];
  if (!row) return null;
  const { caller, waitingMs, contactState, fromUnit, sentByName, note, region, mandatory, ...contact } = row;
  const callerNumber = openNumber(vault, caller);
  const of = { callerNumber, except: contact.contactId, limit: HISTORY_LENGTH };
  const [history, parties] = await Promise.all([
    caller ? contactHistory({ db, vault }, of) : [],
    readParties({ db, viewer }, contact.contactId),
  ]);
  const room = roomOf(contactState, contact.onHold, parties);
  return {
    ...contact,
    callerNumber: maskNumber(callerNumber),
    callerRegion: region ?? '',
    waitedMs: waitingMs,
    sentBy: fromUnit || sentByName || note ? { unit: fromUnit, person: sentByName, note } : null,
    parties: parties.map(({ invitedBy: _invitedBy, watches: _watches, ...party }) => party),
    ...abilities(room, contact.legId, { ...row, phoneKind: session.phone_kind }),
    wrapUp: { until: session.wrap_up_until, mandatory: mandatory ?? false },
    history,
  };
}

type PartyRow = CallParty & { invitedBy: string | null; watches: string | null };

/** Those of a call who aren't gone. A colleague of another centre is known by name only through the call. */
async function readParties({ db, viewer }: Seat, contactId: string): Promise<PartyRow[]> {
  const result = await sql<PartyRow>`
    select l.id as "legId", l.role, l.state, l.muted, l.mode, l.invited_by as "invitedBy", l.watches,
      l.person_id is not distinct from ${viewer.id} as me, coalesce(p.name, nullif(l.party_name, ''), '坐席') as name,
      case when p.id is not null then json_build_object('id', p.id, 'name', p.name, 'agentNumber', p.agent_number) end as person
    from contact_legs l left join people p on p.id = l.person_id
    where l.contact_id = ${contactId} and l.state <> 'ended' order by l.number`.execute(db);
  // Whoever listens without a word stays unseen by the others.
  return result.rows.filter((party) => party.me || party.mode === null || party.mode === 'barge');
}

function roomOf(contactState: string, held: boolean, parties: readonly PartyRow[]): RoomState {
  const caller = contactState === 'dialling' ? 'calling' : contactState === 'ended' ? 'gone' : 'there';
  return {
    caller,
    held,
    parties: parties.map(
      (party): Party => ({
        legId: party.legId,
        outside: party.person === null,
        role: party.role,
        state: party.state,
        away: false,
        muted: party.muted,
        invitedBy: party.invitedBy,
        mode: party.mode,
        watches: party.watches,
      }),
    ),
  };
}

function abilities(
  room: RoomState,
  legId: string,
  { legState, direction, contactState, phoneKind, role }: Row & { phoneKind: string },
): Pick<DeskContact, 'can' | 'whyNot'> {
  const rings = legState === 'reserved' || legState === 'ringing';
  const dialling = rings && direction === 'outbound' && contactState === 'dialling' && role === 'lead';
  const refusal = (verb: CallVerb): string | null => {
    switch (verb) {
      case 'answer':
        if (!rings) return legState === 'ended' ? '当前没有来电' : '已经接听';
        if (dialling) return '正在呼叫，请稍候';
        return phoneKind === 'outside' ? '请在外线电话上接听' : null;
      case 'reject':
        return rings && !dialling ? null : '当前没有来电';
      case 'hang_up':
        return dialling ? null : refusalOf(room, legId, verb);
      default:
        return rings ? '接听后可用' : refusalOf(room, legId, verb as RoomVerb);
    }
  };
  const reasons = callVerb.values.map((verb) => [verb, refusal(verb)] as const);
  return {
    can: Object.fromEntries(reasons.map(([verb, reason]) => [verb, reason === null])) as Record<CallVerb, boolean>,
    whyNot: Object.fromEntries(reasons.filter(([, reason]) => reason !== null)),
  };
}
