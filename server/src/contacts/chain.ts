/**
 * The chain of a call that went on at other centres, or of a call-back and the call that asked for it. What lies out of the viewer's
 * reach is told by its neighbours: who sent a call on from where is written in the part that received it.
 */
import type { ChainLink } from '@rexian/contracts';
import { sql } from 'kysely';
import { contactScope, type LedgerReader } from './scope.ts';

interface Part extends Omit<ChainLink, 'contactId' | 'remoteId' | 'sentBy'> {
  id: string;
  previousId: string | null;
  /** Where it was sent on from; empty: nobody sent it. */
  fromUnit: string;
  sentBy: string;
  /** Where it was sent on to, when it was sent to another centre. */
  sentTo: string | null;
  sentNote: string | null;
  /** The contacts before and after it, when those are at another platform. */
  remotePrevious: string | null;
  remoteNext: string | null;
}

/** All parts in the order they came; empty when the contact stands alone. */
export async function contactChain({ db, caller }: LedgerReader, id: string): Promise<ChainLink[]> {
  const { rows } = await sql<Part>`
    with self as (select coalesce(chain_id, id) as head, previous_id from contacts where id = ${id})
    select c.id, u.name as unit, c.origin, c.arrived_at as "arrivedAt", c.end_reason as "endReason",
      c.previous_id as "previousId", c.from_unit_name as "fromUnit", c.sent_by_name as "sentBy", c.note,
      t.data->'to'->>'name' as "sentTo", t.data->>'note' as "sentNote", c.remote_reference as "remotePrevious",
      c.remote_next as "remoteNext"
    from contacts c join units u on u.id = c.unit_id
      left join lateral (select e.data from contact_events e
        where e.contact_id = c.id and e.type = 'transferred' and e.data->'to'->>'kind' = 'centre'
        order by e.sequence desc limit 1) t on c.end_reason = 'transferred' or c.remote_next is not null
    where (c.id in (select unnest(array[${id}::uuid, head, previous_id]) from self) or c.chain_id = (select head from self))
      and ${contactScope(caller)}
    order by c.id`.execute(db);
  const links = linked(rows);
  return links.length > 1 ? links : [];
}

/** The parts in reach with a link for each gap between them. */
export function linked(parts: readonly Part[]): ChainLink[] {
  const links: ChainLink[] = [];
  const gap = (unit: string, note: string, remoteId: string | null) => {
    // A part out of reach is told by the one before it and by the one after it.
    if (links.at(-1)?.contactId === null) return;
    links.push({ contactId: null, remoteId, unit, origin: null, arrivedAt: null, endReason: null, sentBy: '', note });
  };
  for (const part of parts) {
    const { id, unit, origin, arrivedAt, endReason, sentBy, note } = part;
    if (part.fromUnit && !parts.some((other) => other.id === part.previousId))
      gap(part.fromUnit, '', part.remotePrevious);
    links.push({ contactId: id, remoteId: null, unit, origin, arrivedAt, endReason, sentBy, note });
    if (part.sentTo !== null && !parts.some((other) => other.previousId === id))
      gap(part.sentTo, part.sentNote ?? '', part.remoteNext);
  }
  return links;
}
