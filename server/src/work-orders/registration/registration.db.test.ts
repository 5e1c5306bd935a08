/** What is registered: asked by the unit's own form, with its files, of calls and orders that whoever registers sees. */
import type { Registration } from '@rexian/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { seedSmsTemplates } from '../../seed/sms-templates.ts';
import type { Api } from '../../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../../testing/database.ts';
import { person, seedWorld, type World } from '../../testing/world.ts';

let database: TestDatabase;
let server: ApiServer;
let world: World;
let agent: Api;
let agentId: string;
let admin: Api;
beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  await seedSmsTemplates(database.db, world.province.id);
  server = await startApiServer(database);
  const { db } = database;
  agentId = await person(db, world.nanning.unit, 'nn-registrar', ['agent'], 'own');
  agent = (await server.as(agentId)).api;
  const adminId = await person(db, world.nanning.unit, 'nn-forms', ['centre_admin'], 'subtree');
  ({ api: admin } = await server.as(adminId));
  await db.deleteFrom('workflow_versions').execute();
  await db.deleteFrom('workflows').execute();
  const unitId = world.nanning.unit.id;
  const flow = await admin.workflows.create({ unitId, kind: 'inquiry', name: '查询', template: 'inquiry' });
  await admin.workflows.publish({ id: flow.id, revision: flow.revision, note: '' });
  await db.updateTable('order_forms').set({ removed_at: new Date() }).execute();
  const text = { type: 'text', label: '查询事项', key: 'matter', required: 'always' } as const;
  const proof = { type: 'attachment', label: '证明', key: 'proof' } as const;
  await admin.orderForms.create({ unitId, kind: 'inquiry', fields: [text, proof] });
}, 120_000);
afterAll(async () => {
  await server?.close();
  await database?.close();
});

const facts = (more: Partial<Registration> = {}): Registration => ({
  ...{ unitId: world.nanning.unit.id, kind: 'inquiry', source: 'letter', categoryId: null, urgency: 'normal' },
  ...{ contactId: null, callerNumber: null, callerName: '', anonymous: false, region: '', taxNumber: '', taxName: '' },
  ...{ title: '', content: '查询完税证明', answer: '', tags: [], fields: {}, fileIds: [], occurredAt: null },
  ...{ reference: '', parentId: null, ...more },
});

async function uploaded(name: string): Promise<string> {
  const id = newId();
  await database.db
    .insertInto('files')
    .values({
      ...{ id, unit_id: world.nanning.unit.id, order_id: null, name, media_type: 'application/pdf', bytes: 1 },
      ...{ sha256: Buffer.alloc(32), storage_key: `files/${id}`, uploaded_by: agentId },
    })
    .execute();
  return id;
}

describe('a registration', () => {
  it('answers what the form of its unit asks before it is submitted, and names the version', async () => {
    const id = newId();
    const { revision } = await agent.orders.save({ id, revision: null, registration: facts() });
    await expect(agent.orders.submit({ id, revision })).rejects.toMatchObject({
      ...{ code: 'REFUSED', message: expect.stringContaining('查询事项') },
    });
    const fields = { matter: '个人所得税完税证明', unknown: 'x' };
    const saved = await agent.orders.save({ id, revision, registration: facts({ fields }) });
    await agent.orders.submit({ id, revision: saved.revision });
    const { registration, form } = await agent.orders.get({ id });
    expect(registration.fields).toEqual({ matter: '个人所得税完税证明' });
    expect(form?.fields.map(({ key }) => key)).toEqual(['matter', 'proof']);
  });

  it('keeps its files, also those of a field, until they are taken away', async () => {
    const [first, second] = [await uploaded('a.pdf'), await uploaded('b.pdf')];
    const id = newId();
    const withFiles = facts({ fileIds: [first], fields: { proof: [second] } });
    const { revision } = await agent.orders.save({ id, revision: null, registration: withFiles });
    expect((await agent.orders.get({ id })).registration.fileIds.toSorted()).toEqual([first, second].toSorted());
    await agent.orders.save({ id, revision, registration: facts({ fields: { proof: [second] } }) });
    expect((await agent.orders.get({ id })).registration.fileIds).toEqual([second]);
    const again = { id: newId(), revision: null, registration: facts({ fileIds: [first] }) };
    await expect(agent.orders.save(again)).rejects.toMatchObject({ code: 'REFUSED' });
  });

  it('is of no call or order that nobody can see, an anonymous one neither', async () => {
    const of = (more: Partial<Registration>) =>
      agent.orders.save({ id: newId(), revision: null, registration: facts({ anonymous: true, ...more }) });
    await expect(of({ contactId: newId() })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(of({ parentId: newId() })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('keeps the number it was given, loses it when it is emptied, and has the call’s again when it is anonymous no more', async () => {
    const { contact, caller } = world.nanning;
    const [id, first] = [newId(), facts({ contactId: contact })];
    let { revision } = await admin.orders.save({ id, revision: null, registration: first });
    const kept = async (more: Partial<Registration>) => {
      ({ revision } = await admin.orders.save({ id, revision, registration: { ...first, ...more } }));
      const row = await database.db
        .selectFrom('work_orders')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      return row.caller_sealed && testVault.open('number', row.caller_sealed);
    };
    expect(await kept({})).toBe(caller);
    expect(await kept({ callerNumber: '13911110000' })).toBe('13911110000');
    expect(await kept({})).toBe('13911110000');
    expect(await kept({ callerNumber: '' })).toBeNull();
    expect(await kept({})).toBeNull();
    expect((await admin.orders.get({ id })).callerNumber).toBe('');
    expect(await kept({ anonymous: true })).toBeNull();
    expect(await kept({})).toBe(caller);
  });

  it('is called by its content while nobody has named it', async () => {
    await agent.orders.save({ id: newId(), revision: null, registration: facts({ content: '没有标题的暂存' }) });
    const { rows } = await agent.orders.list({ list: 'drafts' });
    expect(rows[0]?.title).toBe('没有标题的暂存');
  });
});
