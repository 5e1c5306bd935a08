/** What to send to the routes of knowledge: see routes.ts. The world's article is published and being written anew. */
import type { contract } from '@rexian/contracts';
import type { ErrorCode } from '../platform/errors.ts';
import type { WorldCentre } from '../testing/world.ts';
import { worldArticle } from '../testing/world-knowledge.ts';
import type { Steps } from './steps.ts';

/** The steps before it have changed what it is about. */
const refused: ErrorCode[] = ['CHANGED', 'WRONG_STATE', 'REFUSED'];
const facts = { enabled: true, reviewSteps: 1 as const, roleIds: [] };
const inArticle = <More extends object>(more: (of: WorldCentre) => More) => ({
  input: (of: WorldCentre) => ({ id: of.article, ...more(of) }),
  foreign: 'not_found' as const,
  refusals: refused,
});
const reason = '原因';
const period = { from: '2026-01-01', to: '2026-12-31' };

export const knowledgeRoutes: Pick<
  Steps<typeof contract>,
  | 'knowledgeLibraries'
  | 'knowledge'
  | 'knowledgeFeedback'
  | 'knowledgeSearch'
  | 'knowledgeMissing'
  | 'knowledgeReports'
  | 'publicKnowledge'
> = {
  knowledgeLibraries: {
    list: { input: () => ({}), foreign: 'no_ids' },
    roles: { input: () => ({}), foreign: 'no_ids' },
    create: { input: (of) => ({ unitId: of.unit.id, name: '新知识库', ...facts }), foreign: 'not_found' },
    change: { input: (of) => ({ id: of.library, name: `政策库 ${of.mark}`, ...facts }), foreign: 'not_found' },
    move: { input: (of) => ({ id: of.library, before: null }), foreign: 'not_found' },
    createCategory: {
      input: (of) => ({ libraryId: of.library, parentId: of.knowledgeCategory, name: '新目录' }),
      foreign: 'not_found',
    },
    changeCategory: {
      input: (of) => ({ id: of.knowledgeCategory, name: `改目录 ${of.mark}`, enabled: true }),
      foreign: 'not_found',
    },
    moveCategory: {
      input: (of) => ({ id: of.knowledgeCategory, parentId: null, before: null }),
      foreign: 'not_found',
    },
  },
  knowledge: {
    list: { input: (of) => ({ unitId: of.unit.id }), foreign: 'nothing' },
    counts: { input: () => ({}), foreign: 'no_ids' },
    regions: { input: () => ({}), foreign: 'no_ids' },
    get: { input: (of) => ({ id: of.article }), foreign: 'not_found' },
    create: { input: (of) => ({ unitId: of.unit.id, content: worldArticle(of) }), foreign: 'not_found' },
    saveDraft: inArticle((of) => ({ revision: 1, content: worldArticle(of) })),
    presence: inArticle((of) => ({ client: of.contact })),
    revise: inArticle(() => ({})),
    discard: inArticle(() => ({ revision: 1 })),
    submit: inArticle(() => ({ revision: 2 })),
    recall: inArticle(() => ({ revision: 3 })),
    approve: inArticle(() => ({ revision: 4 })),
    return: inArticle(() => ({ revision: 4, reason })),
    withdraw: inArticle(() => ({ reason })),
    version: { input: (of) => ({ id: of.article, version: 1 }), foreign: 'not_found' },
    difference: { input: (of) => ({ id: of.article, from: 1, to: 1 }), foreign: 'not_found' },
  },
  knowledgeFeedback: {
    // It was withdrawn above.
    give: {
      input: (of) => ({ articleId: of.article, kind: 'wrong', text: '有误' }),
      foreign: 'not_found',
      refusals: ['WRONG_STATE'],
    },
    list: { input: (of) => ({ articleId: of.article }), foreign: 'nothing' },
    count: { input: () => ({}), foreign: 'no_ids' },
    answer: { input: (of) => ({ id: of.feedback, state: 'done', answer: '已修订' }), foreign: 'not_found' },
  },
  knowledgeSearch: {
    search: { input: (of) => ({ text: `留抵退税 ${of.mark}`, unitId: of.unit.id }), foreign: 'nothing' },
    suggest: { input: () => ({ text: '留抵' }), foreign: 'no_ids' },
    // It was withdrawn above.
    use: {
      input: (of) => ({ kind: 'article', id: of.article, act: 'opened' }),
      foreign: 'not_found',
      refusals: ['NOT_FOUND'],
    },
    hot: { input: (of) => ({ unitId: of.unit.id }), foreign: 'nothing' },
  },
  knowledgeMissing: {
    list: { input: (of) => ({ unitId: of.unit.id }), foreign: 'nothing' },
    settle: { input: (of) => ({ id: of.missing, note: '已补充' }), foreign: 'not_found' },
  },
  knowledgeReports: {
    maintenance: { input: (of) => ({ ...period, unitId: of.unit.id, by: 'unit' }), foreign: 'nothing' },
    usage: { input: (of) => ({ ...period, unitId: of.unit.id, by: 'person' }), foreign: 'nothing' },
    items: { input: (of) => ({ ...period, unitId: of.unit.id }), foreign: 'nothing' },
    export: {
      input: (of) => ({ ...period, what: 'items', unitId: of.unit.id }),
      foreign: 'no_ids',
      refusals: ['REFUSED'],
    },
  },
  // Nothing of this world is shared with the public.
  publicKnowledge: {
    search: { input: () => ({ text: '留抵退税' }), foreign: 'no_ids' },
    suggest: { input: () => ({ text: '留抵' }), foreign: 'no_ids' },
    article: { input: (of) => ({ id: of.article }), foreign: 'not_found', refusals: ['NOT_FOUND'] },
    answer: { input: (of) => ({ id: of.answer }), foreign: 'not_found', refusals: ['NOT_FOUND'] },
  },
};
