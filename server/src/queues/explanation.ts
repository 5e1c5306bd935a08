/** Why a call went as it did: which agent, and why so long. Chinese lines made of the ledger's events. Pure. */
import {
  type ContactEventType,
  type ContactOrigin,
  contactOrigin,
  type EndedBy,
  type EndReason,
  endedBy,
  endReason,
  type LegOutcome,
  legOutcome,
  type OverflowAction,
  overflowAction,
  type PersonRef,
  type RoutingExplanation,
} from '@rexian/contracts';

type Line = RoutingExplanation['lines'][number];

export interface ExplainedEvent {
  at: Date;
  type: ContactEventType;
  person: PersonRef | null;
  data: Record<string, unknown>;
}

export interface ExplainedContact {
  calledNumber: string;
  calledName: string;
  origin: ContactOrigin;
  fromUnitName: string;
  /** Names of the queues that events name by id. */
  queueNames: ReadonlyMap<string, string>;
}

/** What is remembered from one event to the next. */
interface Course {
  contact: ExplainedContact;
  /** The stay in a queue that goes on; null: none. */
  stay: { since: Date; data: Record<string, unknown>; offered: boolean } | null;
  /** The offer that is out. */
  offeredAt: Date | null;
  firstQueuedAt: Date | null;
}

/** An offer this soon after the entry needs no reason for the wait. */
const AT_ONCE_MS = 2_000;

export function explain(contact: ExplainedContact, events: readonly ExplainedEvent[]): Line[] {
  const course: Course = { contact, stay: null, offeredAt: null, firstQueuedAt: null };
  return events.flatMap((event) => linesOf(course, event));
}

function linesOf(course: Course, event: ExplainedEvent): Line[] {
  const { at, type } = event;
  const line = (kind: Line['kind'], text: string): Line => ({ at, kind, text });
  switch (type) {
    case 'arrived':
    case 'arrived_by_transfer':
      return [line('arrival', arrivalText(course.contact, event))];
    case 'queued':
      return enter(course, event).map((text) => line('placed', text));
    case 'overflowed':
      return [line('waiting', overflowText(course, event))];
    case 'position_announced':
      return [line('waiting', `播报排队位置：前面还有 ${event.data.before} 位`)];
    case 'callback_booked':
      return [line('waiting', '来电人预约了回拨，位置保留')];
    case 'offered':
      return offer(course, event);
    case 'offer_failed':
      return [line('offer', failureText(course, event))];
    case 'connected':
      return connect(course, event).map((text) => line('offer', text));
    case 'ended':
      return [line('end', endText(course, event))];
    default:
      return [];
  }
}

function arrivalText({ calledNumber, calledName, origin, fromUnitName }: ExplainedContact, event: ExplainedEvent) {
  const from = fromUnitName ? `（由${fromUnitName}转来）` : '';
  const code = event.data.accessCode ? `，接入码 ${event.data.accessCode}` : '';
  return `${contactOrigin.labels[origin]}${from}：${calledNumber}${calledName ? `（${calledName}）` : ''}${code}`;
}

function enter(course: Course, { at, data }: ExplainedEvent): string[] {
  course.stay = { since: at, data, offered: false };
  course.firstQueuedAt ??= at;
  const parts = [`进入技能组“${queueName(course, data)}”`];
  if (typeof data.priority === 'number') parts.push(`优先级 ${data.priority}`);
  if (typeof data.before === 'number') parts.push(data.before > 0 ? `前面有 ${data.before} 位` : '排在首位');
  if (typeof data.signedIn === 'number') parts.push(`签入坐席 ${data.signedIn} 人，空闲 ${Number(data.ready)} 人`);
  return [...listOf(data.reasons), parts.join('，')];
}

function overflowText(course: Course, { at, data }: ExplainedEvent): string {
  if (data.action === 'refused')
    return `“${queueName(course, data)}”${data.why === 'inactive' ? '已停用' : '排队已满'}，未能进入`;
  const label = overflowAction.labels[data.action as OverflowAction] ?? '溢出';
  const name = data.queueId || data.queueName ? `“${queueName(course, data)}”` : '';
  const { stay } = course;
  const spent = stay ? `排队 ${duration(at.getTime() - stay.since.getTime())}后` : '';
  // Moved on, the caller's stay in the other queue begins; how things stood there was not noted.
  if (data.action === 'move') course.stay = { since: at, data: {}, offered: false };
  const failed = data.failed ? `未成功（${data.failed}），继续排队` : '';
  return `${spent}溢出：${label}${name}${failed}`;
}

function offer(course: Course, event: ExplainedEvent): Line[] {
  const { at, data } = event;
  course.offeredAt = at;
  const lines: Line[] = [];
  const reason = waitReason(course, event);
  if (reason) lines.push({ at, kind: 'waiting', text: reason });
  if (course.stay) course.stay.offered = true;
  const parts = [`分配给${who(event)}`];
  if (data.overflow) parts.push(`溢出后由“${queueName(course, data)}”接听`);
  if (data.wanted) parts.push('为指定优先的坐席');
  if (typeof data.weight === 'number') {
    if (data.weight > 0) parts.push(`在“${queueName(course, data)}”中权重 ${data.weight}`);
    parts.push(`已空闲 ${duration(Number(data.idleMs))}`);
    if (!data.wanted) parts.push(amongText(Number(data.candidates)));
    parts.push(`来电已等待 ${duration(Number(data.waitedMs))}`);
  }
  lines.push({ at, kind: 'offer', text: parts.join('，') });
  return lines;
}

const amongText = (candidates: number): string =>
  candidates === 1 ? '为唯一空闲坐席' : `在 ${candidates} 名空闲坐席中权重最高、同权重中空闲最久`;

/** Why the caller waited until the first offer; null: they didn't, or nothing was noted. */
function waitReason({ stay, contact }: Course, { at, data }: ExplainedEvent): string | null {
  if (!stay || stay.offered || typeof stay.data.signedIn !== 'number') return null;
  const waited = at.getTime() - stay.since.getTime();
  if (waited < AT_ONCE_MS) return null;
  const { signedIn, ready, before } = stay.data;
  const text = `等待 ${duration(waited)}：`;
  if (data.wanted && Number(ready) > 0) return `${text}先等待指定优先的坐席`;
  if (signedIn === 0) return `${text}进入时无坐席签入“${queueName({ contact }, stay.data)}”`;
  if (Number(ready) === 0) return `${text}进入时 ${signedIn} 名签入坐席均不空闲`;
  if (Number(before) > 0) return `${text}空闲坐席先接听排在前面的 ${before} 位`;
  return `${text}等待指定优先的坐席或空闲坐席话机就绪`;
}

function failureText(course: Course, event: ExplainedEvent): string {
  const outcome = legOutcome.labels[event.data.outcome as LegOutcome] ?? '未接通';
  const rang = course.offeredAt ? `，历时 ${duration(event.at.getTime() - course.offeredAt.getTime())}` : '';
  course.offeredAt = null;
  return `${who(event)}${outcome}${rang}`;
}

function connect(course: Course, event: ExplainedEvent): string[] {
  const { offeredAt, firstQueuedAt } = course;
  course.stay = null;
  course.offeredAt = null;
  if (!offeredAt || !firstQueuedAt) return [];
  const rang = duration(event.at.getTime() - offeredAt.getTime());
  return [`${who(event)}接听，振铃 ${rang}，自请求人工起共 ${duration(event.at.getTime() - firstQueuedAt.getTime())}`];
}

function endText({ stay }: Course, { at, data }: ExplainedEvent): string {
  const by = endedBy.labels[data.by as EndedBy];
  const text = `${endReason.labels[data.reason as EndReason] ?? '结束'}${by ? `（${by}）` : ''}`;
  if (!stay) return text;
  const { signedIn, ready } = stay.data;
  const why = signedIn === 0 ? '，进入时无坐席签入' : signedIn && ready === 0 ? '，进入时坐席全忙' : '';
  return `${text}，本次排队 ${duration(at.getTime() - stay.since.getTime())}${why}`;
}

const who = ({ person }: ExplainedEvent): string =>
  person ? `${person.name}${person.agentNumber ? `（${person.agentNumber}）` : ''}` : '坐席';

const queueName = ({ contact }: Pick<Course, 'contact'>, data: Record<string, unknown>): string =>
  contact.queueNames.get(String(data.queueId)) ??
  (typeof data.queueName === 'string' ? data.queueName : '已删除的技能组');

const listOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];

/** `12 秒`, `3 分 5 秒`. */
export function duration(ms: number): string {
  const whole = Math.max(0, Math.round(ms / 1000));
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60];
  if (minutes === 0) return `${rest} 秒`;
  return rest === 0 ? `${minutes} 分` : `${minutes} 分 ${rest} 秒`;
}
