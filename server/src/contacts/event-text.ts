/** The Chinese line of each event on the timeline. Begins with the event's label where it has more to say than the label. */
import {
  type ContactEventType,
  contactEventType,
  type EndedBy,
  type EndReason,
  endedBy,
  endReason,
  type LegOutcome,
  legOutcome,
  type OverflowAction,
  overflowAction,
  type PersonRef,
  type SuperviseMode,
  scoreLabel,
  superviseMode,
  type TargetKind,
  targetKind,
} from '@rexian/contracts';

type Data = Record<string, unknown>;

export function eventText(type: ContactEventType, data: Data, person: PersonRef | null): string {
  const label = contactEventType.labels[type];
  const told = (...parts: (string | undefined)[]) => {
    const text = parts.filter(Boolean).join('，');
    return text ? `${label}：${text}` : label;
  };
  const who = nameOf(person);
  const name = word(data.name);
  switch (type) {
    case 'arrived':
      return data.accessCode ? `${label}（接入码 ${word(data.accessCode)}）` : label;
    case 'arrived_by_transfer':
      return told(word(data.unit), word(data.person), noteOf(data));
    case 'node_entered':
      return told(word(data.title) || word(data.node));
    case 'key_pressed':
      return data.label ? `按键 ${word(data.key)}：${word(data.label)}` : `按键 ${word(data.key)}：无效`;
    case 'hours_checked':
      return data.open ? '工作时间内' : data.holiday ? '非工作日' : '非工作时段';
    case 'queued':
      return told(word(data.queueName));
    case 'position_announced':
      return typeof data.before === 'number' ? `${label}：前面还有 ${data.before} 位` : label;
    case 'overflowed':
      return told(overflowText(data));
    case 'dialled':
      return told(word(data.number), who);
    case 'offer_failed':
      return `${who}${legOutcome.labels[data.outcome as LegOutcome] ?? ''}` || label;
    case 'number_announced':
      return told(word(data.agentNumber) && `${word(data.agentNumber)} 号`);
    case 'keys_sent':
      return told(who, typeof data.count === 'number' ? `${data.count} 个` : '');
    case 'consult_started':
    case 'consult_ended':
    case 'conference_started':
    case 'member_invited':
      return told(who && name ? `${who} → ${name}` : who || name);
    case 'member_joined':
    case 'member_left':
      return told(name || who);
    case 'transferred':
      return told(transferText(data, who), noteOf(data), word(data.failed) && `未成功，${word(data.failed)}`);
    case 'supervised':
      return told(who, superviseMode.labels[data.mode as SuperviseMode]);
    case 'satisfaction_given':
      return told(scoreLabel(data.score), word(data.reason) && `原因 ${word(data.reason)}`);
    case 'voicemail_left':
      return told(typeof data.seconds === 'number' ? `${data.seconds} 秒` : '');
    case 'leg_ended':
      return `${endedBy.labels[data.by as EndedBy] ?? ''}挂机，与${who || name || '对方'}的通话结束`;
    case 'ended':
      return `${endReason.labels[data.reason as EndReason] ?? label}（${endedBy.labels[data.by as EndedBy] ?? ''}）`;
    case 'call_lost':
    case 'offered':
    case 'ringing':
    case 'connected':
    case 'held':
    case 'retrieved':
    case 'agent_moved':
    case 'muted':
    case 'unmuted':
    case 'taken_over':
    case 'forced_hang_up':
    case 'wrap_up_saved':
    case 'sms_queued':
      return told(who || name);
    case 'work_order_created':
      return told(word(data.number));
    case 'sms_failed':
    case 'sms_expired':
      return told(word(data.reason));
    case 'sms_sent':
    case 'sms_delivered':
    case 'answered':
    case 'callback_offered':
    case 'callback_booked':
    case 'survey_started':
    case 'recording_stored':
    case 'recording_missing':
    case 'blocked':
    case 'adopted':
      return label;
    case 'fault':
      return told(word(data.reason));
    default:
      return type satisfies never;
  }
}

const word = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';

const nameOf = (person: PersonRef | null) =>
  person ? `${person.name}${person.agentNumber ? `（${person.agentNumber}）` : ''}` : '';

const noteOf = (data: Data) => word(data.note) && `备注 ${word(data.note)}`;

function overflowText(data: Data): string {
  const action = overflowAction.labels[data.action as OverflowAction] ?? '';
  const done = [action, word(data.queueName)].filter(Boolean).join(' ');
  return data.failed ? `${done}未成功，${word(data.failed)}` : done;
}

function transferText(data: Data, who: string): string {
  const to = (data.to ?? {}) as { kind?: TargetKind; name?: unknown };
  const kind = to.kind ? targetKind.labels[to.kind] : '';
  // An agent who was consulted before takes it over by themselves.
  if (!word(to.name)) return [kind, who].filter(Boolean).join(' ');
  const target = [kind, word(to.name)].filter(Boolean).join(' ');
  return who ? `${who} → ${target}` : target;
}
