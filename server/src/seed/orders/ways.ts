/** How far an order of the demo has come, and what happened to it on the way. */
import type { OrderTarget, VisitResult } from '@rexian/contracts';
import { sql } from 'kysely';
import { askAssistance, completeTask, returnTask, sign, transferTask } from '../../work-orders/steps/verbs/handle.ts';
import { cancel } from '../../work-orders/steps/verbs/manage.ts';
import { decide, request, type Wish } from '../../work-orders/steps/verbs/requests.ts';
import { comment, copyTo, urge } from '../../work-orders/steps/verbs/tell.ts';
import type { OrderTeller } from './teller.ts';

/** Who has to do with the order; logins, and ids of whoever is told. */
export interface Cast {
  /** Whoever registered it. */
  agent: string;
  /** Dispatches, reviews, visits. */
  desk: string;
  handler: string;
  answer: string;
  /** Hands it to the handler; null: the registering unit handles it by itself. */
  sent: { outcome: string; to: OrderTarget } | null;
  /** Gives an opinion. */
  other: { login: string; to: OrderTarget };
  leaderId: string;
  now: Date;
}

type Way = (order: OrderTeller, cast: Cast) => Promise<void>;
const DAY_MS = 86_400_000;

const sent: Way = async (order, { desk, sent }) => {
  if (!sent) return;
  const done = { outcome: sent.outcome, opinion: '请核实情况，按时限办理', targets: { handle: sent.to } };
  await order.later(25, desk, (step, task) => completeTask(step, task.id, done), false);
};
const signed: Way = async (order, cast) => {
  await sent(order, cast);
  await order.later(40, cast.handler, (step, task) => sign(step, task.id));
};
const answered: Way = async (order, { handler, answer }) => {
  const done = { outcome: '提交', opinion: '已联系诉求人，核实情况后办理', answer, targets: {} };
  await order.later(150, handler, (step, task) => completeTask(step, task.id, done));
};
const reviewed: Way = async (order, { sent, desk }) => {
  if (!sent) return;
  const done = { outcome: '通过', opinion: '答复完整，同意', targets: {} };
  await order.later(50, desk, (step, task) => completeTask(step, task.id, done), false);
};
const handled: Way = async (order, cast) => {
  await signed(order, cast);
  await answered(order, cast);
};
const beforeVisit: Way = async (order, cast) => {
  await handled(order, cast);
  await reviewed(order, cast);
};

const visits: Record<VisitResult, [outcome: string, opinion: string]> = {
  satisfied: ['满意', '诉求人表示问题已解决'],
  basically_satisfied: ['满意', '诉求人认可答复，希望以后更快一些'],
  dissatisfied: ['不满意', '诉求人表示仍未解决，要求再次核实'],
  unreached: ['未接通', '三次拨打均无人接听'],
};
const visited =
  (satisfaction: VisitResult): Way =>
  async (order, { desk }) => {
    const [outcome, opinion] = visits[satisfaction];
    const done = { outcome, opinion, satisfaction, targets: {} };
    await order.later(90, desk, (step, task) => completeTask(step, task.id, done), false);
  };
const closed =
  (satisfaction: VisitResult): Way =>
  async (order, cast) => {
    await beforeVisit(order, cast);
    await visited(satisfaction)(order, cast);
  };
const asking =
  (kind: Wish['kind'], days: number, reason: string): Way =>
  async (order, cast) => {
    await signed(order, cast);
    const until = new Date(cast.now.getTime() + days * DAY_MS);
    await order.later(60, cast.handler, (step, task) => request(step, task.id, { kind, until, reason }));
  };
const granted: Way = (order, { desk }) =>
  order.later(
    30,
    desk,
    async (step) => {
      const { rows } = await sql<{ id: string }>`select id from work_order_requests
        where order_id = ${step.order.id} and state = 'waiting'`.execute(step.trx);
      await decide(step, rows[0]?.id ?? '', true, '同意');
    },
    false,
  );
const assisted: Way = async (order, cast) => {
  await signed(order, cast);
  const { handler, other } = cast;
  await order.later(60, handler, (step, task) => askAssistance(step, task.id, [other.to], '涉及贵单位，请提供意见'));
};

export const ways = {
  /** Waits at the desk where it begins, or for anybody of the unit. */
  registered: async () => undefined,
  sent,
  signed,
  discussed: async (order, cast) => {
    await signed(order, cast);
    await order.later(20, cast.handler, (step) =>
      comment(step, '诉求人补充：下午三点以后方便接听电话', [cast.leaderId]),
    );
  },
  copied: async (order, cast) => {
    await signed(order, cast);
    await order.later(30, cast.handler, (step) => copyTo(step, [cast.leaderId], '同类问题较多，供了解'));
  },
  urged: async (order, cast) => {
    await signed(order, cast);
    await order.later(1_000, cast.agent, (step) => urge(step, 'urge', '诉求人再次来电询问进度，请尽快办理'), false);
  },
  supervised: async (order, cast) => {
    await signed(order, cast);
    await order.until(cast.now);
    await order.later(0, cast.desk, (step) => urge(step, 'supervise', '已超期，请今日内反馈办理情况'), false);
  },
  assisted,
  opinionGiven: async (order, cast) => {
    await assisted(order, cast);
    const done = { outcome: '已反馈', opinion: '已核对本单位记录，资料齐全，无异议', targets: {} };
    await order.later(120, cast.other.login, (step, task) => completeTask(step, task.id, done));
  },
  transferred: async (order, cast) => {
    await signed(order, cast);
    await order.later(45, cast.handler, (step, task) =>
      transferTask(step, task.id, cast.other.to, '主管税务机关为贵单位，请办理'),
    );
  },
  returned: async (order, cast) => {
    await sent(order, cast);
    await order.later(50, cast.handler, (step, task) =>
      returnTask(step, task.id, 'dispatch', '纳税人不在本辖区，请改派'),
    );
  },
  extensionAsked: asking('extend', 9, '需要向外地税务机关核实，申请延期'),
  extended: async (order, cast) => {
    await asking('extend', 9, '需要向外地税务机关核实，申请延期')(order, cast);
    await granted(order, cast);
  },
  suspended: async (order, cast) => {
    await asking('suspend', 5, '诉求人在外地，约定返回后补充资料')(order, cast);
    await granted(order, cast);
  },
  handled,
  beforeVisit,
  satisfied: closed('satisfied'),
  basicallySatisfied: closed('basically_satisfied'),
  unreached: closed('unreached'),
  redo: closed('dissatisfied'),
  redone: async (order, cast) => {
    await closed('dissatisfied')(order, cast);
    await answered(order, cast);
    await reviewed(order, cast);
    await visited('satisfied')(order, cast);
  },
  withdrawn: (order, { agent }) =>
    order.later(15, agent, (step) => cancel(step, 'withdrawn', '诉求人来电表示问题已自行解决'), false),
} satisfies Record<string, Way>;
