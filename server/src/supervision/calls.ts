/** What a team leader does to the calls of others: asks the process that has the call, with the leader's own desk to speak from. */
import type { SuperviseMode } from '@rexian/contracts';
import { ownedSession, type Seat } from '../desk/seat.ts';
import type { DeskVerbs } from '../desk/verbs.ts';
import { refusal } from '../platform/errors.ts';

/** Joins a call, changes how one takes part, takes it over, or leaves it. */
export async function superviseCall(
  verbs: DeskVerbs,
  seat: Seat,
  sessionId: string,
  verb: 'join' | 'leave' | 'take_over',
  input: { legId?: string; mode?: SuperviseMode },
): Promise<void> {
  const session = await ownedSession(seat, sessionId);
  const { legId, mode } = input;
  if (verb === 'leave') {
    if (session.state !== 'supervising' || !session.leg_id) throw refusal('WRONG_STATE', '当前没有监控通话');
    await verbs.command(seat, { legId: session.leg_id }, 'hang_up', {});
  } else if (legId) await verbs.command(seat, { legId }, verb === 'join' ? 'supervise_join' : verb, { mode });
}

/** Ends somebody's part in a call; the caller goes on in the flow. */
export async function forceHangUp(verbs: DeskVerbs, seat: Seat, legId: string): Promise<void> {
  await verbs.command(seat, { legId }, 'force_hang_up', {});
}
