/**
 * Who is in a call and how: the caller and everybody beside them. Pure: what a verb makes of it, what no verb may make of it, and who
 * goes when somebody leaves. Asterisk is brought in line with it by `apply.ts`, the ledger tells it by its legs.
 */
import type { LegRole, LegState, SuperviseMode } from '@rexian/contracts';

export interface Party {
  legId: string;
  /** Somebody at an outside number instead of an agent. */
  outside: boolean;
  role: LegRole;
  state: LegState;
  /** Their phone went in the middle of the talk; they may be back in a moment. */
  away: boolean;
  muted: boolean;
  /** Who consulted or added them. */
  invitedBy: string | null;
  mode: SuperviseMode | null;
  /** The leg that a supervisor watches. */
  watches: string | null;
}

export interface RoomState {
  /** `calling`: an outbound call that was not answered yet. */
  caller: 'calling' | 'there' | 'gone';
  /** An agent has put the caller on hold. */
  held: boolean;
  parties: readonly Party[];
}

/** What can be asked of a room by somebody in it. */
export type RoomVerb =
  | 'hang_up'
  | 'mute'
  | 'unmute'
  | 'hold'
  | 'retrieve'
  | 'dtmf'
  | 'transfer'
  | 'consult'
  | 'consult_return'
  | 'consult_transfer'
  | 'conference'
  | 'add_member'
  | 'drop_member'
  | 'transfer_menu'
  | 'transfer_survey';

export const isTalking = ({ state, away }: Party) => state === 'talking' && !away;
/** Serves the caller, now or as soon as they answer. */
const serves = ({ role, state }: Party) => (role === 'lead' || role === 'member') && state !== 'ended';

export const partyOf = (room: RoomState, legId: string) =>
  room.parties.find((party) => party.legId === legId && party.state !== 'ended');
export const consultedIn = (room: RoomState) =>
  room.parties.find((party) => party.role === 'consulted' && party.state !== 'ended');
/** Everybody else whom the caller talks to or will talk to. */
const othersServing = (room: RoomState, legId: string) =>
  room.parties.filter((party) => party.legId !== legId && serves(party));

const ALONE: readonly RoomVerb[] = ['transfer', 'transfer_menu', 'transfer_survey'];

/** Why a verb doesn't fit now, in Chinese; null when it fits. The desk greys out by it, and the call refuses by it. */
export function refusalOf(room: RoomState, legId: string, verb: RoomVerb): string | null {
  const me = partyOf(room, legId);
  if (!me || !isTalking(me)) return '当前没有通话';
  const consulted = consultedIn(room);
  switch (verb) {
    case 'hang_up':
      return null;
    case 'mute':
      return me.muted ? '已经静音' : me.role === 'supervisor' ? '监控中请用耳语或插话' : null;
    case 'unmute':
      return me.muted ? null : '没有静音';
  }
  if (me.role === 'supervisor') return '监控中不能执行此操作';
  if (me.role === 'consulted') return '被磋商方不能执行此操作';
  switch (verb) {
    case 'consult_return':
      return consulted?.invitedBy === legId ? null : '没有进行磋商';
    case 'consult_transfer':
    case 'conference':
      if (consulted?.invitedBy !== legId) return '没有进行磋商';
      if (!isTalking(consulted)) return '对方尚未接听';
      return room.caller === 'there' ? null : '来电人已挂机';
  }
  if (consulted) return '磋商中，请先结束磋商';
  if (room.caller === 'calling') return '对方尚未接听';
  if (room.caller === 'gone') return '来电人已挂机';
  if (ALONE.includes(verb) && othersServing(room, legId).length > 0) return '多方通话中，请先拆除其他成员';
  switch (verb) {
    case 'hold':
      return room.held ? '已经保持' : null;
    case 'retrieve':
      return room.held ? null : '没有保持';
    case 'drop_member':
      return othersServing(room, legId).length > 0 ? null : '没有可拆除的成员';
    default:
      return null;
  }
}

const change = (room: RoomState, legId: string, to: Partial<Party>): RoomState => ({
  ...room,
  parties: room.parties.map((party) => (party.legId === legId ? { ...party, ...to } : party)),
});

export const withParty = (room: RoomState, party: Party): RoomState => ({ ...room, parties: [...room.parties, party] });

/** Somebody answered. Whoever was added or handed the call takes the caller off hold. */
export function joined(room: RoomState, legId: string): RoomState {
  const next = change(room, legId, { state: 'talking' });
  const party = partyOf(next, legId);
  return party && serves(party) ? { ...next, held: false } : next;
}

/** The consulted goes on with the caller. */
export function consultTransferred(room: RoomState): RoomState {
  const consulted = consultedIn(room);
  return consulted ? { ...change(room, consulted.legId, { role: 'lead' }), held: false } : room;
}

export function conferenceOf(room: RoomState): RoomState {
  const consulted = consultedIn(room);
  return consulted ? { ...change(room, consulted.legId, { role: 'member' }), held: false } : room;
}

export const awayNow = (room: RoomState, legId: string, away: boolean): RoomState => change(room, legId, { away });
export const muted = (room: RoomState, legId: string, on: boolean): RoomState => change(room, legId, { muted: on });
export const held = (room: RoomState, on: boolean): RoomState => ({ ...room, held: on });
export const supervised = (room: RoomState, legId: string, mode: SuperviseMode): RoomState =>
  change(room, legId, { mode });

/** A supervisor goes on with the caller. */
export const takenOver = (room: RoomState, legId: string): RoomState => ({
  ...change(room, legId, { role: 'lead', mode: null, watches: null, muted: false }),
  held: false,
});

/** What becomes of a room that somebody has left. */
export interface Departure {
  room: RoomState;
  /** Whose part ends with it: the consulted of who left, their supervisors, everybody when it's over. */
  ending: string[];
  /** Nobody serves the caller any more, and nobody will. */
  unserved: boolean;
}

/** Somebody has left. In a consultation the caller must not be left alone: the consulted goes on with them, when they have answered. */
export function left(before: RoomState, legId: string): Departure {
  const leaver = partyOf(before, legId);
  let room = change(before, legId, { state: 'ended' });
  const consulted = consultedIn(room);
  const ending: string[] = [];
  if (consulted?.invitedBy === legId) {
    if (isTalking(consulted) && room.caller === 'there') room = consultTransferred(room);
    else {
      ending.push(consulted.legId);
      room = change(room, consulted.legId, { state: 'ended' });
    }
  }
  // Who consulted has the caller back by themselves when the consulted goes.
  if (leaver?.role === 'consulted') room = { ...room, held: false };
  const serving = room.parties.filter(serves);
  if (serving.length === 0) room = { ...room, held: false };
  // The first of those who go on leads; hold is nobody's any more when who held has left.
  if (serving.length > 0 && !serving.some(({ role }) => role === 'lead')) {
    const [first] = serving.filter(isTalking).concat(serving);
    if (first) room = { ...change(room, first.legId, { role: 'lead' }), held: false };
  } else if (leaver && serves({ ...leaver, state: 'talking' }) && serving.some(isTalking))
    room = { ...room, held: false };
  const [heir] = room.parties.filter((party) => serves(party) && isTalking(party) && !party.outside);
  for (const supervisor of room.parties.filter(({ role, state }) => role === 'supervisor' && state !== 'ended')) {
    if (supervisor.watches !== legId) continue;
    if (heir) room = change(room, supervisor.legId, { watches: heir.legId });
    else {
      ending.push(supervisor.legId);
      room = change(room, supervisor.legId, { state: 'ended' });
    }
  }
  return { room, ending, unserved: room.parties.filter(serves).length === 0 };
}

/** The caller has left: nobody stays, but two agents who are consulting finish by themselves. */
export function callerLeft(room: RoomState): Departure {
  const ending = room.parties.filter(({ state }) => state !== 'ended').map(({ legId }) => legId);
  return {
    room: {
      caller: 'gone',
      held: false,
      parties: room.parties.map((party) => ({ ...party, state: 'ended' as const })),
    },
    ending,
    unserved: true,
  };
}
