/** Units, roles, permissions and what the audit log tells apart. */
import type { z } from 'zod';
import { labelled } from './labelled.ts';
import type { WorkOrderDesk } from './orders.ts';

/** Who sits at a desk: whoever holds its permission. */
export const deskPermission = {
  dispatch: 'work_orders.dispatch',
  complaint: 'work_orders.complaints',
  report: 'work_orders.reports',
  review: 'work_orders.review',
  return_visit: 'work_orders.return_visits',
} as const satisfies Record<WorkOrderDesk, string>;

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
  'calls.dial': '外呼',
  'calls.transfer_centre': '转接其他中心',
  'monitor.read': '现场监控',
  'monitor.supervise': '监听与强制操作',
  'lost_calls.read': '查看呼损',
  'lost_calls.manage': '分派呼损回拨',
  'work_orders.read': '查看工单',
  'work_orders.register': '登记工单',
  'work_orders.handle': '办理工单',
  'work_orders.dispatch': '派单席',
  'work_orders.complaints': '投诉专席',
  'work_orders.reports': '举报专席',
  'work_orders.review': '审核岗',
  'work_orders.return_visits': '回访岗',
  'work_orders.supervise': '催办与督办',
  'work_orders.manage': '监控与干预工单流程',
  'work_orders.export': '导出工单',
  'work_orders.exchange': '与本平台交换工单',
  'sms.read': '查看短信',
  'sms.send': '发送短信',
  'sms.manage': '管理短信与模板',
  'sms.report': '回报短信状态',
  'taxpayers.read': '一户式查询',
  'queues.manage': '管理技能组与路由',
  'queues.staff': '调整技能组成员与权重',
  'phones.manage': '管理话机',
  'trunks.manage': '管理中继',
  'partners.manage': '管理协同平台',
  'knowledge.read': '查看知识库',
  'knowledge.edit': '编写知识',
  'knowledge.review': '审核知识',
  'knowledge.manage': '管理知识库与目录',
  'settings.read': '查看中心配置',
  'units.manage': '管理机构',
  'people.manage': '管理人员',
  'people.assign_roles': '分配角色与数据范围',
  'numbers.manage': '管理号码与接入码',
  'lists.manage': '管理黑白名单',
  'calendars.manage': '管理工作日历',
  'flows.manage': '管理流程',
  'workflows.manage': '管理工单流程与表单',
  'categories.manage': '管理业务类别',
  'taxpayers.manage': '管理一户式查询接口',
  'prompts.manage': '管理语音',
  'roles.manage': '管理角色',
  'security.manage': '管理安全策略',
  'keys.manage': '管理接口密钥',
  'audit.read': '查看审计日志',
});
export type Permission = z.infer<typeof permission.schema>;

/** Whoever writes or reviews knowledge, or keeps its libraries. */
export const knowledgeWriters = [
  'knowledge.edit',
  'knowledge.review',
  'knowledge.manage',
] as const satisfies readonly Permission[];
/** Whoever reads knowledge: all who write read, too. */
export const knowledgeReaders = ['knowledge.read', ...knowledgeWriters] as const satisfies readonly Permission[];

/** Only those who hold 管理角色 may hand these on: a centre's administrator can't make anyone more than a centre's administrator. */
export const protectedPermissions: readonly Permission[] = [
  'personal.export',
  'partners.manage',
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
  'sms.report',
  'work_orders.exchange',
] as const satisfies readonly Permission[];

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
  viewed: '查阅保密工单',
  recording_played: '播放录音',
  recording_downloaded: '下载录音',
  data_key_rotated: '轮换数据密钥',
  supervised: '监控通话',
  forced: '强制操作',
  messaged: '发送消息',
  assigned: '分派',
  published: '发布',
  restored: '回退',
  copied: '复制',
  tested: '试拨',
  looked_up: '查询',
  refused: '拒收',
  resent: '重发',
  submitted: '提交审核',
  recalled: '撤回',
  approved: '审核通过',
  returned: '退回',
  withdrawn: '下架',
  expired: '过期',
  reported: '反馈问题',
  answered: '答复',
  adopted: '采纳',
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
  queue: '技能组',
  routing_rule: '路由规则',
  phone_region: '号段归属地',
  device: '话机',
  trunk: '中继',
  desk_settings: '坐席设置',
  lost_call: '呼损',
  work_order: '工单',
  sms: '短信',
  sms_template: '短信模板',
  prompt: '语音',
  flow: '流程',
  workflow: '工单流程',
  category: '业务类别',
  taxpayer: '纳税人',
  taxpayer_source: '一户式查询接口',
  order_form: '登记表单',
  partner: '协同平台',
  knowledge_library: '知识库',
  knowledge_category: '知识目录',
  article: '知识',
  missing_word: '未命中问题',
  answer: '问答',
  thesaurus_term: '专题词',
});
export type AuditSubject = z.infer<typeof auditSubject.schema>;
