/**
 * The agent's phone went in the middle of a talk (a reload, a second log-in, a broken line): the phone that owns the desk now is called,
 * and the talk goes on there. Meanwhile the caller hears music.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { type Phone, phoneOf, type SeatRow, seatColumns } from '../agents/seat.ts';
import type { CallContext } from './context.ts';
import { invite, recordingPath } from './invite.ts';
import { type Leg, legCalledOn } from './legs.ts';
import { persist } from './persist.ts';

/** How long the caller waits for the agent to be back: a page reloads and registers within a few seconds. */
const BACK_MS = 12_000;
const LOOK_MS = 150;
export const ANSWER_SECONDS = 10;

/** The agent's next channel. */
export interface CalledAgain {
  channelId: string;
  recording: string | null;
}

/**
 * Calls the agent at the phone they have now; `begin` hears of the channel before it exists. Null: they are not back in time, or the
 * caller has left.
 */
export async function callAgentAgain(
  call: CallContext,
  leg: Leg,
  recorded: boolean,
  begin: (called: CalledAgain) => void = () => undefined,
): Promise<CalledAgain | null> {
  const phone = await waitForPhone(call, leg);
  if (!phone) return null;
  const { channelId, part } = nextChannel(leg.channelId);
  await persist(call.log, () => legCalledOn(call.db, leg, channelId));
  const recording = recorded ? recordingPath(call.recordingsDir, leg.legId, part) : null;
  const invitation = { legId: leg.legId, channelId, phone, ringSeconds: ANSWER_SECONDS, recording, autoAnswer: true };
  begin({ channelId, recording });
  return (await invite(call, invitation)) ? { channelId, recording } : null;
}

/** `contact-…-agent-1` → `contact-…-agent-1.2` → `contact-…-agent-1.3`. */
export function nextChannel(channelId: string): { channelId: string; part: number } {
  const [, base = channelId, part = '1'] = /^(.*-agent-\d+)(?:\.(\d+))?$/.exec(channelId) ?? [];
  return { channelId: `${base}.${Number(part) + 1}`, part: Number(part) + 1 };
}

/** The phone that the agent's desk has now, once it can be reached. */
async function waitForPhone(call: CallContext, leg: Leg): Promise<Phone | null> {
  for (const deadline = Date.now() + BACK_MS; Date.now() < deadline; await sleep(LOOK_MS)) {
    if (call.signal.aborted) return null;
    const phone = await phoneNow(call, leg);
    if (phone) return phone;
  }
  return null;
}

/** The phone that the agent's desk has now; null when it can't be reached. */
export async function phoneNow(call: CallContext, leg: Leg): Promise<Phone | null> {
  const found = await persist(call.log, () =>
    sql<SeatRow>`
      select ${seatColumns} from agent_sessions s join people p on p.id = s.person_id
      where s.id = ${leg.sessionId} and (s.phone_registered or s.phone_kind = 'outside')`.execute(call.db),
  );
  const [seat] = found.rows;
  return seat ? phoneOf(seat, call.vault) : null;
}
