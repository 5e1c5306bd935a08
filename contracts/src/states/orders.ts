/** Work orders and the taxpayers they are about. */
import type { z } from 'zod';
import { labelled } from './labelled.ts';

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

/** Near: most of the time for it is gone. */
export const dueLevel = labelled({ normal: '正常', near: '临期', overdue: '超期' });
export type DueLevel = z.infer<typeof dueLevel.schema>;
