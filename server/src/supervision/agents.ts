/** What a team leader does to agents themselves: changes their state, writes to them. Never breaks a call. */
import { type AgentState, agentState, type ChosenReason, chosenReason, type NotReadyReason } from '@rexian/contracts';
import { sql } from 'kysely';
import { busyStates, chooseNext, closeSession, freeStates, moveAgent } from '../agents/transitions.ts';
import type { Audit, Caller } from '../platform/api.ts';
import type { Db, Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { sendHint } from '../platform/hints.ts';
import { newId } from '../platform/ids.ts';

/** Who acts: `db` is of the leader's scope. */
export interface Leader {
  db: Db;
  caller: Caller;
  audit: Audit;
}

export type ForcedState =
  | { state: 'ready' }
  | { state: 'not_ready'; reason?: ChosenReason | undefined }
  | { state: 'signed_out' };

interface Agent {
  personId: string;
  name: string;
  unitId: string;
  session: {
    id: string;
    state: AgentState;
    reason: NotReadyReason | null;
    nextState: string | null;
    nextReason: string | null;
    reachable: boolean;
  } | null;
}

/** Somebody in the leader's reach, with the live session. */
async function agentInReach(db: Queryable, caller: Caller, personId: string): Promise<Agent> {
  const { rows } = await sql<Agent>`
    select p.id as "personId", p.name || coalesce('（' || p.agent_number || '）', '') as name, p.unit_id as "unitId",
      case when s.id is not null then json_build_object('id', s.id, 'state', s.state, 'reason', s.reason, 'nextState', s.next_state,
        'nextReason', s.next_reason, 'reachable', s.phone_registered or s.phone_kind = 'outside') end as session
    from people p left join agent_sessions s on s.person_id = p.id and s.signed_out_at is null
    where p.id = ${personId} and p.unit_id = any(${caller.unitIds as string[]}::uuid[])`.execute(db);
  const [agent] = rows;
  if (!agent) throw refusal('NOT_FOUND', '没有找到该坐席');
  return agent;
}

/**
 * Puts an agent into a state; one who has a call or its wrap-up gets there after it: then the answer is `later`. A wrap-up ends at once,
 * as if its time were over, unless a result must be given.
 */
export async function forceState(
  { db, caller, audit }: Leader,
  personId: string,
  to: ForcedState,
): Promise<{ later: boolean }> {
  return db.transaction().execute(async (trx) => {
    const agent = await agentInReach(trx, caller, personId);
    const { session } = agent;
    if (!session) throw refusal('NOT_SIGNED_IN', '该坐席未签入');
    const later = busyStates.includes(session.state);
    if (!later) refuseIdle(session, to);
    const done = later ? await choose(trx, caller, session.id, to) : await move(trx, session.id, to);
    if (!done) throw refusal('WRONG_STATE', '坐席状态刚刚变化，请重试');
    await tell(trx, caller, agent, toldOf(to, later ? session.state : null));
    const { state, reason, nextState, nextReason } = session;
    await audit(
      {
        action: 'forced',
        subject: { kind: 'person', id: personId, name: agent.name },
        unitId: agent.unitId,
        before: later ? { next: nextState, nextReason } : { state, reason },
        after: later ? { next: to.state, nextReason: reasonOf(to) } : { state: to.state, reason: reasonOf(to) },
      },
      trx,
    );
    return { later };
  });
}

/** What would change nothing, or can't be. */
function refuseIdle(session: NonNullable<Agent['session']>, to: ForcedState): void {
  if (to.state === 'ready') {
    if (session.state === 'ready') throw refusal('WRONG_STATE', '该坐席已是空闲');
    if (!session.reachable) throw refusal('WRONG_STATE', '该坐席的话机不可达，无法示闲');
  }
  if (to.state === 'not_ready' && session.state === 'not_ready' && (!to.reason || to.reason === session.reason))
    throw refusal('WRONG_STATE', '该坐席已是示忙');
}

const reasonOf = (to: ForcedState): NotReadyReason | null =>
  to.state === 'not_ready' ? (to.reason ?? 'forced') : null;

async function choose(trx: Queryable, { viewer }: Caller, sessionId: string, to: ForcedState): Promise<boolean> {
  const chosen = await chooseNext(trx, { sessionId, next: to.state, reason: reasonOf(to), forcedBy: viewer.id });
  await sql`update agent_sessions s set wrap_up_until = now() from contact_legs l left join queues q on q.id = l.queue_id
    where s.id = ${sessionId} and s.state = 'wrap_up' and l.id = s.leg_id and not coalesce(q.wrap_up_mandatory, false)`.execute(
    trx,
  );
  return chosen;
}

function move(trx: Queryable, sessionId: string, to: ForcedState): Promise<boolean> {
  const at = new Date();
  switch (to.state) {
    case 'ready':
      return moveAgent(trx, { sessionId, from: ['not_ready'], to: 'ready', at });
    case 'not_ready':
      return moveAgent(trx, { sessionId, from: freeStates, to: 'not_ready', reason: to.reason ?? 'forced', at });
    case 'signed_out':
      return closeSession(trx, { sessionId, at });
  }
}

/** What the agent reads. */
function toldOf(to: ForcedState, busy: AgentState | null): string {
  const state =
    to.state === 'signed_out'
      ? '签出'
      : to.state === 'ready'
        ? agentState.labels.ready
        : `${agentState.labels.not_ready}${to.reason ? `（${chosenReason.labels[to.reason]}）` : ''}`;
  if (busy)
    return `班长已设定：${busy === 'wrap_up' ? '小结' : '本次通话'}结束后将您${to.state === 'signed_out' ? '签出' : `置为${state}`}`;
  return to.state === 'signed_out' ? '班长已将您签出' : `班长已将您置为${state}`;
}

/** Sends a message to an agent who is signed in. */
export async function sendMessage({ db, caller, audit }: Leader, personId: string, text: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const agent = await agentInReach(trx, caller, personId);
    if (!agent.session) throw refusal('NOT_SIGNED_IN', '该坐席未签入，无法接收消息');
    await tell(trx, caller, agent, text);
    await audit(
      {
        action: 'messaged',
        subject: { kind: 'person', id: personId, name: agent.name },
        unitId: agent.unitId,
        // What was said is between the two of them.
        after: { length: [...text].length },
      },
      trx,
    );
  });
}

async function tell(trx: Queryable, { viewer }: Caller, to: Agent, text: string): Promise<void> {
  const message = {
    id: newId(),
    unit_id: to.unitId,
    from_person: viewer.id,
    to_person: to.personId,
    text,
    read_at: null,
  };
  await trx.insertInto('desk_messages').values(message).execute();
  await sendHint(trx, { topic: 'message', personId: to.personId });
}
