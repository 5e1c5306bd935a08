import type { LostCallState } from '@rexian/contracts';
import type { Tone } from '../platform/status.ts';

export const lostTone: Record<LostCallState, Tone> = {
  open: 'waiting',
  assigned: 'ringing',
  called_back: 'ready',
  answered_later: 'ready',
  unreachable: 'fault',
  closed: 'quiet',
};
