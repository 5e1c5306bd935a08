/** For every route of the contract: what to send it about a centre, and what whoever may call it gets. A new route belongs here as well. */
import type { ContractProcedure, InferSchemaInput } from '@orpc/contract';
import type { contract } from '@rexian/contracts';
import type { ErrorCode } from '../platform/errors.ts';
import type { WorldCentre } from '../testing/world.ts';

export interface Step<Input> {
  input(of: WorldCentre): Input;
  /**
   * Asked about another centre's things: `not_found` as if they didn't exist; `nothing`: an answer in which they don't occur; `no_ids`: the
   * route asks about nothing in particular.
   */
  foreign: 'not_found' | 'nothing' | 'no_ids';
  /** What else than success is right for the own centre's things in this small world. */
  refusals?: ErrorCode[];
}

type Steps<T> = {
  [K in keyof T]: T[K] extends ContractProcedure<infer Input, infer _Output, infer _Errors, infer _Meta>
    ? Step<InferSchemaInput<Input>>
    : Steps<T[K]>;
};

const none = <Input extends object | undefined>(refusals: ErrorCode[] = []): Step<Input> => ({
  input: () => ({}) as Input,
  foreign: 'no_ids',
  refusals,
});
const emptyWeek = (): [[], [], [], [], [], [], []] => [[], [], [], [], [], [], []];
const emptyFile = () => new File(['not a workbook'], 'x.xlsx');
const session = { sessionId: '00000000-0000-7000-8000-000000000000' };
const signedOut: ErrorCode[] = ['NOT_SIGNED_IN', 'TAKEN_OVER', 'WRONG_STATE'];
const noPassword: ErrorCode[] = ['LOCKED', 'BAD_CREDENTIALS', 'BAD_CODE', 'WRONG_STATE', 'REFUSED', 'PASSWORD_REFUSED'];
const calendar = { name: '日历', week: emptyWeek(), holidays: true, specialDays: [] };
const expiresAt = new Date('2030-01-01T00:00:00Z');

export const steps: Steps<typeof contract> = {
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
    signIn: { input: () => ({ phoneKind: 'sip' }), foreign: 'no_ids' },
    signOut: { input: () => session, foreign: 'no_ids', refusals: signedOut },
    setState: { input: () => ({ ...session, state: 'ready' }), foreign: 'no_ids', refusals: signedOut },
    hold: { input: () => session, foreign: 'no_ids', refusals: signedOut },
    retrieve: { input: () => session, foreign: 'no_ids', refusals: signedOut },
    hangUp: { input: () => session, foreign: 'no_ids', refusals: signedOut },
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
  monitor: { overview: none() },
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
    },
    change: {
      input: (of) => ({ id: of.clerk, unitId: of.unit.id, name: '改名', agentNumber: null, active: true }),
      foreign: 'not_found',
    },
    assignRoles: {
      input: (of) => ({ id: of.clerk, roleIds: [of.role], scope: 'own', entitledUnitIds: [] }),
      foreign: 'not_found',
    },
    resetPassword: { input: (of) => ({ id: of.clerk }), foreign: 'not_found' },
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
    create: {
      input: (of) => ({ code: '*88', name: '新接入码', numberId: of.number, active: true }),
      foreign: 'not_found',
    },
    change: {
      input: (of) => ({ id: of.accessCode, code: '*99', name: '改', numberId: of.number, active: true }),
      foreign: 'not_found',
    },
    remove: { input: (of) => ({ id: of.accessCode }), foreign: 'not_found' },
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
  calendars: {
    list: none(),
    create: { input: (of) => ({ unitId: of.district.id, ...calendar }), foreign: 'not_found', refusals: ['NOT_FOUND'] },
    change: { input: (of) => ({ id: of.calendar, ...calendar }), foreign: 'not_found' },
    remove: { input: (of) => ({ id: of.calendar }), foreign: 'not_found' },
    preview: { input: (of) => ({ unitId: of.unit.id, at: expiresAt }), foreign: 'not_found' },
    month: { input: (of) => ({ unitId: of.unit.id, month: '2026-10' }), foreign: 'not_found' },
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
