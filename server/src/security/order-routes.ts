/** What to send to the routes of work orders: see routes.ts. What is registered begins from the world's message, steps are taken in its order on the way. */
import type { contract } from '@rexian/contracts';
import type { ErrorCode } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import type { WorldCentre } from '../testing/world.ts';
import type { Steps } from './steps.ts';

const refused: ErrorCode[] = ['REFUSED', 'CHANGED'];
const registration = (of: WorldCentre) => ({
  ...{
    unitId: of.unit.id,
    kind: 'consultation' as const,
    source: 'letter' as const,
    categoryId: of.category,
    urgency: 'normal' as const,
  },
  ...{
    contactId: null,
    callerNumber: null,
    callerName: '',
    anonymous: false,
    region: '',
    taxNumber: '',
    taxName: '',
    title: '',
  },
  ...{
    content: '如何办理',
    answer: '',
    tags: [],
    fields: {},
    fileIds: [],
    occurredAt: null,
    reference: '',
    parentId: null,
  },
});
/** In the world's order on its way; `more` is what the route asks beside it. */
const inOrder = <More extends object>(more: (of: WorldCentre) => More) => ({
  input: (of: WorldCentre) => ({ id: of.order, ...more(of) }),
  foreign: 'not_found' as const,
  refusals: refused,
});
const inTask = <More extends object>(more: (of: WorldCentre) => More) =>
  inOrder((of) => ({ taskId: of.task, ...more(of) }));
const reason = '原因';
const to = (of: WorldCentre) => ({ unitId: of.unit.id });

export const orderRoutes: Pick<Steps<typeof contract>, 'orders' | 'orderSteps' | 'savedFilters' | 'exportJobs'> = {
  orders: {
    prefill: { input: (of) => ({ contactId: of.contact }), foreign: 'not_found', refusals: ['NOT_FOUND'] },
    save: {
      input: (of) => ({ id: newId(), revision: null, registration: registration(of) }),
      foreign: 'not_found',
      refusals: ['NOT_FOUND', 'REFUSED', 'CHANGED'],
    },
    submit: { input: (of) => ({ id: of.workOrder, revision: 1 }), foreign: 'not_found', refusals: refused },
    firstSteps: {
      input: (of) => ({
        ...{
          unitId: of.unit.id,
          kind: 'consultation',
          urgency: 'normal',
          source: 'letter',
          anonymous: false,
          categoryId: of.category,
          immediate: false,
        },
      }),
      foreign: 'not_found',
      refusals: ['REFUSED'],
    },
    discard: { input: (of) => ({ id: of.workOrder }), foreign: 'not_found', refusals: ['NOT_FOUND'] },
    similar: {
      input: (of) => ({
        id: newId(),
        unitId: of.unit.id,
        contactId: null,
        callerNumber: of.caller,
        taxNumber: '',
        content: of.mark,
      }),
      foreign: 'nothing',
    },
    ofCaller: { input: (of) => ({ contactId: of.contact }), foreign: 'not_found', refusals: ['NOT_FOUND'] },
    list: { input: (of) => ({ list: 'all', unitId: of.unit.id }), foreign: 'nothing' },
    counts: { input: () => ({}), foreign: 'no_ids' },
    options: { input: () => ({}), foreign: 'no_ids' },
    get: { input: (of) => ({ id: of.order }), foreign: 'not_found' },
    drawing: inOrder(() => ({})),
    bottlenecks: { input: (of) => ({ unitId: of.unit.id }), foreign: 'nothing' },
    reveal: { input: (of) => ({ id: of.order }), foreign: 'not_found' },
  },
  exportJobs: {
    list: { input: () => ({}), foreign: 'no_ids' },
    orders: { input: (of) => ({ list: 'all', unitId: of.unit.id }), foreign: 'nothing', refusals: ['REFUSED'] },
    remove: { input: (of) => ({ id: of.exportJob }), foreign: 'not_found', refusals: ['NOT_FOUND'] },
  },
  orderSteps: {
    sign: inTask(() => ({})),
    preview: inTask(() => ({ outcome: '提交' })),
    complete: inTask(() => ({ outcome: '提交', opinion: '已办' })),
    keepOpinion: inTask(() => ({ opinion: '', answer: '' })),
    return: inTask(() => ({ node: 'handle', reason })),
    transfer: inTask((of) => ({ to: to(of), reason })),
    assist: inTask((of) => ({ to: [to(of)], reason })),
    endAssist: inTask(() => ({ reason })),
    copy: inOrder((of) => ({ personIds: [of.agent] })),
    attach: inOrder((of) => ({ fileIds: [of.contact] })),
    fetchFile: inOrder((of) => ({ fileId: of.partnerFile })),
    readCopy: { ...inOrder(() => ({})), refusals: ['NOT_FOUND'] },
    request: inTask(() => ({ kind: 'appeal', reason })),
    decide: inOrder((of) => ({ requestId: of.request, approved: true })),
    urge: inOrder(() => ({ kind: 'urge', text: '请尽快办理' })),
    answerUrge: inOrder((of) => ({ urgeId: of.urge, answer: '正在办理' })),
    comment: inOrder(() => ({ text: '已了解' })),
    withdraw: inOrder(() => ({ reason })),
    split: inTask((of) => ({
      children: [{ unitId: of.unit.id, kind: 'consultation', categoryId: null, title: '子', content: '子事项' }],
    })),
    merge: inOrder((of) => ({ intoId: of.workOrder })),
    reassign: inTask((of) => ({ to: to(of), reason })),
    jump: inOrder(() => ({ node: 'handle', reason })),
    suspend: inOrder(() => ({ reason })),
    resume: inOrder(() => ({})),
    cancel: inOrder(() => ({ reason })),
    reopen: inOrder(() => ({ revision: 1, reason })),
    units: { input: () => ({}), foreign: 'no_ids' },
    people: { input: (of) => ({ unitId: of.unit.id }), foreign: 'nothing' },
  },
  savedFilters: {
    list: { input: () => ({ list: 'orders' }), foreign: 'no_ids' },
    save: { input: () => ({ list: 'orders', name: '超期', query: 'due=overdue' }), foreign: 'no_ids' },
    remove: { input: (of) => ({ id: of.savedFilter }), foreign: 'not_found', refusals: ['NOT_FOUND'] },
  },
};
