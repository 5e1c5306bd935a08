import { deskApi } from '../platform/api.ts';
import type { Db } from '../platform/db.ts';
import type { Vault } from '../platform/vault.ts';
import { readCategories } from './categories.ts';
import { readDesk } from './read.ts';
import type { DeskSessions } from './session.ts';
import { callTargets } from './targets.ts';
import type { DeskVerbs } from './verbs.ts';
import { saveWrapUp } from './wrap-up.ts';

export interface DeskRoutes {
  sessions: DeskSessions;
  verbs: DeskVerbs;
  vault: Vault;
  system: Db;
}

export function deskRoutes({ sessions, verbs, vault, system }: DeskRoutes) {
  const agent = deskApi.desk;
  return {
    get: agent.get.handler(({ context }) => readDesk(context, vault)),
    phones: agent.phones.handler(({ context }) => sessions.phones(context)),
    reasons: agent.reasons.handler(({ context }) => sessions.reasons(context)),
    targets: agent.targets.handler(({ input, context }) => callTargets(context, system, input.text)),
    categories: agent.categories.handler(({ context }) => readCategories(context)),
    signIn: agent.signIn.handler(({ input, context }) => sessions.signIn(context, input, context.audit)),
    signOut: agent.signOut.handler(async ({ input, context }) => {
      await sessions.signOut(context, input.sessionId);
      return {};
    }),
    setState: agent.setState.handler(async ({ input, context }) => {
      await sessions.setState(context, input.sessionId, input);
      return {};
    }),
    setNext: agent.setNext.handler(async ({ input, context }) => {
      await sessions.setNext(context, input.sessionId, input.next);
      return {};
    }),
    setAutoAnswer: agent.setAutoAnswer.handler(async ({ input, context }) => {
      await sessions.setAutoAnswer(context, input.sessionId, input.autoAnswer);
      return {};
    }),
    readMessage: agent.readMessage.handler(async ({ input, context }) => {
      await sessions.readMessage(context, input.id);
      return {};
    }),
    wrapUp: agent.wrapUp.handler(async ({ input, context }) => {
      await saveWrapUp(context, input);
      return {};
    }),

    answer: agent.answer.handler(async ({ input, context }) => {
      await verbs.ask(context, input.sessionId, 'answer');
      return {};
    }),
    reject: agent.reject.handler(async ({ input, context }) => {
      await verbs.ask(context, input.sessionId, 'reject');
      return {};
    }),
    hangUp: agent.hangUp.handler(async ({ input, context }) => {
      await verbs.ask(context, input.sessionId, 'hang_up');
      return {};
    }),
    mute: agent.mute.handler(async ({ input, context }) => {
      await verbs.ask(context, input.sessionId, 'mute');
      return {};
    }),
    unmute: agent.unmute.handler(async ({ input, context }) => {
      await verbs.ask(context, input.sessionId, 'unmute');
      return {};
    }),
    hold: agent.hold.handler(async ({ input, context }) => {
      await verbs.ask(context, input.sessionId, 'hold');
      return {};
    }),
    retrieve: agent.retrieve.handler(async ({ input, context }) => {
      await verbs.ask(context, input.sessionId, 'retrieve');
      return {};
    }),
    dtmf: agent.dtmf.handler(async ({ input, context }) => {
      await verbs.ask(context, input.sessionId, 'dtmf', { keys: input.keys });
      return {};
    }),
    transfer: agent.transfer.handler(async ({ input, context }) => {
      await verbs.transfer(context, input.sessionId, input.target, input.note);
      return {};
    }),
    transferMenu: agent.transferMenu.handler(async ({ input, context }) => {
      await verbs.ask(context, input.sessionId, 'transfer_menu');
      return {};
    }),
    transferSurvey: agent.transferSurvey.handler(async ({ input, context }) => {
      await verbs.ask(context, input.sessionId, 'transfer_survey');
      return {};
    }),
    consult: agent.consult.handler(async ({ input, context }) => {
      await verbs.bring(context, input.sessionId, 'consult', input.target, input.note);
      return {};
    }),
    consultReturn: agent.consultReturn.handler(async ({ input, context }) => {
      await verbs.ask(context, input.sessionId, 'consult_return');
      return {};
    }),
    consultTransfer: agent.consultTransfer.handler(async ({ input, context }) => {
      await verbs.ask(context, input.sessionId, 'consult_transfer');
      return {};
    }),
    conference: agent.conference.handler(async ({ input, context }) => {
      await verbs.ask(context, input.sessionId, 'conference');
      return {};
    }),
    addMember: agent.addMember.handler(async ({ input, context }) => {
      await verbs.bring(context, input.sessionId, 'add_member', input.target);
      return {};
    }),
    dropMember: agent.dropMember.handler(async ({ input, context }) => {
      await verbs.ask(context, input.sessionId, 'drop_member', { legId: input.legId });
      return {};
    }),
    dial: agent.dial.handler(({ input, context }) => verbs.dial(context, input.sessionId, input)),
  };
}
