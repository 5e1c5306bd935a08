import type { AgentState, DeskContact } from '@rexian/contracts';
import type { Tone } from '../platform/status.ts';

export type CallPhase = { label: string; tone: Tone; since: Date | null; until: Date | null };

/** What the call card says: the phase of the call and the clock that belongs to it. */
export function callPhase(contact: DeskContact, agent: AgentState): CallPhase {
  switch (contact.legState) {
    case 'reserved':
    case 'ringing':
      return { label: ringingLabel(contact), tone: 'ringing', since: contact.ringingAt, until: null };
    case 'talking':
      return { ...talkPhase(contact, agent), since: contact.connectedAt, until: null };
    case 'ended':
      return { label: '通话已结束', tone: 'wrap-up', since: contact.connectedAt, until: contact.endedAt };
  }
}

function ringingLabel({ direction, role, legState }: DeskContact): string {
  if (role === 'consulted') return '磋商来电';
  if (role === 'member') return '会议邀请';
  if (role === 'supervisor') return '正在接入监控';
  if (direction === 'outbound') return '正在呼叫话机';
  return legState === 'reserved' ? '即将来电' : '来电振铃';
}

function talkPhase(contact: DeskContact, agent: AgentState): { label: string; tone: Tone } {
  const live = contact.parties.filter(({ state }) => state !== 'ended');
  if (agent === 'dialling') return { label: '正在呼叫对方', tone: 'ringing' };
  if (contact.role === 'supervisor') return { label: '监控中', tone: 'waiting' };
  if (live.some(({ role }) => role === 'consulted')) return { label: '磋商中', tone: 'wrap-up' };
  if (contact.onHold) return { label: '保持中', tone: 'waiting' };
  const serving = live.filter(({ role, state }) => state === 'talking' && (role === 'lead' || role === 'member'));
  return { label: serving.length > 1 ? '多方通话' : '通话中', tone: 'talking' };
}
