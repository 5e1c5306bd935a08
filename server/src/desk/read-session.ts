/** The desk session as its page shows it: state, phone, what comes next, and what may be done now. */
import { type Desk, phoneKind, type Viewer } from '@rexian/contracts';
import { sql } from 'kysely';
import { busyStates, freeStates } from '../agents/transitions.ts';
import type { Db } from '../platform/db.ts';
import { maskNumber } from '../platform/masking.ts';
import type { Vault } from '../platform/vault.ts';
import { isReachable } from './reachable.ts';
import type { LiveSession, Seat } from './seat.ts';

export async function readSession(
  { db, viewer }: Seat,
  vault: Vault,
  session: LiveSession,
): Promise<NonNullable<Desk['session']>> {
  const { state, reason, queues } = session;
  const isFree = freeStates.includes(state);
  const reachable = isReachable(session);
  const whyNoDial = dialRefusal(session, viewer) ?? (reachable ? null : UNREACHABLE);
  return {
    id: session.owner,
    ...{ state, reason, queues },
    since: session.state_since,
    allottedUntil: session.allotted_until,
    signedInAt: session.signed_in_at,
    phone: { kind: session.phone_kind, label: await phoneLabel(db, vault, session), reachable },
    autoAnswer: session.auto_answer,
    next: session.next_state && {
      ...{ state: session.next_state, reason: session.next_reason },
      forcedBy: session.next_forced_by && (await leaderName(db, session.next_forced_by)),
    },
    can: {
      ready: state === 'not_ready' && reachable,
      notReady: isFree,
      signOut: isFree,
      wrapUp: state === 'wrap_up',
      dial: whyNoDial === null,
      next: busyStates.includes(state) && session.next_forced_by === null,
    },
    whyNoDial,
  };
}

export const UNREACHABLE = '话机不可达，暂不能外呼';

/** Why the agent can call nobody now, in Chinese; null: they can, as far as their phone is there. */
export function dialRefusal(session: LiveSession, viewer: Viewer): string | null {
  const { state } = session;
  if (!viewer.permissions.includes('calls.dial')) return '没有外呼权限';
  if (state === 'wrap_up') return '提交小结后可外呼';
  if (!freeStates.includes(state)) return '通话中不能外呼';
  return null;
}

/** The leader may work in a unit out of sight. */
async function leaderName(db: Db, personId: string): Promise<string> {
  const leader = await db.selectFrom('people').select('name').where('id', '=', personId).executeTakeFirst();
  return leader?.name ?? '班长';
}

async function phoneLabel(db: Db, vault: Vault, session: LiveSession): Promise<string> {
  const { phone_kind: kind, device_id: deviceId, outside_sealed: outside } = session;
  if (kind === 'outside' && outside) return maskNumber(vault.open('number', outside));
  const device = deviceId
    ? await db.selectFrom('devices').select('label').where('id', '=', deviceId).executeTakeFirst()
    : undefined;
  return device?.label ?? phoneKind.labels[kind];
}

/** What leaders wrote and the agent hasn't read yet, oldest first. */
export async function unreadMessages(db: Db, personId: string): Promise<Desk['messages']> {
  // The leader may work in a unit out of sight.
  const { rows } = await sql<Desk['messages'][number]>`
    select m.id, coalesce(p.name, '班长') as "from", m.text, m.sent_at as at
    from desk_messages m left join people p on p.id = m.from_person
    where m.to_person = ${personId} and m.read_at is null order by m.sent_at limit 20`.execute(db);
  return rows;
}
