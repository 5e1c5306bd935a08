import { type LostCallFilter, type LostCallState, lostCallFilter, lostCallState } from '@rexian/contracts';
import { sensible } from '../listing/sensible.ts';

/** What still has to be done: what the page begins with. */
export const WAITING: readonly LostCallState[] = ['open', 'assigned'];

/** The filter lives in the address, so that it survives a reload and can be sent to a colleague. */
export function readFilter(query: URLSearchParams): LostCallFilter {
  const chosen = query
    .getAll('state')
    .map((value) => lostCallState.schema.safeParse(value).data)
    .filter((value) => value !== undefined);
  const states = chosen.length > 0 ? chosen : query.has('all') ? undefined : [...WAITING];
  const raw = {
    from: query.get('from') ?? undefined,
    to: query.get('to') ?? undefined,
    states,
    queueId: query.get('queue') ?? undefined,
    unitId: query.get('unit') ?? undefined,
    assignedTo: query.get('agent') ?? undefined,
    mine: query.has('mine') || undefined,
    number: query.get('number') ?? undefined,
  };
  return sensible(lostCallFilter.partial(), raw);
}

export function writeFilter(filter: LostCallFilter): URLSearchParams {
  const query = new URLSearchParams();
  const texts = {
    from: filter.from,
    to: filter.to,
    queue: filter.queueId,
    unit: filter.unitId,
    agent: filter.assignedTo,
    number: filter.number,
  };
  for (const [name, value] of Object.entries(texts)) if (value) query.set(name, value);
  if (filter.mine) query.set('mine', '1');
  const states = filter.states ?? [];
  if (states.length === 0) query.set('all', '1');
  else if (!isWaiting(states)) for (const state of states) query.append('state', state);
  return query;
}

export const isWaiting = (states: readonly LostCallState[] | undefined): boolean =>
  states?.length === WAITING.length && WAITING.every((state) => states.includes(state));
