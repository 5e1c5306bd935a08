import type { AnswerState, AnswerSummary, ProposalState } from '@rexian/contracts';
import type { Tone } from '../platform/status.ts';

export const answerTone: Record<AnswerState, Tone> = { enabled: 'ready', disabled: 'quiet' };
export const proposalTone: Record<ProposalState, Tone> = {
  pending: 'waiting',
  adopted: 'ready',
  returned: 'fault',
  recalled: 'quiet',
};

type Valid = Pick<AnswerSummary, 'validFrom' | 'validTo'>;

/** `2026-01-01 至 2027-12-31`, `2026-01-01 起`, 长期. */
export function validityWords({ validFrom, validTo }: Valid): string {
  if (validFrom && validTo) return `${validFrom} 至 ${validTo}`;
  if (validFrom) return `${validFrom} 起`;
  return validTo ? `至 ${validTo}` : '长期';
}

/** Characters that a synthetic voice reads in a second, at its usual pace. */
const READ_PER_SECOND = 4.5;

/** How long it takes to read a text aloud, in whole seconds; marks and spaces are pauses of no length. */
export function secondsToRead(text: string): number {
  const spoken = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  return Math.ceil(spoken / READ_PER_SECOND);
}
