/** A provincial 12345: the paths and fields of contracts/src/platform-12345.ts, there as here. */
import {
  type AppealType,
  ATTACHMENTS_12345_PATH,
  type Attachment12345,
  type SharedFile,
  type WorkOrderKind,
  type WorkOrderUrgency,
  workOrderUrgency,
} from '@rexian/contracts';
import { z } from 'zod';
import type { Adapter, Call, Letter } from './adapter.ts';

/** 诉求类型 of our kinds, and ours of theirs. */
const appealOf: Record<WorkOrderKind, AppealType> = {
  consultation: '咨询',
  inquiry: '咨询',
  complaint: '投诉',
  report: '举报',
  suggestion: '建议',
  transferred: '求助',
  message: '其他',
};
export const kindOf: Record<AppealType, WorkOrderKind> = {
  咨询: 'consultation',
  求助: 'transferred',
  投诉: 'complaint',
  举报: 'report',
  建议: 'suggestion',
  表扬: 'transferred',
  其他: 'transferred',
};
export const urgencyOf = (label: string): WorkOrderUrgency =>
  workOrderUrgency.values.find((value) => workOrderUrgency.labels[value] === label) ?? 'normal';

const attachmentsOf = (files: readonly SharedFile[]): Attachment12345[] =>
  files.map(({ id, name, mediaType, bytes, sha256 }) => ({
    ...{ attachmentId: id, fileName: name, fileType: mediaType, fileSize: bytes, sha256 },
  }));
export const filesOf = (attachments: readonly Attachment12345[]): SharedFile[] =>
  attachments.map(({ attachmentId, fileName, fileType, fileSize, sha256 }) => ({
    ...{ id: attachmentId, name: fileName, mediaType: fileType, bytes: fileSize, sha256 },
  }));

const answer = z.object({ receiverOrderNo: z.string().max(60) });

export const platform12345: Adapter = {
  root: '',
  files: ATTACHMENTS_12345_PATH,
  ping: { path: '/platform-12345/ping', body: {} },
  call: callOf,
  reference: (told) => answer.safeParse(told).data?.receiverOrderNo ?? '',
};

function callOf(letter: Letter): Call {
  const { id: messageId, exchange: orderNo, at } = letter;
  const about = (verb: string, more: object): Call => ({
    path: `/platform-12345/orders/${encodeURIComponent(orderNo)}/${verb}`,
    body: { messageId, orderNo, ...more },
  });
  switch (letter.kind) {
    case 'order':
      return { path: '/platform-12345/orders', body: { messageId, orderNo, ...orderOf(letter.body) } };
    case 'urge':
      return about('urge', { opinion: letter.body.text });
    case 'withdrawn':
      return about('withdraw', { reason: letter.body.reason || '撤回' });
    case 'redo':
      return about('redo', {
        reason: letter.body.reason || '二次办理',
        deadline: letter.body.dueAt,
        attachments: attachmentsOf(letter.body.files),
      });
    case 'signed':
      return about('sign', { handleUnit: letter.body.unit, signer: letter.body.person, signTime: at });
    case 'result': {
      const { answer, satisfaction, opinions, files } = letter.body;
      const handled = opinions.map(({ unit, person, at: handleTime, text }) => ({
        ...{ handleUnit: unit, handler: person, handleTime, opinion: text },
      }));
      const handleUnit = opinions.at(-1)?.unit ?? '';
      const attachments = attachmentsOf(files);
      return about('feedback', {
        ...{ handleUnit, handleResult: answer, finishTime: at, satisfaction, opinions: handled, attachments },
      });
    }
    case 'returned':
      return about('return', { handleUnit: letter.body.unit, returnReason: letter.body.reason || '退回' });
    case 'extension':
      return about('extension-request', { deadline: letter.body.until, reason: letter.body.reason });
    case 'files':
      return about('attachments', { attachments: attachmentsOf(letter.body.files) });
    case 'progress':
      throw new Error('12345 is told of no progress');
  }
}

type Handed = Extract<Letter, { kind: 'order' }>['body'];

/** 上报. */
const orderOf = ({ kind, urgency, title, content, callerNumber, callerName, anonymous, region, ...order }: Handed) => ({
  ...{ callTime: order.occurredAt, callerName, callerPhone: callerNumber, anonymous },
  ...{ appealType: appealOf[kind], appealTitle: title, appealContent: content, appealArea: region },
  ...{ urgency: workOrderUrgency.labels[urgency], deadline: order.dueAt, handleUnit: '' },
  attachments: attachmentsOf(order.files),
});
