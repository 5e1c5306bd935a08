import type { NoticeKind } from '@rexian/contracts';
import type { Tone } from '../platform/status.ts';

/** Red for what is late, amber for what will be or was asked for. */
export const toneOf: Record<NoticeKind, Tone> = {
  task_arrived: 'talking',
  task_returned: 'not-ready',
  urged: 'ringing',
  supervised: 'ringing',
  mentioned: 'talking',
  copied: 'quiet',
  near_due: 'waiting',
  overdue: 'fault',
  request_asked: 'waiting',
  request_decided: 'talking',
  result_back: 'talking',
  order_closed: 'ready',
  knowledge_asked: 'waiting',
  knowledge_decided: 'talking',
  knowledge_due: 'waiting',
  feedback_given: 'ringing',
  feedback_answered: 'talking',
  other: 'quiet',
};
