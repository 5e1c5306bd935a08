/** The bench's own centre: one number, one flow, one queue without wrap-up, its agents and a leader. */
import { hashPassword } from '@rexian/server/auth/sessions.ts';
import type { FlowDocument } from '@rexian/server/flows/graph.ts';
import { migrate, openDb } from '@rexian/server/platform/db.ts';
import { newId } from '@rexian/server/platform/ids.ts';

export const NUMBER = '12366';
export const LEADER = 'leader';
export const PASSWORD = 'bench-12366';

export const agentLogin = (index: number): string => `b${String(index + 1).padStart(3, '0')}`;

/** Seeds an empty database and brings it to the newest schema first. */
export async function seedBench(databaseUrl: string, agents: number): Promise<void> {
  const { db, close } = openDb(databaseUrl, { max: 2 });
  const unit = 'bench';
  const queueId = newId();
  const flowId = newId();
  try {
    await migrate(db);
    await db.transaction().execute(async (trx) => {
      await trx.insertInto('units').values({ id: newId(), path: unit, name: '压测中心', kind: 'centre' }).execute();
      const queue = { id: queueId, unit_path: unit, name: '压测队列', wrap_up_seconds: 0 };
      await trx.insertInto('queues').values(queue).execute();
      await trx.insertInto('flows').values({ id: flowId, unit_path: unit, name: '压测导航' }).execute();
      const graph = JSON.stringify(flow(queueId));
      await trx.insertInto('flow_versions').values({ flow_id: flowId, version: 1, graph }).execute();
      const number = { number: NUMBER, unit_path: unit, name: '压测12366', flow_id: flowId };
      await trx.insertInto('service_numbers').values(number).execute();
      const password_hash = await hashPassword(PASSWORD);
      const people = Array.from({ length: agents }, (_, index) => ({
        id: newId(),
        unit_path: unit,
        login: agentLogin(index),
        name: `坐席${index + 1}`,
        agent_number: agentLogin(index),
        password_hash,
        roles: ['agent' as const],
      }));
      const leader = {
        id: newId(),
        unit_path: unit,
        login: LEADER,
        name: '班长',
        password_hash,
        roles: ['leader' as const],
      };
      await trx
        .insertInto('people')
        .values([...people, { ...leader, agent_number: null }])
        .execute();
      const members = people.map(({ id }) => ({ queue_id: queueId, person_id: id }));
      await trx.insertInto('queue_members').values(members).execute();
    });
  } finally {
    await close();
  }
}

function flow(queueId: string): FlowDocument {
  return {
    start: 'menu',
    nodes: {
      menu: {
        type: 'menu',
        config: { text: '您好，税务咨询请按1。', items: [{ key: '1', label: '税务咨询' }] },
        next: { key_1: 'queue', exhausted: 'end' },
      },
      queue: { type: 'queue', config: { queueId }, next: { served: 'end', timeout: 'end' } },
      end: { type: 'hang_up', config: {}, next: {} },
    },
  };
}
