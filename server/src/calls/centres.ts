/**
 * Calls that go on at another centre. Inside the platform the caller stays on their channel, and the receiving centre gets a contact of its
 * own in the same moment as the sender's ends; at another platform (`remoteOf`) they are talked to through a trunk.
 */
import type { ContactOrigin } from '@rexian/contracts';
import { sql } from 'kysely';
import { type Centre, centreOfUnit, codesFrom, type OpenCode, openCode } from '../centres/access-codes/codes.ts';
import { admission } from '../centres/lists/admission.ts';
import { ANONYMOUS, sealNumber } from '../contacts/caller-number.ts';
import { appendEvents, endContact, moveContact, openContact } from '../contacts/ledger.ts';
import type { Db, Queryable } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import { enterQueue } from '../queues/placement.ts';
import type { CallContext } from './context.ts';
import { graphOf } from './graphs.ts';
import { type Leg, legEvent } from './legs.ts';
import { PartRefused } from './parts.ts';
import { peerHeaders } from './peer.ts';
import type { CallStart } from './start.ts';
import { trunkEndpoint } from './trunk.ts';

/** What callers of the white list have ahead of the others in a queue. */
export const PREFERRED_PRIORITY = 10;

/** The codes that a unit's centre may send calls to. `db` sees everything. */
export const centresFor = (db: Db, { unitId }: { unitId: string }) => codesFrom(db, unitId);

/** Id of the code that was typed where a number could stand, when calls may be sent to it from the unit; null: it is none. */
export async function centreOfCode(db: Db, { unitId, code }: { unitId: string; code: string }): Promise<string | null> {
  const sender = await centreOfUnit(db, unitId);
  return (await openCode(db, { code }, sender.path))?.id ?? null;
}

type NumberCode = OpenCode & { to: { kind: 'number' } };

/** A hand-over (hand-over.ts) to another centre. */
export interface CentreHandOver {
  commit(trx: Queryable): Promise<void>;
  next: { stage: 'call'; start: CallStart };
}

/** Who sends a call on. */
interface Sender {
  centre: Centre;
  personId: string | null;
  name: string;
}

/**
 * Hands the caller to another centre of the platform. `by` null: the queue itself does. Throws PartRefused with the reason, in Chinese.
 */
export async function handOverToCentre(
  call: CallContext,
  accessCodeId: string,
  note: string,
  by: Leg | null,
): Promise<CentreHandOver> {
  const { db, unitId } = call;
  const sender = await senderOf(db, unitId, by);
  const code = await codeFor(db, accessCodeId, sender.centre);
  if (code.to.kind === 'platform') throw new PartRefused('该接入码通向其他平台，只能由坐席转接');
  const at = new Date();
  const start = startOf(call, code as NumberCode);
  return {
    commit: (trx) => goOnThere(trx, { call, code: code as NumberCode, sender, note, by, start, at }),
    next: { stage: 'call', start },
  };
}

async function codeFor(db: Db, id: string, sender: Centre): Promise<OpenCode> {
  const code = await openCode(db, { id }, sender.path);
  if (!code) throw new PartRefused('对方中心不接收本中心的转接，或接入码已停用');
  return code;
}

async function senderOf(db: Db, unitId: string, by: Leg | null): Promise<Sender> {
  const personId = by?.personId ?? null;
  const centre = await centreOfUnit(db, unitId);
  if (!personId) return { centre, personId, name: '' };
  const person = await db.selectFrom('people').select('name').where('id', '=', personId).executeTakeFirst();
  return { centre, personId, name: person?.name ?? '' };
}

const originOf = ({ centre }: Sender): Extract<ContactOrigin, 'province_transfer' | 'city_transfer'> =>
  centre.top ? 'province_transfer' : 'city_transfer';

/** A code that names a queue spares the caller the number's menu. */
function startOf(call: CallContext, { to: { number, queueId } }: NumberCode): CallStart {
  return {
    contactId: newId(),
    direction: 'inbound',
    unitId: number.unitId,
    channelId: call.caller.channelId,
    callerNumber: call.callerNumber,
    graph: graphOf(number.flow),
    refusal: null,
    answered: true,
    ...(queueId ? { resume: { node: null, room: { in: 'queue', resume: { state: 'queued' } }, talked: false } } : {}),
  };
}

interface Going {
  call: CallContext;
  code: NumberCode;
  sender: Sender;
  note: string;
  by: Leg | null;
  start: CallStart;
  at: Date;
}

/** Ends the sender's contact and opens the receiver's: both, or neither. */
async function goOnThere(trx: Queryable, going: Going): Promise<void> {
  const { call, code, sender, note, by, start, at } = going;
  const { contactId, vault } = call;
  const { to } = code;
  const event = { to: { kind: 'centre', name: code.name }, note };
  const told = by ? legEvent('transferred', by, at, event) : { type: 'transferred' as const, at, data: event };
  const before = await sql<{ external_id: string; source: string; chain: string }>`
    update contacts set chain_id = coalesce(chain_id, id) where id = ${contactId} and state <> 'ended'
    returning external_id, source, chain_id as chain`.execute(trx);
  const [previous] = before.rows;
  if (!previous) throw new PartRefused('来电人已挂机');
  await appendEvents(trx, contactId, [told]);
  await endContact(trx, { contactId, at, reason: 'transferred', by: by ? 'agent' : 'system' });
  const caller = sealNumber(vault, call.callerNumber);
  const priority = await priorityAt(trx, going);
  const opened = await openContact(trx, {
    id: start.contactId,
    unitId: start.unitId,
    source: previous.source,
    externalId: nextExternalId(previous.external_id),
    channelId: start.channelId,
    caller,
    calledNumber: to.number.number,
    calledName: to.number.name,
    accessCode: code.code,
    flow: { id: to.number.flow.id, version: to.number.flow.version },
    priority,
    sent: {
      origin: originOf(sender),
      chainId: previous.chain,
      previousId: contactId,
      unitId: sender.centre.id,
      unitName: sender.centre.name,
      personId: sender.personId,
      personName: sender.name,
      note,
      remoteReference: null,
    },
    arrivedAt: at,
  });
  if (!opened) throw new Error(`contact ${contactId} has gone on before`);
  await moveContact(trx, {
    contactId: start.contactId,
    from: ['arrived'],
    to: 'in_flow',
    at,
    set: { answered_at: at },
  });
  if (to.queueId) await waitThere(trx, going, to.queueId);
}

/** Straight into the code's queue; rules may give priority, or agents of their own. */
async function waitThere(trx: Queryable, { call, start, at }: Going, queueId: string): Promise<void> {
  const entry = { contactId: start.contactId, queueId, from: ['in_flow'] as const, at };
  if ((await enterQueue(trx, call.vault, entry)) !== 'queued') throw new PartRefused('对方中心排队已满');
}

/** The receiver's white list counts as if they had called there. An agent who sends a caller on has judged them: no black list does. */
async function priorityAt(trx: Queryable, { call, start }: Going): Promise<number> {
  if (call.callerNumber === ANONYMOUS) return 0;
  const admitted = await admission(trx, call.vault, start.unitId, call.callerNumber);
  return admitted === 'preferred' ? PREFERRED_PRIORITY : 0;
}

/** One call of the engine has as many contacts as centres: `rexian:1763.4`, `rexian:1763.4#2`, … */
export function nextExternalId(externalId: string): string {
  const [, base = externalId, serial = '1'] = /^(.*?)(?:#(\d+))?$/.exec(externalId) ?? [];
  return `${base}#${Number(serial) + 1}`;
}

/** How a caller is handed to another platform: a part of its own in our contact, called through the trunk. */
export interface Remote {
  /** What people know it as. */
  name: string;
  /** What is dialled there. */
  number: string;
  /** PJSIP endpoint of the trunk. */
  endpoint: string;
  /** Of the INVITE. */
  headers: Record<string, string>;
}

/** Where a code to another platform leads; null: it leads to a centre of this one. Throws PartRefused when it may not be used. */
export async function remoteOf(
  call: CallContext,
  { accessCodeId, note, by }: { accessCodeId: string; note: string; by: Leg | null },
): Promise<Remote | null> {
  const { db, unitId, contactId } = call;
  const sender = await senderOf(db, unitId, by);
  const { name, to } = await codeFor(db, accessCodeId, sender.centre);
  if (to.kind !== 'platform') return null;
  const { centre } = sender;
  const sent = { reference: contactId, origin: originOf(sender), unit: centre.name, person: sender.name, note };
  return { name, number: to.number, endpoint: trunkEndpoint(to.trunk), headers: peerHeaders(sent) };
}
