/**
 * Drawings that workflows begin with: `templates/<id>.bpmn`. Deadlines are those of DB11/T 2021—2022 where it has them: dispatch and
 * acceptance within 1 h when there is danger, 2 h for utilities, 24 h otherwise; answers in 2 h, 24 h, and 7 or 15 d by kind; return visits
 * within 24 h. Times to sign for and to review are ours.
 */
import { workOrderKind } from '@rexian/contracts';

/** What each template leads an order through; `blank`: one task. */
export const templateHelp = {
  consultation: '即办办结；否则派单、承办（7 日）、审核、回访，不满意重办一次',
  inquiry: '即办办结；否则由登记单位办理（7 日）、答复、回访',
  complaint: '投诉专席受理审查，承办（15 日）、审核、回访；可不予受理',
  report: '举报专席受理、审核，查办（15 日）；可不予受理，匿名不回访',
  suggestion: '即办办结；否则派单、研办（15 日）、审核、回访',
  transferred: '签收派单、承办（7 日）、审核、回访后反馈 12345；可退回',
  message: '回复留言；需要时转办（7 日）、答复、回访',
  blank: '只有一个办理环节',
} as const;
export type TemplateId = keyof typeof templateHelp;

export const workflowTemplates = (Object.keys(templateHelp) as TemplateId[]).map((id) => ({
  id,
  title: id === 'blank' ? '空白流程' : workOrderKind.labels[id],
  help: templateHelp[id],
}));
