/** The bench's own centre: one number, one flow, one queue without wrap-up, its agents and a leader. */

import type { FlowDocument } from '@rexian/flows/graph.ts';
import { hashPasswordInTime } from '@rexian/server/auth/passwords.ts';
import { type Db, openDb } from '@rexian/server/platform/db.ts';
import { newId } from '@rexian/server/platform/ids.ts';
import type { Vault } from '@rexian/server/platform/vault.ts';
import { addDevices, deviceNameOf } from '@rexian/server/seed/devices.ts';
import { addPerson } from '@rexian/server/seed/person.ts';

export const NUMBER = '12366';
export const LEADER = 'leader';
export const PASSWORD = 'bench-12366';
/** Of the agents' IP phones. */
export const PHONE_PASSWORD = 'phone-12366';

export const agentLogin = (index: number): string => `b${String(index + 1).padStart(3, '0')}`;

export interface SeedOptions {
  agents: number;
  /** Straight into the queue, unrecorded and unannounced: for benches of signalling. */
  plain?: boolean;
  /** What callers go through, in place of the menu before the queue. */
  flow?: FlowDocument;
}

/** Seeds an empty, prepared database. */
export async function seedBench(databaseUrl: string, vault: Vault, options: SeedOptions): Promise<void> {
  const { db, close } = openDb(databaseUrl, { max: 2 });
  try {
    await db.transaction().execute((trx) => seedCentre(trx, vault, options));
  } finally {
    await close();
  }
}

async function seedCentre(db: Db, vault: Vault, { agents, plain = false, flow }: SeedOptions): Promise<void> {
  const [unitId, queueId, flowId] = [newId(), newId(), newId()];
  await db.insertInto('units').values({ id: unitId, path: 'bench', name: '压测中心', kind: 'centre' }).execute();
  const queue = {
    id: queueId,
    unit_id: unitId,
    name: '压测队列',
    wrap_up_seconds: 0,
    announce_agent: false,
    recorded: !plain,
  };
  await db.insertInto('queues').values(queue).execute();
  await db.insertInto('flows').values({ id: flowId, unit_id: unitId, name: '压测导航' }).execute();
  const graph = JSON.stringify(flow ?? (plain ? plainFlow(queueId) : menuFlow(queueId)));
  await db.insertInto('flow_versions').values({ flow_id: flowId, version: 1, graph }).execute();
  const number = { number: NUMBER, unit_id: unitId, name: '压测12366', flow_id: flowId };
  await db.insertInto('service_numbers').values(number).execute();
  const passwordHash = await hashPasswordInTime(PASSWORD);
  const leader = { unitId, login: LEADER, name: '班长', agentNumber: null, passwordHash };
  await addPerson(db, { ...leader, roles: ['leader'], scope: 'subtree' });
  for (let index = 0; index < agents; index += 1) {
    const login = agentLogin(index);
    const agent = { unitId, login, name: `坐席${index + 1}`, agentNumber: login, passwordHash };
    const personId = await addPerson(db, { ...agent, roles: ['agent'], scope: 'own' });
    await db.insertInto('queue_members').values({ queue_id: queueId, person_id: personId }).execute();
    const phone = { unitId, personId, name: deviceNameOf(login), label: login, password: PHONE_PASSWORD };
    await addDevices(db, vault, [phone]);
  }
}

function menuFlow(queueId: string): FlowDocument {
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

function plainFlow(queueId: string): FlowDocument {
  return {
    start: 'queue',
    nodes: {
      queue: { type: 'queue', config: { queueId }, next: { served: 'end', timeout: 'end' } },
      end: { type: 'hang_up', config: {}, next: {} },
    },
  };
}
