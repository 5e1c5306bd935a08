/** What a desk tells its page, through the routes. */

import { setTimeout } from 'node:timers/promises';
import { callVerb, type LegState } from '@rexian/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { setAutoAnswer, setPhoneRegistered } from '../agents/sessions.ts';
import { newId } from '../platform/ids.ts';
import type { Api } from '../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { seedCentre, type TestDatabase, testDatabase } from '../testing/database.ts';

let database: TestDatabase;
let server: ApiServer;
let agent: { personId: string; sessionId: string; owner: string };
let api: Api;
let unitId: string;
beforeAll(async () => {
  database = await testDatabase();
  const centre = await seedCentre(database.db, { agents: 1 });
  unitId = centre.unitId;
  agent = centre.agents[0] as typeof agent;
  server = await startApiServer(database);
  api = (await server.as(agent.personId)).api;
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});

/** The agent's part in a call, as far as the ledger goes. */
async function part(state: LegState): Promise<{ contactId: string }> {
  const { db } = database;
  const [contactId, legId] = [newId(), newId()];
  await sql`insert into contacts (id, unit_id, source, external_id, channel_id, state, state_since, called_number, called_name, arrived_at)
    values (${contactId}, ${unitId}, 'trunk', ${contactId}, 'x', ${state}, now(), '12366', '', now())`.execute(db);
  await sql`insert into contact_legs (id, contact_id, number, unit_id, person_id, session_id, channel_id, state, offered_at)
    values (${legId}, ${contactId}, 1, ${unitId}, ${agent.personId}, ${agent.sessionId}, ${legId}, ${state}, now())`.execute(
    db,
  );
  await sql`update agent_sessions set state = ${state}, leg_id = ${legId} where id = ${agent.sessionId}`.execute(db);
  return { contactId };
}

it('says of every verb that it fits, or why it does not', async () => {
  for (const state of ['ringing', 'talking'] as const) {
    await part(state);
    const { contact } = await api.desk.get();
    for (const verb of callVerb.values) expect(contact?.can[verb]).toBe(contact?.whyNot[verb] === undefined);
    expect(contact?.can.answer).toBe(state === 'ringing');
    expect(contact?.whyNot.transfer).toBe(state === 'ringing' ? '接听后可用' : undefined);
  }
  expect((await api.desk.get()).contact?.whyNot).toMatchObject({
    ...{ answer: '已经接听', retrieve: '没有保持', conference: '没有进行磋商', drop_member: '没有可拆除的成员' },
  });
});

it('says why nobody can be called, and refuses it in the same words', async () => {
  const { owner: sessionId } = agent;
  const why = async () => (await api.desk.get()).session?.whyNoDial;
  const refused = async (message: string) => {
    expect(await why()).toBe(message);
    const dialled = api.desk.dial({ sessionId, number: '13800770001' });
    await expect(dialled).rejects.toMatchObject({ code: 'WRONG_STATE', message });
  };
  await part('talking');
  await refused('通话中不能外呼');
  const put = (change: object) =>
    database.db.updateTable('agent_sessions').set(change).where('id', '=', agent.sessionId).execute();
  await put({ state: 'wrap_up' });
  await refused('提交小结后可外呼');
  await put({ state: 'ready', leg_id: null, phone_registered: false });
  await refused('话机不可达，暂不能外呼');
  await put({ phone_registered: true });
  expect(await why()).toBeNull();
});

it('waits for a phone that is registering, whatever else changes meanwhile', async () => {
  const { owner: sessionId } = agent;
  const { db } = database;
  const set = { state: 'not_ready', reason: 'break', leg_id: null, phone_registered: false } as const;
  await db.updateTable('agent_sessions').set(set).where('id', '=', agent.sessionId).execute();
  const ready = api.desk.setState({ sessionId, state: 'ready' });
  await setTimeout(200);
  await setAutoAnswer(db, agent.sessionId, true);
  await setTimeout(200);
  await setPhoneRegistered(db, sessionId, true);
  await ready;
  expect((await api.desk.get()).session?.state).toBe('ready');
});

it('calls a party at another platform by the name of its access code', async () => {
  const { contactId } = await part('talking');
  await sql`insert into contact_legs (id, contact_id, number, unit_id, channel_id, state, offered_at, role, party_name, party_sealed)
    values (${newId()}, ${contactId}, 2, ${unitId}, 'remote', 'talking', now(), 'member', '转广东', '\\x00')`.execute(
    database.db,
  );
  const parties = (await api.desk.get()).contact?.parties ?? [];
  expect(parties.map(({ me, name, person }) => [me, name, person])).toContainEqual([false, '转广东', null]);
});
