/** A new call: finds its number, asks the lists, opens its contact, makes the Call. */

import { openCode } from '../centres/access-codes/codes.ts';
import { type Admission, admission } from '../centres/lists/admission.ts';
import { type DialledNumber, findNumber, rootUnitId } from '../centres/numbers/dialled.ts';
import { ANONYMOUS, sealNumber } from '../contacts/caller-number.ts';
import { endContact, openContact, type SentOn } from '../contacts/ledger.ts';
import { TEST_SOURCE } from '../contacts/test-calls.ts';
import type { Channel } from '../engines/asterisk/generated/ari.ts';
import type { Hangup } from '../engines/asterisk/journal.ts';
import { newId } from '../platform/ids.ts';
import { Call } from './call.ts';
import { PREFERRED_PRIORITY } from './centres.ts';
import type { CallEngine } from './context.ts';
import { graphOf } from './graphs.ts';
import { readPeerSource, type Sent, tellReference } from './peer.ts';
import { persist } from './persist.ts';
import { type Refusal, refusalFlows } from './refusals.ts';
import { useTestCode } from './test-calls.ts';

/** Context of the dialplan that every inbound call comes through. */
export const INBOUND_CONTEXT = 'rexian-inbound';
/** What our own dialplan says of where a call came from. A carrier's call is never one of the others. */
const SOURCES = ['trunk', 'trial', 'peer', TEST_SOURCE] as const;
const UNKNOWN_NAME = '未开通号码';

interface Dialling {
  dialled: string;
  source: (typeof SOURCES)[number] | 'unknown';
  callerNumber: string;
  /** What another platform says of a call that it hands over. */
  sent: Sent | null;
}

/** Whom a call is for, and how it is let in. */
interface Arrival {
  contactId: string;
  unitId: string;
  number: DialledNumber | null;
  /** The queue of the access code that another platform dialled. */
  queueId: string | null;
  admission: Admission;
}

/** Opens the contact of a channel that has just come in; null when the ledger has it already. */
export async function openCall(engine: CallEngine, channel: Channel, args: string[]): Promise<Call | null> {
  const dialling = readDialling(channel, args);
  const { dialled, source, callerNumber, sent } = dialling;
  const arrival = await persist(engine.log, () =>
    source === TEST_SOURCE ? testArrival(engine, channel, dialled) : arrivalOf(engine, dialling),
  );
  const { contactId, unitId, number } = arrival;
  const arrivedAt = new Date();
  const refusal = refusalOf(arrival);
  const known = refusal ? null : number;
  const opened = await persist(engine.log, async () =>
    openContact(engine.db, {
      id: contactId,
      unitId,
      source,
      externalId: externalId(engine.ari.app, channel.id),
      channelId: channel.id,
      caller: sealNumber(engine.vault, callerNumber),
      calledNumber: number?.number ?? cleanNumber(dialled),
      calledName: number?.name ?? UNKNOWN_NAME,
      // An access code leads to another number than the one dialled.
      accessCode: number && source !== TEST_SOURCE && number.number !== dialled ? cleanNumber(dialled) : null,
      flow: known ? { id: known.flow.id, version: known.flow.version } : null,
      priority: arrival.admission === 'preferred' ? PREFERRED_PRIORITY : 0,
      ...(sent ? { sent: sentFrom(sent) } : {}),
      events: refusal === 'blocked' ? [{ type: 'blocked', at: arrivedAt }] : [],
      arrivedAt,
    }),
  );
  if (!opened) return null;
  if (sent?.reference) await tellReference(engine.ari, channel.id, contactId, cleanNumber(dialled));
  const graph = known ? graphOf(known.flow) : refusalFlows[refusal ?? 'number_unknown'];
  const start = {
    contactId,
    direction: 'inbound' as const,
    unitId,
    channelId: channel.id,
    callerNumber,
    graph,
    refusal,
  };
  return new Call(engine, { ...start, ...(known && arrival.queueId ? { queueId: arrival.queueId } : {}) });
}

function readDialling(channel: Channel, args: string[]): Dialling {
  const { dialled, source } = diallingOf(args);
  const callerNumber = cleanNumber(channel.caller.number);
  const peer = readPeerSource(source);
  const found = SOURCES.find((each) => each === source);
  return { dialled, callerNumber, source: peer ? 'peer' : (found ?? 'unknown'), sent: peer?.sent ?? null };
}

/** `inbound,<dialled>,<source>`: the source is what our dialplan put last, whatever a stranger may have dialled. */
export function diallingOf(args: readonly string[]): { dialled: string; source: string } {
  return { dialled: args.slice(1, -1).join(','), source: args.length > 2 ? (args.at(-1) ?? '') : '' };
}

const sentFrom = ({ reference, origin, unit, person, note }: Sent): SentOn => ({
  ...{ origin, note, chainId: null, previousId: null, unitId: null, unitName: unit },
  ...{ personId: null, personName: person, remoteReference: reference },
});

/** The lists are not asked about who tries a flow. */
async function testArrival({ db, ari }: CallEngine, channel: Channel, code: string): Promise<Arrival> {
  const test = await useTestCode(db, code, externalId(ari.app, channel.id));
  const by = { queueId: null, admission: 'open' as const };
  return test
    ? { ...by, contactId: test.contactId, unitId: test.unitId, number: test }
    : { ...by, contactId: newId(), unitId: await rootUnitId(db), number: null };
}

async function arrivalOf(
  { db, vault }: CallEngine,
  { dialled, source, callerNumber, sent }: Dialling,
): Promise<Arrival> {
  // Callers of the trial page are inside: they may dial access codes like numbers.
  const found = await findNumber(db, dialled, { inside: source === 'trial' });
  const code = !found && source === 'peer' ? await openCode(db, { code: dialled }, null) : null;
  const to = code?.to.kind === 'number' ? code.to : null;
  const number = found ?? to?.number ?? null;
  const queueId = to?.queueId ?? null;
  const contactId = newId();
  if (!number) return { contactId, unitId: await rootUnitId(db), number, queueId, admission: 'open' };
  const { unitId } = number;
  // A withheld number is on no list.
  const admitted = callerNumber === ANONYMOUS ? 'open' : await admission(db, vault, unitId, callerNumber);
  // Whoever sends a caller on has judged them.
  const spared = admitted === 'blocked' && sent?.reference;
  return { contactId, unitId, number, queueId, admission: spared ? 'open' : admitted };
}

function refusalOf({ number, admission }: Arrival): Refusal | null {
  if (!number) return 'number_unknown';
  return admission === 'blocked' ? 'blocked' : null;
}

/** Books a call that nobody served because this process was away; the same call never twice. */
export async function bookUnserved({ db, vault, ari }: CallEngine, hangup: Hangup): Promise<boolean> {
  const number = await findNumber(db, hangup.exten, { inside: false });
  const contactId = newId(hangup.at.getTime());
  const arrivedAt = startOf(hangup);
  const opened = await openContact(db, {
    id: contactId,
    unitId: number?.unitId ?? (await rootUnitId(db)),
    source: 'trunk',
    externalId: externalId(ari.app, hangup.channelId),
    channelId: hangup.channelId,
    caller: sealNumber(vault, cleanNumber(hangup.callerNumber)),
    calledNumber: cleanNumber(hangup.exten),
    calledName: number?.name ?? UNKNOWN_NAME,
    flow: null,
    arrivedAt,
  });
  if (opened) await endContact(db, { contactId, at: hangup.at, reason: 'unserved', by: 'system' });
  return opened;
}

/** Asterisk's unique ids begin with the second in which the channel was made. */
function startOf(hangup: Hangup): Date {
  const seconds = Number(/(\d{9,})\.\d+$/.exec(hangup.channelId)?.[1]);
  const start = new Date(seconds * 1000);
  return Number.isFinite(seconds) && start <= hangup.at ? start : hangup.at;
}

/** What makes a call of the engine unique in the ledger. */
export const externalId = (app: string, channelId: string) => `${app}:${channelId}`;

/** Numbers come from strangers: only what can be dialled is kept. */
function cleanNumber(raw: string): string {
  return raw.replace(/[^0-9+*#]/g, '').slice(0, 32) || ANONYMOUS;
}
