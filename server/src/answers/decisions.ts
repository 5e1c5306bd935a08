/** The reviewer's word on one proposal or on several, put on record and told to whoever proposed. */
import { type ProposalOutcome, proposalOutcome } from '@rexian/contracts';
import type { Reader } from '../knowledge/libraries.ts';
import type { Audit } from '../platform/api.ts';
import { aboutAnswer } from './about.ts';
import { adoptProposal, returnProposal } from './deciding.ts';
import { stillWaiting } from './proposals.ts';
import { type Decided, proposalLink, tellProposers } from './telling.ts';

export type Decision = { act: 'adopt' } | { act: 'return'; reason: string };

/** Whose transaction the word is given in, and where it is put on record. */
interface Desk {
  audit: Audit;
  /** Runs in a transaction of its own. */
  editing<T>(change: (reviewer: Reader) => Promise<T>): Promise<T>;
}

async function decide(reviewer: Reader, audit: Audit, id: string, decision: Decision): Promise<Decided> {
  if (decision.act === 'return') {
    const { reason } = decision;
    const { answerId, content, unitId, byId } = await returnProposal(reviewer, { id, reason });
    const entry = { ...aboutAnswer(answerId, content, unitId), after: { note: reason } };
    await audit({ action: 'returned', ...entry }, reviewer.db);
    return { personId: byId, question: content.question, link: proposalLink(id) };
  }
  const { proposal, answerId, version } = await adoptProposal(reviewer, id);
  const { base, content, unitId, byId } = proposal;
  const versions = { before: { version: base }, after: { version } };
  await audit({ action: 'adopted', ...aboutAnswer(answerId, content, unitId), ...versions }, reviewer.db);
  return { personId: byId, question: content.question, link: `/answers/${answerId}` };
}

/** Decided, recorded and told together. */
export async function decideOne(reviewer: Reader, audit: Audit, id: string, decision: Decision): Promise<void> {
  const decided = await decide(reviewer, audit, id, decision);
  await tellProposers(reviewer, decision.act, { decided: [decided] });
}

/** Each in a transaction of its own; what is refused leaves the others as they are. */
export async function decideSeveral(
  { editing, audit }: Desk,
  ids: readonly string[],
  decision: Decision,
): Promise<ProposalOutcome[]> {
  const decided: Decided[] = [];
  const outcomes: ProposalOutcome[] = [];
  try {
    for (const id of ids) {
      const outcome = await editing((reviewer) => decide(reviewer, audit, id, decision)).catch(refusalOf);
      if ('refusal' in outcome) outcomes.push(outcome);
      else {
        decided.push(outcome);
        outcomes.push({ refusal: null });
      }
    }
  } finally {
    // A fault half-way leaves those before it decided: their proposers are to hear of it.
    if (decided.length > 0)
      await editing(async (reviewer) => {
        const left = await stillWaiting(reviewer, ids);
        await tellProposers(reviewer, decision.act, { decided, left });
      });
  }
  return outcomes;
}

/** Throws what is no refusal of this one alone. */
function refusalOf(error: unknown): ProposalOutcome {
  const { data } = proposalOutcome.safeParse({ refusal: error });
  if (!data?.refusal) throw error;
  return data;
}
