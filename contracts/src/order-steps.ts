/** What people do with a work order on its way. Each is one step: done whole, with its trail and notices, or not at all. */
import { z } from 'zod';
import { errorCodes, id, instant, limit, page, personRef, requiredText, text, unitRef } from './common.ts';
import { nextNode, orderDetail, orderRevision, orderTarget, orderTargets, registration } from './orders.ts';
import { route } from './route.ts';
import { orderRequestKind, orderUrgeKind, visitResult, workOrderDesk } from './states/orders.ts';

const { NOT_FOUND, REFUSED, CHANGED } = errorCodes;
const errors = { NOT_FOUND, REFUSED, CHANGED };
const person = { tag: 'orders', by: 'person' } as const;
const handler = ['work_orders.handle'] as const;
const manager = ['work_orders.manage'] as const;

const opinion = text(4_000);
const reason = requiredText(500, '请填写原因');
const targets = z.array(orderTarget).min(1, '请选择单位或人员').max(20, '最多选择 20 个');
/** The order is read again by whoever did something in it. */
const seen = z.object({ order: orderDetail });
/** A step in a task: refused when somebody else was faster. */
const inTask = (path: `/orders/${string}`, summary: string) =>
  route(handler, { method: 'POST', path, summary, ...person }).errors(errors);
const managed = (path: `/orders/${string}`, summary: string) =>
  route(manager, { method: 'POST', path, summary, ...person }).errors(errors);

const completion = z.object({
  outcome: text(12),
  opinion: opinion.default(''),
  /** What the caller is told. */
  answer: text(10_000).optional(),
  satisfaction: visitResult.schema.optional(),
  targets: orderTargets.default({}),
});

export const orderSteps = {
  sign: inTask('/orders/{id}/tasks/{taskId}/sign', '签收')
    .input(z.object({ id, taskId: id }))
    .output(seen),
  /** Where the order goes with this outcome. */
  preview: route(handler, {
    method: 'POST',
    path: '/orders/{id}/tasks/{taskId}/preview',
    summary: '下一环节',
    ...person,
    trace: 'none',
  })
    .errors(errors)
    .input(z.object({ id, taskId: id, outcome: text(12) }))
    .output(z.object({ ends: z.boolean(), nodes: z.array(nextNode) })),
  complete: inTask('/orders/{id}/tasks/{taskId}/complete', '办理')
    .input(completion.extend({ id, taskId: id }))
    .output(seen),
  /** What is typed into a task, before it is sent on. */
  keepOpinion: route(handler, {
    method: 'PUT',
    path: '/orders/{id}/tasks/{taskId}/opinion',
    summary: '暂存意见',
    ...person,
    trace: 'none',
  })
    .errors(errors)
    .input(z.object({ id, taskId: id, opinion, answer: text(10_000) }))
    .output(z.object({})),
  return: inTask('/orders/{id}/tasks/{taskId}/return', '退回')
    .input(z.object({ id, taskId: id, node: z.string().max(100), reason }))
    .output(seen),
  /** The task goes to somebody else; it stays the same task of the workflow. */
  transfer: inTask('/orders/{id}/tasks/{taskId}/transfer', '转办')
    .input(z.object({ id, taskId: id, to: orderTarget, reason }))
    .output(seen),
  /** Asks others for their opinion; the task goes on when all have given it, or the lead calls them off. */
  assist: inTask('/orders/{id}/tasks/{taskId}/assist', '会办')
    .input(z.object({ id, taskId: id, to: targets, reason }))
    .output(seen),
  endAssist: inTask('/orders/{id}/tasks/{taskId}/assist/end', '结束会办')
    .input(z.object({ id, taskId: id, reason }))
    .output(seen),
  copy: inTask('/orders/{id}/copies', '抄送')
    .input(z.object({ id, personIds: z.array(id).min(1, '请选择人员').max(50), text: text(500).default('') }))
    .output(seen),
  /** Files that the viewer has uploaded, for an order that isn't over. */
  attach: route(['work_orders.handle', 'work_orders.register'], {
    method: 'POST',
    path: '/orders/{id}/files',
    summary: '添加附件',
    ...person,
  })
    .errors(errors)
    .input(z.object({ id, fileIds: z.array(id).min(1).max(20) }))
    .output(seen),
  /** Asks the other platform once more, at once. */
  fetchFile: inTask('/orders/{id}/arriving/{fileId}/fetch', '重新获取附件')
    .input(z.object({ id, fileId: id }))
    .output(seen),
  readCopy: route(['work_orders.read'], {
    method: 'POST',
    path: '/orders/{id}/copies/read',
    summary: '已阅',
    ...person,
    trace: 'none',
  })
    .errors({ NOT_FOUND })
    .input(z.object({ id }))
    .output(z.object({})),
  request: inTask('/orders/{id}/tasks/{taskId}/requests', '提出申请')
    .input(z.object({ id, taskId: id, kind: orderRequestKind.schema, until: instant.nullable().default(null), reason }))
    .output(seen),
  decide: inTask('/orders/{id}/requests/{requestId}/decide', '审批申请')
    .input(z.object({ id, requestId: id, approved: z.boolean(), note: text(500).default('') }))
    .output(seen),
  urge: route(['work_orders.supervise', 'work_orders.register'], {
    method: 'POST',
    path: '/orders/{id}/urges',
    summary: '催办 / 督办',
    ...person,
  })
    .errors(errors)
    .input(z.object({ id, kind: orderUrgeKind.schema, text: requiredText(500, '请填写催办内容') }))
    .output(seen),
  answerUrge: inTask('/orders/{id}/urges/{urgeId}/answer', '回复催督办')
    .input(z.object({ id, urgeId: id, answer: requiredText(500, '请填写回复') }))
    .output(seen),
  comment: route(['work_orders.read'], { method: 'POST', path: '/orders/{id}/comments', summary: '评论', ...person })
    .errors(errors)
    .input(z.object({ id, text: requiredText(1_000, '请填写评论'), mentions: z.array(id).max(20).default([]) }))
    .output(seen),
  /** By whoever registered it, while nobody has signed for it. */
  withdraw: route(['work_orders.register'], {
    method: 'POST',
    path: '/orders/{id}/withdraw',
    summary: '撤回',
    ...person,
  })
    .errors(errors)
    .input(z.object({ id, reason }))
    .output(seen),
  /** Children have workflows of their own; the task waits for all of them. */
  split: inTask('/orders/{id}/tasks/{taskId}/split', '拆分')
    .input(
      z.object({
        id,
        taskId: id,
        children: z
          .array(registration.pick({ unitId: true, kind: true, categoryId: true, title: true, content: true }))
          .min(1)
          .max(20, '最多拆分为 20 个'),
      }),
    )
    .output(seen),
  /** Ends this order; it shares the answer of the other. */
  merge: route(['work_orders.dispatch', 'work_orders.manage'], {
    method: 'POST',
    path: '/orders/{id}/merge',
    summary: '合并',
    ...person,
  })
    .errors(errors)
    .input(z.object({ id, intoId: id, reason: text(500).default('') }))
    .output(seen),
  reassign: managed('/orders/{id}/tasks/{taskId}/reassign', '改派')
    .input(z.object({ id, taskId: id, to: orderTarget, reason }))
    .output(seen),
  jump: managed('/orders/{id}/jump', '跳转')
    .input(z.object({ id, node: z.string().max(100), to: orderTarget.nullable().default(null), reason }))
    .output(seen),
  suspend: managed('/orders/{id}/suspend', '挂起')
    .input(z.object({ id, until: instant.nullable().default(null), reason }))
    .output(seen),
  resume: managed('/orders/{id}/resume', '恢复')
    .input(z.object({ id, reason: text(500).default('') }))
    .output(seen),
  cancel: managed('/orders/{id}/cancel', '作废').input(z.object({ id, reason })).output(seen),
  /** A closed order goes its way once more. */
  reopen: managed('/orders/{id}/reopen', '重新办理')
    .input(z.object({ id, revision: orderRevision, reason }))
    .output(seen),
  /** Units that the viewer may hand orders to, in the order of the tree. */
  units: route(['work_orders.handle', 'work_orders.register', 'work_orders.manage'], {
    method: 'GET',
    path: '/orders/targets/units',
    summary: '可选办理单位',
    ...person,
  }).output(z.array(unitRef)),
  /** Who handles orders there. */
  people: route(['work_orders.handle', 'work_orders.register', 'work_orders.manage'], {
    method: 'GET',
    path: '/orders/targets/people',
    summary: '可选办理人员',
    ...person,
  })
    .input(z.object({ unitId: id.optional(), search: text(40).optional(), limit: limit() }))
    .output(page(personRef.extend({ unit: unitRef, desks: z.array(workOrderDesk.schema) }))),
};
