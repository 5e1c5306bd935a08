/** Handing the caller on to something that isn't a person: a queue, a flow, the menu, the survey, another centre. */
import type { CallTarget } from '@rexian/contracts';
import type { FlowGraph } from '@rexian/flows/graph.ts';
import { sql } from 'kysely';
import { type LedgerEvent, moveContact } from '../contacts/ledger.ts';
import type { Queryable } from '../platform/db.ts';
import { enterQueue } from '../queues/placement.ts';
import { handOverToCentre } from './centres.ts';
import type { CallContext } from './context.ts';
import { graphOf } from './graphs.ts';
import { type Leg, legEvent } from './legs.ts';
import { PartRefused } from './parts.ts';
import type { CallStart } from './start.ts';

export type HandOverTarget = Extract<CallTarget, { kind: 'queue' | 'flow' | 'centre' }> | { kind: 'menu' | 'survey' };

/** How the caller goes on. */
export type Next =
  | { stage: 'queue'; queueId: string }
  /** `node` null: at its start. */
  | { stage: 'flow'; graph: FlowGraph; node: string | null }
  /** Another centre's contact has the caller now. */
  | { stage: 'call'; start: CallStart };

export interface HandOver {
  /** Books it, in the transaction that ends the sender's part. Throws PartRefused when it can't be after all. */
  commit(trx: Queryable): Promise<unknown>;
  next: Next;
}

/** Prepares a hand-over by `by` (null: the queue itself). Throws PartRefused with the reason, in Chinese. */
export async function handOver(
  call: CallContext,
  target: HandOverTarget,
  note: string,
  by: Leg | null,
): Promise<HandOver> {
  switch (target.kind) {
    case 'queue':
      return toQueue(call, target.queueId, note, by);
    case 'flow':
      return toFlow(call, target.flowId, note, by);
    case 'centre':
      return handOverToCentre(call, target.accessCodeId, note, by);
    case 'menu':
    case 'survey': {
      const place = target.kind === 'menu' ? call.menu() : call.survey();
      const name = target.kind === 'menu' ? '主菜单' : '满意度评价';
      return { commit: intoFlow(call, by, { kind: 'flow', name }, note, {}), next: { stage: 'flow', ...place } };
    }
  }
}

async function toQueue(call: CallContext, queueId: string, note: string, by: Leg | null): Promise<HandOver> {
  const { db, contactId, vault } = call;
  const queue = await db
    .selectFrom('queues')
    .select('name')
    .where('id', '=', queueId)
    .where('active', '=', true)
    .executeTakeFirst();
  if (!queue) throw new PartRefused('技能组不存在或已停用');
  const at = new Date();
  return {
    commit: async (trx) => {
      const event = transferred(by, at, { kind: 'queue', name: queue.name }, note);
      const outcome = await enterQueue(trx, vault, {
        ...{ contactId, queueId, at },
        from: ['talking'],
        keepQueue: true,
        events: [event],
      });
      if (outcome === 'full') throw new PartRefused('该技能组排队已满');
      if (outcome === 'gone') throw new PartRefused('通话已结束');
      await noteSender(trx, contactId, by, note);
    },
    next: { stage: 'queue', queueId },
  };
}

async function toFlow(call: CallContext, flowId: string, note: string, by: Leg | null): Promise<HandOver> {
  const flow = await call.db
    .selectFrom('flow_versions as v')
    .innerJoin('flows as f', 'f.id', 'v.flow_id')
    .select(['f.id', 'f.name', 'v.version', 'v.graph as document'])
    .where('f.id', '=', flowId)
    .where('v.version', '>', 0)
    .where('f.removed_at', 'is', null)
    .orderBy('v.version', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!flow) throw new PartRefused('流程不存在');
  const set = { flow_id: flow.id, flow_version: flow.version };
  return {
    commit: intoFlow(call, by, { kind: 'flow', name: flow.name }, note, set),
    next: { stage: 'flow', graph: graphOf(flow), node: null },
  };
}

type FlowChange = { flow_id?: string; flow_version?: number };

const intoFlow =
  ({ contactId }: CallContext, by: Leg | null, to: { kind: string; name: string }, note: string, set: FlowChange) =>
  async (trx: Queryable) => {
    const at = new Date();
    const events = [transferred(by, at, to, note)];
    const moved = await moveContact(trx, { contactId, from: ['talking'], to: 'in_flow', at, set, events });
    if (!moved) throw new PartRefused('通话已结束');
  };

/** Whoever gets the call sees who sent it, and why. */
export async function noteSender(db: Queryable, contactId: string, by: Leg | null, note: string): Promise<void> {
  await sql`update contacts set note = ${note}, sent_by = ${by?.personId ?? null},
    sent_by_name = coalesce((select name from people where id = ${by?.personId ?? null}), '') where id = ${contactId}`.execute(
    db,
  );
}

export const transferred = (by: Leg | null, at: Date, to: { kind: string; name: string }, note: string): LedgerEvent =>
  by ? legEvent('transferred', by, at, { to, note }) : { type: 'transferred', at, data: { to, note } };
