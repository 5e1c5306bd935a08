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
  blocked: '黑名单拦截',
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

/** Kinds of organisational units. A centre runs a hotline of its own: numbers, queues, flows, people. */
export const unitKind = labelled({
  centre: '热线中心',
  bureau: '税务局',
  office: '税务所',
  hall: '办税服务厅',
  department: '部门科室',
});
export type UnitKind = z.infer<typeof unitKind.schema>;

/**
 * Whose data a person sees, seen from the home unit: only what they handled themselves; the home unit; the centre it belongs to
 * without the centres below; everything below the home unit; the whole tree.
 */
export const dataScope = labelled({
  own: '仅本人',
  unit: '本单位',
  centre: '本中心',
  subtree: '本单位及下级',
  all: '全部',
});
export type DataScope = z.infer<typeof dataScope.schema>;

/** Roles that every installation has; centres add their own. */
export const builtInRole = labelled({
  system_admin: '系统管理员',
  security_admin: '安全管理员',
  auditor: '安全审计员',
  centre_admin: '中心管理员',
  leader: '班长',
  agent: '坐席',
  inspector: '质检员',
  knowledge_editor: '知识管理员',
  handler: '工单承办人',
  analyst: '分析员',
});
export type BuiltInRole = z.infer<typeof builtInRole.schema>;

export const permission = labelled({
  'desk.use': '使用坐席工作台',
  'contacts.read_own': '查看本人通话',
  'contacts.read': '查看通话记录',
  'contacts.export': '导出通话记录',
  'recordings.play': '播放录音',
  'recordings.download': '下载录音',
  'personal.reveal': '查看完整号码与证件',
  'personal.export': '导出完整号码与证件',
  'monitor.read': '现场监控',
  'settings.read': '查看中心配置',
  'units.manage': '管理机构',
  'people.manage': '管理人员',
  'people.assign_roles': '分配角色与数据范围',
  'numbers.manage': '管理号码与接入码',
  'lists.manage': '管理黑白名单',
  'calendars.manage': '管理工作日历',
  'roles.manage': '管理角色',
  'security.manage': '管理安全策略',
  'keys.manage': '管理接口密钥',
  'audit.read': '查看审计日志',
});
export type Permission = z.infer<typeof permission.schema>;

/** Only those who hold 管理角色 may hand these on: a centre's administrator can't make anyone more than a centre's administrator. */
export const protectedPermissions: readonly Permission[] = [
  'personal.export',
  'roles.manage',
  'security.manage',
  'keys.manage',
  'audit.read',
];

/** What partners' API keys may be given. */
export const partnerPermissions = [
  'contacts.read',
  'contacts.export',
  'recordings.download',
  'personal.reveal',
  'monitor.read',
  'settings.read',
  'lists.manage',
] as const satisfies readonly Permission[];

export const listKind = labelled({ black: '黑名单', white: '白名单' });
export type ListKind = z.infer<typeof listKind.schema>;

/** What the audit log tells apart. */
export const auditAction = labelled({
  sign_in: '登录',
  sign_in_failed: '登录失败',
  sign_out: '退出登录',
  locked: '登录锁定',
  unlocked: '解除锁定',
  desk_sign_in: '签入',
  password_changed: '修改密码',
  password_reset: '重置密码',
  totp_changed: '变更动态口令',
  session_ended: '结束会话',
  centre_chosen: '切换中心',
  created: '新增',
  changed: '修改',
  removed: '删除',
  moved: '移动',
  roles_assigned: '分配角色',
  key_rotated: '轮换密钥',
  key_revoked: '吊销密钥',
  imported: '导入',
  exported: '导出',
  revealed: '查看完整信息',
  recording_played: '播放录音',
  recording_downloaded: '下载录音',
  data_key_rotated: '轮换数据密钥',
});
export type AuditAction = z.infer<typeof auditAction.schema>;

export const auditSubject = labelled({
  person: '人员',
  session: '会话',
  unit: '机构',
  role: '角色',
  number: '服务号码',
  access_code: '接入码',
  list_entry: '黑白名单',
  calendar: '工作日历',
  api_key: '接口密钥',
  security: '安全策略',
  contact: '通话',
  recording: '录音',
  customer: '来电人',
  audit: '审计日志',
  data_key: '数据密钥',
});
export type AuditSubject = z.infer<typeof auditSubject.schema>;

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
  blocked: '黑名单拦截',
  hours_checked: '工作时间判断',
  adopted: '系统重启后接管',
  fault: '故障',
  ended: '结束',
});
export type ContactEventType = z.infer<typeof contactEventType.schema>;
