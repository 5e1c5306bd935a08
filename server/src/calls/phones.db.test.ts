/** What Asterisk has of phones while several change at once: against a stand-in that keeps objects as ARI's dynamic configuration does. */
import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Ari, AriUnavailable } from '../engines/asterisk/ari.ts';
import { silent, type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { seedWorld } from '../testing/world.ts';
import { Phones } from './phones.ts';

let database: TestDatabase;
let unitId: string;
beforeAll(async () => {
  database = await testDatabase();
  unitId = (await seedWorld(database.db, testVault)).province.id;
}, 60_000);
afterAll(() => database?.close());

type Fields = { attribute: string; value: string }[];
type Params = { objectType: string; id: string; fields: Fields };

/** Answers after a while, as a busy Asterisk does. */
class Engine extends EventEmitter {
  readonly app = 'rexian';
  /** By kind and name. */
  readonly objects = new Map<string, Fields>();
  /** Called before each request. */
  before: (operation: string) => void = () => undefined;

  async request(operation: string, { objectType, id, fields }: Params): Promise<unknown> {
    this.before(operation);
    await sleep(2);
    const key = `${objectType} ${id}`;
    if (operation === 'asterisk.updateObject') this.objects.set(key, fields);
    if (operation === 'asterisk.deleteObject') this.objects.delete(key);
    if (operation === 'asterisk.getObject') return this.objects.get(key) ?? null;
    if (operation === 'endpoints.listByTech')
      return [...this.objects.keys()]
        .filter((each) => each.startsWith('endpoint '))
        .map((each) => ({ resource: each.slice('endpoint '.length), state: 'offline' }));
    return null;
  }
  attempt = this.request;

  passwordOf(name: string): string | undefined {
    if (!this.objects.has(`endpoint ${name}`)) return undefined;
    return this.objects.get(`auth ${name}`)?.find(({ attribute }) => attribute === 'password')?.value;
  }
}

let engine: Engine;
let phones: Phones;
beforeEach(() => {
  engine = new Engine();
  const { db } = database;
  const ari = engine as unknown as Ari;
  phones = new Phones({ db, ari, log: silent, vault: testVault, secret: 'secret', onLost: () => undefined });
});

async function made(name: string, password = 'first'): Promise<void> {
  const row = { id: crypto.randomUUID(), unit_id: unitId, name, label: name, person_id: null };
  const password_sealed = testVault.seal('sip_password', password);
  await database.db
    .insertInto('devices')
    .values({ ...row, password_sealed })
    .execute();
}

it('are there as they were made last, though all are pushed meanwhile', async () => {
  const { db } = database;
  for (const name of ['sip-removed', 'sip-changed', 'sip-kept']) await made(name);
  await phones.pushAll();
  const all = phones.pushAll();
  // It has read what there is.
  await new Promise<void>((resolve) => {
    engine.before = () => resolve();
  });
  await made('sip-new');
  await db.deleteFrom('devices').where('name', '=', 'sip-removed').execute();
  const password_sealed = testVault.seal('sip_password', 'second');
  await db.updateTable('devices').set({ password_sealed }).where('name', '=', 'sip-changed').execute();
  await Promise.all([all, ...['sip-new', 'sip-removed', 'sip-changed'].map((name) => phones.deviceChanged(name))]);
  expect(engine.passwordOf('sip-new')).toBe('first');
  expect(engine.passwordOf('sip-changed')).toBe('second');
  expect(engine.passwordOf('sip-kept')).toBe('first');
  expect(engine.passwordOf('sip-removed')).toBeUndefined();
}, 30_000);

it('are pushed later where Asterisk did not answer', async () => {
  await phones.pushAll();
  await made('sip-late');
  engine.before = () => {
    throw new AriUnavailable('no answer');
  };
  await phones.deviceChanged('sip-late');
  engine.before = () => undefined;
  await phones.look();
  expect(engine.passwordOf('sip-late')).toBe('first');
}, 30_000);

it('are pushed once Asterisk is back, whatever failed before, and changes go on', async () => {
  await made('sip-back');
  engine.before = () => {
    throw new AriUnavailable('no answer');
  };
  await phones.deviceChanged('sip-back');
  await expect(phones.pushAll()).rejects.toThrow('no answer');
  engine.before = () => undefined;
  await phones.pushAll();
  expect(engine.passwordOf('sip-back')).toBe('first');
  await made('sip-after');
  await phones.deviceChanged('sip-after');
  expect(engine.passwordOf('sip-after')).toBe('first');
}, 10_000);
