import type { AgentState, ContactState, EndReason } from '@rexian/contracts';

/** One colour per state on every screen; the values live in app/styles.css so that themes can change them. */
export type Tone = 'ready' | 'not-ready' | 'ringing' | 'talking' | 'wrap-up' | 'waiting' | 'quiet' | 'fault';

export const agentTone: Record<AgentState, Tone> = {
  not_ready: 'not-ready',
  ready: 'ready',
  reserved: 'ringing',
  ringing: 'ringing',
  dialling: 'ringing',
  talking: 'talking',
  wrap_up: 'wrap-up',
  supervising: 'waiting',
};

export const contactTone: Record<ContactState, Tone> = {
  arrived: 'quiet',
  in_flow: 'wrap-up',
  queued: 'waiting',
  ringing: 'ringing',
  dialling: 'ringing',
  talking: 'talking',
  ended: 'quiet',
};

export const endTone: Record<EndReason, Tone> = {
  completed: 'ready',
  abandoned_in_flow: 'quiet',
  abandoned_in_queue: 'waiting',
  abandoned_while_ringing: 'ringing',
  queue_timeout: 'waiting',
  queue_full: 'waiting',
  flow_ended: 'quiet',
  transferred: 'talking',
  callback_booked: 'wrap-up',
  voicemail: 'wrap-up',
  no_answer: 'not-ready',
  busy: 'not-ready',
  unreachable: 'not-ready',
  cancelled: 'quiet',
  number_unknown: 'fault',
  blocked: 'quiet',
  unserved: 'fault',
  failed: 'fault',
};
