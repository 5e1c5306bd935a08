/** What each verb does in a room. Every one is refused with a reason (in Chinese) when it doesn't fit. */
import { callTarget, superviseMode } from '@rexian/contracts';
import { z } from 'zod';
import { moveAgent } from '../../agents/transitions.ts';
import { remoteOf } from '../centres.ts';
import type { CallCommand } from '../context.ts';
import { handOver, noteSender } from '../hand-over.ts';
import { legEvent, legHold } from '../legs.ts';
import { openOutside, type Part, reserveAgent } from '../parts.ts';
import { persist } from '../persist.ts';
import type { Member } from './member.ts';
import type { CarryOut, Room } from './room.ts';
import {
  conferenceOf,
  consultedIn,
  consultTransferred,
  held,
  isTalking,
  muted,
  partyOf,
  type RoomVerb,
  refusalOf,
  supervised,
  takenOver,
} from './state.ts';

/** Numbers in a command are sealed (base64): the row outlives the call. */
const sealedNumber = z.object({ kind: z.literal('number'), sealed: z.string(), shownNumber: z.string().nullable() });
const [agent, queue, _number, flow, centre] = callTarget.options;
const target = z.discriminatedUnion('kind', [sealedNumber, agent, queue, flow, centre]);
const party = z.discriminatedUnion('kind', [sealedNumber, agent]);
const args = {
  transfer: z.object({ target, note: z.string() }),
  part: z.object({ target: party, note: z.string().default('') }),
  dtmf: z.object({ keys: z.string() }),
  drop: z.object({ legId: z.string() }),
  join: z.object({ mode: superviseMode.schema }),
};

export const carryOut: CarryOut = async (room, command) => {
  switch (command.verb) {
    case 'supervise_join':
      return supervise(room, command, args.join.parse(command.args).mode, false);
    case 'take_over':
      return takeOver(room, command);
    case 'force_hang_up': {
      const member = room.member(command.legId);
      if (!member) return '通话已结束';
      await room.book(member, {}, 'forced_hang_up');
      await room.leave(member, { by: 'system' });
      return null;
    }
    case 'answer':
    case 'reject':
      return whileRinging(room, command);
  }
  const verb = command.verb as RoomVerb;
  const refusal = refusalOf(room.state, command.legId, verb);
  if (refusal) return refusal;
  const me = room.member(command.legId);
  return me ? obey(room, me, verb, command) : '当前没有通话';
};

async function obey(room: Room, me: Member, verb: RoomVerb, command: CallCommand): Promise<string | null> {
  switch (verb) {
    case 'hang_up':
      await room.leave(me, { by: me.role === 'lead' || me.role === 'member' ? 'agent' : 'system' });
      return null;
    case 'mute':
    case 'unmute':
      await room.change(muted(room.state, me.legId, verb === 'mute'));
      await room.book(me, { muted: verb === 'mute' }, verb === 'mute' ? 'muted' : 'unmuted');
      return null;
    case 'hold':
    case 'retrieve':
      return setHold(room, me, verb === 'hold');
    case 'dtmf':
      return sendKeys(room, me, args.dtmf.parse(command.args).keys);
    case 'consult':
      return consult(room, me, args.part.parse(command.args));
    case 'add_member': {
      const part = await open(room, 'member', me, args.part.parse(command.args).target);
      await room.bringIn(part, { invitedBy: me.legId });
      return null;
    }
    case 'drop_member':
      return drop(room, me, args.drop.parse(command.args).legId);
    case 'consult_return':
      return endConsult(room, me);
    case 'consult_transfer':
      return consultTransfer(room, me);
    case 'conference':
      return conference(room, me);
    case 'transfer':
      return transfer(room, me, args.transfer.parse(command.args));
    case 'transfer_menu':
    case 'transfer_survey': {
      const kind = verb === 'transfer_menu' ? ('menu' as const) : ('survey' as const);
      await room.leave(me, { by: 'agent', handOver: await handOver(room.call, { kind }, '', me) });
      return null;
    }
  }
}

async function setHold(room: Room, me: Member, hold: boolean): Promise<null> {
  await room.change(held(room.state, hold));
  await persist(room.call.log, () => legHold(room.call.db, me, hold, new Date()));
  return null;
}

async function sendKeys(room: Room, me: Member, keys: string): Promise<null> {
  const { ari, caller } = room.call;
  await ari.attempt('channels.sendDTMF', { channelId: caller.channelId, dtmf: keys, between: 100, duration: 120 });
  // What was keyed may be a password: only how many.
  await room.book(me, {}, 'keys_sent', { count: keys.length });
  return null;
}

type Target = z.infer<typeof party>;

async function open(
  room: Room,
  role: 'consulted' | 'member' | 'lead',
  me: Member,
  to: Target,
  note = '',
): Promise<Part> {
  const { db, vault, contactId } = room.call;
  const type = role === 'consulted' ? 'consult_started' : role === 'member' ? 'member_invited' : 'transferred';
  const at = new Date();
  const request = { contactId, role, invitedBy: me.legId, at };
  const told = (name: string | null) => [
    {
      type: type as 'member_invited',
      at,
      personId: me.personId,
      data: { legId: me.legId, to: { kind: to.kind, name }, note },
    },
  ];
  if (to.kind === 'number')
    return {
      ...(await openOutside(db, vault, {
        ...request,
        number: vault.open('number', Buffer.from(to.sealed, 'base64')),
        events: (leg) => told(leg.outside),
      })),
      shownNumber: to.shownNumber,
    };
  const person = await db.selectFrom('people').select('name').where('id', '=', to.personId).executeTakeFirst();
  // A colleague who isn't ready may be asked, but not given a call.
  const from = role === 'lead' ? (['ready'] as const) : (['ready', 'not_ready'] as const);
  const { personId } = to;
  return reserveAgent(db, vault, {
    ...request,
    personId,
    from,
    to: 'reserved',
    events: () => told(person?.name ?? ''),
  });
}

async function consult(room: Room, me: Member, { target: to, note }: z.infer<typeof args.part>): Promise<null> {
  const part = await open(room, 'consulted', me, to, note);
  if (room.state.held) await setHold(room, me, false);
  await room.bringIn(part, { invitedBy: me.legId });
  return null;
}

async function endConsult(room: Room, me: Member): Promise<null> {
  const consulted = consultedIn(room.state);
  const member = consulted && room.member(consulted.legId);
  if (consulted && member) {
    if (isTalking(consulted)) await room.leave(member, { by: 'agent' });
    else await room.unanswered(member, 'withdrawn');
  }
  await room.book(me, {}, 'consult_ended');
  return null;
}

async function consultTransfer(room: Room, me: Member): Promise<null> {
  const consulted = consultedIn(room.state);
  const heir = consulted && room.member(consulted.legId);
  if (!heir) return null;
  heir.role = 'lead';
  await room.book(heir, { role: 'lead' }, 'transferred', { to: { kind: 'agent', name: heir.outside } });
  await room.change(consultTransferred(room.state));
  await servedBy(room, heir);
  await room.leave(me, { by: 'agent' });
  return null;
}

async function conference(room: Room, me: Member): Promise<null> {
  const consulted = consultedIn(room.state);
  const member = consulted && room.member(consulted.legId);
  if (!member) return null;
  member.role = 'member';
  await room.change(conferenceOf(room.state));
  await room.book(member, { role: 'member' }, 'conference_started', { by: me.legId });
  return null;
}

async function drop(room: Room, me: Member, legId: string): Promise<string | null> {
  const dropped = partyOf(room.state, legId);
  const member = room.member(legId);
  if (!dropped || !member || legId === me.legId || dropped.role === 'supervisor') return '成员已不在通话中';
  if (isTalking(dropped)) await room.leave(member, { by: 'agent' });
  else await room.unanswered(member, 'withdrawn');
  return null;
}

async function transfer(room: Room, me: Member, { target: to, note }: z.infer<typeof args.transfer>): Promise<null> {
  const { contactId } = room.call;
  if (to.kind === 'centre' && (await toPlatform(room, me, to.accessCodeId, note))) return null;
  if (to.kind !== 'agent' && to.kind !== 'number') {
    await room.leave(me, { by: 'agent', handOver: await handOver(room.call, to, note, me) });
    return null;
  }
  const part = await open(room, 'lead', me, to, note);
  if (room.state.held) await setHold(room, me, false);
  await room.bringIn(part, { invitedBy: me.legId });
  await noteSender(room.call.db, contactId, me, note);
  await room.leave(me, { by: 'agent' });
  return null;
}

/** Through a trunk; false: the code leads to a centre of this platform. */
async function toPlatform(room: Room, me: Member, accessCodeId: string, note: string): Promise<boolean> {
  const { call } = room;
  const remote = await remoteOf(call, { accessCodeId, note, by: me });
  if (!remote) return false;
  const { name, number, endpoint, headers } = remote;
  const at = new Date();
  const part = await openOutside(call.db, call.vault, {
    ...{ contactId: call.contactId, role: 'lead', invitedBy: me.legId, at, number },
    platform: { name, endpoint, headers, accessCodeId },
    events: () => [legEvent('transferred', me, at, { to: { kind: 'centre', name }, note })],
  });
  if (room.state.held) await setHold(room, me, false);
  await room.bringIn(part, { invitedBy: me.legId });
  await room.leave(me, { by: 'agent' });
  return true;
}

async function servedBy(room: Room, member: Member): Promise<void> {
  const { db, contactId } = room.call;
  if (member.personId)
    await db.updateTable('contacts').set({ agent_id: member.personId }).where('id', '=', contactId).execute();
}

/** Answers or refuses a ringing phone from the desk. */
async function whileRinging(room: Room, { verb, legId }: CallCommand): Promise<string | null> {
  const member = room.member(legId);
  const there = partyOf(room.state, legId);
  if (!member || !there || there.state === 'talking') return '当前没有振铃';
  if (verb === 'reject') await room.unanswered(member, 'rejected');
  else return room.answerFor(member);
  return null;
}

async function supervise(
  room: Room,
  { legId, personId }: CallCommand,
  mode: z.infer<typeof superviseMode.schema>,
  takesOver: boolean,
): Promise<string | null> {
  const watched = partyOf(room.state, legId);
  if (!watched || !isTalking(watched) || watched.outside || watched.role === 'supervisor') return '该坐席当前没有通话';
  const present = room.state.parties.find(
    (each) => each.role === 'supervisor' && each.state !== 'ended' && room.member(each.legId)?.personId === personId,
  );
  const member = present && room.member(present.legId);
  if (present && member) {
    if (!isTalking(present)) return '正在接入，请稍候';
    await room.change(supervised(room.state, member.legId, mode));
    await room.book(member, { mode }, 'supervised', { mode });
    return null;
  }
  const { db, vault, contactId } = room.call;
  const at = new Date();
  const part = await reserveAgent(db, vault, {
    contactId,
    personId,
    role: 'supervisor',
    invitedBy: null,
    at,
    from: ['ready', 'not_ready'],
    to: 'supervising',
    mode,
    watches: legId,
    own: true,
    events: (leg) => [{ type: 'supervised', at, personId, data: { legId: leg.legId, mode } }],
  });
  await room.bringIn(part, { mode, watches: legId }, { takesOver });
  return null;
}

/** The supervisor goes on with the caller; who served them until now is out. */
async function takeOver(room: Room, command: CallCommand): Promise<string | null> {
  const { personId, legId } = command;
  const present = room.state.parties.find(
    (each) => each.role === 'supervisor' && isTalking(each) && room.member(each.legId)?.personId === personId,
  );
  const member = present && room.member(present.legId);
  if (!present || !member) return supervise(room, command, 'barge', true);
  if (consultedIn(room.state)) return '磋商中，请稍后再接话';
  const watched = room.member(present.watches ?? legId);
  const { db, log } = room.call;
  const { sessionId } = member;
  if (!sessionId) return '您未签入';
  member.role = 'lead';
  delete member.takesOver;
  await room.change(takenOver(room.state, member.legId));
  await room.book(member, { role: 'lead', mode: null, watches: null }, 'taken_over');
  await persist(log, () =>
    moveAgent(db, { sessionId, from: ['supervising'], to: 'talking', at: new Date(), whileLeg: member.legId }),
  );
  await servedBy(room, member);
  if (watched) await room.leave(watched, { by: 'system' });
  return null;
}
