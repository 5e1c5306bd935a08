/** Every call that ever entered Asterisk is in the ledger, once: what nobody listened to is found in Asterisk's own journal. */
import { sql } from 'kysely';
import type { Channel } from '../engines/asterisk/generated/ari.ts';
import { cutJournal, type Hangup, readJournal } from '../engines/asterisk/journal.ts';
import { bookUnserved, externalId, INBOUND_CONTEXT } from './arrivals.ts';
import type { CallEngine } from './context.ts';

/** Where calls from outside begin, before the dialplan has sent them on to INBOUND_CONTEXT. */
const ENTRANCES = ['rexian-trunk', 'rexian-peer', 'rexian-trial'];

/** What Asterisk has, and what it has had, at one moment. */
export interface EngineView {
  channels: Map<string, Channel>;
  /** By channel; those of a former Asterisk ended when it died. */
  hangups: Map<string, Hangup>;
  /** When this Asterisk was started. */
  startedAt: Date;
  /** When the former one was heard of for the last time. */
  diedAt: Date;
  /** Inbound calls that went down with the former one, perhaps before anybody had heard of them. */
  lost: Hangup[];
}

export async function viewEngine({ ari }: CallEngine, journalDir: string): Promise<EngineView> {
  // In this order: a channel that goes in between is in the journal.
  const channels = new Map((await ari.request('channels.list', {})).map((channel) => [channel.id, channel]));
  const { starts, hangups } = await readJournal(journalDir);
  const { status } = await ari.request('asterisk.getInfo', { only: ['status'] });
  const startedAt = new Date(status?.startup_time ?? 0);
  const diedAt = ari.lostAt && ari.lostAt < startedAt ? ari.lostAt : startedAt;
  const lost: Hangup[] = [];
  for (const start of starts.values()) {
    if (hangups.has(start.channelId) || channels.has(start.channelId) || start.at >= startedAt) continue;
    const end = { ...start, at: new Date(Math.max(start.at.getTime(), diedAt.getTime())) };
    hangups.set(start.channelId, end);
    if (ENTRANCES.includes(start.context)) lost.push(end);
  }
  return { channels, hangups, startedAt, diedAt, lost };
}

/** Channels that are gone without a word in the journal went down with the former Asterisk when they are older than this one. */
export function wentDown(there: EngineView, channelIds: readonly string[], since: Date): void {
  if (since >= there.startedAt) return;
  for (const channelId of channelIds)
    if (!there.channels.has(channelId) && !there.hangups.has(channelId))
      there.hangups.set(channelId, { channelId, context: '', exten: '', callerNumber: '', at: there.diedAt });
}

/** Books inbound calls that came and went while no controller was connected: those that the ledger doesn't know. */
export async function bookMissed(engine: CallEngine, there: EngineView): Promise<number> {
  const ended = [...there.hangups.values()].filter((hangup) => hangup.context === INBOUND_CONTEXT);
  const inbound = [...ended, ...there.lost];
  const ids = inbound.map((hangup) => externalId(engine.ari.app, hangup.channelId));
  const known = await sql<{ external_id: string }>`
    select external_id from contacts where external_id = any(${ids})`.execute(engine.db);
  const booked = new Set(known.rows.map((row) => row.external_id));
  let count = 0;
  for (const hangup of inbound)
    if (!booked.has(externalId(engine.ari.app, hangup.channelId)) && (await bookUnserved(engine, hangup))) count += 1;
  return count;
}

/** Books what the ledger doesn't know; only then may the journal be cut. */
export async function settleJournal(engine: CallEngine, there: EngineView, journalDir: string): Promise<number> {
  const count = await bookMissed(engine, there);
  await cutJournal(journalDir);
  return count;
}
