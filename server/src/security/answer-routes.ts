/** What to send to the routes of the bank of answers: see routes.ts. The world's answer has a change that waits, by the clerk. */
import type { contract } from '@rexian/contracts';
import type { ErrorCode } from '../platform/errors.ts';
import type { WorldCentre } from '../testing/world.ts';
import { worldAnswer } from '../testing/world-knowledge.ts';
import type { Steps } from './steps.ts';

/** The steps before it have changed what it is about, or it is somebody else's to do. */
const refused: ErrorCode[] = ['CHANGED', 'WRONG_STATE', 'REFUSED'];
const ofProposal = <More extends object>(more: More) => ({
  input: (of: WorldCentre) => ({ id: of.proposal, ...more }),
  foreign: 'not_found' as const,
  refusals: refused,
});
const facts = (of: WorldCentre) => ({ term: `普通发票 ${of.mark}`, synonyms: [`普票 ${of.mark}`], enabled: true });
const emptyFile = () => new File(['not a workbook'], 'x.xlsx');

export const answerRoutes: Pick<Steps<typeof contract>, 'answers' | 'answerImports' | 'thesaurus'> = {
  answers: {
    list: { input: (of) => ({ unitId: of.unit.id }), foreign: 'nothing' },
    get: { input: (of) => ({ id: of.answer }), foreign: 'not_found' },
    duplicates: { input: () => ({ phrasings: ['留抵退税怎么办'] }), foreign: 'nothing' },
    propose: {
      // Its article was withdrawn by the routes of knowledge.
      input: (of) => ({
        ...{ unitId: of.unit.id, answerId: of.answer, base: 1 },
        content: { ...worldAnswer(of), articleId: null },
      }),
      foreign: 'not_found',
    },
    proposals: { input: (of) => ({ answerId: of.answer }), foreign: 'nothing' },
    sources: { input: () => undefined, foreign: 'no_ids' },
    proposal: { input: (of) => ({ id: of.proposal }), foreign: 'not_found' },
    counts: { input: () => ({}), foreign: 'no_ids' },
    adoptSeveral: { input: (of) => ({ ids: [of.proposal] }), foreign: 'nothing' },
    returnSeveral: { input: (of) => ({ ids: [of.proposal], reason: '原因' }), foreign: 'nothing' },
    recall: ofProposal({}),
    return: ofProposal({ reason: '原因' }),
    adopt: ofProposal({}),
    setState: { input: (of) => ({ id: of.answer, state: 'disabled' }), foreign: 'not_found' },
  },
  answerImports: {
    template: { input: () => undefined, foreign: 'no_ids' },
    export: { input: (of) => ({ unitId: of.unit.id }), foreign: 'nothing' },
    check: { input: (of) => ({ unitId: of.unit.id, file: emptyFile() }), foreign: 'not_found', refusals: ['BAD_FILE'] },
    confirm: {
      input: (of) => ({ importId: of.proposal, unitId: of.unit.id, file: emptyFile(), rows: [2] }),
      foreign: 'not_found',
      refusals: ['BAD_FILE'],
    },
  },
  thesaurus: {
    list: { input: (of) => ({ unitId: of.unit.id }), foreign: 'nothing' },
    create: { input: (of) => ({ unitId: of.unit.id, ...facts(of) }), foreign: 'not_found' },
    change: { input: (of) => ({ id: of.term, ...facts(of) }), foreign: 'not_found', refusals: ['TAKEN'] },
    remove: { input: (of) => ({ id: of.term }), foreign: 'not_found' },
  },
};
