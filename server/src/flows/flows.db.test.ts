/** Flows of centres: who sees and changes what, that nothing is overwritten silently, and that callers hear only what can run. */
import { randomUUID } from 'node:crypto';
import type { FlowDocument } from '@rexian/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findNumber } from '../centres/numbers/dialled.ts';
import { HintListener } from '../platform/hints.ts';
import { newId } from '../platform/ids.ts';
import type { Api } from '../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { silent, type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { person, seedWorld, type World } from '../testing/world.ts';

let database: TestDatabase;
let server: ApiServer;
let world: World;
let province: Api;
let nanning: Api;
let other: Api;
let liuzhou: Api;
let agent: Api;
beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  server = await startApiServer(database);
  const as = async (id: Promise<string>) => (await server.as(await id)).api;
  province = await as(person(database.db, world.province, 'gx-admin', ['centre_admin'], 'subtree'));
  nanning = await as(person(database.db, world.nanning.unit, 'nn-admin', ['centre_admin'], 'subtree'));
  other = await as(person(database.db, world.nanning.unit, 'nn-second', ['centre_admin'], 'subtree'));
  liuzhou = await as(person(database.db, world.liuzhou.unit, 'lz-admin', ['centre_admin'], 'subtree'));
  agent = await as(person(database.db, world.nanning.unit, 'nn-agent', ['agent'], 'own'));
}, 120_000);
afterAll(async () => {
  await server?.close();
  await database?.close();
});
const seeded = () => [world.nanning.flow, world.liuzhou.flow];
beforeEach(async () => {
  await database.db.deleteFrom('flow_editors').execute();
  await database.db.deleteFrom('flow_versions').where('flow_id', 'not in', seeded()).execute();
  await database.db.deleteFrom('flows').where('id', 'not in', seeded()).execute();
});

const refused = (code: string, message = /./) => ({ code, message: expect.stringMatching(message) });
const end = { type: 'hang_up', title: '挂机', config: {}, next: {} };
const speaking = (text: string): FlowDocument => ({
  start: 'hello',
  nodes: { hello: { type: 'play', title: '欢迎词', config: { text }, next: { done: 'end' } }, end },
});
const into = (queueId: string): FlowDocument => ({
  start: 'queue',
  nodes: { queue: { type: 'queue', title: '人工', config: { queueId }, next: { served: 'end', timeout: 'end' } }, end },
});
const through = (flowId: string): FlowDocument => ({
  start: 'sub',
  nodes: { sub: { type: 'sub_flow', title: '评价', config: { flowId }, next: { done: 'end' } }, end },
});
const make = (api: Api, unitId: string, name = '主流程') => api.flows.create({ unitId, name });
const inNanning = (name?: string) => make(nanning, world.nanning.unit.id, name);

/** Saves and publishes a document. */
async function publish(api: Api, id: string, document: FlowDocument, note = '') {
  const { revision } = await api.flows.get({ id });
  const saved = await api.flows.saveDraft({ id, revision, document });
  return api.flows.publish({ id, revision: saved.revision, note });
}

async function told(id: string) {
  const entries = database.db.selectFrom('audit_log').select(['action', 'before', 'after']);
  return entries.where('subject_id', '=', id).orderBy('id').execute();
}

async function addQueue(name: string, unitId = world.nanning.unit.id): Promise<string> {
  const id = newId();
  await database.db.insertInto('queues').values({ id, unit_id: unitId, name }).execute();
  return id;
}

describe('the flows of a centre', () => {
  it('are seen by those below, who cannot change them, and by nobody beside', async () => {
    const top = await make(province, world.province.id);
    const own = await inNanning();
    const { rows } = await nanning.flows.list({});
    expect(rows.map(({ id, can }) => [id, can.change])).toEqual([
      [top.id, false],
      [own.id, true],
      [world.nanning.flow, true],
    ]);
    expect((await liuzhou.flows.list({})).rows.map(({ id }) => id)).toEqual([top.id, world.liuzhou.flow]);
    expect(await nanning.flows.get({ id: top.id })).toMatchObject({ name: '主流程', revision: 1 });
    await expect(liuzhou.flows.get({ id: own.id })).rejects.toMatchObject(refused('NOT_FOUND'));
    const draft = { id: top.id, revision: 1, document: speaking('改了') };
    await expect(nanning.flows.saveDraft(draft)).rejects.toMatchObject(refused('NOT_FOUND'));
    await expect(agent.flows.list({})).rejects.toMatchObject(refused('FORBIDDEN'));
    await expect(make(nanning, world.liuzhou.unit.id)).rejects.toMatchObject(refused('NOT_FOUND'));
  });

  it('have one of a name, until it is removed', async () => {
    const { id } = await inNanning();
    await expect(inNanning()).rejects.toMatchObject(refused('TAKEN', /同名流程/));
    const second = await inNanning('备用');
    await expect(nanning.flows.rename({ id: second.id, name: '主流程' })).rejects.toMatchObject(refused('TAKEN'));
    await nanning.flows.remove({ id });
    expect(await nanning.flows.rename({ id: second.id, name: '主流程' })).toMatchObject({ name: '主流程' });
    await expect(nanning.flows.get({ id })).rejects.toMatchObject(refused('NOT_FOUND'));
  });

  it('come in pages and are searched by name', async () => {
    for (const name of ['甲', '乙', '丙']) await inNanning(name);
    const first = await nanning.flows.list({ limit: 2 });
    const rest = await nanning.flows.list({ limit: 10, cursor: first.nextCursor ?? '' });
    expect([first.rows.length, rest.rows.length, rest.nextCursor]).toEqual([2, 2, null]);
    expect((await nanning.flows.list({ search: '乙' })).rows.map(({ name }) => name)).toEqual(['乙']);
  });

  it('begin with a template that is filled in with the queues of the centre', async () => {
    const queue = await addQueue('税务咨询');
    for (const { id: template, title } of await nanning.flows.templates()) {
      const { id, document } = await nanning.flows.create({ unitId: world.nanning.unit.id, name: title, template });
      const { faults } = await nanning.flows.check({ id });
      expect(faults.every(({ field }) => field === 'queueId')).toBe(true);
      if (template === 'main') expect(document.nodes.consult?.config).toEqual({ queueId: queue });
    }
    const none = { unitId: world.nanning.unit.id, name: '无', template: 'none' };
    await expect(nanning.flows.create(none)).rejects.toMatchObject(refused('NOT_FOUND', /模板/));
    await database.db.deleteFrom('queues').where('id', '=', queue).execute();
  });
});

describe('two editors at once', () => {
  it('the second save of a revision is refused, and nothing of the first is lost', async () => {
    const { id } = await inNanning();
    const saves = await Promise.allSettled(
      [nanning, other, nanning, other].map((api, index) =>
        api.flows.saveDraft({ id, revision: 1, document: speaking(`第 ${index} 个`) }),
      ),
    );
    const done = saves.flatMap((save, index) => (save.status === 'fulfilled' ? [index] : []));
    expect(done).toHaveLength(1);
    for (const save of saves)
      if (save.status === 'rejected') expect(save.reason).toMatchObject(refused('CHANGED', /“人员 nn-.*”修改/));
    const { document, revision } = await nanning.flows.get({ id });
    expect([document, revision]).toEqual([speaking(`第 ${done[0]} 个`), 2]);
    await expect(nanning.flows.publish({ id, revision: 1 })).rejects.toMatchObject(refused('CHANGED'));
    await expect(nanning.flows.discardDraft({ id, revision: 1 })).rejects.toMatchObject(refused('CHANGED'));
  });

  it('who has not seen what was published since can not save over it', async () => {
    const { id } = await inNanning();
    const first = await publish(nanning, id, speaking('一'));
    expect(first).toMatchObject({ published: { version: 1, by: '人员 nn-admin' }, draft: null });
    const { revision } = await other.flows.get({ id });
    await publish(nanning, id, speaking('二'));
    const late = other.flows.saveDraft({ id, revision, document: speaking('三') });
    await expect(late).rejects.toMatchObject(refused('CHANGED'));
  });

  it('know of each other, and their pages are told', async () => {
    const { id } = await inNanning();
    const [mine, theirs] = [randomUUID(), randomUUID()];
    const hints = new HintListener(database.urls.engine, silent);
    await hints.start();
    const isTold = () => hints.waitFor((hint) => hint.topic === 'flow' && hint.flowId === id, 5_000);
    const came = isTold();
    await nanning.flows.presence({ id, client: mine });
    expect(await came).toBe(true);
    const { editors, revision } = await other.flows.presence({ id, client: theirs });
    expect(editors.map(({ name, mine: own }) => [name, own])).toEqual([
      ['人员 nn-admin', false],
      ['人员 nn-second', true],
    ]);
    expect(revision).toBe(1);
    // Nobody speaks for another's page.
    await nanning.flows.presence({ id, client: theirs, leaving: true });
    expect((await nanning.flows.list({})).rows.find((flow) => flow.id === id)?.editors).toHaveLength(2);
    const left = isTold();
    await other.flows.presence({ id, client: theirs, leaving: true });
    expect(await left).toBe(true);
    await sql`update flow_editors set seen_at = now() - interval '1 minute'`.execute(database.db);
    expect((await nanning.flows.get({ id })).editors).toEqual([]);
    await hints.close();
  });
});

describe('publishing', () => {
  it('tells what changed in the audit log, and makes the texts ready', async () => {
    const { id } = await inNanning();
    await publish(nanning, id, speaking('一'), '第一次');
    const { published, draft } = await publish(nanning, id, speaking('二'));
    expect([published?.version, draft]).toEqual([2, null]);
    expect(await told(id)).toMatchObject([
      { action: 'created', after: { name: '主流程' } },
      { action: 'published', after: { version: 1, note: '第一次' } },
      {
        ...{ action: 'published', before: { version: 1 } },
        after: { version: 2, changes: ['“欢迎词”的播放内容：一 → 二'] },
      },
    ]);
    const { rows } = await sql<{ payload: unknown }>`select payload from graphile_worker._private_jobs
      order by id desc limit 1`.execute(database.db);
    expect(rows[0]?.payload).toEqual({ texts: ['二'] });
    const { revision } = await nanning.flows.get({ id });
    await expect(nanning.flows.publish({ id, revision })).rejects.toMatchObject(refused('REFUSED', /没有需要发布/));
  });

  it('is refused in words for what can not run, by what is in use at the centre', async () => {
    const { id } = await inNanning();
    const foreign = publish(nanning, id, into(world.liuzhou.queue));
    await expect(foreign).rejects.toMatchObject(
      refused('REFUSED', /不能发布，有 1 处错误：“人工”技能组不存在或已停用/),
    );
    const off = await addQueue('停用的');
    await database.db.updateTable('queues').set({ active: false }).where('id', '=', off).execute();
    await expect(publish(nanning, id, into(off))).rejects.toMatchObject(refused('REFUSED'));
    await expect(publish(nanning, id, speaking('{{停机公告}}'))).rejects.toMatchObject(refused('REFUSED', /停机公告/));
    expect((await nanning.flows.get({ id })).published).toBe(null);
    await publish(nanning, id, into(world.nanning.queue));
    await publish(nanning, id, speaking('{{欢迎词}}'));
    const own = (await nanning.flows.options({ unitId: world.nanning.unit.id })).queues.map((queue) => queue.id);
    expect(own).toEqual([world.nanning.queue, off].filter((queue) => queue !== off));
    await database.db.deleteFrom('queues').where('id', '=', off).execute();
  });

  it('takes no flow that would come back to itself, even when both are published at once', async () => {
    const [a, b] = [await inNanning('甲'), await inNanning('乙')];
    await publish(nanning, a.id, speaking('一'));
    await publish(nanning, b.id, speaking('二'));
    const both = await Promise.allSettled([
      publish(nanning, a.id, through(b.id)),
      publish(nanning, b.id, through(a.id)),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const failed = both.find((each) => each.status === 'rejected');
    expect(failed?.reason).toMatchObject(refused('REFUSED', /循环调用/));
  });

  it('gives new calls the newest version, and test snapshots to nobody', async () => {
    const { flow, dialled } = world.nanning;
    await publish(nanning, flow, speaking('新的'));
    const snapshot = { flow_id: flow, version: -1, graph: JSON.stringify(speaking('试拨')) };
    await database.db.insertInto('flow_versions').values(snapshot).execute();
    expect((await findNumber(database.db, dialled, { inside: false }))?.flow.document).toEqual(speaking('新的'));
    const { rows } = await nanning.flows.versions({ id: flow });
    expect(rows.map(({ version, nodes }) => [version, nodes])).toEqual([
      [2, 2],
      [1, 1],
    ]);
    await expect(nanning.flows.version({ id: flow, version: 3 })).rejects.toMatchObject(refused('NOT_FOUND'));
  });
});

describe('the history', () => {
  it('brings an older version back as a new one, while the draft stays', async () => {
    const { id } = await inNanning();
    await publish(nanning, id, speaking('一'));
    const { revision } = await publish(nanning, id, speaking('二'));
    await nanning.flows.saveDraft({ id, revision, document: speaking('草稿') });
    const restored = await nanning.flows.restore({ id, version: 1, note: '二有误' });
    expect(restored).toMatchObject({ published: { version: 3 }, document: speaking('草稿'), revision: revision + 1 });
    const { rows } = await nanning.flows.versions({ id, limit: 2 });
    expect(rows.map(({ version, restoredFrom, note }) => [version, restoredFrom, note])).toEqual([
      [3, 1, '二有误'],
      [2, null, ''],
    ]);
    expect((await nanning.flows.version({ id, version: 3 })).document).toEqual(speaking('一'));
    expect((await nanning.flows.versions({ id, limit: 2, cursor: '2' })).rows.map((row) => row.version)).toEqual([1]);
    expect((await told(id)).at(-1)).toMatchObject({
      action: 'restored',
      after: { restoredFrom: 1, changes: ['“欢迎词”的播放内容：二 → 一'] },
    });
  });

  it('refuses a version whose queue has gone, in words', async () => {
    const { id } = await inNanning();
    const queue = await addQueue('将被删除');
    await publish(nanning, id, into(queue));
    await expect(nanning.queues.remove({ id: queue })).rejects.toMatchObject(
      refused('IN_USE', /流程“主流程”使用了该技能组/),
    );
    await publish(nanning, id, speaking('一'));
    await nanning.queues.remove({ id: queue });
    const restore = nanning.flows.restore({ id, version: 1 });
    await expect(restore).rejects.toMatchObject(refused('REFUSED', /不能回退到版本 1.*技能组不存在或已停用/));
  });

  it('keeps what is published when the draft is thrown away', async () => {
    const { id } = await inNanning();
    await expect(nanning.flows.discardDraft({ id, revision: 1 })).rejects.toMatchObject(refused('REFUSED', /尚未发布/));
    const { revision } = await publish(nanning, id, speaking('一'));
    const saved = await nanning.flows.saveDraft({ id, revision, document: speaking('二') });
    const after = await nanning.flows.discardDraft({ id, revision: saved.revision });
    expect(after).toMatchObject({ draft: null, document: speaking('一'), revision: saved.revision + 1 });
  });
});

describe('what is in use', () => {
  it('stays: flows that numbers, other flows or their drafts lead to', async () => {
    const remove = nanning.flows.remove({ id: world.nanning.flow });
    await expect(remove).rejects.toMatchObject(refused('IN_USE', /服务号码热线 NNQX7 077112366使用该流程/));
    const [a, b] = [await inNanning('甲'), await inNanning('乙')];
    await nanning.flows.saveDraft({ id: b.id, revision: 1, document: through(a.id) });
    const [summary] = (await nanning.flows.list({ search: '甲' })).rows;
    expect(summary?.usedBy).toEqual({ numbers: [], flows: ['乙'] });
    await expect(nanning.flows.remove({ id: a.id })).rejects.toMatchObject(refused('IN_USE', /流程“乙”使用了该流程/));
    await nanning.flows.remove({ id: b.id });
    await nanning.flows.remove({ id: a.id });
  });

  it('stays: access codes', async () => {
    const { id } = await inNanning();
    const document: FlowDocument = {
      start: 'to',
      nodes: {
        to: {
          ...{ type: 'transfer', config: { accessCodeId: world.liuzhou.accessCode } },
          next: { served: 'end', failed: 'end' },
        },
        end,
      },
    };
    await nanning.flows.saveDraft({ id, revision: 1, document });
    const remove = liuzhou.accessCodes.remove({ id: world.liuzhou.accessCode });
    await expect(remove).rejects.toMatchObject(refused('IN_USE', /流程“主流程”使用了该接入码/));
  });

  it('stays: prompts, unless one of a unit above is heard in their place', async () => {
    const { id } = await inNanning();
    const { unit } = world.nanning;
    const prompt = await nanning.prompts.create({ unitId: unit.id, name: '公告“一”', text: '公告' });
    await publish(nanning, id, speaking('{{公告“一”}}'));
    const at = { id: prompt.id, revision: 1 };
    await expect(nanning.prompts.remove(at)).rejects.toMatchObject(refused('IN_USE', /流程“主流程”使用了该语音/));
    const rename = nanning.prompts.change({ ...at, name: '改名', text: '公告' });
    await expect(rename).rejects.toMatchObject(refused('IN_USE'));
    await province.prompts.create({ unitId: world.province.id, name: '公告“一”', text: '全区公告' });
    await nanning.prompts.remove(at);
    await database.db.deleteFrom('prompts').where('unit_id', '=', world.province.id).execute();
  });
});

describe('a flow for another centre', () => {
  it('keeps what that one may use, finds queues by name, and tells what is missing', async () => {
    const shared = await make(province, world.province.id, '公用');
    await publish(province, shared.id, speaking('一'));
    const [mine, theirs] = [await addQueue('税务咨询'), await addQueue('税务咨询', world.liuzhou.unit.id)];
    const { id } = await inNanning();
    const queue = into(mine).nodes.queue ?? end;
    const document: FlowDocument = {
      start: 'hello',
      nodes: {
        ...speaking('{{停机公告}}').nodes,
        ...{ queue, own: { ...queue, config: { queueId: world.nanning.queue } } },
        ...through(shared.id).nodes,
      },
    };
    await nanning.flows.saveDraft({ id, revision: 1, document });
    const target = { id, unitIds: [world.liuzhou.unit.id], name: '主流程' };
    await expect(nanning.flows.copy(target)).rejects.toMatchObject(refused('NOT_FOUND'));
    const [copy] = await province.flows.copy(target);
    expect(copy?.missing).toEqual(['技能组“咨询 NNQX7”', '语音“停机公告”']);
    const { nodes } = (await liuzhou.flows.get({ id: copy?.flow.id ?? '' })).document;
    expect([nodes.queue?.config, nodes.own?.config, nodes.sub?.config]).toEqual([
      { queueId: theirs },
      {},
      { flowId: shared.id },
    ]);
    await expect(province.flows.copy(target)).rejects.toMatchObject(refused('TAKEN', /LZYF9已有流程“主流程”/));
    await database.db.deleteFrom('queues').where('id', 'in', [mine, theirs]).execute();
  });

  it('goes through a file', async () => {
    const { id } = await inNanning();
    await publish(nanning, id, speaking('一'));
    const file = await nanning.flows.exportFile({ id });
    expect(file.name).toBe('主流程.json');
    const { unit } = world.liuzhou;
    const read = await liuzhou.flows.importFile({ unitId: unit.id, name: '来自南宁', file });
    expect(read).toMatchObject({ document: speaking('一'), published: null, draft: { revision: 1 } });
    const broken = liuzhou.flows.importFile({ unitId: unit.id, name: '坏', file: new File(['{'], 'x.json') });
    await expect(broken).rejects.toMatchObject(refused('BAD_FILE', /不是流程文件/));
  });
});
