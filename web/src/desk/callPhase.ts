import type { DeskContact } from '@rexian/contracts';
import type { Tone } from '../platform/status.ts';

export type CallPhase = { label: string; tone: Tone; since: Date | null; until: Date | null };

/** What the call card says: the phase of the call and the clock that belongs to it. */
export function callPhase(contact: DeskContact): CallPhase {
  switch (contact.legState) {
    case 'reserved':
      return { label: '即将来电', tone: 'ringing', since: null, until: null };
    case 'ringing':
      return { label: '来电振铃', tone: 'ringing', since: contact.ringingAt, until: null };
    case 'talking':
      return contact.onHold
        ? { label: '保持中', tone: 'waiting', since: contact.connectedAt, until: null }
        : { label: '通话中', tone: 'talking', since: contact.connectedAt, until: null };
    case 'ended':
      return { label: '通话已结束', tone: 'wrap-up', since: contact.connectedAt, until: contact.endedAt };
  }
}
