/** A party of a room with what its channel is about. */
import type { Leg, RingingLeg } from '../legs.ts';
import type { Party } from './state.ts';

export interface Member extends Leg {
  recorded: boolean;
  /** Set while their phone rings. */
  ringing: { startedAt: number; ringSeconds: number; recording: string | null } | null;
  /** Of an outbound call's agent until it is answered: where they are recorded to already. */
  recording?: string | null;
  /** Another platform: the caller has gone on there. */
  platform?: boolean;
  /** A supervisor who goes on with the caller as soon as they have answered. */
  takesOver?: boolean;
}

/** As the reading of an unanswered channel wants it. */
export const asRinging = (member: Member): RingingLeg => ({
  ...member,
  startedAt: member.ringing?.startedAt ?? Date.now(),
  ringSeconds: member.ringing?.ringSeconds ?? 0,
  recording: member.ringing?.recording ?? null,
});

export const partyFor = (member: Leg, more: Partial<Party> = {}): Party => ({
  legId: member.legId,
  outside: member.personId === null,
  role: member.role,
  state: 'reserved',
  away: false,
  muted: false,
  invitedBy: null,
  mode: null,
  watches: null,
  ...more,
});
