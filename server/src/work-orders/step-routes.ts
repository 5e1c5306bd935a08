/** Routes of steps. Each reads the order in the scope of who asks first; what they may do in it is the verbs' matter. */
import { sql } from 'kysely';
import { refusal } from '../platform/errors.ts';
import { fetchAgain } from './exchange/arrivals.ts';
import { aboutOrder, type OrderRouteOptions, readerApi, requireSeen } from './order-routes.ts';
import { peopleChoices, unitChoices } from './reading/choices.ts';
import { orderDetail } from './reading/detail.ts';
import { nextSteps } from './reading/next.ts';
import type { Actor } from './steps/actor.ts';
import type { OrderStep } from './steps/step.ts';
import { askAssistance, completeTask, endAssistance, returnTask, sign, transferTask } from './steps/verbs/handle.ts';
import { merge, split } from './steps/verbs/kin.ts';
import { cancel, jump, reassign, reopen, resume, suspend } from './steps/verbs/manage.ts';
import { decide, request } from './steps/verbs/requests.ts';
import { answerUrge, attach, comment, copyTo, keepOpinion, urge } from './steps/verbs/tell.ts';

export function orderStepRoutes(options: OrderRouteOptions) {
  const { store, vault, steps } = options;
  const { graphs } = steps.services;
  const api = readerApi(options).use(async ({ context: { db, reader, audit }, next }) => {
    /** Takes a step in an order that is seen, puts it on record under `act`, and reads the order again. */
    const taking = async (id: string, act: string, change: (step: OrderStep, actor: Actor) => Promise<void>) => {
      await requireSeen(db, id);
      await steps.take(id, reader.actor, async (step) => {
        await change(step, reader.actor);
        const { number, unitId } = step.order;
        await audit({ action: 'changed', ...aboutOrder({ id, number, unitId }), after: { act } }, step.trx);
      });
      return { order: await orderDetail(reader, graphs, id) };
    };
    return next({ context: { taking } });
  }).orderSteps;
  return {
    sign: api.sign.handler(({ input: { id, taskId }, context: { taking } }) =>
      taking(id, '签收', (step) => sign(step, taskId)),
    ),
    preview: api.preview.handler(async ({ input, context: { db, reader } }) => {
      await requireSeen(db, input.id);
      return nextSteps({ db: store.system, vault, graphs, actor: reader.actor }, input);
    }),
    complete: api.complete.handler(({ input: { id, taskId, ...done }, context: { taking } }) =>
      taking(id, '办理', (step) => completeTask(step, taskId, done)),
    ),
    keepOpinion: api.keepOpinion.handler(async ({ input: { id, taskId, ...draft }, context: { db, reader } }) => {
      await requireSeen(db, id);
      await keepOpinion({ db: store.system, vault, by: reader.actor }, { id, taskId }, draft);
      return {};
    }),
    return: api.return.handler(({ input: { id, taskId, node, reason }, context: { taking } }) =>
      taking(id, '退回', (step) => returnTask(step, taskId, node, reason)),
    ),
    transfer: api.transfer.handler(({ input: { id, taskId, to, reason }, context: { taking } }) =>
      taking(id, '转办', (step) => transferTask(step, taskId, to, reason)),
    ),
    assist: api.assist.handler(({ input: { id, taskId, to, reason }, context: { taking } }) =>
      taking(id, '会办', (step) => askAssistance(step, taskId, to, reason)),
    ),
    endAssist: api.endAssist.handler(({ input: { id, taskId, reason }, context: { taking } }) =>
      taking(id, '结束会办', (step) => endAssistance(step, taskId, reason)),
    ),
    copy: api.copy.handler(({ input: { id, personIds, text }, context: { taking } }) =>
      taking(id, '抄送', (step) => copyTo(step, personIds, text)),
    ),
    attach: api.attach.handler(({ input: { id, fileIds }, context: { taking } }) =>
      taking(id, '添加附件', (step) => attach(step, fileIds)),
    ),
    fetchFile: api.fetchFile.handler(({ input: { id, fileId }, context: { taking } }) =>
      taking(id, '重新获取附件', (step) => fetchAgain(step, fileId)),
    ),
    readCopy: api.readCopy.handler(async ({ input: { id }, context: { reader } }) => {
      const read = await sql`update work_order_copies set read_at = coalesce(read_at, now())
        where order_id = ${id} and person_id = ${reader.actor.id}`.execute(store.system);
      if (read.numAffectedRows === 0n) throw refusal('NOT_FOUND', '没有抄送给您的工单');
      return {};
    }),
    request: api.request.handler(({ input: { id, taskId, ...wish }, context: { taking } }) =>
      taking(id, '提出申请', (step) => request(step, taskId, wish)),
    ),
    decide: api.decide.handler(({ input: { id, requestId, approved, note }, context: { taking } }) =>
      taking(id, '审批申请', (step) => decide(step, requestId, approved, note)),
    ),
    urge: api.urge.handler(({ input: { id, kind, text }, context: { taking } }) =>
      taking(id, kind === 'urge' ? '催办' : '督办', (step) => urge(step, kind, text)),
    ),
    answerUrge: api.answerUrge.handler(({ input: { id, urgeId, answer }, context: { taking } }) =>
      taking(id, '回复催督办', (step) => answerUrge(step, urgeId, answer)),
    ),
    comment: api.comment.handler(({ input: { id, text, mentions }, context: { taking } }) =>
      taking(id, '评论', (step) => comment(step, text, mentions)),
    ),
    withdraw: api.withdraw.handler(({ input: { id, reason }, context: { taking } }) =>
      taking(id, '撤回', (step, actor) => {
        if (step.order.registeredBy !== actor.id) throw refusal('REFUSED', '只有登记人可以撤回');
        if (step.tasks.some(({ signed_at }) => signed_at)) throw refusal('REFUSED', '工单已签收，不能撤回');
        return cancel(step, 'withdrawn', reason);
      }),
    ),
    split: api.split.handler(({ input: { id, taskId, children }, context: { taking } }) =>
      taking(id, '拆分', (step) => split(step, taskId, children)),
    ),
    merge: api.merge.handler(async ({ input: { id, intoId, reason }, context: { db, taking } }) => {
      await requireSeen(db, intoId);
      return taking(id, '合并', (step) => merge(step, intoId, reason));
    }),
    reassign: api.reassign.handler(({ input: { id, taskId, to, reason }, context: { taking } }) =>
      taking(id, '改派', (step) => reassign(step, taskId, to, reason)),
    ),
    jump: api.jump.handler(({ input: { id, node, to, reason }, context: { taking } }) =>
      taking(id, '跳转', (step) => jump(step, node, to, reason)),
    ),
    suspend: api.suspend.handler(({ input: { id, until, reason }, context: { taking } }) =>
      taking(id, '挂起', (step) => suspend(step, until, reason)),
    ),
    resume: api.resume.handler(({ input: { id, reason }, context: { taking } }) =>
      taking(id, '恢复', (step) => resume(step, reason)),
    ),
    cancel: api.cancel.handler(({ input: { id, reason }, context: { taking } }) =>
      taking(id, '作废', (step) => cancel(step, 'cancelled', reason)),
    ),
    reopen: api.reopen.handler(({ input: { id, revision, reason }, context: { taking } }) =>
      taking(id, '重新办理', (step) => {
        if (step.order.revision !== revision) throw refusal('CHANGED');
        return reopen(step, reason);
      }),
    ),
    units: api.units.handler(({ context: { reader } }) => unitChoices(reader.actor)),
    people: api.people.handler(({ input, context: { reader } }) => peopleChoices(store.system, reader.actor, input)),
  };
}
