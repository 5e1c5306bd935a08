/** What an agent becomes after a call and its wrap-up. Pure. */
import type { NextState, NotReadyReason } from '@rexian/contracts';

export type AfterCall =
  | { state: 'ready' }
  | { state: 'not_ready'; reason: NotReadyReason }
  | { state: 'signed_out'; reason: NotReadyReason };

export interface Say {
  /** Chosen during the call, or set by a leader (`forced`); null: nothing was. */
  planned: { state: NextState; reason: NotReadyReason | null; forced: boolean } | null;
  /** What the agent says with the wrap-up. */
  wish?: { state: NextState; reason?: NotReadyReason } | null;
  /** The call failed for this reason, so they can't be ready: not answered, phone dead. */
  failed?: NotReadyReason | null;
  /** Of the queue. */
  autoReady: boolean;
}

/**
 * A leader's word before all others, then the agent's last one, then the queue's. Nobody becomes ready by a call that failed, and whoever
 * was to leave after the call leaves however it ended.
 */
export function afterCall({ planned, wish, failed, autoReady }: Say): AfterCall {
  const word = planned?.forced ? planned : (wish ?? planned);
  if (failed && !(word?.state === 'signed_out' || (planned?.forced && word?.state === 'not_ready')))
    return { state: 'not_ready', reason: failed };
  const state = word?.state ?? (autoReady ? 'ready' : 'not_ready');
  return state === 'ready' ? { state } : { state, reason: word?.reason ?? failed ?? 'after_call' };
}
