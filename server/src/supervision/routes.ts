import { sql } from 'kysely';
import type { DeskVerbs } from '../desk/verbs.ts';
import { type Audit, type Caller, viewerApi } from '../platform/api.ts';
import type { Db } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { forceState, sendMessage } from './agents.ts';
import { forceHangUp, superviseCall } from './calls.ts';

interface Context {
  db: Db;
  caller: Caller;
  audit: Audit;
}

export function supervisionRoutes({ verbs }: { verbs: DeskVerbs }) {
  const leader = viewerApi.supervision;
  const seatOf = ({ db, caller }: Context) => ({ db, viewer: caller.viewer });
  return {
    join: leader.join.handler(async ({ input, context }) => {
      const { sessionId, legId, mode } = input;
      const call = await callOf(context, legId);
      await superviseCall(verbs, seatOf(context), sessionId, 'join', { legId, mode });
      await book(context, 'supervised', call, { mode });
      return {};
    }),
    leave: leader.leave.handler(async ({ input, context }) => {
      const call = await callAtHand(context);
      await superviseCall(verbs, seatOf(context), input.sessionId, 'leave', {});
      await book(context, 'supervised', call, { ended: true });
      return {};
    }),
    takeOver: leader.takeOver.handler(async ({ input, context }) => {
      const { sessionId, legId } = input;
      const call = await callOf(context, legId);
      await superviseCall(verbs, seatOf(context), sessionId, 'take_over', { legId });
      await book(context, 'supervised', call, { takenOver: true });
      return {};
    }),
    forceHangUp: leader.forceHangUp.handler(async ({ input, context }) => {
      const call = await callOf(context, input.legId);
      await forceHangUp(verbs, seatOf(context), input.legId);
      await book(context, 'forced', call, { hungUp: true });
      return {};
    }),
    forceState: leader.forceState.handler(({ input, context }) => forceState(context, input.personId, input.to)),
    message: leader.message.handler(async ({ input, context }) => {
      await sendMessage(context, input.personId, input.text);
      return {};
    }),
  };
}

interface SupervisedCall {
  contactId: string;
  unitId: string;
  /** Whose part it is. */
  name: string;
}

/** The call of a part that lies in the leader's reach and is not over. */
async function callOf({ db, caller }: Context, legId: string): Promise<SupervisedCall> {
  const { rows } = await sql<SupervisedCall & { over: boolean }>`
    select l.contact_id as "contactId", l.unit_id as "unitId", coalesce(p.name, l.party_name) as name, l.state = 'ended' as over
    from contact_legs l left join people p on p.id = l.person_id
    where l.id = ${legId} and l.unit_id = any(${caller.unitIds as string[]}::uuid[])`.execute(db);
  const [call] = rows;
  if (!call) throw refusal('NOT_FOUND', '没有找到该通话');
  if (call.over) throw refusal('WRONG_STATE', '该通话已结束');
  return call;
}

/** The call that the leader supervises now; null: none. */
async function callAtHand({ db, caller }: Context): Promise<SupervisedCall | null> {
  const { rows } = await sql<SupervisedCall>`
    select l.contact_id as "contactId", l.unit_id as "unitId", coalesce(p.name, w.party_name, '') as name
    from agent_sessions s join contact_legs l on l.id = s.leg_id
      left join contact_legs w on w.id = l.watches left join people p on p.id = w.person_id
    where s.person_id = ${caller.viewer.id} and s.signed_out_at is null and l.role = 'supervisor'`.execute(db);
  return rows[0] ?? null;
}

function book(
  { audit, caller }: Context,
  action: 'supervised' | 'forced',
  call: SupervisedCall | null,
  after: Record<string, unknown>,
): Promise<void> {
  return audit({
    action,
    subject: { kind: 'contact', id: call?.contactId ?? null, name: call?.name ?? '' },
    unitId: call?.unitId ?? caller.viewer.unit.id,
    after,
  });
}
