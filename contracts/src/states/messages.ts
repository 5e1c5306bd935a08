/** What callers leave, what they and colleagues are sent, and files that are made. */
import type { z } from 'zod';
import { labelled } from './labelled.ts';

export const exportState = labelled({ queued: '排队中', running: '生成中', done: '可下载', failed: '失败' });
export type ExportState = z.infer<typeof exportState.schema>;

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
