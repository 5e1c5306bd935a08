/** What a registration says of its call. */
import type { WrapUpResult } from '@rexian/contracts';
import type { Draft } from '../desk/draft.ts';
import type { Ended } from './Registration.tsx';
import type { Registered } from './useRegistration.ts';

const results: Record<Exclude<Ended, 'discarded'>, WrapUpResult> = {
  closed: 'resolved',
  handed_on: 'transferred',
  kept: 'follow_up',
  added: 'follow_up',
};

/** Fills what the agent has left open. The order is named, not told: it may be for its desk's eyes only. */
export function filledBy(
  ended: keyof typeof results,
  { number }: Pick<Registered, 'number'>,
  draft: Draft,
): Partial<Draft> {
  return {
    result: draft.result ?? results[ended],
    remark: draft.remark || `${ended === 'added' ? '补充到工单' : '工单'} ${number}`,
  };
}
