/** What is exchanged with other platforms. */
import type { z } from 'zod';
import { labelled } from './labelled.ts';

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
