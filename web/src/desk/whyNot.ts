import type { CallVerb, Desk } from '@rexian/contracts';
import type { DeskSessionState } from './session.ts';

type Own = Pick<DeskSessionState, 'phase' | 'phoneKind'>;

/** Why a button is grey: in the server's words, but for what this page alone knows. */
export function whyNot(verb: CallVerb | 'dial', desk: Desk | undefined, own: Own): string {
  if (own.phase !== 'signed_in' || !desk?.session) return '请先签入';
  const { contact, session } = desk;
  if (verb === 'dial') return session.whyNoDial ?? '当前不能外呼';
  if (!contact) return verb === 'answer' ? '当前没有来电' : '当前没有通话';
  if (verb === 'answer' && contact.can.answer) return '正在呼叫本机';
  return contact.whyNot[verb] ?? '当前状态不能执行此操作';
}
