/** The Chinese line of each event on the timeline. */
import {
  type ContactEventType,
  contactEventType,
  type EndedBy,
  type EndReason,
  endedBy,
  endReason,
  type LegOutcome,
  legOutcome,
  type PersonRef,
} from '@rexian/contracts';

export function eventText(type: ContactEventType, data: Record<string, unknown>, person: PersonRef | null): string {
  const who = person ? `${person.name}${person.agentNumber ? `（${person.agentNumber}）` : ''}` : '';
  const label = contactEventType.labels[type];
  switch (type) {
    case 'key_pressed':
      return data.label ? `按键 ${data.key}：${data.label}` : `按键 ${data.key}：无效`;
    case 'position_announced':
      return `播报排队位置：前面还有 ${data.before} 位`;
    case 'offered':
    case 'ringing':
    case 'connected':
    case 'held':
    case 'retrieved':
    case 'agent_moved':
    case 'wrap_up_saved':
      return who ? `${label}：${who}` : label;
    case 'offer_failed':
      return `${who}${legOutcome.labels[data.outcome as LegOutcome] ?? ''}`;
    case 'leg_ended':
      return `${endedBy.labels[data.by as EndedBy] ?? ''}挂机，与${who}的通话结束`;
    case 'ended':
      return `${endReason.labels[data.reason as EndReason] ?? label}（${endedBy.labels[data.by as EndedBy] ?? ''}）`;
    case 'arrived':
      return data.accessCode ? `${label}（接入码 ${data.accessCode}）` : label;
    case 'hours_checked':
      return data.open ? '工作时间内' : '非工作时间';
    case 'node_entered':
      return `进入节点：${data.title ?? data.node}`;
    default:
      return label;
  }
}
