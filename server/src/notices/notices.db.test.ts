/** Notices: told with what they are told of, each to whom it concerns, and to nobody else. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HintListener } from '../platform/hints.ts';
import { newId } from '../platform/ids.ts';
import type { Api } from '../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { silent, type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { person, seedWorld, type World } from '../testing/world.ts';
import { forgetNotices, notify, type Told } from './notices.ts';

let database: TestDatabase;
let server: ApiServer;
let world: World;
let personId: string;
let me: Api;
let other: Api;

beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  server = await startApiServer(database);
  personId = await person(database.db, world.nanning.unit, 'me', ['agent'], 'own');
  me = (await server.as(personId)).api;
  other = (await server.as(world.liuzhou.agent)).api;
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});
beforeEach(async () => {
  await database.db.deleteFrom('notices').where('person_id', '=', personId).execute();
});

const told = (title: string): Told => ({ personId, kind: 'urged', title, link: '/orders' });
const tell = (...titles: string[]) => database.db.transaction().execute((trx) => notify(trx, titles.map(told)));
const titles = async (unread = false) => (await me.notices.list({ unread })).rows.map(({ title }) => title);

describe('a notice', () => {
  it('is told by whoever acts, in any unit, and read by its person alone', async () => {
    // Through the web role of somebody who sees nothing of Nanning.
    const scope = { patterns: ['gx.lz.*'], everything: false, home: 'gx.lz', personId: world.liuzhou.agent };
    await database.store
      .scoped(scope)
      .transaction()
      .execute((trx) => notify(trx, [told('请尽快办理')]));
    const { rows } = await me.notices.list({});
    expect(rows).toMatchObject([{ kind: 'urged', title: '请尽快办理', link: '/orders', readAt: null }]);
    expect((await other.notices.list({})).rows.map(({ title }) => title)).toEqual([`新工单 ${world.liuzhou.mark}`]);
    await expect(other.notices.read({ id: rows[0]?.id ?? '' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await titles(true)).toEqual(['请尽快办理']);
  });

  it('comes and goes with its transaction, and its person’s pages hear of it then', async () => {
    const hints = new HintListener(database.urls.engine, silent);
    await hints.start();
    const heard = hints.waitFor((hint) => hint.topic === 'notice' && hint.personId === personId, 10_000);
    await expect(
      database.db.transaction().execute(async (trx) => {
        await notify(trx, [told('白说')]);
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    expect(await titles()).toEqual([]);
    await tell('一', '二');
    expect(await heard).toBe(true);
    await hints.close();
    expect((await titles()).sort()).toEqual(['一', '二']);
  });

  it('leads nowhere outside the console', async () => {
    for (const link of ['https://evil.example', '//evil.example', 'javascript:alert(1)'])
      await expect(notify(database.db, [{ ...told('点我'), link }])).rejects.toThrow(/notices_link/);
  });

  it('is read once, alone or with all that were seen; later ones stay', async () => {
    await tell('一');
    await tell('二');
    await tell('三');
    const seen = await me.notices.list({ limit: 2 });
    expect(await me.notices.unread()).toMatchObject({ count: 3, newest: [{}, {}, {}] });
    const [{ id = '' } = {}] = seen.rows;
    await me.notices.read({ id });
    const { readAt } = (await me.notices.list({})).rows[0] ?? {};
    await me.notices.read({ id });
    expect((await me.notices.list({})).rows[0]?.readAt).toEqual(readAt);
    const rest = await me.notices.list({ limit: 2, cursor: seen.nextCursor ?? undefined });
    expect([...seen.rows, ...rest.rows].map(({ title }) => title)).toEqual(['三', '二', '一']);
    await tell('四');
    await me.notices.readAll({ newest: id });
    expect(await titles(true)).toEqual(['四']);
    expect((await me.notices.unread()).count).toBe(1);
  });

  it('tells whom a message was assigned to, not whoever takes one', async () => {
    const leader = (await server.as(await person(database.db, world.nanning.unit, 'leader', ['leader'], 'subtree')))
      .api;
    const { workOrder: id, mark } = world.nanning;
    await leader.messages.assign({ id, revision: 1, personId });
    expect((await me.notices.list({})).rows).toMatchObject([
      {
        kind: 'task_arrived',
        title: `人员 leader分派给您留言工单 GD${mark}（市12366 ${mark}）`,
        link: `/messages/${id}`,
        orderId: id,
      },
    ]);
    await me.messages.assign({ id, revision: 2, personId });
    expect(await titles()).toHaveLength(1);
  });

  it('is forgotten after ninety days', async () => {
    const now = new Date();
    const old = new Date(now.getTime() - 91 * 86_400_000);
    const row = { person_id: personId, kind: 'other' as const, order_id: null, link: null, read_at: null };
    await database.db
      .insertInto('notices')
      .values([
        { ...row, id: newId(old.getTime()), at: old, title: '旧' },
        { ...row, id: newId(now.getTime()), at: now, title: '新' },
      ])
      .execute();
    expect(await forgetNotices(database.store.system, now)).toBe(1);
    expect(await titles()).toEqual(['新']);
  });
});
