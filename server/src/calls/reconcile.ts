/** Every call that ever entered Asterisk is in the ledger: what nobody listened to is found in Asterisk's own journal. */
import { sql } from 'kysely';
import type { Hangup } from '../engines/asterisk/journal.ts';
import { bookUnserved, externalId, INBOUND_CONTEXT } from './arrivals.ts';
import type { CallEngine } from './context.ts';

/** Inbound calls that came and went while no controller was connected: those of the journal that the ledger doesn't know. */
export async function bookMissed(engine: CallEngine, there: { hangups: ReadonlyMap<string, Hangup> }): Promise<number> {
  const inbound = [...there.hangups.values()].filter((hangup) => hangup.context === INBOUND_CONTEXT);
  const ids = inbound.map((hangup) => externalId(engine.ari.app, hangup.channelId));
  const known = await sql<{ external_id: string }>`
    select external_id from contacts where external_id = any(${ids})`.execute(engine.db);
  const booked = new Set(known.rows.map((row) => row.external_id));
  let count = 0;
  for (const hangup of inbound)
    if (!booked.has(externalId(engine.ari.app, hangup.channelId)) && (await bookUnserved(engine, hangup))) count += 1;
  return count;
}
