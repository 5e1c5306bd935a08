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

/** What a work order came from. */
/** Where a work order came from: the first two were left by callers whom nobody served, then calls, then other ways (其他来源). */
export const workOrderSource = labelled({
  voicemail: '语音留言',
  flow: '语音流程',
  direct: '直拨来电',
  province_transfer: '12366转接',
  city_transfer: '地市呼转',
  outbound: '外呼',
  web: '网站',
  letter: '信函',
  visit: '来访',
  platform_12345: '12345平台',
  centre: '中心转派',
  partner: '其他平台',
  other: '其他',
});
export type WorkOrderSource = z.infer<typeof workOrderSource.schema>;

export const workOrderState = labelled({
  draft: '待处理',
  open: '办理中',
  suspended: '已挂起',
  closed: '已办结',
  void: '已作废',
  merged: '已合并',
});
export type WorkOrderState = z.infer<typeof workOrderState.schema>;

/** What a work order is about; each kind has a workflow of its own. */
export const workOrderKind = labelled({
  consultation: '咨询',
  inquiry: '查询',
  complaint: '投诉',
  report: '涉税举报',
  suggestion: '意见建议',
  transferred: '12345转办',
  message: '留言',
});
export type WorkOrderKind = z.infer<typeof workOrderKind.schema>;

/** In rising order. */
export const workOrderUrgency = labelled({ normal: '一般', urgent: '紧急', danger: '特急' });
export type WorkOrderUrgency = z.infer<typeof workOrderUrgency.schema>;

/** By what a taxpayer was found: whose number the caller's is, or what the caller says. */
export const taxpayerMatch = labelled({
  legal_phone: '法定代表人电话',
  finance_phone: '财务负责人电话',
  clerk_phone: '办税员电话',
  other_phone: '其他登记电话',
  statement: '来电人自述',
});
export type TaxpayerMatch = z.infer<typeof taxpayerMatch.schema>;

/** What a question about a taxpayer came to. */
export const taxpayerLookup = labelled({ found: '已查到', none: '没有查到', off: '未启用', failed: '查询失败' });

/** Where facts about taxpayers come from. */
export const taxpayerAdapter = labelled({ http: 'HTTP 接口', demo: '演示数据' });
export type TaxpayerAdapter = z.infer<typeof taxpayerAdapter.schema>;

/** Special desks of a unit; roles say who sits there. */
export const workOrderDesk = labelled({
  dispatch: '派单席',
  complaint: '投诉专席',
  report: '举报专席',
  review: '审核岗',
  return_visit: '回访岗',
});
export type WorkOrderDesk = z.infer<typeof workOrderDesk.schema>;

/** A unit's or person's part in a work order. */
export const orderTaskState = labelled({ waiting: '待签收', doing: '办理中', done: '已办', cancelled: '已取消' });
export type OrderTaskState = z.infer<typeof orderTaskState.schema>;

/** `lead` takes the order on; `assist` was asked for its opinion by the lead; `wait`: for what comes back by itself. */
export const orderTaskKind = labelled({ lead: '主办', assist: '会办', wait: '等待' });
export type OrderTaskKind = z.infer<typeof orderTaskKind.schema>;

export const exportState = labelled({ queued: '排队中', running: '生成中', done: '可下载', failed: '失败' });
export type ExportState = z.infer<typeof exportState.schema>;

/** What a drawing may allow in a task beside sending the order on. */
export const taskVerb = labelled({
  return: '退回',
  extend: '申请延期',
  transfer: '转办',
  assist: '会办',
  copy: '抄送',
  appeal: '申诉',
  suspend: '申请挂起',
  split: '拆分',
});
export type TaskVerb = z.infer<typeof taskVerb.schema>;

/** What a handler asks for and somebody else decides. */
export const orderRequestKind = labelled({ extend: '延期', appeal: '申诉', suspend: '挂起' });
export type OrderRequestKind = z.infer<typeof orderRequestKind.schema>;

export const orderRequestState = labelled({
  waiting: '待审批',
  approved: '同意',
  refused: '不同意',
  dropped: '已失效',
});
export type OrderRequestState = z.infer<typeof orderRequestState.schema>;

/** `urge` by whoever waits for the answer, `supervise` by who watches over the handlers and wants to be told why. */
export const orderUrgeKind = labelled({ urge: '催办', supervise: '督办' });
export type OrderUrgeKind = z.infer<typeof orderUrgeKind.schema>;

/** What the caller said when asked afterwards. */
export const visitResult = labelled({
  satisfied: '满意',
  basically_satisfied: '基本满意',
  dissatisfied: '不满意',
  unreached: '未接通',
});
export type VisitResult = z.infer<typeof visitResult.schema>;

/** The trail of a work order. */
export const orderEventType = labelled({
  registered: '登记',
  arrived: '到达环节',
  signed: '签收',
  completed: '办理',
  returned: '退回',
  transferred: '转办',
  assist_asked: '发起会办',
  assist_done: '会办反馈',
  copied: '抄送',
  urged: '催办',
  supervised: '督办',
  urge_answered: '回复催督办',
  requested: '申请',
  decided: '审批',
  commented: '评论',
  changed: '修改',
  files_changed: '附件变动',
  notified: '短信通知',
  urgency_changed: '调整紧急程度',
  pushed: '推送',
  result_back: '结果返回',
  fed_back: '反馈',
  platform_told: '平台进展',
  near_due: '临期提醒',
  overdue: '超期',
  expired: '定时到期',
  suspended: '挂起',
  resumed: '恢复',
  reassigned: '改派',
  jumped: '跳转',
  withdrawn: '撤回',
  cancelled: '作废',
  split: '拆分',
  merged: '合并',
  child_ended: '子工单结束',
  closed: '办结',
  reopened: '重新办理',
});
export type OrderEventType = z.infer<typeof orderEventType.schema>;

/** What kind of platform orders are exchanged with: another installation of ours, or a provincial 12345. */
export const partnerKind = labelled({ rexian: '热线平台', platform_12345: '12345 平台' });
export type PartnerKind = z.infer<typeof partnerKind.schema>;

/** How an order stands that is (`out`) or came from (`in`) another platform. `withdrawn` by whoever sent it. */
export const exchangeState = labelled({
  sent: '待签收',
  signed: '办理中',
  answered: '已反馈',
  returned: '已退回',
  withdrawn: '已撤回',
});
export type ExchangeState = z.infer<typeof exchangeState.schema>;

/** What platforms tell each other of an order. */
export const exchangeMessageKind = labelled({
  order: '工单',
  signed: '签收',
  progress: '办理进展',
  result: '办理结果',
  returned: '退回',
  urge: '催办',
  withdrawn: '撤回',
  redo: '二次办理',
  extension: '延期申请',
  files: '附件',
});
export type ExchangeMessageKind = z.infer<typeof exchangeMessageKind.schema>;

/** Of a message to another platform. `refused` there: it waits for somebody to send it again. */
export const outboxState = labelled({ waiting: '待发送', sent: '已发送', refused: '被拒绝' });
export type OutboxState = z.infer<typeof outboxState.schema>;

/** Of an attachment that another platform has. `failed`: it isn't tried again until somebody says so. */
export const arrivalState = labelled({ waiting: '正在获取', fetched: '已获取', failed: '未能获取' });
export type ArrivalState = z.infer<typeof arrivalState.schema>;

/** Who sits at a desk: whoever holds its permission. */
export const deskPermission = {
  dispatch: 'work_orders.dispatch',
  complaint: 'work_orders.complaints',
  report: 'work_orders.reports',
  review: 'work_orders.review',
  return_visit: 'work_orders.return_visits',
} as const satisfies Record<WorkOrderDesk, string>;

/** What a field of a registration form asks for. */
export const fieldType = labelled({
  text: '单行文本',
  textarea: '多行文本',
  number: '数字',
  choice: '单选',
  choices: '多选',
  cascade: '级联选择',
  date: '日期',
  datetime: '日期时间',
  attachment: '附件',
});
export type FieldType = z.infer<typeof fieldType.schema>;

/** Why a caller was asked for a message instead of being served. */
export const voicemailScene = labelled({
  closed: '非工作时段',
  holiday: '非工作日',
  all_busy: '坐席全忙',
  other: '其他',
});
export type VoicemailScene = z.infer<typeof voicemailScene.schema>;

/**
 * A short message. `sent`: the gateway has taken it; `delivered`: the phone has; `failed`: one of them never will; `expired`: it would have come
 * too late.
 */
export const smsState = labelled({
  queued: '待发送',
  sent: '已发送',
  delivered: '已送达',
  failed: '发送失败',
  expired: '已过期',
});
export type SmsState = z.infer<typeof smsState.schema>;

/** What the text of a short message may name as `{{姓名}}`, and what is put there. */
export const smsVariable = labelled({
  姓名: '来电人姓名；未登记时为“纳税人”',
  中心名称: '热线中心的名称',
  热线号码: '来电人拨打的号码',
  受理时间: '来电或登记的时间',
  工单编号: '工单的编号',
  业务类别: '工单的业务类别',
  办理单位: '承办单位的名称',
  办理时限: '答复的最后期限',
  办理结果: '答复来电人的内容',
  坐席工号: '发送人的坐席号',
});
export type SmsVariable = z.infer<typeof smsVariable.schema>;

/** Near: most of the time for it is gone. */
export const dueLevel = labelled({ normal: '正常', near: '临期', overdue: '超期' });
export type DueLevel = z.infer<typeof dueLevel.schema>;

/** What somebody is told in the console. */
export const noticeKind = labelled({
  task_arrived: '新工单',
  task_returned: '退回',
  urged: '催办',
  supervised: '督办',
  mentioned: '提到我',
  copied: '抄送',
  near_due: '临期',
  overdue: '超期',
  request_asked: '待审批',
  request_decided: '审批结果',
  result_back: '结果返回',
  order_closed: '已办结',
  knowledge_asked: '知识待审核',
  knowledge_decided: '知识审核结果',
  knowledge_due: '知识到期提醒',
  feedback_given: '知识反馈',
  feedback_answered: '反馈答复',
  other: '其他',
});
export type NoticeKind = z.infer<typeof noticeKind.schema>;

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

/**
 * Where an article stands. `published`, `revising` and `revision_in_review` are read by agents: what they read stays while the next
 * version is written and reviewed. `server/src/knowledge/life-cycle.ts` says what leads from one to another.
 */
export const articleState = labelled({
  draft: '草稿',
  in_review: '审核中',
  published: '已发布',
  revising: '修订中',
  revision_in_review: '修订审核中',
  expired: '已过期',
  withdrawn: '已下架',
});
export type ArticleState = z.infer<typeof articleState.schema>;
export const readableArticleStates = ['published', 'revising', 'revision_in_review'] as const satisfies ArticleState[];

/** Who reads an article beside its unit's and the units below; `public`: may be shown outside as well. */
export const articleSharing = labelled({ subtree: '本中心及下级', all: '全部中心', public: '公开' });
export type ArticleSharing = z.infer<typeof articleSharing.schema>;

/** Whether an article holds today, will, or did. */
export const articleValidity = labelled({ valid: '有效', later: '未生效', past: '已失效' });
export type ArticleValidity = z.infer<typeof articleValidity.schema>;

export const answerState = labelled({ enabled: '启用', disabled: '停用' });
export type AnswerState = z.infer<typeof answerState.schema>;

/** Where a proposed answer stands. */
export const proposalState = labelled({ pending: '待审核', adopted: '已采纳', returned: '已退回', recalled: '已撤回' });
export type ProposalState = z.infer<typeof proposalState.schema>;

/** What a search finds. */
export const knowledgeKind = labelled({ article: '知识', answer: '问答' });
export type KnowledgeKind = z.infer<typeof knowledgeKind.schema>;

/** What somebody did with what was found. */
export const knowledgeUse = labelled({
  shown: '展示',
  opened: '打开',
  copied: '复制',
  sent: '短信发送',
  attached: '引入工单',
  helpful: '有用',
  unhelpful: '无用',
});
export type KnowledgeUse = z.infer<typeof knowledgeUse.schema>;

export const feedbackKind = labelled({ wrong: '错误', missing: '缺失', outdated: '过时' });
export type FeedbackKind = z.infer<typeof feedbackKind.schema>;

export const feedbackState = labelled({ open: '待处理', done: '已处理', refused: '不采纳' });
export type FeedbackState = z.infer<typeof feedbackState.schema>;

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
