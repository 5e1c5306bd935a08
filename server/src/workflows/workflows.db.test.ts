/** Workflows of units: who sees and changes what, which one holds, and that orders begin only with what can be walked. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../platform/ids.ts';
import { seedSmsTemplates } from '../seed/sms-templates.ts';
import type { Api } from '../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { blankDrawing, person, seedWorld, type World } from '../testing/world.ts';

let database: TestDatabase;
let server: ApiServer;
let world: World;
let province: Api;
let nanning: Api;
let liuzhou: Api;
let agent: Api;
beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  server = await startApiServer(database);
  await seedSmsTemplates(database.db, world.province.id);
  const as = async (id: Promise<string>) => (await server.as(await id)).api;
  province = await as(person(database.db, world.province, 'gx-admin', ['centre_admin'], 'subtree'));
  nanning = await as(person(database.db, world.nanning.unit, 'nn-admin', ['centre_admin'], 'subtree'));
  liuzhou = await as(person(database.db, world.liuzhou.unit, 'lz-admin', ['centre_admin'], 'subtree'));
  agent = await as(person(database.db, world.nanning.unit, 'nn-agent', ['agent'], 'own'));
}, 120_000);
afterAll(async () => {
  await server?.close();
  await database?.close();
});
const seeded = () => [world.nanning.workflow, world.liuzhou.workflow];
beforeEach(async () => {
  await database.db.deleteFrom('workflow_versions').where('workflow_id', 'not in', seeded()).execute();
  await database.db.deleteFrom('workflows').where('id', 'not in', seeded()).execute();
});

const refused = (code: string, message = /./) => ({ code, message: expect.stringMatching(message) });
const make = (api: Api, unitId: string, kind: 'complaint' | 'report' = 'complaint') =>
  api.workflows.create({ unitId, kind, name: '投诉流程', template: 'complaint' });
const inNanning = () => make(nanning, world.nanning.unit.id);
const renamed = (name: string) => blankDrawing.replace('name="办理"', `name="${name}"`);
const assigned = (unitId: string) =>
  blankDrawing.replace('{"to":"registering_unit"}', `{"to":"unit","unitId":"${unitId}"}`);

async function publish(api: Api, id: string, drawing: string, note = '') {
  const { revision } = await api.workflows.get({ id });
  const saved = await api.workflows.saveDraft({ id, revision, drawing });
  return api.workflows.publish({ id, revision: saved.revision, note });
}
const told = (id: string) =>
  database.db.selectFrom('audit_log').select(['action', 'after']).where('subject_id', '=', id).orderBy('id').execute();

describe('the workflows of a unit', () => {
  it('are seen by those below, who cannot change them, and by nobody beside', async () => {
    const top = await make(province, world.province.id);
    const own = await inNanning();
    const { rows } = await nanning.workflows.list({});
    expect(rows.map(({ id, can }) => [id, can.change])).toEqual([
      [top.id, false],
      [world.nanning.workflow, true],
      [own.id, true],
    ]);
    expect((await liuzhou.workflows.list({})).rows.map(({ id }) => id)).toEqual([top.id, world.liuzhou.workflow]);
    await expect(liuzhou.workflows.get({ id: own.id })).rejects.toMatchObject(refused('NOT_FOUND'));
    const draft = { id: top.id, revision: 1, drawing: blankDrawing };
    await expect(nanning.workflows.saveDraft(draft)).rejects.toMatchObject(refused('NOT_FOUND'));
    await expect(agent.workflows.list({})).rejects.toMatchObject(refused('FORBIDDEN'));
    await expect(make(nanning, world.liuzhou.unit.id)).rejects.toMatchObject(refused('NOT_FOUND'));
  });

  it('are one of a kind, until it is removed; and come in pages', async () => {
    const { id } = await inNanning();
    await expect(inNanning()).rejects.toMatchObject(refused('TAKEN', /已有该类型/));
    const first = await nanning.workflows.list({ limit: 1 });
    const rest = await nanning.workflows.list({ limit: 5, cursor: first.nextCursor ?? '' });
    expect([...first.rows, ...rest.rows].map(({ kind }) => kind)).toEqual(['consultation', 'complaint']);
    expect((await nanning.workflows.list({ kind: 'complaint' })).rows).toHaveLength(1);
    await nanning.workflows.remove({ id });
    await expect(nanning.workflows.get({ id })).rejects.toMatchObject(refused('NOT_FOUND'));
    await inNanning();
  });

  it('begin with templates that can be published as they are', async () => {
    for (const { id: template } of await nanning.workflows.templates()) {
      const made = { unitId: world.nanning.unit.id, kind: 'inquiry', name: template, template } as const;
      const { id, revision } = await nanning.workflows.create(made);
      expect(await nanning.workflows.check({ id })).toEqual({ faults: [] });
      await nanning.workflows.publish({ id, revision });
      await nanning.workflows.remove({ id });
    }
  });

  it('hold for the units below that have published none of the kind', async () => {
    const holds = async (api: Api, unitId: string) =>
      (await api.workflows.inForce({ unitId })).find(({ kind }) => kind === 'complaint')?.workflow?.id ?? null;
    const { nanning: city } = world;
    expect(await holds(nanning, city.district.id)).toBeNull();
    const top = await make(province, world.province.id);
    expect(await holds(nanning, city.district.id)).toBeNull();
    await province.workflows.publish({ id: top.id, revision: top.revision });
    expect(await holds(nanning, city.district.id)).toBe(top.id);
    const own = await inNanning();
    expect(await holds(nanning, city.district.id)).toBe(top.id);
    await nanning.workflows.publish({ id: own.id, revision: own.revision });
    expect(await holds(nanning, city.district.id)).toBe(own.id);
    expect(await holds(liuzhou, world.liuzhou.unit.id)).toBe(top.id);
    await nanning.workflows.remove({ id: own.id });
    expect(await holds(nanning, city.district.id)).toBe(top.id);
    await expect(holds(liuzhou, city.district.id)).rejects.toMatchObject(refused('NOT_FOUND'));
  });
});

describe('drafts and versions', () => {
  it('show who has the drawing open', async () => {
    const { id } = await inNanning();
    const [mine, theirs] = [newId(), newId()];
    await nanning.workflows.presence({ id, client: mine });
    expect(await province.workflows.presence({ id, client: theirs })).toMatchObject({
      editors: [{ mine: false }, { mine: true }],
      ...{ revision: 1, draftBy: expect.any(String) },
    });
    await province.workflows.presence({ id, client: theirs, leaving: true });
    expect((await nanning.workflows.presence({ id, client: mine })).editors).toMatchObject([{ mine: true }]);
    await expect(liuzhou.workflows.presence({ id, client: theirs })).rejects.toMatchObject(refused('NOT_FOUND'));
    await database.db.deleteFrom('workflow_editors').execute();
  });

  it('of two saves of one revision the second is refused', async () => {
    const { id } = await inNanning();
    const saves = ['甲', '乙', '丙'].map((name) =>
      nanning.workflows.saveDraft({ id, revision: 1, drawing: renamed(name) }),
    );
    const done = (await Promise.allSettled(saves)).map(({ status }) => status);
    expect(done.filter((status) => status === 'fulfilled')).toHaveLength(1);
    await expect(nanning.workflows.publish({ id, revision: 1 })).rejects.toMatchObject(
      refused('CHANGED', /已被“.+”修改/),
    );
  });

  it('nothing is published that orders cannot walk by, nor given to a unit that is gone', async () => {
    const { id } = await inNanning();
    const save = async (drawing: string) => {
      const { revision } = await nanning.workflows.get({ id });
      return (await nanning.workflows.saveDraft({ id, revision, drawing })).revision;
    };
    let revision = await save(renamed(''));
    expect(await nanning.workflows.check({ id })).toEqual({
      faults: [{ element: 'handle', name: '办理环节', message: '请填写环节名称' }],
    });
    await expect(nanning.workflows.publish({ id, revision })).rejects.toMatchObject(
      refused('REFUSED', /办理环节请填写环节名称/),
    );
    revision = await save(assigned(newId()));
    await expect(nanning.workflows.publish({ id, revision })).rejects.toMatchObject(
      refused('REFUSED', /“办理”办理单位已停用/),
    );
    revision = await save(assigned(world.nanning.district.id));
    expect(await nanning.workflows.publish({ id, revision, note: '首版' })).toMatchObject({
      ...{ published: { version: 1 }, draft: null },
    });
    await expect(nanning.workflows.publish({ id, revision: revision + 1 })).rejects.toMatchObject(refused('REFUSED'));
    expect((await told(id)).map(({ action }) => action)).toEqual(['created', 'published']);
  });

  it('nothing is published that sends a message nobody wrote, or goes to a desk that is none; the node is named', async () => {
    const { id, drawing } = await inNanning();
    const trying = async (faulty: string) => {
      const { revision } = await nanning.workflows.get({ id });
      const saved = await nanning.workflows.saveDraft({ id, revision, drawing: faulty });
      return nanning.workflows.publish({ id, revision: saved.revision });
    };
    await expect(trying(drawing.replace('"template":"answered"', '"template":"gone"'))).rejects.toMatchObject(
      refused('REFUSED', /有 1 处错误：“答复通知”没有启用的短信模板“gone”/),
    );
    await expect(trying(drawing.replace('"desk":"complaint"', '"desk":"nobody"'))).rejects.toMatchObject(
      refused('REFUSED', /“受理审查”办理人：没有该岗位/),
    );
    await expect(trying(drawing.replace('"node":"handle"', '"node":"gone"'))).rejects.toMatchObject(
      refused('REFUSED', /“重办”办理人：所选环节已不存在/),
    );
    expect(await trying(drawing)).toMatchObject({ published: { version: 1 } });
  });

  it('an older version comes back as a new one, and a draft is given up', async () => {
    const { id } = await inNanning();
    await expect(nanning.workflows.discardDraft({ id, revision: 1 })).rejects.toMatchObject(refused('REFUSED'));
    await publish(nanning, id, renamed('一'), '首版');
    await publish(nanning, id, renamed('二'));
    const restored = await nanning.workflows.restore({ id, version: 1, note: '改回' });
    expect(restored.drawing).toBe(renamed('一'));
    const { rows } = await nanning.workflows.versions({ id });
    expect(rows.map(({ version, note, restoredFrom }) => [version, note, restoredFrom])).toEqual([
      [3, '改回', 1],
      [2, '', null],
      [1, '首版', null],
    ]);
    expect((await nanning.workflows.version({ id, version: 2 })).drawing).toBe(renamed('二'));
    const saved = await nanning.workflows.saveDraft({ id, revision: restored.revision, drawing: '<x/>' });
    expect((await nanning.workflows.get({ id })).drawing).toBe('<x/>');
    expect((await nanning.workflows.discardDraft({ id, revision: saved.revision })).drawing).toBe(renamed('一'));
    expect((await told(id)).map(({ action }) => action)).toEqual([
      ...['created', 'published', 'published', 'restored', 'removed'],
    ]);
  });
});

describe('copies and files', () => {
  it('leave open what belongs to units that the other centre does not lie under', async () => {
    const { id } = await make(province, world.province.id);
    const to = { id, unitIds: [world.nanning.unit.id], name: '副本' };
    await publish(province, id, assigned(world.province.id));
    const [kept] = await province.workflows.copy(to);
    expect(kept?.open).toEqual([]);
    await province.workflows.remove({ id: kept?.workflow.id ?? '' });
    await publish(province, id, assigned(world.liuzhou.unit.id));
    const [copy] = await province.workflows.copy(to);
    expect(copy).toMatchObject({ open: ['办理'], workflow: { kind: 'complaint', published: null } });
    const { faults } = await nanning.workflows.check({ id: copy?.workflow.id ?? '' });
    expect(faults).toEqual([{ element: 'handle', name: '“办理”', message: expect.stringContaining('请选择单位') }]);
    await expect(province.workflows.copy(to)).rejects.toMatchObject(refused('TAKEN', /已有该类型/));
  });

  it('go out as .bpmn and come back as a draft; what cannot be drawn is refused', async () => {
    const { id } = await inNanning();
    const file = await nanning.workflows.exportFile({ id });
    expect(file.name).toBe('投诉流程.bpmn');
    const load = (content: string) =>
      nanning.workflows.importFile({
        ...{ unitId: world.nanning.unit.id, kind: 'report', name: '导入的' },
        file: new File([content], 'x.bpmn'),
      });
    const text = await file.text();
    expect(await load(text)).toMatchObject({ drawing: text, draft: { revision: 1 } });
    await expect(load('<html/>')).rejects.toMatchObject(refused('BAD_FILE', /不是有效的 BPMN/));
    await expect(load(text.replace('承办', '\0'))).rejects.toMatchObject(refused('BAD_FILE'));
    const undrawn = text.replace(/<bpmndi:BPMNDiagram[\s\S]*<\/bpmndi:BPMNDiagram>/, '');
    await expect(load(undrawn)).rejects.toMatchObject(refused('BAD_FILE', /没有图形信息/));
  });
});
