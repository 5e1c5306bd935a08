/** A new call: finds its number, asks the lists, opens its contact, makes the Call. */

import { type Admission, admission } from '../centres/lists/admission.ts';
import { type DialledNumber, findNumber, rootUnitId } from '../centres/numbers/dialled.ts';
import { ANONYMOUS, sealNumber } from '../contacts/caller-number.ts';
import { endContact, openContact } from '../contacts/ledger.ts';
import type { Channel } from '../engines/asterisk/generated/ari.ts';
import type { Hangup } from '../engines/asterisk/journal.ts';
import { type FlowGraph, readGraph } from '../flows/graph.ts';
import { newId } from '../platform/ids.ts';
import { Call } from './call.ts';
import type { CallEngine } from './context.ts';
import { persist } from './persist.ts';
import { type Refusal, refusalFlows } from './refusals.ts';

/** Context of the dialplan that every inbound call comes through. */
export const INBOUND_CONTEXT = 'rexian-inbound';
const SOURCES = new Set(['trunk', 'trial']);
/** Sources inside the platform, set by our own dialplan: only they may use access codes. A carrier's call is never one of them. */
const INSIDE = new Set(['trial']);
/** What callers of the white list have ahead of the others in a queue. */
const PREFERRED_PRIORITY = 10;
const UNKNOWN_NAME = '未开通号码';

/** Whom a call is for, and how it is let in. */
interface Arrival {
  unitId: string;
  number: DialledNumber | null;
  admission: Admission;
}

/** Opens the contact of a channel that has just come in; null when the ledger has it already. */
export async function openCall(engine: CallEngine, channel: Channel, args: string[]): Promise<Call | null> {
  const { dialled, source } = diallingOf(args);
  const callerNumber = cleanNumber(channel.caller.number);
  const arrival = await persist(engine.log, () => arrivalOf(engine, { dialled, source, callerNumber }));
  const { unitId, number } = arrival;
  const contactId = newId();
  const arrivedAt = new Date();
  const refusal = refusalOf(arrival);
  const known = refusal ? null : number;
  const opened = await persist(engine.log, async () =>
    openContact(engine.db, {
      id: contactId,
      unitId,
      source: SOURCES.has(source) ? source : 'unknown',
      externalId: externalId(engine.ari.app, channel.id),
      channelId: channel.id,
      caller: sealNumber(engine.vault, callerNumber),
      calledNumber: number?.number ?? cleanNumber(dialled),
      calledName: number?.name ?? UNKNOWN_NAME,
      // An access code leads to another number than the one dialled.
      accessCode: number && number.number !== dialled ? cleanNumber(dialled) : null,
      flow: known ? { id: known.flow.id, version: known.flow.version } : null,
      priority: arrival.admission === 'preferred' ? PREFERRED_PRIORITY : 0,
      events: refusal === 'blocked' ? [{ type: 'blocked', at: arrivedAt }] : [],
      arrivedAt,
    }),
  );
  if (!opened) return null;
  const graph = known ? graphOf(known.flow) : refusalFlows[refusal ?? 'number_unknown'];
  return new Call(engine, { contactId, unitId, channelId: channel.id, callerNumber, graph, refusal });
}

/** `inbound,<dialled>,<source>`: the source is what our dialplan put last, whatever a stranger may have dialled. */
export function diallingOf(args: readonly string[]): { dialled: string; source: string } {
  return { dialled: args.slice(1, -1).join(','), source: args.length > 2 ? (args.at(-1) ?? '') : '' };
}

async function arrivalOf(
  { db, vault }: CallEngine,
  { dialled, source, callerNumber }: { dialled: string; source: string; callerNumber: string },
): Promise<Arrival> {
  const number = await findNumber(db, dialled, { inside: INSIDE.has(source) });
  if (!number) return { unitId: await rootUnitId(db), number, admission: 'open' };
  const { unitId } = number;
  // A withheld number is on no list.
  const open = callerNumber === ANONYMOUS;
  return { unitId, number, admission: open ? 'open' : await admission(db, vault, unitId, callerNumber) };
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

const graphs = new Map<string, FlowGraph>();

/** A flow version never changes, so it is read once. */
export function graphOf(flow: { id: string; version: number; document: unknown }): FlowGraph {
  const key = `${flow.id}:${flow.version}`;
  const known = graphs.get(key);
  if (known) return known;
  const graph = readGraph(flow.document);
  graphs.set(key, graph);
  return graph;
}

/** What makes a call of the engine unique in the ledger. */
export const externalId = (app: string, channelId: string) => `${app}:${channelId}`;

/** Numbers come from strangers: only what can be dialled is kept. */
function cleanNumber(raw: string): string {
  return raw.replace(/[^0-9+*#]/g, '').slice(0, 32) || ANONYMOUS;
}
