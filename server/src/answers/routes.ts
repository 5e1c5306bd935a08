import type { Reader } from '../knowledge/libraries.ts';
import { viewerApi } from '../platform/api.ts';
import type { Store } from '../platform/store.ts';
import { aboutAnswer } from './about.ts';
import { answerInSight, answerShown, listAnswers } from './answers.ts';
import { setAnswerState } from './deciding.ts';
import { decideOne, decideSeveral } from './decisions.ts';
import { duplicatesOf, type Phrasings } from './duplicates.ts';
import { countProposals, listProposals, proposalInSight, proposalSources } from './proposals.ts';
import { proposeAnswer, recallProposal } from './proposing.ts';

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
        await audit(
          { action: 'submitted', ...aboutAnswer(input.answerId, input.content, unit.id), ...sent },
          editor.db,
        );
        return proposalInSight(editor, id);
      }),
    ),
    proposals: api.proposals.handler(({ input, context }) => listProposals(context.reader, input)),
    counts: api.counts.handler(({ context }) => countProposals(context.reader)),
    sources: api.sources.handler(({ context }) => proposalSources(context.reader)),
    proposal: api.proposal.handler(({ input, context }) => proposalInSight(context.reader, input.id)),
    adopt: api.adopt.handler(({ input: { id }, context: { editing, audit } }) =>
      editing(async (reviewer) => {
        await decideOne(reviewer, audit, id, { act: 'adopt' });
        return proposalInSight(reviewer, id);
      }),
    ),
    return: api.return.handler(({ input: { id, reason }, context: { editing, audit } }) =>
      editing(async (reviewer) => {
        await decideOne(reviewer, audit, id, { act: 'return', reason });
        return proposalInSight(reviewer, id);
      }),
    ),
    adoptSeveral: api.adoptSeveral.handler(async ({ input: { ids }, context }) => {
      const outcomes = await decideSeveral(context, ids, { act: 'adopt' });
      if (outcomes.every(({ refusal }) => refusal)) context.nothingChanged();
      return outcomes;
    }),
    returnSeveral: api.returnSeveral.handler(async ({ input: { ids, reason }, context }) => {
      const outcomes = await decideSeveral(context, ids, { act: 'return', reason });
      if (outcomes.every(({ refusal }) => refusal)) context.nothingChanged();
      return outcomes;
    }),
    recall: api.recall.handler(({ input, context: { editing, audit } }) =>
      editing(async (editor) => {
        const { answerId, content, unitId } = await recallProposal(editor, input.id);
        await audit({ action: 'recalled', ...aboutAnswer(answerId, content, unitId) }, editor.db);
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
        await audit({ action: 'changed', ...aboutAnswer(after.id, after, after.unit.id), ...told }, reviewer.db);
        return answerShown(reviewer, after);
      }),
    ),
  };
}
