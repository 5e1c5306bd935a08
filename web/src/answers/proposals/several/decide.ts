/** One word on many proposals. */
import { PROPOSALS_AT_ONCE, type Proposal, type ProposalOutcome } from '@rexian/contracts';
import { errorText } from '../../../platform/errors.ts';

export type Act = 'adopt' | 'return';
export const actWords: Record<Act, string> = { adopt: '采纳', return: '退回' };

/** What was not done, and why. */
export interface Refused {
  proposal: Proposal;
  why: string;
}

export interface Outcome {
  done: number;
  refused: Refused[];
}

/** `send` takes as many at once as a request may hold; a request that fails is why its proposals are not done, and the next ones are tried. */
export async function decide(
  proposals: readonly Proposal[],
  send: (ids: string[]) => Promise<ProposalOutcome[]>,
): Promise<Outcome> {
  const outcome: Outcome = { done: 0, refused: [] };
  for (let at = 0; at < proposals.length; at += PROPOSALS_AT_ONCE) {
    const some = proposals.slice(at, at + PROPOSALS_AT_ONCE);
    const whys = await send(some.map(({ id }) => id)).then(
      (outcomes) => outcomes.map(({ refusal }) => refusal?.message ?? null),
      (error: unknown) => some.map(() => errorText(error)),
    );
    some.forEach((proposal, index) => {
      const why = whys[index] ?? null;
      if (why === null) outcome.done += 1;
      else outcome.refused.push({ proposal, why });
    });
  }
  return outcome;
}
