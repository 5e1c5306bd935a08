/** Attachments of orders between two installations: they travel once, whole, and only where the order does. */
import type { ApiClient } from '@rexian/server/testing/api-client.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Lookup } from '../engines/lookup/lookup.ts';
import { newId } from '../platform/ids.ts';
import { testVault } from '../testing/database.ts';
import { failingAt } from '../testing/faults.ts';
import {
  counterpart,
  done,
  fetchAll,
  type Place,
  publishPushAt,
  publishTemplateAt,
  registrationAt,
  twoPlaces,
} from '../testing/platforms.ts';
import { person } from '../testing/world.ts';
import { OrderSteps } from '../work-orders/steps/steps.ts';
import { SIGNATURE_HEADER, signatureOf, TIME_HEADER } from './signature.ts';

vi.setConfig({ testTimeout: 60_000 });

let here: Place;
let there: Place;
let lookup: Lookup;

beforeAll(async () => {
  ({ here, there, lookup } = await twoPlaces());
  for (const kind of ['suggestion', 'complaint'] as const) {
    await publishPushAt(here, kind);
    await publishTemplateAt(there, kind);
  }
}, 240_000);
afterAll(async () => {
  await lookup?.close();
  for (const place of [here, there]) await place?.close();
});
beforeEach(() => {
  for (const { wire } of [here, there])
    Object.assign(wire, { cut: false, repeats: false, filesUntil: null, spoils: (content: Buffer) => content });
});

const send = async (by: ApiClient, at: Place, name: string, content: string): Promise<string> => {
  const answer = await fetch(`${at.server.url}/media/files?name=${encodeURIComponent(name)}`, {
    ...{ method: 'POST', body: content },
    headers: { cookie: by.cookie(), 'content-type': 'application/octet-stream' },
  });
  return ((await answer.json()) as { id: string }).id;
};
const read = (by: ApiClient, at: Place, id: string) =>
  fetch(`${at.server.url}/media/files/${id}`, { headers: { cookie: by.cookie() } });

/** Handed on with a file: its id here, and there. */
async function pushed(name = '合同.txt', kind: 'suggestion' | 'complaint' = 'suggestion') {
  const fileId = await send(here.adminClient, here, name, `内容：${name}`);
  const id = newId();
  const registration = registrationAt(here, { kind, content: '请核实', fileIds: [fileId] });
  const { revision } = await here.admin.orders.save({ id, revision: null, registration });
  await here.admin.orders.submit({ id, revision });
  await done(here.admin, id);
  await here.send();
  return { id, fileId, other: await counterpart(here, there, id) };
}
const filesAt = async ({ admin }: Place, id: string) => {
  const { files, arriving } = await admin.orders.get({ id });
  return { files: files.map(({ name }) => name), arriving };
};
const told = async ({ admin }: Place, id: string) =>
  (await admin.orders.get({ id })).trail.map(({ title, text }) => `${title} ${text}`);

it('go with the order, follow it later, and come back with its result', async () => {
  const { id, other } = await pushed();
  expect(await filesAt(there, other)).toMatchObject({
    ...{ files: [], arriving: [{ name: '合同.txt', platform: '南宁平台', state: 'waiting', error: null }] },
  });
  expect(await told(there, other)).toContainEqual(expect.stringContaining('附件：合同.txt'));
  expect(await there.fetch()).toBe(1);
  const { files, arriving } = await there.admin.orders.get({ id: other });
  expect([files, arriving]).toMatchObject([
    [{ name: '合同.txt', mediaType: 'text/plain', uploadedBy: '南宁平台', fromPlatform: true, bound: true }],
    [],
  ]);
  expect(await (await read(there.adminClient, there, files[0]?.id ?? '')).text()).toBe('内容：合同.txt');
  expect(await told(there, other)).toContain('收到南宁平台的附件 合同.txt');

  await here.admin.orderSteps.attach({ id, fileIds: [await send(here.adminClient, here, '补充.txt', '后补')] });
  await here.send();
  expect(await there.fetch()).toBe(1);
  expect((await filesAt(there, other)).files).toEqual(['合同.txt', '补充.txt']);

  await done(there.admin, other, { targets: { handle: { unitId: there.world.nanning.district.id } } });
  const result = await send(there.handlerClient, there, '处理情况.txt', '已办');
  await there.handler.orderSteps.attach({ id: other, fileIds: [result] });
  // Its own files don't come back, and the handler's go with the result.
  await there.send();
  expect((await filesAt(here, id)).arriving).toEqual([]);
  await done(there.handler, other, { answer: '已办' });
  await done(there.admin, other);
  await done(there.admin, other, { satisfaction: 'satisfied' });
  await there.send();
  expect(await told(here, id)).toContainEqual(expect.stringContaining('附件：处理情况.txt'));
  expect(await here.fetch()).toBe(1);
  expect((await filesAt(here, id)).files).toEqual(['合同.txt', '补充.txt', '处理情况.txt']);
});

it('are fetched once, however often they are told of and fetched', async () => {
  here.wire.repeats = true;
  const { other } = await pushed();
  expect(await Promise.all([there.fetch(), there.fetch()])).toContain(1);
  await there.fetch();
  expect((await filesAt(there, other)).files).toEqual(['合同.txt']);
});

it('are tried again when the line is cut, before or within', async () => {
  const { other } = await pushed();
  there.wire.cut = true;
  expect(await there.fetch()).toBe(0);
  expect((await filesAt(there, other)).arriving).toMatchObject([
    { state: 'waiting', error: '无法连接对方平台', nextAt: expect.any(Date) },
  ]);
  Object.assign(there.wire, { cut: false, filesUntil: 5 });
  expect(await there.fetch()).toBe(0);
  expect((await filesAt(there, other)).files).toEqual([]);
  there.wire.filesUntil = null;
  expect(await there.fetch()).toBe(1);
});

it('that are something else than was told aren’t taken; whoever handles the order sees why, and has them fetched again', async () => {
  const { other } = await pushed();
  there.wire.spoils = (content) => Buffer.from(content.toString().replace('内', '外'));
  expect(await there.fetch()).toBe(0);
  const { arriving, files } = await filesAt(there, other);
  expect([files, arriving]).toMatchObject([[], [{ state: 'failed', error: '收到的内容与对方所述不符', nextAt: null }]]);
  expect(await told(there, other)).toContain('未能获取南宁平台的附件 合同.txt：收到的内容与对方所述不符');
  there.wire.spoils = (content) => content;
  expect(await there.fetch()).toBe(0);
  const again = { id: other, fileId: arriving[0]?.id ?? '' };
  const { order } = await there.admin.orderSteps.fetchFile(again);
  expect(order.arriving).toMatchObject([{ state: 'waiting', error: null }]);
  expect(await there.fetch()).toBe(1);
  await expect(there.admin.orderSteps.fetchFile(again)).rejects.toMatchObject({ code: 'REFUSED' });
});

it('are looked into as uploads are, and given up after a week', async () => {
  const { id, other, fileId } = await pushed('照片.txt');
  const { database } = there;
  await sql`update partner_files set name = '照片.png' where order_id = ${other}`.execute(database.db);
  await there.fetch();
  expect((await filesAt(there, other)).arriving).toMatchObject([
    { state: 'failed', error: expect.stringContaining('文件内容与扩展名“.png”不符') },
  ]);
  await sql`update partner_files set name = '程序.exe', state = 'waiting', next_at = now() where order_id = ${other}`.execute(
    database.db,
  );
  there.wire.seen.length = 0;
  await there.fetch();
  expect((await filesAt(there, other)).arriving[0]).toMatchObject({ state: 'failed', nextAt: null });
  expect(there.wire.seen).toEqual([]);
  // Here it is gone: nobody waits for it.
  await sql`update partner_files set name = '照片.txt', state = 'waiting', next_at = now() where order_id = ${other}`.execute(
    database.db,
  );
  await sql`update files set removed_at = now() where id = ${fileId}`.execute(here.database.db);
  await there.fetch();
  expect((await filesAt(there, other)).arriving[0]?.error).toBe('对方返回 404：没有找到附件');
  await sql`update partner_files set state = 'waiting', next_at = now(), asked_at = now() - interval '8 days'
    where order_id = ${other}`.execute(database.db);
  there.wire.cut = true;
  await there.fetch();
  expect((await filesAt(there, other)).arriving[0]).toMatchObject({ state: 'failed', error: '无法连接对方平台' });
  expect(id).not.toBe(other);
});

it('of a confidential order are seen by those who see the order', async () => {
  const { other } = await pushed('证据.txt', 'complaint');
  await there.fetch();
  const { files } = await there.admin.orders.get({ id: other });
  expect(files).toHaveLength(1);
  const by = await there.server.as(await person(there.database.db, there.unit, 'other', ['handler'], 'subtree'));
  await expect(by.api.orders.get({ id: other })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect((await read(by, there, files[0]?.id ?? '')).status).toBe(404);
});

describe('are handed out', () => {
  let known: { key: string; secret: string };
  beforeAll(async () => {
    known = await here.system.partners.create({
      ...{
        name: '第三方平台',
        kind: 'rexian',
        unitId: here.unit.id,
        address: 'http://127.0.0.1:9',
        deadlineSeconds: 1,
      },
      enabled: true,
    });
  });
  /** As the wire saw it asked for; `by`: as another platform asks. */
  async function ask(fileId: string, by?: { key: string; secret: string }) {
    const path = `/order-exchange/files/${fileId}`;
    const at = String(Math.floor(Date.now() / 1_000));
    const seen = there.wire.seen.find((each) => each.path === `/api/v1${path}`);
    const signed = by && {
      authorization: `Bearer ${by.key}`,
      [TIME_HEADER]: at,
      [SIGNATURE_HEADER]: signatureOf(by.secret, { method: 'GET', path, at, body: '' }),
    };
    const answer = await fetch(`${here.server.url}/api/v1${path}`, { headers: signed ?? seen?.headers ?? {} });
    return { status: answer.status, text: await answer.text() };
  }

  it('to whom the order went, signed, and to nobody else', async () => {
    const { fileId } = await pushed();
    await there.fetch();
    expect(await ask(fileId)).toEqual({ status: 200, text: '内容：合同.txt' });
    expect((await ask(fileId, known)).status).toBe(404);
    expect((await ask(fileId, { ...known, secret: 'rxs_another' })).status).toBe(401);
    const seen = there.wire.seen.at(-1);
    const other = await fetch(`${here.server.url}/api/v1/order-exchange/files/${newId()}`, {
      headers: seen?.headers ?? {},
    });
    expect(other.status).toBe(401);
  });

  it('no longer once the order is taken back', async () => {
    const { id, other } = await pushed();
    await here.admin.orderSteps.jump({ id, node: 'review', reason: '已自行办理' });
    await there.fetch();
    expect((await filesAt(there, other)).arriving).toMatchObject([
      { state: 'failed', error: '对方返回 404：没有找到附件' },
    ]);
  });
});

it('are here whole or not at all, wherever the process dies', async () => {
  const { other } = await pushed();
  const { db } = there.database;
  const bound = async () => {
    const { rows } = await sql<{ state: string; files: number }>`select f.state,
      (select count(*)::int from files where order_id = ${other}) as files from partner_files f where f.order_id = ${other}`.execute(
      db,
    );
    return rows[0];
  };
  for (let n = 1; ; n += 1) {
    const faulty = failingAt(db, n, n % 2 ? 'after' : 'before');
    const dying = { ...there.fetching, db: faulty.db, steps: new OrderSteps(faulty.db, testVault) };
    await fetchAll(dying, new Date(Date.now() + (n + 40) * 7_200_000)).catch(() => 0);
    if (!faulty.hit()) break;
    expect(await bound(), `statement ${n}`).toEqual(
      expect.toBeOneOf([
        { state: 'waiting', files: 0 },
        { state: 'fetched', files: 1 },
      ]),
    );
  }
  expect(await bound()).toEqual({ state: 'fetched', files: 1 });
});
