import type { CallVerb, Desk } from '@rexian/contracts';
import type { DeskSessionState } from './session.ts';

type Own = Pick<DeskSessionState, 'phase' | 'phoneKind'>;

/** Only with the caller alone: the others have to leave first. */
const alone: ReadonlySet<string> = new Set<CallVerb>(['transfer', 'transfer_menu', 'transfer_survey']);
const ofConsultation: ReadonlySet<string> = new Set<CallVerb>(['consult_transfer', 'conference', 'consult_return']);

/** Why a button is grey, from what the desk shows; the server has the last word and the same reasons. */
export function whyNot(action: string, desk: Desk | undefined, own: Own): string {
  if (own.phase !== 'signed_in' || !desk?.session) return '请先签入';
  const { contact, session } = desk;
  if (!contact || contact.legState === 'ended') return action === 'answer' ? '当前没有来电' : '当前没有通话';
  const isRinging = contact.legState === 'reserved' || contact.legState === 'ringing';
  if (action === 'answer') return isRinging ? answerElsewhere(own) : '已经接听';
  if (isRinging) return '接听后可用';
  if (contact.role === 'supervisor') return '监控中不能执行此操作';
  if (contact.role === 'consulted') return '被磋商方不能执行此操作';
  const consulted = contact.parties.find(({ role, state }) => role === 'consulted' && state !== 'ended');
  if (ofConsultation.has(action)) return consulted ? '对方尚未接听' : '没有进行磋商';
  if (consulted) return '磋商中，请先结束磋商';
  if (session.state === 'dialling') return '对方接听后可用';
  if (contact.onHold && action === 'keys') return '取保持后可用';
  const others = contact.parties.filter(
    ({ me, role, state }) => !me && state !== 'ended' && (role === 'lead' || role === 'member'),
  );
  if (alone.has(action) && others.length > 0) return '多方通话中，请先拆除其他成员';
  return '当前状态不能执行此操作';
}

function answerElsewhere({ phoneKind }: Own): string {
  if (phoneKind === 'outside') return '请在外线电话上接听';
  return phoneKind === 'sip' ? '请在 IP 话机上接听' : '正在呼叫本机';
}

export function whyNoDial(desk: Desk | undefined, own: Own): string {
  if (own.phase !== 'signed_in' || !desk?.session) return '请先签入';
  switch (desk.session.state) {
    case 'not_ready':
    case 'ready':
      return desk.session.phone.reachable ? '没有外呼权限或出局中继' : '话机不可达，暂不能外呼';
    case 'wrap_up':
      return '提交小结后可外呼';
    default:
      return '通话中不能外呼';
  }
}
