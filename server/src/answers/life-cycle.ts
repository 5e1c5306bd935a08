/** What becomes of a proposal: one word, once. */
import { type ProposalState, proposalState } from '@rexian/contracts';
import { refusal } from '../platform/errors.ts';

export type ProposalAct = 'adopt' | 'return' | 'recall';

const after: Record<ProposalAct, ProposalState> = { adopt: 'adopted', return: 'returned', recall: 'recalled' };

/** null: not in this state. */
export const nextState = (state: ProposalState, act: ProposalAct): ProposalState | null =>
  state === 'pending' ? after[act] : null;

/** Throws WRONG_STATE. */
export function requireAct(state: ProposalState, act: ProposalAct): ProposalState {
  const next = nextState(state, act);
  if (next === null) throw refusal('WRONG_STATE', `该提交${proposalState.labels[state]}，请刷新后重试`);
  return next;
}
