/** Calls, their parts, agents, queues, lines and recordings. */
import type { z } from 'zod';
import { labelled } from './labelled.ts';

export const contactState = labelled({
  arrived: '呼入',
  in_flow: '语音导航',
  queued: '排队',
  ringing: '振铃',
  dialling: '呼出',
  talking: '通话',
  ended: '已结束',
});
export type ContactState = z.infer<typeof contactState.schema>;

/** Who began it. */
export const contactDirection = labelled({ inbound: '呼入', outbound: '呼出' });
export type ContactDirection = z.infer<typeof contactDirection.schema>;

/** How a call came to the centre that has it. */
export const contactOrigin = labelled({
  direct: '直拨',
  province_transfer: '12366转接',
  city_transfer: '地市呼转',
  outbound: '坐席呼出',
  callback: '预约回拨',
});
export type ContactOrigin = z.infer<typeof contactOrigin.schema>;

/** Where and how a contact ended. */
export const endReason = labelled({
  completed: '正常通话',
  abandoned_in_flow: '导航中挂机',
  abandoned_in_queue: '排队中挂机',
  abandoned_while_ringing: '振铃中挂机',
  queue_timeout: '排队超时',
  queue_full: '排队已满',
  flow_ended: '导航结束',
  transferred: '转至其他中心',
  callback_booked: '预约回拨',
  voicemail: '已留言',
  no_answer: '被叫无应答',
  busy: '被叫忙',
  unreachable: '呼出失败',
  cancelled: '坐席取消呼出',
  number_unknown: '号码未开通',
  blocked: '黑名单拦截',
  unserved: '系统未接入',
  failed: '系统故障',
});
export type EndReason = z.infer<typeof endReason.schema>;

export const endedBy = labelled({ caller: '来电人', agent: '坐席', system: '系统' });
export type EndedBy = z.infer<typeof endedBy.schema>;

/**
 * What somebody is in a contact beside the caller: `lead` serves it; `consulted` is asked aside while the caller waits; `member` was
 * added to the conversation; `supervisor` listens, whispers or barges in.
 */
export const legRole = labelled({ lead: '主办坐席', consulted: '磋商对象', member: '会议成员', supervisor: '监控' });
export type LegRole = z.infer<typeof legRole.schema>;

/** How a supervisor takes part: hears all; speaks to the agent alone; speaks to everyone. */
export const superviseMode = labelled({ listen: '监听', whisper: '耳语指导', barge: '插话' });
export type SuperviseMode = z.infer<typeof superviseMode.schema>;

/** An agent's part in a contact. */
export const legState = labelled({
  reserved: '预占用',
  ringing: '振铃',
  talking: '通话',
  ended: '已结束',
});
export type LegState = z.infer<typeof legState.schema>;

export const legOutcome = labelled({
  answered: '已接听',
  no_answer: '久不应答',
  rejected: '拒接',
  unreachable: '话机不可达',
  busy: '对方忙',
  caller_left: '来电人先挂机',
  withdrawn: '系统撤回',
});
export type LegOutcome = z.infer<typeof legOutcome.schema>;

export const agentState = labelled({
  not_ready: '示忙',
  ready: '空闲',
  reserved: '预占用',
  ringing: '振铃',
  dialling: '呼出',
  talking: '通话',
  wrap_up: '小结',
  supervising: '监控',
});
export type AgentState = z.infer<typeof agentState.schema>;

/** Why an agent is not ready. The first group is chosen by the agent, the second is set by the platform. */
export const chosenReason = labelled({
  break: '小休',
  meal: '用餐',
  study: '学习',
  training: '培训',
  meeting: '会议',
  other_work: '处理其他工作',
});
export type ChosenReason = z.infer<typeof chosenReason.schema>;
export const notReadyReason = labelled({
  ...chosenReason.labels,
  signed_in: '刚签入',
  no_answer: '久不应答',
  rejected: '拒接来电',
  phone_unreachable: '话机不可达',
  disconnected: '连接中断',
  after_call: '话后示忙',
  forced: '班长强制示忙',
});
export type NotReadyReason = z.infer<typeof notReadyReason.schema>;

export const phoneKind = labelled({ browser: '网页电话', sip: 'IP 话机', outside: '外线电话' });
export type PhoneKind = z.infer<typeof phoneKind.schema>;

/** What an agent will be after the call at hand and its wrap-up. */
export const nextState = labelled({ ready: '空闲', not_ready: '示忙', signed_out: '签出' });
export type NextState = z.infer<typeof nextState.schema>;

/** Everything that can be done to a call from a desk. Which of them fit now is the server's word (`desk.contact.can`). */
export const callVerb = labelled({
  answer: '接听',
  reject: '拒接',
  hang_up: '挂机',
  mute: '静音',
  unmute: '取消静音',
  hold: '保持',
  retrieve: '取保持',
  dtmf: '按键',
  transfer: '转接',
  consult: '磋商',
  consult_return: '取消磋商',
  consult_transfer: '磋商转',
  conference: '三方通话',
  add_member: '加入成员',
  drop_member: '拆除成员',
  transfer_menu: '转主菜单',
  transfer_survey: '转满意度',
});
export type CallVerb = z.infer<typeof callVerb.schema>;

/** Whom a call can be handed to. */
export const targetKind = labelled({
  agent: '坐席',
  queue: '技能组',
  number: '外线号码',
  flow: '语音流程',
  centre: '其他中心',
});
export type TargetKind = z.infer<typeof targetKind.schema>;

/** What a supervisor may do. */
export const supervisorVerb = labelled({
  listen: '监听',
  whisper: '耳语指导',
  barge: '插话',
  take_over: '接话',
  force_hang_up: '强拆',
  force_ready: '强制示闲',
  force_not_ready: '强制示忙',
  force_sign_out: '强制签出',
  message: '发送消息',
});
export type SupervisorVerb = z.infer<typeof supervisorVerb.schema>;

/** What the live board raises an alarm for. */
export const alarmKind = labelled({
  nobody: '排队无人值守',
  long_wait: '等待超时',
  long_talk: '通话超时',
  rest_overrun: '小休超时',
  wrap_up_overrun: '小结超时',
  phone_unreachable: '话机不可达',
});
export type AlarmKind = z.infer<typeof alarmKind.schema>;

/** Callers who asked for a person and reached none (呼损), from the loss to its end. */
export const lostCallState = labelled({
  open: '待回拨',
  assigned: '已分派',
  called_back: '已回拨接通',
  answered_later: '再次来电已接通',
  unreachable: '多次回拨未通',
  closed: '无需回拨',
});
export type LostCallState = z.infer<typeof lostCallState.schema>;

/** What a queue does with callers who wait too long or are too many. */
export const overflowAction = labelled({
  also: '同时由其他技能组接听',
  move: '转入其他技能组',
  centre: '转至其他中心',
  voicemail: '转语音留言',
  callback: '提供回拨',
  leave: '退出排队',
});
export type OverflowAction = z.infer<typeof overflowAction.schema>;

/** Classes of callers that routing rules tell apart. */
export const callerClass = labelled({
  white: '白名单',
  lost_today: '当日呼损',
  anonymous: '匿名来电',
  ordinary: '普通来电',
});
export type CallerClass = z.infer<typeof callerClass.schema>;

/** What waiting callers hear: folders of sound files at the engine. */
export const musicClass = labelled({ default: '轻音乐', melody: '八音盒', chime: '等候音' });
export type MusicClass = z.infer<typeof musicClass.schema>;

export const trunkKind = labelled({ carrier: '运营商中继', platform: '对端平台' });
export type TrunkKind = z.infer<typeof trunkKind.schema>;

/** Which centres may send calls to an access code, as seen from the centre behind it. */
export const acceptsFrom = labelled({ above: '上级中心', below: '下级中心', side: '其他中心' });
export type AcceptsFrom = z.infer<typeof acceptsFrom.schema>;

export const wrapUpResult = labelled({
  resolved: '已解答',
  follow_up: '需后续处理',
  transferred: '已转办',
  invalid: '无效来电',
});
export type WrapUpResult = z.infer<typeof wrapUpResult.schema>;

/** A caller's mark after the talk, by keys 1…5 in this order; stored as a score, 5…1 (5 is best). */
export const satisfactionMark = labelled({
  very_satisfied: '非常满意',
  satisfied: '满意',
  fair: '一般',
  dissatisfied: '不满意',
  very_dissatisfied: '非常不满意',
});
export type SatisfactionMark = z.infer<typeof satisfactionMark.schema>;
/** 5 for 非常满意 … 1 for 非常不满意. */
export const scoreOf = (mark: SatisfactionMark): number => 5 - satisfactionMark.values.indexOf(mark);
/** 非常满意 for 5 … 非常不满意 for 1; empty for anything else. */
export function scoreLabel(score: unknown): string {
  const mark = typeof score === 'number' ? satisfactionMark.values[5 - score] : undefined;
  return mark ? satisfactionMark.labels[mark] : '';
}

export const recordingKind = labelled({ talk: '通话录音', voicemail: '语音留言' });

export const recordingState = labelled({
  recording: '录音中',
  pending: '待转换',
  stored: '可播放',
  missing: '录音缺失',
});
export type RecordingState = z.infer<typeof recordingState.schema>;

export const listKind = labelled({ black: '黑名单', white: '白名单' });
export type ListKind = z.infer<typeof listKind.schema>;

export const contactEventType = labelled({
  arrived: '来电呼入',
  answered: '系统应答',
  node_entered: '进入节点',
  key_pressed: '按键',
  queued: '进入排队',
  position_announced: '播报排队位置',
  overflowed: '排队溢出',
  callback_offered: '提供回拨',
  callback_booked: '预约回拨',
  dialled: '呼叫被叫',
  offered: '分配坐席',
  ringing: '坐席振铃',
  offer_failed: '坐席未接',
  connected: '开始通话',
  held: '保持',
  retrieved: '取保持',
  agent_moved: '坐席换机',
  muted: '静音',
  unmuted: '取消静音',
  keys_sent: '发送按键',
  consult_started: '发起磋商',
  consult_ended: '结束磋商',
  conference_started: '三方通话',
  member_invited: '邀请成员',
  member_joined: '成员加入',
  member_left: '成员离开',
  transferred: '转接',
  arrived_by_transfer: '转接呼入',
  number_announced: '播报工号',
  survey_started: '满意度评价',
  satisfaction_given: '满意度结果',
  supervised: '监控',
  taken_over: '接话',
  forced_hang_up: '强拆',
  call_lost: '坐席断线',
  voicemail_left: '语音留言',
  leg_ended: '坐席通话结束',
  recording_stored: '录音已保存',
  recording_missing: '录音缺失',
  wrap_up_saved: '小结已保存',
  blocked: '黑名单拦截',
  hours_checked: '工作时间判断',
  adopted: '系统重启后接管',
  work_order_created: '生成工单',
  sms_queued: '短信待发送',
  sms_sent: '短信已发送',
  sms_delivered: '短信已送达',
  sms_failed: '短信未发送',
  sms_expired: '短信已过期',
  fault: '故障',
  ended: '结束',
});
export type ContactEventType = z.infer<typeof contactEventType.schema>;
