import { z } from 'zod';
import { errorCodes, id, milliseconds, queueRef } from './common.ts';
import { contactSummary } from './contacts.ts';
import { route } from './route.ts';
import { agentState, chosenReason, legState, notReadyReason, phoneKind, wrapUpResult } from './states.ts';

/** How a phone registers: SIP over WebSocket through our own HTTP port (browser) or UDP (IP phone). */
export const phoneAccount = z.object({
  kind: phoneKind.schema,
  /** SIP address of record, `sip:web-1001-5f3c9a1e@rexian`. */
  uri: z.string(),
  username: z.string(),
  password: z.string(),
  /** Path of the SIP WebSocket on the page's own origin (browser phones). */
  websocketPath: z.string(),
  /** host:port of the SIP registrar (IP phones). */
  registrar: z.string(),
});
export type PhoneAccount = z.infer<typeof phoneAccount>;

/** The contact an agent is working on, from the first ring to the saved wrap-up. */
export const deskContact = z.object({
  contactId: id,
  legId: id,
  legState: legState.schema,
  callerNumber: z.string(),
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
  onHold: z.boolean(),
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
      signedInAt: z.date(),
      phoneKind: phoneKind.schema,
      queues: z.array(queueRef),
      /** What the agent may do now; the screen greys out the rest and the server refuses it. */
      can: z.object({
        ready: z.boolean(),
        notReady: z.boolean(),
        signOut: z.boolean(),
        hold: z.boolean(),
        retrieve: z.boolean(),
        hangUp: z.boolean(),
        wrapUp: z.boolean(),
      }),
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
  serverTime: z.date(),
});
export type Desk = z.infer<typeof desk>;

export const category = z.object({ id, parentId: id.nullable(), name: z.string(), position: z.number().int() });
export type Category = z.infer<typeof category>;

const refusals = {
  NOT_SIGNED_IN: errorCodes.NOT_SIGNED_IN,
  TAKEN_OVER: errorCodes.TAKEN_OVER,
  WRONG_STATE: errorCodes.WRONG_STATE,
  ENGINE_UNAVAILABLE: errorCodes.ENGINE_UNAVAILABLE,
};
/** The desk session that the page believes it owns: an older page of the same agent is refused with TAKEN_OVER. */
const ofSession = z.object({ sessionId: id });

export const deskContract = {
  get: route(['desk.use'], { method: 'GET', path: '/desk', summary: '坐席工作台', tag: 'desk', by: 'person' }).output(
    desk,
  ),
  /** Signs in to the desk and takes over from any older session of the same agent. */
  signIn: route(['desk.use'], { method: 'POST', path: '/desk/sign-in', summary: '签入', tag: 'desk', by: 'person' })
    .errors(refusals)
    .input(z.object({ phoneKind: phoneKind.schema }))
    .output(z.object({ sessionId: id, phone: phoneAccount })),
  signOut: route(['desk.use'], {
    method: 'POST',
    path: '/desk/sign-out',
    summary: '签出',
    tag: 'desk',
    by: 'person',
    trace: 'ledger',
  })
    .errors(refusals)
    .input(ofSession)
    .output(z.object({})),
  setState: route(['desk.use'], {
    method: 'POST',
    path: '/desk/state',
    summary: '示闲 / 示忙',
    tag: 'desk',
    by: 'person',
    trace: 'ledger',
  })
    .errors(refusals)
    .input(
      z.discriminatedUnion('state', [
        ofSession.extend({ state: z.literal('ready') }),
        ofSession.extend({ state: z.literal('not_ready'), reason: chosenReason.schema }),
      ]),
    )
    .output(z.object({})),
  hold: route(['desk.use'], {
    method: 'POST',
    path: '/desk/hold',
    summary: '保持',
    tag: 'desk',
    by: 'person',
    trace: 'ledger',
  })
    .errors(refusals)
    .input(ofSession)
    .output(z.object({})),
  retrieve: route(['desk.use'], {
    method: 'POST',
    path: '/desk/retrieve',
    summary: '取保持',
    tag: 'desk',
    by: 'person',
    trace: 'ledger',
  })
    .errors(refusals)
    .input(ofSession)
    .output(z.object({})),
  hangUp: route(['desk.use'], {
    method: 'POST',
    path: '/desk/hang-up',
    summary: '挂机',
    tag: 'desk',
    by: 'person',
    trace: 'ledger',
  })
    .errors(refusals)
    .input(ofSession)
    .output(z.object({})),
  /** Saves the wrap-up of the last call and frees the agent. */
  wrapUp: route(['desk.use'], {
    method: 'POST',
    path: '/desk/wrap-up',
    summary: '提交小结',
    tag: 'desk',
    by: 'person',
    trace: 'ledger',
  })
    .errors(refusals)
    .input(
      ofSession.extend({
        legId: id,
        result: wrapUpResult.schema,
        categoryId: id.nullable(),
        remark: z.string().max(2000),
        next: z.discriminatedUnion('state', [
          z.object({ state: z.literal('ready') }),
          z.object({ state: z.literal('not_ready'), reason: chosenReason.schema }),
        ]),
      }),
    )
    .output(z.object({})),
  categories: route(['desk.use'], {
    method: 'GET',
    path: '/desk/categories',
    summary: '业务类别',
    tag: 'desk',
    by: 'person',
  }).output(z.array(category)),
};
