/** A few calls for the fuzz: what is asked of calls needs some. */
import { sealNumber } from '../contacts/caller-number.ts';
import type { Db } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import type { Vault } from '../platform/vault.ts';

const CALLS = 10;

/** Calls that agent 1001 of the demo, whose desk is open, has answered. */
export async function addCalls(db: Db, vault: Vault): Promise<void> {
  const agent = await db
    .selectFrom('people')
    .select(['id', 'unit_id'])
    .where('login', '=', '1001')
    .executeTakeFirstOrThrow();
  const desk = await openDesk(db, agent);
  for (let serial = 1; serial <= CALLS; serial += 1) {
    const [id, at] = [newId(), new Date(Date.now() - serial * 60_000)];
    const { sealed, index, tail } = sealNumber(vault, `138771${String(serial).padStart(5, '0')}`);
    const common = { unit_id: agent.unit_id, channel_id: id, state: 'ended' as const, ended_at: at, connected_at: at };
    const caller = { caller_sealed: sealed, caller_index: index, caller_tail: tail };
    const called = { called_number: '12366', called_name: '广西12366', agent_id: agent.id, flow_variables: '{}' };
    const origin = {
      source: 'trunk',
      external_id: id,
      arrived_at: at,
      state_since: at,
      end_reason: 'completed' as const,
    };
    await db
      .insertInto('contacts')
      .values({ id, ...common, ...caller, ...called, ...origin })
      .execute();
    const leg = { id: newId(), contact_id: id, number: 1, person_id: agent.id, session_id: desk };
    await db
      .insertInto('contact_legs')
      .values({ ...leg, ...common, outcome: 'answered', offered_at: at })
      .execute();
  }
}

async function openDesk(db: Db, agent: { id: string; unit_id: string }): Promise<string> {
  const [id, now] = [newId(), new Date()];
  const state = { state: 'not_ready' as const, reason: 'break' as const, state_since: now, idle_since: now };
  const session = { id, owner: newId(), person_id: agent.id, unit_id: agent.unit_id, phone_kind: 'browser' as const };
  await db
    .insertInto('agent_sessions')
    .values({ ...session, ...state, signed_in_at: now })
    .execute();
  return id;
}
