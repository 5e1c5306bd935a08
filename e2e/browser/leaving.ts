/** What a failed try leaves at the desks is put away, so that a second try begins as the first did. */
import { setTimeout } from 'node:timers/promises';
import { closeSession, moveAgent } from '@rexian/server/agents/transitions.ts';
import { type Db, openDb } from '@rexian/server/platform/db.ts';

/** Longer than a lost phone is waited for. */
const DEADLINE_MS = 60_000;

/** Signs out whoever is at a desk, once their call is over; those who still talk after a minute stay. */
export async function everybodyLeaves(databaseUrl: string): Promise<void> {
  const { db, close } = openDb(databaseUrl, { max: 1 });
  try {
    for (const end = Date.now() + DEADLINE_MS; Date.now() < end; await setTimeout(250)) {
      if (await areGone(db)) return;
    }
  } finally {
    await close();
  }
}

async function areGone(db: Db): Promise<boolean> {
  const sessions = await db.selectFrom('agent_sessions').select('id').where('signed_out_at', 'is', null).execute();
  let left = sessions.length;
  for (const { id: sessionId } of sessions) {
    const at = new Date();
    await moveAgent(db, { sessionId, from: ['wrap_up'], to: 'ready', at });
    if (await closeSession(db, { sessionId, at })) left -= 1;
  }
  return left === 0;
}
