import type { AnswerContent } from '@rexian/contracts';
import type { Reader } from '../knowledge/libraries.ts';
import { viewerApi } from '../platform/api.ts';
import type { Store } from '../platform/store.ts';
import { answerInSight, answerShown, listAnswers } from './answers.ts';
import { adoptProposal, returnProposal, setAnswerState } from './deciding.ts';
import { duplicatesOf, type Phrasings } from './duplicates.ts';
import { countProposals, listProposals, proposalInSight, type StoredProposal } from './proposals.ts';
import { proposeAnswer, recallProposal } from './proposing.ts';

/** `id` null: an answer that isn't there yet. */
const about = (id: string | null, { question }: Pick<AnswerContent, 'question'>, unitId: string) => ({
  subject: { kind: 'answer' as const, id, name: question },
  unitId,
});
const aboutProposed = ({ answerId, content, unitId }: StoredProposal) => about(answerId, content, unitId);

export function answerRoutes({ store, phrasings }: { store: Store; phrasings: Phrasings }) {
  const api = viewerApi.use(({ context: { db, caller }, next }) => {
    const reader: Reader = { db, all: store.system, caller };
    const editing = <T>(change: (editor: Reader) => Promise<T>): Promise<T> =>
      db.transaction().execute((trx) => change({ ...reader, db: trx }));
    return next({ context: { reader, editing } });
  }).answers;
  return {
    list: api.list.handler(({ input, context }) => listAnswers(context.reader, input)),
    get: api.get.handler(async ({ input, context: { reader } }) =>
      answerShown(reader, await answerInSight(reader, input.id)),
    ),
    duplicates: api.duplicates.handler(({ input, context }) => duplicatesOf(context.reader, phrasings, input)),
    propose: api.propose.handler(({ input, context: { editing, audit } }) =>
      editing(async (editor) => {
        const { id, unit } = await proposeAnswer(editor, input);
        const sent = { after: { proposedTo: unit.name, note: input.note } };
        await audit({ action: 'submitted', ...about(input.answerId, input.content, unit.id), ...sent }, editor.db);
        return proposalInSight(editor, id);
      }),
    ),
    proposals: api.proposals.handler(({ input, context }) => listProposals(context.reader, input)),
    counts: api.counts.handler(({ context }) => countProposals(context.reader)),
    adopt: api.adopt.handler(({ input, context: { editing, audit } }) =>
      editing(async (reviewer) => {
        const { proposal, answerId, version } = await adoptProposal(reviewer, input.id);
        const versions = { before: { version: proposal.base }, after: { version } };
        const { content, unitId } = proposal;
        await audit({ action: 'adopted', ...about(answerId, content, unitId), ...versions }, reviewer.db);
        return proposalInSight(reviewer, input.id);
      }),
    ),
    return: api.return.handler(({ input, context: { editing, audit } }) =>
      editing(async (reviewer) => {
        const proposal = await returnProposal(reviewer, input);
        await audit({ action: 'returned', ...aboutProposed(proposal), after: { note: input.reason } }, reviewer.db);
        return proposalInSight(reviewer, input.id);
      }),
    ),
    recall: api.recall.handler(({ input, context: { editing, audit } }) =>
      editing(async (editor) => {
        const proposal = await recallProposal(editor, input.id);
        await audit({ action: 'recalled', ...aboutProposed(proposal) }, editor.db);
        return proposalInSight(editor, input.id);
      }),
    ),
    setState: api.setState.handler(({ input, context: { editing, audit } }) =>
      editing(async (reviewer) => {
        const { before, after } = await setAnswerState(reviewer, input);
        const told = {
          before: { answerState: before.state },
          after: { answerState: after.state, ...(input.reason ? { reason: input.reason } : {}) },
        };
        await audit({ action: 'changed', ...about(after.id, after, after.unit.id), ...told }, reviewer.db);
        return answerShown(reviewer, after);
      }),
    ),
  };
}
