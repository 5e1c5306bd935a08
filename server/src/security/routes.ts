/** For every route of the contract: what to send it about a centre, and what whoever may call it gets. A new route belongs here as well. */
import type { contract, QueueSettings } from '@rexian/contracts';
import { exportFlow } from '@rexian/flows/exchange.ts';
import type { ErrorCode } from '../platform/errors.ts';
import { blankDrawing, type WorldCentre } from '../testing/world.ts';
import { answerRoutes } from './answer-routes.ts';
import { knowledgeRoutes } from './knowledge-routes.ts';
import { orderRoutes } from './order-routes.ts';
import { partnerRoutes } from './partner-routes.ts';
import type { Step, Steps } from './steps.ts';

const none = <Input extends object | undefined>(refusals: ErrorCode[] = []): Step<Input> => ({
  input: () => ({}) as Input,
  foreign: 'no_ids',
  refusals,
});
const emptyWeek = (): [[], [], [], [], [], [], []] => [[], [], [], [], [], [], []];
const emptyFile = () => new File(['not a workbook'], 'x.xlsx');
const session = { sessionId: '00000000-0000-7000-8000-000000000000' };
const signedOut: ErrorCode[] = ['NOT_SIGNED_IN', 'TAKEN_OVER', 'WRONG_STATE'];
const verb: Step<{ sessionId: string }> = { input: () => session, foreign: 'no_ids', refusals: signedOut };
/** Nobody is signed in at this world's desks: whom a call could go to is asked only after that. */
const withTarget = {
  input: (of: WorldCentre) => ({ ...session, target: { kind: 'agent' as const, personId: of.agent } }),
  foreign: 'no_ids' as const,
  refusals: [...signedOut, 'NOT_FOUND' as const],
};
const noPassword: ErrorCode[] = ['LOCKED', 'BAD_CREDENTIALS', 'BAD_CODE', 'WRONG_STATE', 'REFUSED', 'PASSWORD_REFUSED'];
const calendar = { name: '日历', week: emptyWeek(), holidays: true, specialDays: [] };
const queueSettings: QueueSettings = {
  ...{
    name: '新技能组',
    active: true,
    music: 'default',
    ringSeconds: 15,
    maxWaitSeconds: 300,
    maxWaiting: null,
    overflow: [],
  },
  ...{
    announcePosition: true,
    announceWait: true,
    announceEverySeconds: 30,
    callbackAfterSeconds: null,
    announceAgent: true,
  },
  ...{
    lastAgentDays: 0,
    lastAgentSeconds: 20,
    autoAnswer: false,
    recorded: true,
    wrapUpSeconds: 60,
    wrapUpMandatory: false,
  },
  ...{ autoReady: true, alarmWaitSeconds: 60, alarmTalkSeconds: 900 },
};
const ruleFacts = {
  name: '规则',
  active: true,
  conditions: { classes: [], origins: [], calledNumberIds: [], regions: [], hours: null },
  effects: { priority: 1, queueId: null, persons: [], personSeconds: 0 },
};
const trunkFacts = {
  ...{ name: '对端平台', kind: 'platform' as const, host: 'peer.example', port: 5060 },
  ...{ username: 'gx', password: 'secret-12366', active: true },
};
const emptyFlow = { start: 'end', nodes: { end: { type: 'hang_up', config: {}, next: {} } } };
const flowFile = () => new File([exportFlow({ name: '流程', document: emptyFlow })], 'flow.json');
const formFields = [{ key: 'demand', label: '诉求', type: 'textarea' as const }];
const workflowFile = () => new File([blankDrawing], 'workflow.bpmn');
const categoryFacts = { code: null, orderKind: 'consultation' as const, urgency: null };
const taxpayerSource = { adapter: 'demo' as const, url: '', deadlineMs: 1_000 };
const expiresAt = new Date('2030-01-01T00:00:00Z');

export const steps: Steps<typeof contract> = {
  ...orderRoutes,
  ...knowledgeRoutes,
  ...answerRoutes,
  ...partnerRoutes,
  auth: {
    options: none(),
    login: { input: () => ({ login: 'x', password: 'x' }), foreign: 'no_ids', refusals: ['BAD_CREDENTIALS', 'LOCKED'] },
    loginCode: {
      input: () => ({ ticket: 'x', code: '123456' }),
      foreign: 'no_ids',
      refusals: ['UNAUTHORIZED', 'LOCKED'],
    },
    logout: none(),
    me: none(),
    chooseCentre: { input: (of) => ({ unitId: of.unit.id }), foreign: 'not_found' },
    policy: none(),
    changePassword: { input: () => ({ current: 'x', next: 'y' }), foreign: 'no_ids', refusals: noPassword },
    sessions: none(),
    endSession: { input: (of) => ({ id: of.contact }), foreign: 'not_found', refusals: ['NOT_FOUND'] },
    totp: {
      state: none(),
      begin: { input: () => ({ password: 'x' }), foreign: 'no_ids', refusals: noPassword },
      confirm: { input: () => ({ code: '123456' }), foreign: 'no_ids', refusals: noPassword },
      remove: { input: () => ({ password: 'x' }), foreign: 'no_ids', refusals: noPassword },
    },
  },
  security: {
    get: none(),
    save: {
      input: () => ({
        password: { minLength: 10, minClasses: 2, history: 5, maxAgeDays: 0 },
        lockout: { accountFailures: 5, addressFailures: 50, firstSeconds: 30, maxSeconds: 1800 },
        session: { idleMinutes: 100, absoluteHours: 12 },
        totpForAdministrators: false,
      }),
      foreign: 'no_ids',
    },
  },
  desk: {
    get: none(),
    categories: none(),
    phones: none(),
    reasons: none(),
    targets: none(),
    signIn: { input: () => ({ phone: { kind: 'browser' } }), foreign: 'no_ids' },
    setNext: { input: () => ({ ...session, next: null }), foreign: 'no_ids', refusals: signedOut },
    setAutoAnswer: { input: () => ({ ...session, autoAnswer: true }), foreign: 'no_ids', refusals: signedOut },
    readMessage: { input: (of) => ({ id: of.contact }), foreign: 'not_found', refusals: ['NOT_FOUND'] },
    answer: verb,
    reject: verb,
    mute: verb,
    unmute: verb,
    dtmf: { input: () => ({ ...session, keys: '1' }), foreign: 'no_ids', refusals: signedOut },
    transfer: withTarget,
    transferMenu: verb,
    transferSurvey: verb,
    consult: withTarget,
    consultReturn: verb,
    consultTransfer: verb,
    conference: verb,
    addMember: withTarget,
    dropMember: { input: (of) => ({ ...session, legId: of.leg }), foreign: 'no_ids', refusals: signedOut },
    dial: { input: (of) => ({ ...session, contactId: of.contact }), foreign: 'no_ids', refusals: signedOut },
    signOut: { input: () => session, foreign: 'no_ids', refusals: signedOut },
    setState: { input: () => ({ ...session, state: 'ready' }), foreign: 'no_ids', refusals: signedOut },
    hold: verb,
    retrieve: verb,
    hangUp: verb,
    wrapUp: {
      input: (of) => ({
        ...session,
        legId: of.leg,
        result: 'resolved',
        categoryId: of.category,
        remark: '改写',
        next: { state: 'ready' },
      }),
      foreign: 'nothing',
      refusals: signedOut,
    },
  },
  contacts: {
    list: { input: (of) => ({ unitId: of.unit.id }), foreign: 'nothing' },
    count: { input: (of) => ({ unitId: of.unit.id }), foreign: 'nothing' },
    get: { input: (of) => ({ id: of.contact }), foreign: 'not_found' },
    reveal: { input: (of) => ({ id: of.contact }), foreign: 'not_found' },
    export: { input: (of) => ({ callerNumber: of.caller, clear: true }), foreign: 'nothing' },
    filterOptions: none(),
  },
  customers: {
    ofContact: { input: (of) => ({ contactId: of.contact }), foreign: 'not_found' },
    save: { input: (of) => ({ contactId: of.contact, name: '莫改' }), foreign: 'not_found' },
    reveal: { input: (of) => ({ id: of.customer }), foreign: 'not_found' },
    find: { input: (of) => ({ text: `韦${of.mark}` }), foreign: 'nothing' },
  },
  lostCalls: {
    list: { input: (of) => ({ unitId: of.unit.id }), foreign: 'nothing' },
    attempts: { input: (of) => ({ id: of.lostCall }), foreign: 'not_found' },
    figures: { input: (of) => ({ unitId: of.unit.id }), foreign: 'nothing' },
    options: none(),
    assign: { input: (of) => ({ ids: [of.lostCall], personId: of.agent }), foreign: 'not_found' },
    close: { input: (of) => ({ id: of.lostCall, remark: '已解答' }), foreign: 'not_found' },
    reveal: { input: (of) => ({ id: of.lostCall }), foreign: 'not_found' },
    export: { input: (of) => ({ number: of.caller, clear: true }), foreign: 'nothing' },
    callbacks: none(),
    cancelCallback: {
      input: (of) => ({ contactId: of.callback, remark: '已解答' }),
      foreign: 'not_found',
    },
  },
  messages: {
    list: { input: (of) => ({ unitId: of.unit.id }), foreign: 'nothing' },
    counts: { input: (of) => ({ unitId: of.unit.id }), foreign: 'nothing' },
    options: none(),
    get: { input: (of) => ({ id: of.workOrder }), foreign: 'not_found' },
    assign: {
      input: (of) => ({ id: of.workOrder, revision: 1, personId: null }),
      foreign: 'not_found',
      refusals: ['REFUSED'],
    },
    handle: {
      input: (of) => ({ id: of.workOrder, revision: 1, outcome: '已答复' }),
      foreign: 'not_found',
      refusals: ['REFUSED'],
    },
    void: {
      input: (of) => ({ id: of.workOrder, revision: 1, reason: '无声' }),
      foreign: 'not_found',
      refusals: ['REFUSED'],
    },
    reopen: { input: (of) => ({ id: of.workOrder, revision: 1 }), foreign: 'not_found', refusals: ['REFUSED'] },
    reveal: { input: (of) => ({ id: of.workOrder }), foreign: 'not_found' },
  },
  sms: {
    list: { input: (of) => ({ unitId: of.unit.id }), foreign: 'nothing' },
    options: { input: (of) => ({ contactId: of.contact }), foreign: 'not_found' },
    send: {
      input: (of) => ({ orderId: of.workOrder, requestId: of.sms, text: '您好' }),
      foreign: 'not_found',
      refusals: ['REFUSED'],
    },
    retry: { input: (of) => ({ id: of.sms }), foreign: 'not_found', refusals: ['REFUSED'] },
    reveal: { input: (of) => ({ id: of.sms }), foreign: 'not_found' },
    report: { input: (of) => ({ id: of.sms, state: 'delivered' }), foreign: 'not_found' },
  },
  smsTemplates: {
    list: { input: (of) => ({ unitId: of.unit.id }), foreign: 'nothing' },
    create: {
      input: (of) => ({ unitId: of.unit.id, code: 'greeting', name: '问候', text: '{{姓名}}您好', enabled: true }),
      foreign: 'not_found',
    },
    change: {
      input: (of) => ({ id: of.smsTemplate, revision: 1, name: '答复', text: '已答复', enabled: false }),
      foreign: 'not_found',
    },
    remove: { input: (of) => ({ id: of.smsTemplate, revision: 2 }), foreign: 'not_found' },
  },
  notices: {
    list: none(),
    unread: none(),
    // Of somebody else in the own centre.
    read: { input: (of) => ({ id: of.notice }), foreign: 'not_found', refusals: ['NOT_FOUND'] },
    readAll: { input: (of) => ({ newest: of.notice }), foreign: 'no_ids' },
  },
  monitor: {
    agents: { input: (of) => ({ unitId: of.unit.id, queueId: of.queue, signedOut: true }), foreign: 'nothing' },
    queues: { input: (of) => ({ unitId: of.unit.id, queueId: of.queue }), foreign: 'nothing' },
    calls: { input: (of) => ({ unitId: of.unit.id, queueId: of.queue }), foreign: 'nothing' },
    today: { input: (of) => ({ unitId: of.unit.id }), foreign: 'nothing' },
    alarms: { input: (of) => ({ unitId: of.unit.id }), foreign: 'nothing' },
  },
  supervision: {
    join: {
      input: (of) => ({ ...session, legId: of.leg, mode: 'listen' }),
      foreign: 'not_found',
      refusals: signedOut,
    },
    leave: { input: () => session, foreign: 'no_ids', refusals: signedOut },
    takeOver: { input: (of) => ({ ...session, legId: of.leg }), foreign: 'not_found', refusals: signedOut },
    forceHangUp: { input: (of) => ({ legId: of.leg }), foreign: 'not_found', refusals: signedOut },
    forceState: {
      input: (of) => ({ personId: of.agent, to: { state: 'signed_out' } }),
      foreign: 'not_found',
      refusals: signedOut,
    },
    message: {
      input: (of) => ({ personId: of.agent, text: '请注意语速' }),
      foreign: 'not_found',
      refusals: signedOut,
    },
  },
  phones: {
    list: { input: (of) => ({ unitId: of.unit.id, text: 'sip' }), foreign: 'nothing' },
    create: {
      input: (of) => ({
        name: `sip-new-${of.device}`.slice(0, 32),
        label: '新话机',
        unitId: of.unit.id,
        personId: of.agent,
      }),
      foreign: 'not_found',
    },
    change: {
      input: (of) => ({
        id: of.device,
        name: `sip-${of.device}`.slice(0, 32),
        label: '改',
        unitId: of.unit.id,
        personId: null,
      }),
      foreign: 'not_found',
    },
    renew: { input: (of) => ({ id: of.device }), foreign: 'not_found' },
    remove: { input: (of) => ({ id: of.device }), foreign: 'not_found' },
  },
  deskSettings: {
    get: { input: (of) => ({ unitId: of.unit.id }), foreign: 'not_found' },
    save: {
      input: (of) => ({ unitId: of.unit.id, reasons: [{ reason: 'break', minutes: 10 }], outboundWrapUpSeconds: 30 }),
      foreign: 'not_found',
    },
    clear: { input: (of) => ({ unitId: of.unit.id }), foreign: 'not_found' },
  },
  units: {
    tree: none(),
    create: {
      input: (of) => ({ parentId: of.unit.id, code: 'new', name: '新科室', kind: 'department' }),
      foreign: 'not_found',
    },
    change: {
      input: (of) => ({ id: of.district.id, code: 'd2', name: '改名区局', kind: 'bureau', active: true }),
      foreign: 'not_found',
    },
    move: {
      input: (of) => ({ id: of.district.id, parentId: of.unit.id }),
      foreign: 'not_found',
      refusals: ['REFUSED'],
    },
    remove: { input: (of) => ({ id: of.district.id }), foreign: 'not_found' },
  },
  people: {
    list: { input: (of) => ({ unitId: of.unit.id }), foreign: 'nothing' },
    get: { input: (of) => ({ id: of.clerk }), foreign: 'not_found' },
    create: {
      input: (of) => ({ unitId: of.unit.id, name: '新人', agentNumber: null, login: `new.${of.mark}` }),
      foreign: 'not_found',
      refusals: ['BUSY'],
    },
    change: {
      input: (of) => ({ id: of.clerk, unitId: of.unit.id, name: '改名', agentNumber: null, active: true }),
      foreign: 'not_found',
    },
    assignRoles: {
      input: (of) => ({ id: of.clerk, roleIds: [of.role], scope: 'own', entitledUnitIds: [] }),
      foreign: 'not_found',
    },
    resetPassword: { input: (of) => ({ id: of.clerk }), foreign: 'not_found', refusals: ['BUSY'] },
    unlock: { input: (of) => ({ id: of.clerk }), foreign: 'not_found' },
    removeTotp: { input: (of) => ({ id: of.clerk }), foreign: 'not_found' },
  },
  roles: {
    list: none(),
    create: {
      input: (of) => ({ unitId: of.unit.id, name: '新角色', permissions: ['contacts.read'] }),
      foreign: 'not_found',
    },
    change: {
      input: (of) => ({ id: of.role, name: '改角色', permissions: ['contacts.read'] }),
      foreign: 'not_found',
    },
    remove: { input: (of) => ({ id: of.role }), foreign: 'not_found', refusals: ['IN_USE'] },
  },
  numbers: {
    list: { input: (of) => ({ unitId: of.unit.id }), foreign: 'nothing' },
    flows: none(),
    create: {
      input: (of) => ({ number: '95500', name: '新号码', unitId: of.unit.id, flowId: of.flow, active: true }),
      foreign: 'not_found',
    },
    change: {
      input: (of) => ({
        id: of.number,
        number: of.dialled,
        name: '改',
        unitId: of.unit.id,
        flowId: of.flow,
        active: true,
      }),
      foreign: 'not_found',
    },
    remove: { input: (of) => ({ id: of.number }), foreign: 'not_found', refusals: ['IN_USE'] },
  },
  accessCodes: {
    list: none(),
    options: none(),
    create: {
      input: (of) => ({
        code: '*88',
        name: '新接入码',
        to: { kind: 'number', numberId: of.number, queueId: of.queue },
        active: true,
      }),
      foreign: 'not_found',
    },
    change: {
      input: (of) => ({
        id: of.accessCode,
        code: '*99',
        name: '改',
        to: { kind: 'platform', trunkId: of.trunk, number: '12366' },
        active: true,
      }),
      foreign: 'not_found',
    },
    remove: { input: (of) => ({ id: of.accessCode }), foreign: 'not_found' },
  },
  trunks: {
    list: none(),
    create: { input: (of) => ({ ...trunkFacts, code: 'new', unitId: of.unit.id }), foreign: 'not_found' },
    change: {
      input: (of) => ({ ...trunkFacts, id: of.trunk, code: `new-${of.mark.toLowerCase()}`, unitId: of.unit.id }),
      foreign: 'not_found',
    },
    remove: { input: (of) => ({ id: of.trunk }), foreign: 'not_found', refusals: ['IN_USE'] },
  },
  lists: {
    list: { input: (of) => ({ unitId: of.unit.id, number: of.caller }), foreign: 'nothing' },
    add: {
      input: (of) => ({ kind: 'white', unitId: of.unit.id, number: '13700000000', reason: '测试', expiresAt: null }),
      foreign: 'not_found',
    },
    change: { input: (of) => ({ id: of.listEntry, reason: '改写', expiresAt }), foreign: 'not_found' },
    remove: { input: (of) => ({ id: of.listEntry }), foreign: 'not_found' },
    reveal: { input: (of) => ({ id: of.listEntry }), foreign: 'not_found', refusals: ['NOT_FOUND'] },
  },
  flows: {
    list: { input: (of) => ({ unitId: of.unit.id }), foreign: 'nothing' },
    templates: none(),
    options: { input: (of) => ({ unitId: of.unit.id }), foreign: 'not_found' },
    get: { input: (of) => ({ id: of.flow }), foreign: 'not_found' },
    create: { input: (of) => ({ unitId: of.unit.id, name: '新流程', template: 'main' }), foreign: 'not_found' },
    rename: { input: (of) => ({ id: of.flow, name: '改流程' }), foreign: 'not_found' },
    remove: { input: (of) => ({ id: of.flow }), foreign: 'not_found', refusals: ['IN_USE'] },
    saveDraft: { input: (of) => ({ id: of.flow, revision: 0, document: emptyFlow }), foreign: 'not_found' },
    discardDraft: { input: (of) => ({ id: of.flow, revision: 1 }), foreign: 'not_found' },
    publish: { input: (of) => ({ id: of.flow, revision: 2 }), foreign: 'not_found', refusals: ['REFUSED'] },
    check: { input: (of) => ({ id: of.flow }), foreign: 'not_found' },
    versions: { input: (of) => ({ id: of.flow }), foreign: 'not_found' },
    version: { input: (of) => ({ id: of.flow, version: 1 }), foreign: 'not_found' },
    restore: { input: (of) => ({ id: of.flow, version: 1 }), foreign: 'not_found' },
    copy: { input: (of) => ({ id: of.flow, unitIds: [of.unit.id], name: '复制的流程' }), foreign: 'not_found' },
    exportFile: { input: (of) => ({ id: of.flow }), foreign: 'not_found' },
    importFile: {
      input: (of) => ({ unitId: of.unit.id, name: '导入的流程', file: flowFile() }),
      foreign: 'not_found',
    },
    presence: { input: (of) => ({ id: of.flow, client: of.contact }), foreign: 'not_found' },
  },
  workflows: {
    list: { input: (of) => ({ unitId: of.unit.id }), foreign: 'nothing' },
    templates: none(),
    inForce: { input: (of) => ({ unitId: of.unit.id }), foreign: 'not_found' },
    get: { input: (of) => ({ id: of.workflow }), foreign: 'not_found' },
    create: {
      input: (of) => ({ unitId: of.unit.id, kind: 'inquiry', name: '新工单流程', template: 'inquiry' }),
      foreign: 'not_found',
    },
    change: { input: (of) => ({ id: of.workflow, name: '改工单流程', categoryIds: [] }), foreign: 'not_found' },
    presence: { input: (of) => ({ id: of.workflow, client: of.contact }), foreign: 'not_found' },
    saveDraft: { input: (of) => ({ id: of.workflow, revision: 0, drawing: '<x/>' }), foreign: 'not_found' },
    discardDraft: { input: (of) => ({ id: of.workflow, revision: 1 }), foreign: 'not_found' },
    publish: { input: (of) => ({ id: of.workflow, revision: 2 }), foreign: 'not_found', refusals: ['REFUSED'] },
    check: { input: (of) => ({ id: of.workflow }), foreign: 'not_found' },
    versions: { input: (of) => ({ id: of.workflow }), foreign: 'not_found' },
    version: { input: (of) => ({ id: of.workflow, version: 1 }), foreign: 'not_found' },
    restore: { input: (of) => ({ id: of.workflow, version: 1 }), foreign: 'not_found' },
    copy: {
      input: (of) => ({ id: of.workflow, unitIds: [of.unit.id], name: '复制的工单流程' }),
      foreign: 'not_found',
      // There is one of the kind already.
      refusals: ['TAKEN'],
    },
    exportFile: { input: (of) => ({ id: of.workflow }), foreign: 'not_found' },
    importFile: {
      input: (of) => ({ unitId: of.unit.id, kind: 'report', name: '导入的工单流程', file: workflowFile() }),
      foreign: 'not_found',
    },
    remove: { input: (of) => ({ id: of.workflow }), foreign: 'not_found' },
  },
  categories: {
    list: { input: (of) => ({ unitId: of.unit.id }), foreign: 'not_found' },
    create: {
      input: (of) => ({ ...categoryFacts, unitId: of.unit.id, parentId: of.category, name: '新类别' }),
      foreign: 'not_found',
    },
    change: {
      input: (of) => ({ ...categoryFacts, id: of.category, name: '改类别', active: true }),
      foreign: 'not_found',
    },
    move: { input: (of) => ({ id: of.category, parentId: null, before: null }), foreign: 'not_found' },
  },
  taxpayers: {
    find: { input: (of) => ({ contactId: of.contact }), foreign: 'not_found' },
    reveal: { input: (of) => ({ answerId: of.taxpayerAnswer, index: 0 }), foreign: 'not_found' },
  },
  taxpayerSources: {
    get: { input: (of) => ({ unitId: of.unit.id }), foreign: 'not_found' },
    save: {
      input: (of) => ({ ...taxpayerSource, unitId: of.unit.id, enabled: true, cacheMinutes: 30 }),
      foreign: 'not_found',
    },
    clear: { input: (of) => ({ unitId: of.unit.id }), foreign: 'not_found' },
    test: { input: (of) => ({ ...taxpayerSource, unitId: of.unit.id, number: of.caller }), foreign: 'not_found' },
  },
  orderForms: {
    list: { input: (of) => ({ unitId: of.unit.id }), foreign: 'nothing' },
    inForce: { input: (of) => ({ unitId: of.unit.id, kind: 'complaint' }), foreign: 'not_found' },
    get: { input: (of) => ({ id: of.orderForm }), foreign: 'not_found' },
    create: { input: (of) => ({ unitId: of.unit.id, kind: 'inquiry', fields: formFields }), foreign: 'not_found' },
    save: { input: (of) => ({ id: of.orderForm, version: 1, fields: formFields }), foreign: 'not_found' },
    versions: { input: (of) => ({ id: of.orderForm }), foreign: 'not_found' },
    version: { input: (of) => ({ id: of.orderForm, version: 1 }), foreign: 'not_found' },
    copy: {
      input: (of) => ({ id: of.orderForm, unitIds: [of.unit.id] }),
      foreign: 'not_found',
      // There is one of the kind already.
      refusals: ['TAKEN'],
    },
    remove: { input: (of) => ({ id: of.orderForm }), foreign: 'not_found' },
  },
  files: {
    get: { input: (of) => ({ ids: [of.file] }), foreign: 'nothing' },
    // It belongs to an order already.
    remove: { input: (of) => ({ id: of.file }), foreign: 'not_found', refusals: ['NOT_FOUND'] },
  },
  flowRuns: {
    // What was brought back above.
    test: { input: (of) => ({ id: of.flow, revision: 3 }), foreign: 'not_found' },
    path: { input: (of) => ({ id: of.contact }), foreign: 'not_found' },
    statistics: { input: (of) => ({ id: of.flow, from: '2026-11-01', to: '2026-11-30' }), foreign: 'not_found' },
  },
  prompts: {
    list: { input: (of) => ({ unitId: of.unit.id }), foreign: 'nothing' },
    create: { input: (of) => ({ unitId: of.unit.id, name: '新语音', text: '您好' }), foreign: 'not_found' },
    change: {
      input: (of) => ({ id: of.prompt, revision: 1, name: '欢迎词', text: '欢迎致电' }),
      foreign: 'not_found',
    },
    upload: {
      input: (of) => ({ id: of.prompt, revision: 2, file: new File(['no sound'], 'x.wav') }),
      foreign: 'not_found',
      refusals: ['BAD_FILE'],
    },
    dropRecording: { input: (of) => ({ id: of.prompt, revision: 2 }), foreign: 'not_found' },
    // Without speech engines where these tests run.
    listen: { input: (of) => ({ id: of.prompt }), foreign: 'not_found', refusals: ['ENGINE_UNAVAILABLE'] },
    preview: { input: () => ({ text: '您好' }), foreign: 'no_ids', refusals: ['ENGINE_UNAVAILABLE'] },
    engine: none(),
    spreadPreview: { input: (of) => ({ id: of.prompt, unitIds: [of.unit.id] }), foreign: 'not_found' },
    spread: {
      input: (of) => ({ id: of.prompt, revision: 3, targets: [{ unitId: of.unit.id, revision: 3 }] }),
      foreign: 'not_found',
    },
    remove: { input: (of) => ({ id: of.prompt, revision: 3 }), foreign: 'not_found' },
  },
  calendars: {
    list: none(),
    create: { input: (of) => ({ unitId: of.district.id, ...calendar }), foreign: 'not_found', refusals: ['NOT_FOUND'] },
    change: { input: (of) => ({ id: of.calendar, ...calendar }), foreign: 'not_found' },
    remove: { input: (of) => ({ id: of.calendar }), foreign: 'not_found' },
    preview: { input: (of) => ({ unitId: of.unit.id, at: expiresAt }), foreign: 'not_found' },
    month: { input: (of) => ({ unitId: of.unit.id, month: '2026-10' }), foreign: 'not_found' },
  },
  queues: {
    list: { input: (of) => ({ unitId: of.unit.id }), foreign: 'nothing' },
    create: { input: (of) => ({ ...queueSettings, unitId: of.unit.id }), foreign: 'not_found' },
    change: { input: (of) => ({ ...queueSettings, id: of.queue, name: `改 ${of.mark}` }), foreign: 'not_found' },
    remove: { input: (of) => ({ id: of.queue }), foreign: 'not_found', refusals: ['IN_USE'] },
    agents: { input: (of) => ({ queueId: of.queue }), foreign: 'nothing' },
    overflowCodes: { input: (of) => ({ unitId: of.unit.id }), foreign: 'not_found' },
    setMembers: {
      input: (of) => ({ id: of.queue, members: [{ personId: of.agent, weight: 60 }] }),
      foreign: 'not_found',
    },
    setAgent: {
      input: (of) => ({ personId: of.agent, queues: [{ queueId: of.queue, weight: 70 }] }),
      foreign: 'not_found',
    },
    preview: {
      input: (of) => ({ queueId: of.queue, callerNumber: of.caller, calledNumberId: of.number, origin: 'direct' }),
      foreign: 'not_found',
    },
    explain: { input: (of) => ({ contactId: of.contact }), foreign: 'not_found' },
  },
  routingRules: {
    list: { input: (of) => ({ unitId: of.unit.id }), foreign: 'nothing' },
    create: { input: (of) => ({ ...ruleFacts, unitId: of.unit.id }), foreign: 'not_found' },
    change: { input: (of) => ({ ...ruleFacts, id: of.rule }), foreign: 'not_found' },
    order: { input: (of) => ({ unitId: of.unit.id, ids: [of.rule] }), foreign: 'not_found', refusals: ['REFUSED'] },
    remove: { input: (of) => ({ id: of.rule }), foreign: 'not_found' },
  },
  phoneRegions: {
    list: none(),
    save: { input: () => ({ prefix: '0771', region: '广西南宁' }), foreign: 'no_ids', refusals: ['REFUSED'] },
    remove: { input: () => ({ prefix: '0771' }), foreign: 'no_ids', refusals: ['NOT_FOUND', 'REFUSED'] },
  },
  exchange: {
    template: { input: () => ({ kind: 'people' }), foreign: 'no_ids' },
    export: { input: () => ({ kind: 'people' }), foreign: 'no_ids' },
    import: {
      input: () => ({ kind: 'people', file: emptyFile(), commit: true }),
      foreign: 'no_ids',
      refusals: ['BAD_FILE'],
    },
  },
  keys: {
    list: none(),
    create: {
      input: (of) => ({
        name: '新密钥',
        unitId: of.unit.id,
        permissions: ['contacts.read'],
        networks: [],
        ratePerMinute: 60,
        expiresAt: null,
      }),
      foreign: 'not_found',
    },
    change: {
      input: (of) => ({
        id: of.apiKey,
        name: '改密钥',
        unitId: of.unit.id,
        permissions: ['contacts.read'],
        networks: ['10.0.0.0/8'],
        ratePerMinute: 60,
      }),
      foreign: 'not_found',
    },
    rotate: { input: (of) => ({ id: of.apiKey, overlapHours: 1, expiresAt: null }), foreign: 'not_found' },
    revoke: { input: (of) => ({ id: of.apiKey }), foreign: 'not_found' },
  },
  audit: { list: none(), export: none() },
  trial: { open: none() },
};
