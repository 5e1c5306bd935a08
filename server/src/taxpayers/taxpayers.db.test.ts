/** 一户式查询: whom a unit asks, what comes of a system that answers well, badly or not at all, who sees what, and what is on record. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Api } from '../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { person, seedWorld, type World } from '../testing/world.ts';
import { forgetAnswers } from './answers.ts';

/** What the stand-in of the tax authority's system answers, by path. */
const known = {
  ...{ creditCode: '91450103ma5kexmp12', name: '南宁市桂源商贸有限公司', legalRepresentative: '韦晓兰' },
  ...{ financeManager: null, status: '正常', creditRating: 'B', matchedBy: ['legal_phone'] },
  extras: [
    { label: '税收健康码', value: '绿码' },
    { label: '联系电话', value: '13800770001', personal: true },
  ],
};
const json = (value: unknown) => (response: ServerResponse) => void response.end(JSON.stringify(value));
const ANSWERS: Record<string, (response: ServerResponse, asked: Record<string, string>) => void> = {
  '/good': (response, { number }) =>
    json({ taxpayers: number ? [known, { ...known, creditCode: '91450103MA5KEXMP99' }] : [known] })(response),
  '/none': json({ taxpayers: [] }),
  '/broken': (response) => void response.writeHead(503).end(),
  '/locked': (response) => void response.writeHead(401).end(),
  '/rubbish': json({ taxpayers: [{ name: '没有代码' }] }),
  '/html': (response) => void response.end('<html>'),
  '/huge': json({ taxpayers: [], more: 'x'.repeat(100_000) }),
  '/silent': () => undefined,
};
const asked: { path: string; body: Record<string, string>; key: string | undefined }[] = [];

async function stand(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const body = JSON.parse(Buffer.concat(chunks).toString());
  const path = incoming.url ?? '';
  asked.push({ path, body, key: incoming.headers.authorization });
  ANSWERS[path]?.(response, body);
}

let database: TestDatabase;
let server: ApiServer;
let system: Server;
let url: string;
let world: World;
let admin: Api;
let province: Api;
let agent: Api;
let leader: Api;
let stranger: Api;
beforeAll(async () => {
  system = createServer((incoming, response) => void stand(incoming, response));
  await new Promise<void>((resolve) => system.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(system.address() as AddressInfo).port}`;
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  server = await startApiServer(database, { LOOKUP_NETWORKS: '127.0.0.0/8' });
  const as = async (id: Promise<string>) => (await server.as(await id)).api;
  const { nanning, liuzhou } = world;
  admin = await as(person(database.db, nanning.unit, 'nn-admin', ['centre_admin'], 'subtree'));
  province = await as(person(database.db, world.province, 'gx-admin', ['centre_admin'], 'subtree'));
  leader = await as(person(database.db, nanning.unit, 'nn-leader', ['leader'], 'centre'));
  agent = (await server.as(nanning.agent)).api;
  stranger = (await server.as(liuzhou.agent)).api;
}, 120_000);
afterAll(async () => {
  await server?.close();
  await database?.close();
  system?.closeAllConnections();
  await new Promise((resolve) => system.close(resolve));
});
beforeEach(async () => {
  await database.db.deleteFrom('taxpayer_answers').execute();
  await database.db.deleteFrom('taxpayer_sources').execute();
  asked.length = 0;
});

const refused = (code: string, message = /./) => ({ code, message: expect.stringMatching(message) });
const settings = (path: string) => ({
  ...{
    adapter: 'http' as const,
    url: url + path,
    key: 'secret-12366',
    deadlineMs: path === '/silent' ? 500 : 5_000,
    cacheMinutes: 30,
    enabled: true,
  },
});
const use = (path: string, more = {}) =>
  admin.taxpayerSources.save({ unitId: world.nanning.unit.id, ...settings(path), ...more });
const ask = (api = agent) => api.taxpayers.find({ contactId: world.nanning.contact });
const told = () =>
  sql<{ action: string; name: string; after: unknown }>`select action, subject_name as name, after from audit_log
    where subject_kind = 'taxpayer' order by id desc limit 1`.execute(database.db);

describe('a question about a taxpayer', () => {
  it('goes to the system with the key, comes back masked, and is on record', async () => {
    await use('/good');
    const answer = await ask();
    expect(asked).toEqual([{ path: '/good', body: { number: world.nanning.caller }, key: 'Bearer secret-12366' }]);
    expect(answer).toMatchObject({ state: 'found', message: '', demo: false });
    expect(answer.taxpayers).toHaveLength(2);
    expect(answer.taxpayers[0]).toMatchObject({
      ...{
        creditCode: '914***********MP12',
        name: '南宁市桂源商贸有限公司',
        legalRepresentative: '韦*兰',
        financeManager: '',
      },
      ...{ matchedBy: ['legal_phone'], masked: true },
      extras: [
        { label: '税收健康码', value: '绿码' },
        { label: '联系电话', value: '1******0001' },
      ],
    });
    expect((await told()).rows[0]).toMatchObject({
      ...{ action: 'looked_up', name: '138****0001' },
      after: { contactId: world.nanning.contact, result: 'found', found: 2 },
    });
  });

  it('is answered from what was said lately, until that is stale or the settings change', async () => {
    await use('/good');
    const first = await ask();
    expect((await ask()).taxpayers).toEqual(first.taxpayers);
    expect(asked).toHaveLength(1);
    await use('/none');
    expect(await ask()).toMatchObject({ state: 'none', taxpayers: [] });
    await ask();
    expect(asked).toHaveLength(2);
    await use('/none', { cacheMinutes: 0 });
    await ask();
    await ask();
    expect(asked).toHaveLength(4);
  });

  it.each([
    ['/broken', /接口返回错误/],
    ['/locked', /请检查密钥/],
    ['/rubbish', /不符合约定（taxpayers\.0\.creditCode）/],
    ['/html', /无法识别/],
    ['/huge', /过多/],
    ['/silent', /0\.5 秒内没有应答/],
  ])('that comes to nothing says why: %s', async (path, message) => {
    await use(path);
    expect(await ask()).toMatchObject({ state: 'failed', message: expect.stringMatching(message), taxpayers: [] });
  });

  it('is not sent any more to a system that fails again and again', async () => {
    await use('/broken');
    for (let times = 0; times < 3; times++) await ask();
    expect(await ask()).toMatchObject({ state: 'failed', message: expect.stringMatching(/暂停查询/) });
    expect(asked).toHaveLength(3);
    await use('/good');
    expect(await ask()).toMatchObject({ state: 'found' });
  });

  it('about the code that the caller has stated finds the same taxpayer once, with both reasons', async () => {
    await use('/good');
    await agent.customers.save({ contactId: world.nanning.contact, taxNumber: '91450103MA5KEXMP12' });
    const { taxpayers } = await ask();
    expect(asked.map(({ body }) => body)).toContainEqual({ creditCode: '91450103MA5KEXMP12' });
    expect(taxpayers.map(({ matchedBy }) => matchedBy)).toEqual([['legal_phone', 'statement'], ['legal_phone']]);
    await agent.customers.save({ contactId: world.nanning.contact, taxNumber: '' });
  });

  it('needs a contact or order that the viewer sees, or a reason', async () => {
    await use('/good');
    await expect(ask(stranger)).rejects.toMatchObject(refused('NOT_FOUND'));
    await expect(stranger.taxpayers.find({ orderId: world.nanning.workOrder })).rejects.toMatchObject(
      refused('NOT_FOUND'),
    );
    expect(await agent.taxpayers.find({ orderId: world.nanning.workOrder })).toMatchObject({ state: 'found' });
    const creditCode = '91450103ma5kexmp12';
    await expect(agent.taxpayers.find({ creditCode })).rejects.toMatchObject(refused('REFUSED', /原因/));
    const { taxpayers } = await agent.taxpayers.find({ creditCode, reason: '来信登记' });
    expect(taxpayers.map(({ matchedBy }) => matchedBy)).toEqual([['statement']]);
    expect((await told()).rows[0]).toMatchObject({ after: { reason: '来信登记', contactId: null } });
  });
});

describe('the whole of an answer', () => {
  it('is shown to who may reveal, on record, while it is kept', async () => {
    await use('/good');
    const { taxpayers } = await ask();
    const ref = taxpayers[0]?.ref ?? { answerId: '', index: 0 };
    await expect(agent.taxpayers.reveal(ref)).rejects.toMatchObject(refused('FORBIDDEN'));
    expect(await leader.taxpayers.reveal(ref)).toMatchObject({
      ...{ creditCode: '91450103MA5KEXMP12', legalRepresentative: '韦晓兰' },
      extras: [{}, { label: '联系电话', value: '13800770001' }],
    });
    expect((await told()).rows[0]).toMatchObject({ action: 'revealed', name: /桂源.*914\*/ });
    await forgetAnswers(database.db, new Date(Date.now() + 5 * 3_600_000));
    await expect(leader.taxpayers.reveal(ref)).rejects.toMatchObject(refused('NOT_FOUND', /过期/));
  });
});

describe('whom a unit asks', () => {
  it('is said by itself, else by the next unit above; nobody: nothing is asked', async () => {
    expect(await ask()).toMatchObject({ state: 'off' });
    await province.taxpayerSources.save({ unitId: world.province.id, ...settings('/none'), adapter: 'demo', url: '' });
    expect(await ask()).toMatchObject({ demo: true });
    await use('/good', { enabled: false });
    expect(await ask()).toMatchObject({ state: 'off' });
    const cleared = await admin.taxpayerSources.clear({ unitId: world.nanning.unit.id });
    expect(cleared).toMatchObject({ from: { id: world.province.id }, adapter: 'demo' });
    expect(asked).toEqual([]);
  });

  it('keeps its key for itself and for its address', async () => {
    const { nanning } = world;
    const { key: _key, ...keyless } = settings('/good');
    await province.taxpayerSources.save({ unitId: world.province.id, ...settings('/good') });
    await admin.taxpayerSources.test({ unitId: nanning.unit.id, ...keyless, number: '13800000000' });
    expect(asked.at(-1)?.key).toBeUndefined();
    await use('/good');
    const unitId = nanning.unit.id;
    expect(await admin.taxpayerSources.save({ unitId, ...keyless, deadlineMs: 600 })).toMatchObject({ hasKey: true });
    const elsewhere = { unitId, ...keyless, url: `${url}/none` };
    await expect(admin.taxpayerSources.save(elsewhere)).rejects.toMatchObject(refused('REFUSED', /重新填写密钥/));
    await expect(admin.taxpayerSources.test({ ...elsewhere, number: '1' })).rejects.toMatchObject(refused('REFUSED'));
    expect(await admin.taxpayerSources.save({ ...elsewhere, key: null })).toMatchObject({ hasKey: false });
  });

  it('is tried out before it is saved', async () => {
    const test = (path: string) =>
      admin.taxpayerSources.test({ unitId: world.nanning.unit.id, ...settings(path), number: '13800770001' });
    expect(await test('/good')).toMatchObject({ state: 'found', taxpayers: [{ legalRepresentative: '韦*兰' }, {}] });
    expect(await test('/silent')).toMatchObject({ state: 'failed', message: expect.stringMatching(/没有应答/) });
    expect(await ask()).toMatchObject({ state: 'off' });
  });
});
