import { describe, expect, it } from 'vitest';
import { readFilter, writeFilter } from './filters.ts';

const uuid = '01970000-0000-7000-8000-000000000001';

describe('filter of the lost calls in the address', () => {
  it('starts with what has to be done', () => {
    expect(readFilter(new URLSearchParams())).toEqual({ states: ['open', 'assigned'] });
    expect(writeFilter({ states: ['assigned', 'open'] }).toString()).toBe('');
  });
  it('comes back as it was written', () => {
    const filter = {
      ...{ from: '2026-11-01', to: '2026-11-20', states: ['unreachable' as const], queueId: uuid, unitId: uuid },
      ...{ assignedTo: uuid, mine: true, number: '5678' },
    };
    expect(readFilter(writeFilter(filter))).toEqual(filter);
    expect(readFilter(writeFilter({}))).toEqual({});
  });
  it('leaves out what makes no sense', () => {
    expect(readFilter(new URLSearchParams('all=1&from=gestern&queue=x&number=12&state=oops'))).toEqual({});
  });
});
