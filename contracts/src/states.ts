/**
 * The closed unions of the whole house: SQL check constraints, server transitions and screens all take them from here.
 * Labels are the Chinese words that screens and reports must use.
 */
import { z } from 'zod';

/** Builds a zod enum together with its Chinese labels, so that a state can't be added without a word for it. */
function labelled<const T extends Record<string, string>>(labels: T) {
  const keys = Object.keys(labels) as [keyof T & string, ...(keyof T & string)[]];
  return { schema: z.enum(keys), labels, values: keys };
}

export const contactState = labelled({
  arrived: '呼入',
  in_flow: '语音导航',
  queued: '排队',
  ringing: '振铃',
  talking: '通话',
  ended: '已结束',
});
export type ContactState = z.infer<typeof contactState.schema>;

/** Where and how a contact ended. */
export const endReason = labelled({
  completed: '正常通话',
  abandoned_in_flow: '导航中挂机',
  abandoned_in_queue: '排队中挂机',
  abandoned_while_ringing: '振铃中挂机',
  queue_timeout: '排队超时',
  flow_ended: '导航结束',
  number_unknown: '号码未开通',
  unserved: '系统未接入',
  failed: '系统故障',
});
export type EndReason = z.infer<typeof endReason.schema>;

export const endedBy = labelled({ caller: '来电人', agent: '坐席', system: '系统' });
export type EndedBy = z.infer<typeof endedBy.schema>;

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
  caller_left: '来电人先挂机',
  withdrawn: '系统撤回',
});
export type LegOutcome = z.infer<typeof legOutcome.schema>;

export const agentState = labelled({
  not_ready: '示忙',
  ready: '空闲',
  reserved: '预占用',
  ringing: '振铃',
  talking: '通话',
  wrap_up: '小结',
});
export type AgentState = z.infer<typeof agentState.schema>;

/** Why an agent is not ready. The first group is chosen by the agent, the second is set by the platform. */
export const chosenReason = labelled({
  break: '小休',
  meal: '用餐',
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
});
export type NotReadyReason = z.infer<typeof notReadyReason.schema>;

export const phoneKind = labelled({ browser: '网页电话', sip: 'IP 话机' });
export type PhoneKind = z.infer<typeof phoneKind.schema>;

export const wrapUpResult = labelled({
  resolved: '已解答',
  follow_up: '需后续处理',
  transferred: '已转办',
  invalid: '无效来电',
});
export type WrapUpResult = z.infer<typeof wrapUpResult.schema>;

export const recordingState = labelled({
  recording: '录音中',
  pending: '待转换',
  stored: '可播放',
  missing: '录音缺失',
});
export type RecordingState = z.infer<typeof recordingState.schema>;

export const role = labelled({ agent: '坐席', leader: '班长', admin: '管理员' });
export type Role = z.infer<typeof role.schema>;

export const permission = labelled({
  'desk.use': '使用坐席工作台',
  'contacts.read_own': '查看本人通话',
  'contacts.read': '查看通话记录',
  'recordings.play': '播放录音',
  'recordings.download': '下载录音',
  'monitor.read': '现场监控',
  'audit.read': '查看审计日志',
});
export type Permission = z.infer<typeof permission.schema>;

export const contactEventType = labelled({
  arrived: '来电呼入',
  answered: '系统应答',
  node_entered: '进入节点',
  key_pressed: '按键',
  queued: '进入排队',
  position_announced: '播报排队位置',
  offered: '分配坐席',
  ringing: '坐席振铃',
  offer_failed: '坐席未接',
  connected: '开始通话',
  held: '保持',
  retrieved: '取保持',
  agent_moved: '坐席换机',
  leg_ended: '坐席通话结束',
  recording_stored: '录音已保存',
  recording_missing: '录音缺失',
  wrap_up_saved: '小结已保存',
  adopted: '系统重启后接管',
  fault: '故障',
  ended: '结束',
});
export type ContactEventType = z.infer<typeof contactEventType.schema>;
