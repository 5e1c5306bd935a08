import { z } from 'zod';
import { category } from './categories.ts';
import { errorCodes, id, milliseconds, personRef, phoneNumber, queueRef, text } from './common.ts';
import { contactSummary } from './contacts.ts';
import { route } from './route.ts';
import {
  agentState,
  callVerb,
  chosenReason,
  contactDirection,
  contactOrigin,
  legRole,
  legState,
  nextState,
  notReadyReason,
  phoneKind,
  superviseMode,
  wrapUpResult,
} from './states/calls.ts';

/** How the browser's phone registers: SIP over WebSocket through our own HTTP port. */
export const phoneAccount = z.object({
  /** SIP address of record, `sip:web-1001-5f3c9a1e@rexian`. */
  uri: z.string(),
  username: z.string(),
  password: z.string(),
  /** Path of the SIP WebSocket on the page's own origin. */
  websocketPath: z.string(),
});
export type PhoneAccount = z.infer<typeof phoneAccount>;

/** Which phone an agent signs in with. */
export const phoneChoice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('browser') }),
  /** One of `desk.phones().devices`. */
  z.object({ kind: z.literal('sip'), deviceId: id }),
  /** Any number outside: the platform calls it; with `confirmKey` whoever answers must press 1 to take the call. */
  z.object({ kind: z.literal('outside'), number: phoneNumber, confirmKey: z.boolean().default(true) }),
]);
export type PhoneChoice = z.infer<typeof phoneChoice>;

/** Somebody beside the caller in the call at hand. */
export const callParty = z.object({
  legId: id,
  /** null: somebody at an outside number. */
  person: personRef.nullable(),
  /** Name of the person, or the number, masked. */
  name: z.string(),
  role: legRole.schema,
  state: legState.schema,
  muted: z.boolean(),
  mode: superviseMode.schema.nullable(),
  me: z.boolean(),
});
export type CallParty = z.infer<typeof callParty>;

/** The contact an agent is working on, from the first ring to the saved wrap-up. */
export const deskContact = z.object({
  contactId: id,
  legId: id,
  legState: legState.schema,
  role: legRole.schema,
  direction: contactDirection.schema,
  origin: contactOrigin.schema,
  /** Who sent it on, from which centre, with what note; null: nobody did. */
  sentBy: z.object({ unit: z.string(), person: z.string(), note: z.string() }).nullable(),
  callerNumber: z.string(),
  /** Where the caller's number is at home, e.g. 广西南宁; empty: not known. */
  callerRegion: z.string(),
  calledNumber: z.string(),
  /** Name of the service number that was dialled, e.g. 广西12366. */
  calledName: z.string(),
  queue: queueRef.nullable(),
  /** Keys pressed in the voice menu, in order, with the words of the chosen item. */
  trajectory: z.array(z.object({ key: z.string(), label: z.string() })),
  waitedMs: milliseconds,
  ringingAt: z.date().nullable(),
  connectedAt: z.date().nullable(),
  endedAt: z.date().nullable(),
  /** The caller hears music. */
  onHold: z.boolean(),
  /** My own microphone is off. */
  muted: z.boolean(),
  /** Everybody in the call beside the caller, the viewer among them. */
  parties: z.array(callParty),
  /** What fits now; the screen greys out the rest and the server refuses it with a reason. */
  can: z.record(callVerb.schema, z.boolean()),
  /** Why each of the others doesn't, in Chinese. */
  whyNot: z.partialRecord(callVerb.schema, z.string()),
  wrapUp: z.object({
    /** When it ends by itself; null: when it is saved. */
    until: z.date().nullable(),
    mandatory: z.boolean(),
  }),
  /** Past contacts of the same number, newest first, at most ten. */
  history: z.array(contactSummary),
});
export type DeskContact = z.infer<typeof deskContact>;

export const desk = z.object({
  /** null: signed out. */
  session: z
    .object({
      id,
      state: agentState.schema,
      reason: notReadyReason.schema.nullable(),
      since: z.date(),
      /** When the minutes allotted to the reason are over (小休超时); null: no limit. */
      allottedUntil: z.date().nullable(),
      signedInAt: z.date(),
      phone: z.object({
        kind: phoneKind.schema,
        /** `网页电话`, the label of the IP phone, or the masked outside number. */
        label: z.string(),
        /** Whether calls can reach it. */
        reachable: z.boolean(),
      }),
      autoAnswer: z.boolean(),
      /** What was chosen to come after the call at hand. */
      next: z
        .object({
          state: nextState.schema,
          reason: notReadyReason.schema.nullable(),
          /** Name of the leader who decided it: the agent can't change it until it is so. null: the agent chose. */
          forcedBy: z.string().nullable(),
        })
        .nullable(),
      queues: z.array(queueRef),
      /** What the agent may do now; the screen greys out the rest and the server refuses it. */
      can: z.object({
        ready: z.boolean(),
        notReady: z.boolean(),
        signOut: z.boolean(),
        wrapUp: z.boolean(),
        dial: z.boolean(),
        next: z.boolean(),
      }),
      /** Why nobody can be called now, in Chinese; null: somebody can. */
      whyNoDial: z.string().nullable(),
    })
    .nullable(),
  contact: deskContact.nullable(),
  today: z.object({
    answered: z.number().int(),
    notAnswered: z.number().int(),
    talkingMs: milliseconds,
    averageTalkingMs: milliseconds,
    wrapUpMs: milliseconds,
    readyMs: milliseconds,
    notReadyMs: milliseconds,
  }),
  /** Calls waiting in the agent's queues. */
  waiting: z.number().int(),
  /** Messages of a leader that were not read yet. */
  messages: z.array(z.object({ id, from: z.string(), text: z.string(), at: z.date() })),
  serverTime: z.date(),
});
export type Desk = z.infer<typeof desk>;

/** What an agent may choose as a reason, with the minutes it may last. */
export const restReason = z.object({
  reason: chosenReason.schema,
  /** null: no limit. */
  minutes: z.number().int().min(1).max(600).nullable(),
});
export type RestReason = z.infer<typeof restReason>;

/** Whom a call is handed to. */
export const callTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('agent'), personId: id }),
  z.object({ kind: z.literal('queue'), queueId: id }),
  /** A number outside; `shownNumberId`: the service number that it sees, the call's own when left out. */
  z.object({ kind: z.literal('number'), number: phoneNumber, shownNumberId: id.optional() }),
  z.object({ kind: z.literal('flow'), flowId: id }),
  /** Through an internal access code. */
  z.object({ kind: z.literal('centre'), accessCodeId: id }),
]);
export type CallTarget = z.infer<typeof callTarget>;
/** Who can be asked or added: a person. */
export const partyTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('agent'), personId: id }),
  z.object({ kind: z.literal('number'), number: phoneNumber, shownNumberId: id.optional() }),
]);
export type PartyTarget = z.infer<typeof partyTarget>;

/** What transfer, consultation and dialling offer to this agent. */
export const callTargets = z.object({
  agents: z.array(
    z.object({
      person: personRef,
      unit: z.string(),
      state: agentState.schema,
      reason: notReadyReason.schema.nullable(),
      since: z.date(),
      /** May be given a call; may be asked aside. */
      can: z.object({ transfer: z.boolean(), consult: z.boolean() }),
    }),
  ),
  queues: z.array(queueRef.extend({ unit: z.string(), waiting: z.number().int(), ready: z.number().int() })),
  flows: z.array(z.object({ id, name: z.string() })),
  centres: z.array(z.object({ accessCodeId: id, code: z.string(), name: z.string(), unit: z.string() })),
  /** Service numbers that outside numbers may see. */
  shownNumbers: z.array(z.object({ id, number: z.string(), name: z.string() })),
});
export type CallTargets = z.infer<typeof callTargets>;

const refusals = {
  NOT_FOUND: errorCodes.NOT_FOUND,
  NOT_SIGNED_IN: errorCodes.NOT_SIGNED_IN,
  TAKEN_OVER: errorCodes.TAKEN_OVER,
  WRONG_STATE: errorCodes.WRONG_STATE,
  ENGINE_UNAVAILABLE: errorCodes.ENGINE_UNAVAILABLE,
};
/** The desk session that the page believes it owns: an older page of the same agent is refused with TAKEN_OVER. */
const ofSession = z.object({ sessionId: id });

const person = { tag: 'desk', by: 'person' } as const;
/** A verb of the desk: the ledger tells what was done. */
const verb = (path: `/desk/${string}`, summary: string) =>
  route(['desk.use'], { method: 'POST', path, summary, ...person, trace: 'ledger' }).errors(refusals);
const plain = (path: `/desk/${string}`, summary: string) => verb(path, summary).input(ofSession).output(z.object({}));
const note = text(200).default('');
const nextChoice = z.discriminatedUnion('state', [
  z.object({ state: z.literal('ready') }),
  z.object({ state: z.literal('not_ready'), reason: chosenReason.schema }),
  z.object({ state: z.literal('signed_out') }),
]);
export type NextChoice = z.infer<typeof nextChoice>;

export const deskContract = {
  get: route(['desk.use'], { method: 'GET', path: '/desk', summary: '坐席工作台', ...person }).output(desk),
  /** What sign-in offers. */
  phones: route(['desk.use'], { method: 'GET', path: '/desk/phones', summary: '可用话机', ...person }).output(
    z.object({
      /** IP phones that this agent may use. `inUseBy`: who is signed in with it. */
      devices: z.array(
        z.object({ id, label: z.string(), name: z.string(), registered: z.boolean(), inUseBy: z.string().nullable() }),
      ),
      /** Whether outside numbers can be called: there is a way out. */
      outside: z.boolean(),
    }),
  ),
  /** Signs in to the desk and takes over from any older session of the same agent. `account`: for browser phones. */
  signIn: route(['desk.use'], { method: 'POST', path: '/desk/sign-in', summary: '签入', ...person })
    .errors(refusals)
    .input(z.object({ phone: phoneChoice, autoAnswer: z.boolean().default(false) }))
    .output(z.object({ sessionId: id, account: phoneAccount.nullable() })),
  signOut: plain('/desk/sign-out', '签出'),
  setState: verb('/desk/state', '示闲 / 示忙')
    .input(
      z.discriminatedUnion('state', [
        ofSession.extend({ state: z.literal('ready') }),
        ofSession.extend({ state: z.literal('not_ready'), reason: chosenReason.schema }),
      ]),
    )
    .output(z.object({})),
  /** What comes after the call at hand; null: what the queue says. */
  setNext: verb('/desk/next-state', '话后状态')
    .input(ofSession.extend({ next: nextChoice.nullable() }))
    .output(z.object({})),
  setAutoAnswer: verb('/desk/auto-answer', '自动应答')
    .input(ofSession.extend({ autoAnswer: z.boolean() }))
    .output(z.object({})),
  reasons: route(['desk.use'], { method: 'GET', path: '/desk/reasons', summary: '示忙原因', ...person }).output(
    z.array(restReason),
  ),
  targets: route(['desk.use'], { method: 'GET', path: '/desk/targets', summary: '转接与磋商对象', ...person })
    .input(z.object({ text: text(40).optional() }))
    .output(callTargets),

  answer: plain('/desk/answer', '接听'),
  reject: plain('/desk/reject', '拒接'),
  hangUp: plain('/desk/hang-up', '挂机'),
  mute: plain('/desk/mute', '静音'),
  unmute: plain('/desk/unmute', '取消静音'),
  hold: plain('/desk/hold', '保持'),
  retrieve: plain('/desk/retrieve', '取保持'),
  dtmf: verb('/desk/dtmf', '发送按键')
    .input(ofSession.extend({ keys: z.string().regex(/^[0-9*#]{1,32}$/, '按键只能是数字、* 和 #') }))
    .output(z.object({})),
  transfer: verb('/desk/transfer', '转接')
    .input(ofSession.extend({ target: callTarget, note }))
    .output(z.object({})),
  transferMenu: plain('/desk/transfer-menu', '转主菜单'),
  transferSurvey: plain('/desk/transfer-survey', '转满意度'),
  /** The caller hears music while the agent asks somebody. */
  consult: verb('/desk/consult', '磋商')
    .input(ofSession.extend({ target: partyTarget, note }))
    .output(z.object({})),
  /** Lets the consulted go and takes the caller back. */
  consultReturn: plain('/desk/consult-return', '取消磋商'),
  consultTransfer: plain('/desk/consult-transfer', '磋商转'),
  conference: plain('/desk/conference', '三方通话'),
  /** Calls somebody straight into the conversation. */
  addMember: verb('/desk/members', '加入成员')
    .input(ofSession.extend({ target: partyTarget }))
    .output(z.object({})),
  dropMember: verb('/desk/members/drop', '拆除成员')
    .input(ofSession.extend({ legId: id }))
    .output(z.object({})),
  /** Calls somebody: the agent's phone first, then the number. One of `number`, `contactId` (the caller of a record), `lostCallId`. */
  dial: route(['calls.dial'], { method: 'POST', path: '/desk/dial', summary: '外呼', ...person, trace: 'ledger' })
    .errors(refusals)
    .input(
      ofSession.extend({
        number: phoneNumber.optional(),
        contactId: id.optional(),
        lostCallId: id.optional(),
        /** What the called sees; the first of `targets().shownNumbers` when left out. */
        shownNumberId: id.optional(),
      }),
    )
    .output(z.object({ contactId: id })),
  /** Saves the wrap-up of the last call and frees the agent: into `next`, unless a leader has decided otherwise. */
  wrapUp: verb('/desk/wrap-up', '提交小结')
    .input(
      ofSession.extend({
        legId: id,
        result: wrapUpResult.schema,
        categoryId: id.nullable(),
        remark: z.string().max(2000),
        next: nextChoice,
      }),
    )
    .output(z.object({})),
  readMessage: verb('/desk/messages/read', '消息已读').input(z.object({ id })).output(z.object({})),
  /** Those of the own unit and of the units above, parents before children, in their order. */
  categories: route(['desk.use'], { method: 'GET', path: '/desk/categories', summary: '业务类别', ...person }).output(
    z.array(category),
  ),
};
