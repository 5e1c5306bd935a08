import { type MessageFilter, messageFilter, type WorkOrderState, workOrderState } from '@rexian/contracts';
import { sensible } from '../listing/sensible.ts';

/** What still has to be done: what the page begins with. */
const BEGIN: WorkOrderState = 'draft';

/** The filter lives in the address, so that it survives a reload and can be sent to a colleague. */
export function readFilter(query: URLSearchParams): MessageFilter {
  const state = workOrderState.schema.safeParse(query.get('state') ?? BEGIN).data;
  const time = (name: string) => {
    const value = query.get(name);
    return value ? new Date(value) : undefined;
  };
  const list = (name: string) => (query.has(name) ? query.getAll(name) : undefined);
  const raw = {
    from: time('from'),
    to: time('to'),
    states: state && [state],
    sources: list('source'),
    scenes: list('scene'),
    unitId: query.get('unit') ?? undefined,
    assignedTo: query.get('person') ?? undefined,
    number: query.get('number') ?? undefined,
  };
  return sensible(messageFilter, raw);
}

export function writeFilter(filter: MessageFilter): URLSearchParams {
  const query = new URLSearchParams();
  const [state] = filter.states ?? [];
  const texts = {
    state: state === BEGIN ? undefined : (state ?? 'all'),
    from: filter.from?.toISOString(),
    to: filter.to?.toISOString(),
    unit: filter.unitId,
    person: filter.assignedTo,
    number: filter.number,
  };
  for (const [name, value] of Object.entries(texts)) if (value) query.set(name, value);
  for (const source of filter.sources ?? []) query.append('source', source);
  for (const scene of filter.scenes ?? []) query.append('scene', scene);
  return query;
}
