/** Callers who wait for an agent (and call-backs, who wait without a channel), as the matcher takes them. */
import type { OverflowStep } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Queryable } from '../platform/db.ts';
import { byUrgency, type WaitingCall } from './matcher.ts';
import { openedQueues } from './overflow.ts';

export interface WaitingContact extends WaitingCall {
  /** The queue that the contact is in; the first of `queueIds`. */
  queueId: string;
  /** The next moment at which time lets more agents take it, in ms; null: none. */
  opensAt: number | null;
}

interface Row {
  id: string;
  queue_id: string | null;
  priority: number;
  queued_at: Date | null;
  queue_entered_at: Date | null;
  wanted_persons: string[] | null;
  wanted_until: Date | null;
}

export async function waitingCalls(db: Queryable, now = Date.now()): Promise<WaitingContact[]> {
  const [contacts, queues] = await Promise.all([
    db
      .selectFrom('contacts')
      .select(['id', 'queue_id', 'priority', 'queued_at', 'queue_entered_at', 'wanted_persons', 'wanted_until'])
      .where('state', '=', 'queued')
      .where('state', '<>', 'ended')
      .execute(),
    db.selectFrom('queues').select(['id', 'overflow']).where(sql<boolean>`overflow <> '[]'`).execute(),
  ]);
  const overflow = new Map(queues.map((queue) => [queue.id, queue.overflow]));
  const lengths = new Map<string, number>();
  for (const { queue_id } of contacts) if (queue_id) lengths.set(queue_id, (lengths.get(queue_id) ?? 0) + 1);
  return contacts.flatMap((row) => contactOf(row, { overflow, lengths, now }) ?? []);
}

interface Surroundings {
  overflow: ReadonlyMap<string, readonly OverflowStep[]>;
  lengths: ReadonlyMap<string, number>;
  now: number;
}

function contactOf(row: Row, { overflow, lengths, now }: Surroundings): WaitingContact | null {
  const { id, queue_id: queueId, priority, queued_at, queue_entered_at, wanted_persons, wanted_until } = row;
  if (!queueId || !queued_at) return null;
  const enteredAt = (queue_entered_at ?? queued_at).getTime();
  const opened = openedQueues(overflow.get(queueId) ?? [], { enteredAt, now, waiting: lengths.get(queueId) ?? 1 });
  const wanted = wanted_persons?.length
    ? { persons: wanted_persons, until: wanted_until?.getTime() ?? Number.POSITIVE_INFINITY }
    : null;
  const moments = [opened.nextAt, wanted?.until ?? null].filter((at) => at !== null && at > now && at < Infinity);
  return {
    contactId: id,
    queueId,
    queueIds: [queueId, ...opened.queueIds.filter((other) => other !== queueId)],
    priority,
    queuedAt: queued_at.getTime(),
    wanted,
    opensAt: moments.length > 0 ? Math.min(...(moments as number[])) : null,
  };
}

/** How many of the same queue are served before this one; null: it doesn't wait. */
export function positionOf(waiting: readonly WaitingContact[], contactId: string): number | null {
  const own = waiting.find((call) => call.contactId === contactId);
  if (!own) return null;
  return waiting.filter((call) => call.queueId === own.queueId && byUrgency(call, own) < 0).length;
}
