/** A new call: finds its number, opens its contact, makes the Call. */

import { findNumber, rootUnitId } from '../centres/numbers.ts';
import { ANONYMOUS, sealNumber } from '../contacts/caller-number.ts';
import { endContact, openContact } from '../contacts/ledger.ts';
import type { Channel } from '../engines/asterisk/generated/ari.ts';
import type { Hangup } from '../engines/asterisk/journal.ts';
import { type FlowGraph, readGraph } from '../flows/graph.ts';
import { newId } from '../platform/ids.ts';
import { Call } from './call.ts';
import type { CallEngine } from './context.ts';
import { persist } from './persist.ts';

/** Context of the dialplan that every inbound call comes through. */
export const INBOUND_CONTEXT = 'rexian-inbound';
const SOURCES = new Set(['trunk', 'trial']);

/** Runs for calls to numbers that belong to nobody. */
export const unknownNumber = readGraph({
  start: 'sorry',
  nodes: {
    sorry: { type: 'play', config: { text: '您拨打的号码未开通，请核对后再拨。' }, next: { done: 'end' } },
    end: { type: 'hang_up', config: {}, next: {} },
  },
});

/** Opens the contact of a channel that has just come in; null when the ledger has it already. */
export async function openCall(engine: CallEngine, channel: Channel, args: string[]): Promise<Call | null> {
  const [, dialled = '', source = ''] = args;
  const number = await persist(engine.log, () => findNumber(engine.db, dialled));
  const contactId = newId();
  const callerNumber = cleanNumber(channel.caller.number);
  const opened = await persist(engine.log, async () =>
    openContact(engine.db, {
      id: contactId,
      unitId: number?.unitId ?? (await rootUnitId(engine.db)),
      source: SOURCES.has(source) ? source : 'unknown',
      externalId: externalId(engine.ari.app, channel.id),
      channelId: channel.id,
      caller: sealNumber(engine.vault, callerNumber),
      calledNumber: cleanNumber(dialled),
      calledName: number?.name ?? '未开通号码',
      flow: number ? { id: number.flow.id, version: number.flow.version } : null,
      arrivedAt: new Date(),
    }),
  );
  if (!opened) return null;
  const graph = number ? graphOf(number.flow) : unknownNumber;
  return new Call(engine, { contactId, channelId: channel.id, callerNumber, graph, numberKnown: number !== null });
}

/** Books a call that nobody served because this process was away; the same call never twice. */
export async function bookUnserved({ db, vault, ari }: CallEngine, hangup: Hangup): Promise<boolean> {
  const number = await findNumber(db, hangup.exten);
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
    calledName: number?.name ?? '未开通号码',
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
