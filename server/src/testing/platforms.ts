/** Two installations, each with a database, a server and a centre that works, over a wire that can be cut and that repeats itself. */
import { rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Registration, WorkOrderKind } from '@rexian/contracts';
import { drawing } from '@rexian/workflows/testing.ts';
import { sql } from 'kysely';
import { Lookup } from '../engines/lookup/lookup.ts';
import { partnersDue } from '../partners/due.ts';
import { type Fetching, fetchFrom } from '../partners/fetch.ts';
import { type Sending, sendTo } from '../partners/send.ts';
import { SIGNATURE_HEADER, TIME_HEADER } from '../partners/signature.ts';
import { newId } from '../platform/ids.ts';
import { diskStorage } from '../platform/storage.ts';
import { OrderSteps } from '../work-orders/steps/steps.ts';
import { templateDrawing } from '../workflows/service.ts';
import type { Api, ApiClient } from './api-client.ts';
import { type ApiServer, startApiServer } from './api-server.ts';
import { silent, type TestDatabase, testDatabase, testVault } from './database.ts';
import { person, seedWorld, type World, type WorldUnit } from './world.ts';

/** An installation with one centre that works. */
export interface Place {
  database: TestDatabase;
  server: ApiServer;
  world: World;
  wire: Wire;
  unit: WorldUnit;
  system: Api;
  admin: Api;
  handler: Api;
  /** To upload as. */
  adminClient: ApiClient;
  handlerClient: ApiClient;
  storageDir: string;
  /** The other one, as it is known here. */
  partner: string;
  fetching: Fetching;
  /** Whatever waits for its next attempt is due by then, each time. */
  send(): Promise<number>;
  fetch(): Promise<number>;
  close(): Promise<void>;
}

/** What lies between: passes on what comes to `url`. */
export interface Wire {
  url: string;
  cut: boolean;
  repeats: boolean;
  /** Breaks off after so many bytes of a file. */
  filesUntil: number | null;
  /** What of a file becomes of it on the way. */
  spoils(content: Buffer): Buffer;
  /** Bodies that came through, with their headers. */
  seen: { path: string; body: string; headers: Record<string, string> }[];
  close(): void;
}

/** All that is due, to each platform beside the others; how many messages were taken. */
export const sendAll = (sending: Sending, now: Date): Promise<number> =>
  eachOf(partnersDue(sending.db, 'partner_outbox', now), (id) => sendTo(sending, id, now));
export const fetchAll = (fetching: Fetching, now: Date): Promise<number> =>
  eachOf(partnersDue(fetching.db, 'partner_files', now), (id) => fetchFrom(fetching, id, now));

async function eachOf(ids: Promise<string[]>, work: (id: string) => Promise<number>): Promise<number> {
  const counts = await Promise.all((await ids).map(work));
  return counts.reduce((sum, count) => sum + count, 0);
}

async function wireTo(target: () => string): Promise<Wire> {
  const wire: Wire = {
    ...{ url: '', cut: false, repeats: false, filesUntil: null, seen: [] },
    spoils: (content) => content,
    close: () => server.closeAllConnections(),
  };
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => void passOn(wire, target(), request, body, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  wire.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return wire;
}

async function passOn(wire: Wire, target: string, request: IncomingMessage, body: string, response: ServerResponse) {
  if (wire.cut) return void response.destroy();
  const { method = '', url: path = '' } = request;
  const names = ['authorization', TIME_HEADER, SIGNATURE_HEADER, ...(method === 'POST' ? ['content-type'] : [])];
  const headers = Object.fromEntries(names.map((name) => [name, String(request.headers[name])]));
  wire.seen.push({ path, body, headers });
  const pass = () => fetch(`${target}${path}`, { method, headers, ...(method === 'POST' ? { body } : {}) });
  if (wire.repeats) await (await pass()).bytes();
  const answer = await pass();
  const content = Buffer.from(await answer.bytes());
  const told = method === 'GET' && answer.ok ? wire.spoils(content) : content;
  response.writeHead(answer.status, {
    'content-type': answer.headers.get('content-type') ?? '',
    'content-length': told.length,
  });
  if (method === 'POST' || wire.filesUntil === null) return void response.end(told);
  response.write(told.subarray(0, wire.filesUntil), () => response.destroy());
}

const hours = { passed: 0 };

/** Each knows the other: 南宁平台 and 柳州平台. */
export async function twoPlaces(): Promise<{ here: Place; there: Place; lookup: Lookup }> {
  const lookup = new Lookup({ inside: ['127.0.0.0/8'] });
  const here: Place = await place(lookup, () => there.server.url);
  const there: Place = await place(lookup, () => here.server.url);
  const [ours, theirs] = [await partnerAt(here, '柳州平台'), await partnerAt(there, '南宁平台')];
  await knows(here, ours, theirs);
  await knows(there, theirs, ours);
  return { here, there, lookup };
}

async function place(lookup: Lookup, other: () => string): Promise<Place> {
  const database = await testDatabase();
  const world = await seedWorld(database.db, testVault);
  const storageDir = join(tmpdir(), `rexian-platforms-${newId()}`);
  const server = await startApiServer(database, { PARTNER_NETWORKS: '127.0.0.0/8', STORAGE_DIR: storageDir });
  const { unit, district } = world.nanning;
  await sql`delete from workflow_versions`.execute(database.db);
  await sql`delete from workflows`.execute(database.db);
  const { db } = database;
  const system = await server.as(await person(db, unit, 'system', ['system_admin'], 'subtree'));
  const adminClient = await server.as(await person(db, unit, 'admin', ['centre_admin'], 'subtree'));
  const handlerClient = await server.as(await person(db, district, 'handler', ['handler'], 'unit'));
  const wire = await wireTo(other);
  const fetching = {
    ...{ db, vault: testVault, lookup, log: silent, storage: diskStorage(storageDir) },
    steps: new OrderSteps(db, testVault),
  };
  const later = () => new Date(Date.now() + ++hours.passed * 3_600_000);
  return {
    ...{ database, server, world, unit, wire, partner: '', storageDir, fetching, adminClient, handlerClient },
    ...{ system: system.api, admin: adminClient.api, handler: handlerClient.api },
    send: () => sendAll(fetching, later()),
    fetch: () => fetchAll(fetching, later()),
    async close() {
      wire.close();
      await server.close();
      await database.close();
      rmSync(storageDir, { recursive: true, force: true });
    },
  };
}

async function partnerAt(at: Place, name: string) {
  const { partner, key, secret } = await at.system.partners.create({
    ...{ name, kind: 'rexian', unitId: at.unit.id, address: at.wire.url, deadlineSeconds: 5, enabled: true },
  });
  at.partner = partner.id;
  return { id: partner.id, name, key, secret };
}
type Made = Awaited<ReturnType<typeof partnerAt>>;
/** Each has what the other gave. */
const knows = (at: Place, { id, name }: Made, { key: theirKey, secret: theirSecret }: Made) =>
  at.system.partners.change({
    ...{ id, name, address: at.wire.url, theirKey, theirSecret, deadlineSeconds: 5, enabled: true },
  });

export async function publishAt({ database, unit }: Place, kind: WorkOrderKind, xml: string): Promise<void> {
  const id = newId();
  await database.db.insertInto('workflows').values({ id, unit_id: unit.id, kind, name: kind }).execute();
  await database.db
    .insertInto('workflow_versions')
    .values({ workflow_id: id, version: 1, drawing: xml, published_by: 'x' })
    .execute();
}

/** Of the ready workflow of the kind. */
export const publishTemplateAt = async (at: Place, kind: WorkOrderKind): Promise<void> =>
  publishAt(at, kind, await templateDrawing(kind));

/** Dispatched, pushed, waited for, reviewed; not good enough: pushed once more. */
export const publishPushAt = (at: Place, kind: WorkOrderKind): Promise<void> =>
  publishAt(
    at,
    kind,
    drawing(
      [
        { kind: 'startEvent', id: 'start' },
        { kind: 'userTask', id: 'dispatch', settings: { assign: { to: 'registering_unit' } } },
        { kind: 'serviceTask', id: 'push', settings: { do: 'push', partnerId: at.partner } },
        {
          kind: 'receiveTask',
          id: 'wait',
          settings: { for: 'result', due: { normal: { amount: 5, unit: 'days', working: false } } },
        },
        {
          kind: 'userTask',
          id: 'review',
          settings: { assign: { to: 'registering_unit' }, outcomes: ['通过', '二次办理'] },
        },
        { kind: 'exclusiveGateway', id: 'good', fallback: 'yes' },
        { kind: 'endEvent', id: 'end' },
      ],
      [
        ['a', 'start', 'dispatch'],
        ['b', 'dispatch', 'push'],
        ['c', 'push', 'wait'],
        ['d', 'wait', 'review'],
        ['e', 'review', 'good'],
        ['yes', 'good', 'end'],
        ['no', 'good', 'push', 'outcome == "二次办理"'],
      ],
    ),
  );

export const registrationAt = ({ unit }: Place, more: Partial<Registration>): Registration => ({
  ...{ unitId: unit.id, kind: 'suggestion', source: 'letter', categoryId: null, urgency: 'normal', contactId: null },
  ...{ callerNumber: '13800001234', callerName: '韦兰', anonymous: false, region: '南宁', taxNumber: '', taxName: '' },
  ...{ title: '', content: '', answer: '', tags: [], fields: {}, fileIds: [], occurredAt: null, reference: '' },
  ...{ parentId: null, ...more },
});

/** Does what the viewer has to do in the order, the first of it. */
export async function done(api: Api, id: string, more: Partial<Parameters<Api['orderSteps']['complete']>[0]> = {}) {
  const [task] = (await api.orders.get({ id })).open;
  if (!task) throw new Error('nothing to do for the viewer');
  const { order } = await api.orderSteps.complete({
    ...{ id, taskId: task.id, outcome: task.outcomes[0] ?? '', opinion: '好', ...more },
  });
  return order;
}

/** The order that came from `id`, over there. */
export async function counterpart(from: Place, to: Place, id: string): Promise<string> {
  const { rows: links } = await sql<{ exchange: string }>`select exchange from partner_orders where order_id = ${id}
    and direction = 'out' order by id desc limit 1`.execute(from.database.db);
  const { rows } = await sql<{ id: string }>`select order_id as id from partner_orders
    where exchange = ${links[0]?.exchange} order by id desc limit 1`.execute(to.database.db);
  if (!rows[0]) throw new Error('it has not come');
  return rows[0].id;
}
