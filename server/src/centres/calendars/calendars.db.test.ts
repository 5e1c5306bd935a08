import type { OpenHours } from '@rexian/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Api } from '../../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../../testing/database.ts';
import { person, seedWorld, type World } from '../../testing/world.ts';

let database: TestDatabase;
let server: ApiServer;
let world: World;
let nanning: Api;
let province: Api;
let clerk: Api;
beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  server = await startApiServer(database);
  const as = async (id: Promise<string>) => (await server.as(await id)).api;
  nanning = await as(person(database.db, world.nanning.unit, 'nn-admin', ['centre_admin'], 'subtree'));
  province = await as(person(database.db, world.province, 'gx-admin', ['centre_admin'], 'subtree'));
  clerk = await as(person(database.db, world.nanning.district, 'd1-admin', ['centre_admin'], 'subtree'));
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});
beforeEach(() => database.db.deleteFrom('calendars').execute());

const office: OpenHours = [{ from: '09:00', to: '17:30' }];
type Week = [OpenHours, OpenHours, OpenHours, OpenHours, OpenHours, OpenHours, OpenHours];
const week: Week = [office, office, office, office, office, [], []];
const facts = { name: '工作日', week, holidays: true, specialDays: [] };
const noon = new Date('2026-10-09T12:00:00+08:00');
const night = new Date('2026-10-09T22:00:00+08:00');

describe('the calendar that holds for a unit', () => {
  it('is its own, or the nearest above, or none: then it is always open', async () => {
    const at = { unitId: world.nanning.district.id, at: night };
    expect(await nanning.calendars.preview(at)).toMatchObject({ open: true, calendar: null, changesAt: null });
    await province.calendars.create({ ...facts, name: '全区', unitId: world.province.id });
    expect(await nanning.calendars.preview(at)).toMatchObject({ open: false, calendar: { name: '全区' } });
    await nanning.calendars.create({ ...facts, name: '南宁', unitId: world.nanning.unit.id });
    expect(await nanning.calendars.preview({ ...at, at: noon })).toMatchObject({
      open: true,
      day: { kind: 'week', name: '星期五' },
      changesAt: new Date('2026-10-09T17:30:00+08:00'),
      calendar: { name: '南宁', unit: { id: world.nanning.unit.id } },
      holidaysKnown: true,
    });
    expect((await nanning.calendars.preview({ ...at, at: new Date('2150-01-01T00:00:00Z') })).holidaysKnown).toBe(
      false,
    );
  });

  it('is seen by those below, who cannot change it', async () => {
    const made = await nanning.calendars.create({ ...facts, unitId: world.nanning.unit.id });
    expect(await clerk.calendars.list()).toMatchObject([{ id: made.id, can: { change: false } }]);
    expect(await nanning.calendars.list()).toMatchObject([{ id: made.id, can: { change: true } }]);
    await expect(clerk.calendars.change({ ...facts, id: made.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(clerk.calendars.remove({ id: made.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a unit', () => {
  it('has one calendar, however many are made at once', async () => {
    const made = await Promise.allSettled(
      Array.from({ length: 4 }, () => nanning.calendars.create({ ...facts, unitId: world.nanning.unit.id })),
    );
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const each of made) if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'TAKEN' });
  });
});

describe('a change', () => {
  it('sorts special days, refuses one that is there twice, and leaves what differs in the audit log', async () => {
    const made = await nanning.calendars.create({ ...facts, unitId: world.nanning.unit.id });
    const day = (date: string) => ({ date, name: '三月三', hours: [] });
    const twice = { ...facts, id: made.id, specialDays: [day('2026-04-20'), day('2026-04-20')] };
    await expect(nanning.calendars.change(twice)).rejects.toMatchObject({ code: 'BAD_REQUEST', message: /2026-04-20/ });
    const specialDays = [day('2026-04-20'), day('2026-04-17')];
    const changed = await nanning.calendars.change({ ...facts, id: made.id, specialDays });
    expect(changed.specialDays.map(({ date }) => date)).toEqual(['2026-04-17', '2026-04-20']);
    await nanning.calendars.change({ ...facts, id: made.id, specialDays });
    await nanning.calendars.remove({ id: made.id });
    const log = await database.owner.db
      .selectFrom('audit_log')
      .selectAll()
      .where('subject_id', '=', made.id)
      .orderBy('id')
      .execute();
    expect(log.map(({ action }) => action)).toEqual(['created', 'changed', 'removed']);
    expect(Object.keys(log[1]?.after ?? {})).toEqual(['specialDays']);
  });
});

describe('a month', () => {
  it('is told as saved, or as it would be with unsaved changes', async () => {
    await nanning.calendars.create({ ...facts, unitId: world.nanning.unit.id });
    const month = { unitId: world.nanning.district.id, month: '2026-10' };
    const { days, holidaysKnown } = await nanning.calendars.month(month);
    expect(days).toHaveLength(31);
    expect(holidaysKnown).toBe(true);
    expect(days[0]).toEqual({ date: '2026-10-01', hours: [], kind: 'holiday', name: '国庆节' });
    expect(days[9]).toMatchObject({ kind: 'exchanged', hours: office });
    const draft = { week, holidays: false, specialDays: [] };
    expect((await nanning.calendars.month({ ...month, draft })).days[0]).toMatchObject({ kind: 'week', hours: office });
  });
});
