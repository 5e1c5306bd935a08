import { superviseMode } from '@rexian/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partyFor } from './member.ts';
import {
  awayNow,
  callerLeft,
  conferenceOf,
  consultedIn,
  consultTransferred,
  held,
  isTalking,
  joined,
  left,
  muted,
  type Party,
  type RoomState,
  type RoomVerb,
  refusalOf,
  supervised,
  takenOver,
  withParty,
} from './state.ts';
import { topologyOf } from './topology.ts';

let made = 0;
function party(more: Partial<Party> = {}): Party {
  made += 1;
  const legId = `leg-${made}`;
  const leg = {
    legId,
    contactId: 'c',
    role: more.role ?? 'lead',
    channelId: legId,
    sessionId: 's',
    personId: 'p',
    outside: null,
  };
  return partyFor(leg, more);
}
const talkOfTwo = (): RoomState => ({ caller: 'there', held: false, parties: [party({ state: 'talking' })] });
const lead = (room: RoomState) => room.parties[0]?.legId ?? '';
const consulting = (answered: boolean) => {
  const room = talkOfTwo();
  const other = party({ role: 'consulted', invitedBy: lead(room) });
  const asked = withParty(room, other);
  return { room: answered ? joined(asked, other.legId) : asked, me: lead(room), other: other.legId };
};

/** Who hears whom, from the topology alone: the sets of those who share a bridge. */
function hears(room: RoomState, legId: string): string[] {
  const { main, aside } = topologyOf(room);
  if (main.legs.includes(legId)) return [...main.legs.filter((id) => id !== legId), ...(main.caller ? ['caller'] : [])];
  return aside.includes(legId) ? aside.filter((id) => id !== legId) : [];
}

describe('who hears whom', () => {
  it('caller and agent talk', () => {
    const room = talkOfTwo();
    expect(hears(room, lead(room))).toEqual(['caller']);
    expect(topologyOf(room).music).toBe(false);
  });

  it('on hold the caller hears music and the agent nobody', () => {
    const room = held(talkOfTwo(), true);
    expect(hears(room, lead(room))).toEqual([]);
    expect(topologyOf(room).music).toBe(true);
  });

  it('in a consultation the two talk aside, the caller hears music; while it rings the agent hears that', () => {
    const ringing = consulting(false);
    expect(topologyOf(ringing.room).ringback).toEqual([ringing.me]);
    const { room, me, other } = consulting(true);
    expect(hears(room, me)).toEqual([other]);
    expect(hears(room, other)).toEqual([me]);
    expect(topologyOf(room).music).toBe(true);
    expect(topologyOf(room).ringback).toEqual([]);
  });

  it('the consulted gets the caller, or joins the conversation', () => {
    const { room, me, other } = consulting(true);
    const transferred = left(consultTransferred(room), me).room;
    expect(hears(transferred, other)).toEqual(['caller']);
    expect(hears(conferenceOf(room), me)).toEqual([other, 'caller']);
  });

  it('a supervisor who listens or whispers is in no conversation, one who barges in is', () => {
    const room = talkOfTwo();
    const boss = party({ role: 'supervisor', state: 'talking', mode: 'listen', watches: lead(room) });
    const listening = withParty(room, boss);
    expect(hears(listening, lead(room))).toEqual(['caller']);
    expect(topologyOf(listening).watching).toEqual([{ legId: boss.legId, watches: lead(room) }]);
    expect(topologyOf(listening).silent).toEqual([boss.legId]);
    expect(topologyOf(supervised(listening, boss.legId, 'whisper')).silent).toEqual([]);
    expect(hears(supervised(listening, boss.legId, 'barge'), lead(room))).toEqual([boss.legId, 'caller']);
    expect(hears(left(takenOver(listening, boss.legId), lead(room)).room, boss.legId)).toEqual(['caller']);
  });
});

describe('who leaves', () => {
  it('an agent who goes in the middle of a consultation leaves the caller with the consulted, if they have answered', () => {
    const answered = consulting(true);
    const departure = left(answered.room, answered.me);
    expect(departure.unserved).toBe(false);
    expect(hears(departure.room, answered.other)).toEqual(['caller']);
    const ringing = consulting(false);
    expect(left(ringing.room, ringing.me)).toMatchObject({ unserved: true, ending: [ringing.other] });
  });

  it('the consulted who goes gives the caller back', () => {
    const { room, me, other } = consulting(true);
    expect(hears(left(room, other).room, me)).toEqual(['caller']);
  });

  it('a supervisor goes on with who serves now, and leaves with the last', () => {
    const room = talkOfTwo();
    const boss = party({ role: 'supervisor', state: 'talking', mode: 'listen', watches: lead(room) });
    const member = party({ role: 'member', state: 'talking', invitedBy: lead(room) });
    const three = withParty(withParty(room, boss), member);
    const departure = left(three, lead(room));
    expect(departure.ending).toEqual([]);
    expect(topologyOf(departure.room).watching).toEqual([{ legId: boss.legId, watches: member.legId }]);
    expect(left(departure.room, member.legId)).toMatchObject({ unserved: true, ending: [boss.legId] });
  });

  it('an agent whose phone went for a moment keeps their part; the caller hears music', () => {
    const room = awayNow(talkOfTwo(), `leg-${made}`, true);
    expect(topologyOf(room)).toMatchObject({ music: true, main: { caller: false } });
    expect(refusalOf(room, lead(room), 'hold')).toBe('当前没有通话');
  });
});

const VERBS: RoomVerb[] = [
  'hang_up',
  'mute',
  'unmute',
  'hold',
  'retrieve',
  'dtmf',
  'transfer',
  'consult',
  'consult_return',
  'consult_transfer',
  'conference',
  'add_member',
  'drop_member',
  'transfer_menu',
  'transfer_survey',
];

/** One step of anything that can happen, drawn from what the state allows. */
function step(room: RoomState, dice: readonly number[]): RoomState {
  const [what = 0, who = 0, more = 0] = dice;
  const alive = room.parties.filter(({ state }) => state !== 'ended');
  const chosen = alive[who % Math.max(1, alive.length)];
  if (!chosen) return room;
  const { legId } = chosen;
  const kind = what % 10;
  if (kind === 0 && (chosen.state === 'reserved' || chosen.state === 'ringing')) return joined(room, legId);
  if (kind === 1) return left(room, legId).room;
  if (kind === 2 && isTalking(chosen)) return awayNow(room, legId, true);
  if (kind === 3 && chosen.away) return awayNow(room, legId, false);
  if (kind === 4 && isTalking(chosen) && chosen.role !== 'supervisor')
    return withParty(
      room,
      party({ role: 'supervisor', mode: superviseMode.values[more % 3] ?? 'listen', watches: legId }),
    );
  if (kind === 5 && chosen.role === 'supervisor' && isTalking(chosen) && !consultedIn(room)) {
    const next = takenOver(room, legId);
    return chosen.watches ? left(next, chosen.watches).room : next;
  }
  const verb = VERBS[more % VERBS.length] ?? 'hang_up';
  if (refusalOf(room, legId, verb) !== null) return room;
  switch (verb) {
    case 'hang_up':
      return left(room, legId).room;
    case 'mute':
    case 'unmute':
      return muted(room, legId, verb === 'mute');
    case 'hold':
    case 'retrieve':
      return held(room, verb === 'hold');
    case 'consult':
      return withParty(held(room, false), party({ role: 'consulted', invitedBy: legId }));
    case 'add_member':
      return withParty(room, party({ role: 'member', invitedBy: legId }));
    case 'consult_return':
      return left(room, consultedIn(room)?.legId ?? '').room;
    case 'consult_transfer':
      return left(consultTransferred(room), legId).room;
    case 'conference':
      return conferenceOf(room);
    case 'transfer':
      return left(withParty(held(room, false), party({ role: 'lead', invitedBy: legId })), legId).room;
    default:
      return room;
  }
}

describe('whatever happens in whatever order', () => {
  it('nobody is in two conversations, nobody waits in silence, nobody stays without the caller', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(1000), { minLength: 3, maxLength: 3 }), { maxLength: 40 }), (moves) => {
        let room = talkOfTwo();
        for (const dice of moves) {
          room = step(room, dice);
          const alive = room.parties.filter(({ state }) => state !== 'ended');
          const serving = alive.filter(({ role }) => role === 'lead' || role === 'member');
          if (serving.length === 0) {
            // The room is over: only who supervised is to go with it.
            expect(alive.every(({ role }) => role === 'supervisor')).toBe(true);
            return;
          }
          const topology = topologyOf(room);
          const places = [...topology.main.legs, ...topology.aside, ...topology.watching.map(({ legId }) => legId)];
          expect(new Set(places).size).toBe(places.length);
          // The caller talks to somebody or hears music, never both and never neither.
          expect(topology.main.caller).toBe(!topology.music);
          if (topology.main.caller) expect(topology.main.legs.length).toBeGreaterThan(0);
          // Whoever talks is somewhere, or waits for whom they consult.
          for (const one of alive.filter(isTalking))
            expect(places.includes(one.legId) || topology.ringback.includes(one.legId)).toBe(true);
          // One consultation at a time, and whoever asked is there.
          const asked = alive.filter(({ role }) => role === 'consulted');
          expect(asked.length).toBeLessThanOrEqual(1);
          for (const { invitedBy } of asked) expect(alive.some(({ legId }) => legId === invitedBy)).toBe(true);
          // Somebody leads, or will.
          expect(serving.some(({ role }) => role === 'lead')).toBe(true);
          // A supervisor watches somebody who is there.
          for (const { role, watches } of alive)
            if (role === 'supervisor') expect(alive.some(({ legId }) => legId === watches)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('when the caller leaves nobody stays', () => {
    const { room } = consulting(true);
    const departure = callerLeft(room);
    expect(departure.room.parties.every(({ state }) => state === 'ended')).toBe(true);
    expect(departure.ending).toHaveLength(2);
  });
});
