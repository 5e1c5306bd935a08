import { type CallParty, type DeskContact, legRole, legState, superviseMode } from '@rexian/contracts';
import type { Tone } from '../platform/status.ts';

const isLive = ({ state }: CallParty) => state !== 'ended';
export const liveParties = (contact: DeskContact): CallParty[] => contact.parties.filter(isLive);

/** Whom the caller's conversation has beside me. */
export const isServing = ({ role }: CallParty) => role === 'lead' || role === 'member';

/** One line that says who hears whom now; null in a plain talk. */
export function situation(contact: DeskContact): { text: string; tone: Tone } | null {
  const consulted = liveParties(contact).find(({ role }) => role === 'consulted');
  if (contact.role === 'consulted') {
    const asker = liveParties(contact).find(({ role, me }) => role === 'lead' && !me);
    return { text: `${asker?.name ?? '对方坐席'}向您磋商，来电人听不到`, tone: 'wrap-up' };
  }
  if (consulted) {
    const doing = consulted.state === 'talking' ? '正在与' : '正在呼叫';
    const after = consulted.state === 'talking' ? ' 磋商' : '，请稍候';
    return { text: `来电人保持中 · ${doing} ${consulted.name}${after}`, tone: 'wrap-up' };
  }
  if (contact.onHold) return { text: '来电人保持中，正在听音乐', tone: 'waiting' };
  return null;
}

/** 通话, 振铃, 静音, 监听, … */
export function partyState(party: CallParty): { text: string; tone: Tone } {
  if (party.state !== 'talking') return { text: legState.labels[party.state], tone: 'ringing' };
  if (party.mode) return { text: superviseMode.labels[party.mode], tone: 'waiting' };
  if (party.muted) return { text: '静音', tone: 'not-ready' };
  return { text: legRole.labels[party.role], tone: party.role === 'consulted' ? 'wrap-up' : 'talking' };
}
