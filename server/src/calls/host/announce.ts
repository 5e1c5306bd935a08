/** 播报工号: before the talk the caller hears who serves them, while the agent hears a short tone. */
import { appendEvents } from '../../contacts/ledger.ts';
import type { PromptStore } from '../../engines/speech/prompts.ts';
import type { Db } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import type { CallContext } from '../context.ts';
import { persist } from '../persist.ts';

type AnnouncingCall = Pick<CallContext, 'db' | 'log' | 'contactId' | 'ari' | 'prompts' | 'signal'> & {
  caller: Pick<CallContext['caller'], 'play' | 'stopMusic'>;
};

/** Nobody waits longer for it, whatever becomes of the playback. */
const DEADLINE_MS = 4_000;
/** A service number's digits as they are spoken on the telephone: one by one, 1 as 幺. */
const SPOKEN = '零幺二三四五六七八九';

/** `1001` → `幺零零幺号为您服务。`, under three seconds; null when the number has no digits. */
export function announcement(agentNumber: string): string | null {
  const digits = agentNumber.replace(/\D/g, '').replace(/\d/g, (digit) => SPOKEN[Number(digit)] ?? '');
  return digits === '' ? null : `${digits}号为您服务。`;
}

/**
 * Speaks it and resolves when the talk may begin: at its end, when the caller or (by `signal`) the agent hangs up, or after four seconds.
 * Never rejects for want of a prompt: a talk begins without it rather than not at all.
 */
export async function announceAgent(
  call: AnnouncingCall,
  agent: { agentChannel: string; agentNumber: string; personId: string | null; signal?: AbortSignal },
): Promise<void> {
  const { db, log, contactId, caller } = call;
  const text = announcement(agent.agentNumber);
  if (!text) return;
  const until = [call.signal, AbortSignal.timeout(DEADLINE_MS), ...(agent.signal ? [agent.signal] : [])];
  const signal = AbortSignal.any(until);
  const at = new Date();
  try {
    await caller.stopMusic();
    await Promise.all([caller.play([text], { signal, interruptible: false }), beep(call, agent.agentChannel)]);
  } catch (error) {
    log.warn({ contactId, error }, 'agent number could not be announced');
    return;
  }
  const event = { type: 'number_announced' as const, at, personId: agent.personId };
  const data = { agentNumber: agent.agentNumber };
  await persist(log, () => appendEvents(db, contactId, [{ ...event, data }]));
}

async function beep({ ari, prompts }: AnnouncingCall, channelId: string): Promise<void> {
  await ari.attempt('channels.playWithId', { channelId, playbackId: `play-${newId()}`, media: [await prompts.tone()] });
}

/** Makes the announcements of everybody ready who is signed in; `personId`: of one who has just done so. */
export async function prepareAnnouncements(db: Db, prompts: PromptStore, personId?: string): Promise<void> {
  let query = db
    .selectFrom('agent_sessions as s')
    .innerJoin('people as p', 'p.id', 's.person_id')
    .select('p.agent_number as agentNumber')
    .where('s.signed_out_at', 'is', null);
  if (personId) query = query.where('s.person_id', '=', personId);
  for (const { agentNumber } of await query.execute()) {
    const text = announcement(agentNumber ?? '');
    if (text) await prompts.media(text);
  }
}
