/** A platform that was in use with the last released schema (issue 5) goes on with the newest: nothing sealed is lost. */
import { permission } from '@rexian/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sealNumber } from '../contacts/caller-number.ts';
import { startApiServer } from '../testing/api-server.ts';
import { silent, type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { personWith } from '../testing/world.ts';
import { migrate } from './db.ts';
import { newId } from './ids.ts';
import { prepareDatabase } from './prepare.ts';

const RELEASED = '0009_sms_receipts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase('template0');
});
afterAll(() => database?.close());

it('keeps messages of callers, their texts sealed one by one until then, and short messages', async () => {
  const { db } = database.owner;
  await migrate(db, testVault, RELEASED);
  const { unitId, draft, closed } = await seedReleased();
  await prepareDatabase(database.url, testVault, silent);

  const { rows: kept } = await sql<{ open: string }>`
    select title || content || answer || fields::text as open from work_orders`.execute(db);
  expect(kept).toEqual([{ open: '{}' }, { open: '{}' }]);
  const unit = { id: unitId, path: 'gx' };
  const personId = await personWith(db, unit, 'all-powerful', permission.values, 'subtree');
  const server = await startApiServer(database);
  try {
    const { api } = await server.as(personId);
    expect(await api.messages.get({ id: draft })).toMatchObject({
      ...{ title: '语音流程登记', content: '如何办理一照一码', state: 'draft', callerNumber: '138****0001' },
    });
    expect(await api.messages.get({ id: closed })).toMatchObject({
      ...{ title: '已办的登记', content: '咨询社保缴费', state: 'closed', outcome: '已回电' },
    });
    const { rows: messages } = await api.messages.list({});
    expect(new Set(messages.map(({ id }) => id))).toEqual(new Set([closed, draft]));
    expect((await api.orders.list({ list: 'all' })).rows).toMatchObject([{ id: closed, state: 'closed' }]);
    expect(await api.orders.get({ id: closed })).toMatchObject({
      registration: { title: '已办的登记', content: '咨询社保缴费' },
    });
    expect((await api.sms.list({})).rows).toMatchObject([{ text: '您的登记已收到', state: 'delivered' }]);
  } finally {
    await server.close();
  }
});

/** As the released code wrote it. */
async function seedReleased(): Promise<{ unitId: string; draft: string; closed: string }> {
  const { db } = database.owner;
  const [unitId, personId, contact, draft, closed, sms] = [newId(), newId(), newId(), newId(), newId(), newId()];
  const { sealed, index, tail } = sealNumber(testVault, '13800000001');
  const at = new Date(Date.now() - 3_600_000);
  await sql`insert into units (id, path, name, kind) values (${unitId}, 'gx', '广西12366', 'centre')`.execute(db);
  await sql`insert into people (id, unit_id, login, name) values (${personId}, ${unitId}, 'li', '李')`.execute(db);
  await sql`insert into contacts (id, unit_id, source, external_id, channel_id, state, state_since, caller_sealed, caller_index,
      caller_tail, called_number, called_name, arrived_at, ended_at, end_reason, ended_by)
    values (${contact}, ${unitId}, 'trunk', 'c1', 'c1', 'ended', ${at}, ${sealed}, ${index}, ${tail}, '077112366', '热线', ${at}, ${at},
      'completed', 'caller')`.execute(db);
  const order = (id: string, number: string, title: string, content: string) =>
    sql`insert into work_orders (id, number, unit_id, source, title_sealed, content_sealed, content_index, caller_sealed, caller_index,
        caller_tail, contact_id, node, created_at)
      values (${id}, ${number}, ${unitId}, 'flow', ${testVault.seal('work_order', title)}, ${testVault.seal('work_order', content)},
        ${testVault.index('work_order', content)}, ${sealed}, ${index}, ${tail}, ${contact}, 'register', ${at})`.execute(
      db,
    );
  await order(draft, 'GD202611010001', '语音流程登记', '如何办理一照一码');
  await order(closed, 'GD202611010002', '已办的登记', '咨询社保缴费');
  await sql`update work_orders set state = 'closed', handled_by = ${personId}, handled_at = ${at}, outcome = '已回电'
    where id = ${closed}`.execute(db);
  const text = '您的登记已收到';
  await sql`insert into sms_messages (id, sending_id, unit_id, contact_id, node, number_sealed, number_index, number_tail, text_sealed,
      text_index, state, attempts, next_at, queued_at, expires_at, done_at)
    values (${sms}, ${sms}, ${unitId}, ${contact}, 'sms', ${sealed}, ${index}, ${tail}, ${testVault.seal('sms_text', text)},
      ${testVault.index('sms_text', text)}, 'delivered', 1, ${at}, ${at}, ${at}, ${at})`.execute(db);
  return { unitId, draft, closed };
}
