import { type SmsFilter, smsFilter } from '@rexian/contracts';
import { sensible } from '../listing/sensible.ts';

/** The filter lives in the address, so that it survives a reload and can be sent to a colleague. */
export function readFilter(query: URLSearchParams): SmsFilter {
  const time = (name: string) => (query.has(name) ? new Date(query.get(name) ?? '') : undefined);
  const raw = {
    from: time('from'),
    to: time('to'),
    states: query.has('state') ? query.getAll('state') : undefined,
    unitId: query.get('unit') ?? undefined,
    number: query.get('number') ?? undefined,
  };
  return sensible(smsFilter, raw);
}

export function writeFilter({ from, to, states, unitId, number }: SmsFilter): URLSearchParams {
  const query = new URLSearchParams();
  const texts = { from: from?.toISOString(), to: to?.toISOString(), unit: unitId, number };
  for (const [name, value] of Object.entries(texts)) if (value) query.set(name, value);
  for (const state of states ?? []) query.append('state', state);
  return query;
}
